import type { EASProvisionDoc } from '../schema/provision.ts';

/** The settings of Exchange's policy "Default" as the elements have them; an empty text is a setting without a limit. */
export const defaultPolicySettings: EASProvisionDoc = {
  DevicePasswordEnabled: '0', AlphanumericDevicePasswordRequired: '0', PasswordRecoveryEnabled: '0', RequireStorageCardEncryption: '0', AttachmentsEnabled: '1',
  MinDevicePasswordLength: '', MaxInactivityTimeDeviceLock: '', MaxDevicePasswordFailedAttempts: '', MaxAttachmentSize: '', AllowSimpleDevicePassword: '1',
  DevicePasswordExpiration: '', DevicePasswordHistory: '0', AllowStorageCard: '1', AllowCamera: '1', RequireDeviceEncryption: '0', AllowUnsignedApplications: '1',
  AllowUnsignedInstallationPackages: '1', MinDevicePasswordComplexCharacters: '1', AllowWiFi: '1', AllowTextMessaging: '1', AllowPOPIMAPEmail: '1', AllowBluetooth: '2', AllowIrDA: '1',
  RequireManualSyncWhenRoaming: '0', AllowDesktopSync: '1', MaxCalendarAgeFilter: '0', AllowHTMLEmail: '1', MaxEmailAgeFilter: '0', MaxEmailBodyTruncationSize: '-1',
  MaxEmailHTMLBodyTruncationSize: '-1', RequireSignedSMIMEMessages: '0', RequireEncryptedSMIMEMessages: '0', RequireSignedSMIMEAlgorithm: '0', RequireEncryptionSMIMEAlgorithm: '0',
  AllowSMIMEEncryptionAlgorithmNegotiation: '2', AllowSMIMESoftCerts: '1', AllowBrowser: '1', AllowConsumerEmail: '1', AllowRemoteDesktop: '1', AllowInternetSharing: '1',
  UnapprovedInROMApplicationList: [], ApprovedApplicationList: [],
};

/** 12.0 knows the first twelve settings only, [MS-ASPROV] 2.2.2.28. */
const since120: ReadonlySet<string> = new Set([
  'DevicePasswordEnabled', 'AlphanumericDevicePasswordRequired', 'PasswordRecoveryEnabled', 'RequireStorageCardEncryption', 'AttachmentsEnabled', 'MinDevicePasswordLength',
  'MaxInactivityTimeDeviceLock', 'MaxDevicePasswordFailedAttempts', 'MaxAttachmentSize', 'AllowSimpleDevicePassword', 'DevicePasswordExpiration', 'DevicePasswordHistory',
]);

export function settingsFor120(settings: EASProvisionDoc): EASProvisionDoc {
  return Object.fromEntries(Object.entries(settings).filter(([name]) => since120.has(name)));
}

/** Characteristics of Windows Mobile's security policy, [MS-ASPROV] 2.2.2.24.2: 4131 password, 4133 code word. */
export function wapProvisioning(settings: EASProvisionDoc): string {
  const isRequired = settings.DevicePasswordEnabled === '1';
  const length = settings.MinDevicePasswordLength || '4';
  const lock = settings.MaxInactivityTimeDeviceLock ?? '';
  const parm = (name: string, value: string): string => `<parm name="${name}" value="${value}"/>`;
  const lockPolicy = isRequired
    ? `<characteristic type="Registry"><characteristic type="HKLM\\Comm\\Security\\Policy\\LASSD\\AE\\{50C13377-C66D-400C-889E-C316FC4AB374}">${lock ? parm('AEFrequencyType', '1') + parm('AEFrequencyValue', String(Math.ceil(Number(lock) / 60))) : parm('AEFrequencyType', '0')}</characteristic><characteristic type="HKLM\\Comm\\Security\\Policy\\LASSD\\LAP\\lap_pw">${parm('MinimumPasswordLength', length)}</characteristic></characteristic>`
    : '';
  return `<wap-provisioningdoc><characteristic type="SecurityPolicy">${parm('4131', isRequired ? '0' : '1')}${parm('4133', isRequired ? '0' : '1')}</characteristic>${lockPolicy}</wap-provisioningdoc>`;
}
