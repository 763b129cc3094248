import { document, emptyTag, integer, list, optional, struct, text, textOrBinary, type ValueOf } from '@fauxchange/wbxml';
import { Body } from './airsyncbase.ts';

/** The message, [MS-ASCMD] 2.2.3.109: bytes, and from some clients inline text. */
const common = {
  ClientId: text({ minLength: 1, maxLength: 40 }),
  AccountId: optional(text(), { since: '14.1' }),
  SaveInSentItems: optional(emptyTag()),
  'RightsManagement:TemplateID': optional(text(), { since: '14.1' }),
};

/** [MS-ASCMD] 2.2.3.176. */
export const Source = struct('ComposeMail', {
  FolderId: optional(text({ minLength: 1, maxLength: 64 })),
  ItemId: optional(text({ minLength: 1, maxLength: 64 })),
  LongId: optional(text({ minLength: 1, maxLength: 256 })),
  InstanceId: optional(text(), { since: '14.0' }),
});
export type Source = ValueOf<typeof Source>;

const Forwardees = list('ComposeMail', 'Forwardee', struct('ComposeMail', { ForwardeeEmail: text({ minLength: 1 }), ForwardeeName: optional(text()) }));
const smart = { ...common, Source, ReplaceMime: optional(emptyTag()), Mime: optional(textOrBinary()) };
const answer = struct('ComposeMail', { Status: optional(integer()) });

/** [MS-ASCMD] 2.2.1.17. */
export const SendMailRequest = document('ComposeMail:SendMail', struct('ComposeMail', { ...common, Mime: textOrBinary() }));
export const SendMailResponse = document('ComposeMail:SendMail', answer);

/** [MS-ASCMD] 2.2.1.20. */
export const SmartReplyRequest = document('ComposeMail:SmartReply', struct('ComposeMail', smart));
export const SmartReplyResponse = document('ComposeMail:SmartReply', answer);

/** [MS-ASCMD] 2.2.1.19. */
export const SmartForwardRequest = document('ComposeMail:SmartForward', struct('ComposeMail', { ...smart, Forwardees: optional(Forwardees, { since: '16.0' }), 'AirSyncBase:Body': optional(Body, { since: '16.0' }) }));
export const SmartForwardResponse = document('ComposeMail:SmartForward', answer);
