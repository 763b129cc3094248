import { optional, struct, text } from '@fauxchange/wbxml';

const word = () => optional(text({ maxLength: 1024 }));

/** [MS-ASCMD] 2.2.3.52.2. */
export const DeviceInformationSet = struct('Settings', {
  Model: word(), IMEI: word(), FriendlyName: word(), OS: word(), OSLanguage: word(), PhoneNumber: word(), MobileOperator: word(), UserAgent: word(), EnableOutboundSMS: word(),
});
export const DeviceInformation = struct('Settings', { Set: DeviceInformationSet });
