export { createEwsEmulator, type EwsEmulator, type EwsEmulatorOptions } from './create-ews-emulator.ts';
export { ewsService, type EwsOptions } from './http/ews-service.ts';
export { profileNames, type ProfileName } from './profile.ts';
