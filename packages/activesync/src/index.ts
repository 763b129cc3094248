export { createActiveSyncEmulator, type ActiveSyncEmulator, type ActiveSyncEmulatorOptions } from './create-activesync-emulator.ts';
export { activeSyncService, type ActiveSyncControl, type ActiveSyncInstallation, type ActiveSyncOptions } from './http/activesync-service.ts';
export type { Device, DeviceAccess, DeviceInformation, WipeRequest, WipeState } from './devices/device.ts';
export type { Devices } from './devices/device-registry.ts';
export type { Policy, PolicyOptions, PolicySettings, Provisioning } from './devices/policy.ts';
export type { RightsManagementTemplate } from './context.ts';
export type { ProfileName } from './profile.ts';
