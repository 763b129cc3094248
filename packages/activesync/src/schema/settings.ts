import { choices, document, emptyTag, integer, list, optional, repeated, struct, text, type ValueOf } from '@fauxchange/wbxml';
import { DeviceInformation } from './device-information.ts';
import { RightsManagementTemplates } from './rights-management.ts';
import { dashedDate } from './values.ts';

/** [MS-ASCMD] 2.2.3.123: what one audience is told. */
const OofMessage = struct('Settings', {
  AppliesToInternal: optional(emptyTag()), AppliesToExternalKnown: optional(emptyTag()), AppliesToExternalUnknown: optional(emptyTag()),
  Enabled: optional(text()), ReplyMessage: optional(text()), BodyType: optional(text()),
});
export type OofMessage = ValueOf<typeof OofMessage>;
const oofMembers = { OofState: optional(integer()), StartTime: optional(dashedDate()), EndTime: optional(dashedDate()), OofMessage: repeated(OofMessage) };

/** [MS-ASCMD] 2.2.1.18: what is asked, in the order in which it is to be done. */
export const SettingsRequest = document('Settings:Settings', choices('Settings', {
  RightsManagementInformation: struct('Settings', { Get: optional(emptyTag()) }),
  Oof: struct('Settings', { Get: optional(struct('Settings', { BodyType: text() })), Set: optional(struct('Settings', oofMembers)) }),
  DevicePassword: struct('Settings', { Set: optional(struct('Settings', { Password: text() })) }),
  DeviceInformation,
  UserInformation: struct('Settings', { Get: optional(emptyTag()) }),
}));
export type SettingsRequest = ValueOf<typeof SettingsRequest>;

const EmailAddresses = struct('Settings', { SMTPAddress: repeated(text()), PrimarySmtpAddress: optional(text(), { since: '14.1' }) });

/** The answers in the order of what was asked, behind the status of the whole. */
export const SettingsResponse = document('Settings:Settings', choices('Settings', {
  Status: integer(),
  RightsManagementInformation: struct('Settings', { Status: optional(integer()), Get: optional(struct('Settings', { 'RightsManagement:RightsManagementTemplates': RightsManagementTemplates })) }),
  Oof: struct('Settings', { Status: optional(integer()), Get: optional(struct('Settings', oofMembers)) }),
  DevicePassword: struct('Settings', { Status: optional(integer()) }),
  DeviceInformation: struct('Settings', { Status: optional(integer()) }),
  UserInformation: struct('Settings', {
    Status: optional(integer()),
    Get: optional(struct('Settings', { EmailAddresses: optional(EmailAddresses), Accounts: optional(list('Settings', 'Account', struct('Settings', { EmailAddresses: optional(EmailAddresses) })), { since: '14.1' }) })),
  }),
}));
export type SettingsResponse = ValueOf<typeof SettingsResponse>;
