import { document, emptyTag, integer, list, optional, struct, text, type ValueOf } from '@fauxchange/wbxml';
import { DeviceInformation } from './device-information.ts';

const setting = () => optional(text());

/** [MS-ASPROV] 2.2.2.28, in the order of the schema; a setting without a value is an empty tag. */
export const EASProvisionDoc = struct('Provision', {
  DevicePasswordEnabled: setting(), AlphanumericDevicePasswordRequired: setting(), PasswordRecoveryEnabled: setting(), RequireStorageCardEncryption: setting(), AttachmentsEnabled: setting(),
  MinDevicePasswordLength: setting(), MaxInactivityTimeDeviceLock: setting(), MaxDevicePasswordFailedAttempts: setting(), MaxAttachmentSize: setting(), AllowSimpleDevicePassword: setting(),
  DevicePasswordExpiration: setting(), DevicePasswordHistory: setting(), AllowStorageCard: setting(), AllowCamera: setting(), RequireDeviceEncryption: setting(),
  AllowUnsignedApplications: setting(), AllowUnsignedInstallationPackages: setting(), MinDevicePasswordComplexCharacters: setting(), AllowWiFi: setting(), AllowTextMessaging: setting(),
  AllowPOPIMAPEmail: setting(), AllowBluetooth: setting(), AllowIrDA: setting(), RequireManualSyncWhenRoaming: setting(), AllowDesktopSync: setting(), MaxCalendarAgeFilter: setting(),
  AllowHTMLEmail: setting(), MaxEmailAgeFilter: setting(), MaxEmailBodyTruncationSize: setting(), MaxEmailHTMLBodyTruncationSize: setting(), RequireSignedSMIMEMessages: setting(),
  RequireEncryptedSMIMEMessages: setting(), RequireSignedSMIMEAlgorithm: setting(), RequireEncryptionSMIMEAlgorithm: setting(), AllowSMIMEEncryptionAlgorithmNegotiation: setting(),
  AllowSMIMESoftCerts: setting(), AllowBrowser: setting(), AllowConsumerEmail: setting(), AllowRemoteDesktop: setting(), AllowInternetSharing: setting(),
  UnapprovedInROMApplicationList: optional(list('Provision', 'ApplicationName', text())), ApprovedApplicationList: optional(list('Provision', 'Hash', text())),
});
export type EASProvisionDoc = ValueOf<typeof EASProvisionDoc>;

const Wipe = struct('Provision', { Status: integer() });

/** [MS-ASPROV] 2.2.2.44. */
export const ProvisionRequest = document('Provision:Provision', struct('Provision', {
  'Settings:DeviceInformation': optional(DeviceInformation, { since: '14.1' }),
  Policies: optional(struct('Provision', { Policy: struct('Provision', { PolicyType: text(), PolicyKey: optional(text()), Status: optional(text()) }) })),
  RemoteWipe: optional(Wipe),
  AccountOnlyRemoteWipe: optional(Wipe, { since: '16.1' }),
}));

export const ProvisionResponse = document('Provision:Provision', struct('Provision', {
  'Settings:DeviceInformation': optional(struct('Settings', { Status: integer() }), { since: '14.1' }),
  Status: integer(),
  Policies: optional(struct('Provision', {
    Policy: struct('Provision', {
      PolicyType: text(), Status: integer(), PolicyKey: optional(text()),
      Data: optional(struct('Provision', { EASProvisionDoc: optional(EASProvisionDoc) }, { text: true })),
    }),
  })),
  RemoteWipe: optional(emptyTag()),
  AccountOnlyRemoteWipe: optional(emptyTag(), { since: '16.1' }),
}));
