export { autodiscoverService } from './autodiscover-service.ts';
export type { AutodiscoverSettings } from './autodiscover-service.ts';
export { createAutodiscoverEmulator } from './create-autodiscover-emulator.ts';
export type { AutodiscoverEmulator, AutodiscoverEmulatorOptions } from './create-autodiscover-emulator.ts';
export type { ProfileName } from './profile.ts';
export type { AutodiscoverRedirect } from './redirects.ts';
export type { AutodiscoverServices, BaseUrls, MailServer, ServiceUrl } from './services.ts';
export type { Federation, OrganizationRelationship } from './soap/federation.ts';
