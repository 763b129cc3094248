export { createEwsEmulator, type EwsEmulator, type EwsEmulatorOptions } from './create-ews-emulator.ts';
export type { EwsAccess, EwsAccessSettings } from './access.ts';
export { ewsService, type EwsOptions } from './http/ews-service.ts';
export { profileNames, type ProfileName } from './profile.ts';
export type { ThrottlingPolicy, ThrottlingSetting } from './throttling/policy.ts';
