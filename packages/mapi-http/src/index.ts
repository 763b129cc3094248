export { createMapiHttpEmulator, type MapiHttpEmulator, type MapiHttpEmulatorOptions } from './create-mapi-http-emulator.ts';
export { mapiHttpService, type MapiHttpOptions } from './mapi-http-service.ts';
export type { ProfileName } from './profile.ts';
