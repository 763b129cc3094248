import { openSchema, type Schema } from '@fauxchange/xml';
import { lazily } from '../lazily.ts';
import { schemaLines } from './schema.generated.ts';

/**
 * What real servers take although their published schema does not have it: a client that sends it works in the field.
 * exchangelib (4.9 among others) sends a Traversal attribute with every FindPeople, its QueryString as FindItem's type has it, the Watermark
 * of a subscription in the namespace of messages, a Rule without IsEnabled, and GetMailTips with a bare text and without
 * MailTipsRequested. Thunderbird asks as Exchange2013_SP1 for all folders it knows at once, archive among them, which schemas have
 * since Exchange 2016, and writes the FlagStatus of a Flag in the namespace of messages, with PidTagFlagStatus as an extended property
 * beside it. And what they answer: the ids of GetStreamingEvents' errors are in the namespace of messages, where Microsoft's EWS Managed
 * API and exchangelib look for them.
 */
const takenBesides: readonly (readonly [line: string, withMore: string])[] = [
  ['\nm:FindPeopleType^5<BaseRequestType ', '\nm:FindPeopleType^5<BaseRequestType @Traversal:#string? '],
  ['\nm:GetMailTipsType^2<BaseRequestType SendingAs:t:EmailAddressType Recipients:t:ArrayOfRecipientsType MailTipsRequested:t:MailTipTypes',
    '\nm:GetMailTipsType^2<BaseRequestType $~ SendingAs:t:EmailAddressType Recipients:t:ArrayOfRecipientsType MailTipsRequested:t:MailTipTypes?'],
  [' ParentFolderId:t:TargetFolderIdType? QueryString:#string? ', ' ParentFolderId:t:TargetFolderIdType? QueryString:m:QueryStringType? '],
  ['\n~1 t:BaseSubscriptionRequestType! FolderIds:NonEmptyArrayOfBaseFolderIdsType EventTypes:NonEmptyArrayOfNotificationEventTypesType Watermark:WatermarkType?',
    '\n~1 t:BaseSubscriptionRequestType! FolderIds:NonEmptyArrayOfBaseFolderIdsType EventTypes:NonEmptyArrayOfNotificationEventTypesType (Watermark:WatermarkType|m:Watermark:WatermarkType)?'],
  ['?^2 FolderIds:NonEmptyArrayOfBaseFolderIdsType? EventTypes:NonEmptyArrayOfNotificationEventTypesType Watermark:WatermarkType?',
    '?^2 FolderIds:NonEmptyArrayOfBaseFolderIdsType? EventTypes:NonEmptyArrayOfNotificationEventTypesType (Watermark:WatermarkType|m:Watermark:WatermarkType)?'],
  [' Priority:#int IsEnabled:#boolean IsNotSupported', ' Priority:#int IsEnabled:#boolean? IsNotSupported'],
  ['\nm:GetStreamingEventsResponseMessageType^2<ResponseMessageType Notifications:t:NonEmptyArrayOfNotificationsType? ErrorSubscriptionIds:t:NonEmptyArrayOfSubscriptionIdsType?',
    '\nm:ErrorSubscriptionIdsType^2 SubscriptionId:t:SubscriptionIdType+\nm:GetStreamingEventsResponseMessageType^2<ResponseMessageType Notifications:t:NonEmptyArrayOfNotificationsType? ErrorSubscriptionIds:ErrorSubscriptionIdsType?'],
  [' starred^6 archive^6\n', ' starred^6 archive^5\n'],
  ['\nt:FlagType^5 FlagStatus:FlagStatusType ', '\nt:FlagType^5 (FlagStatus:FlagStatusType|m:FlagStatus:FlagStatusType) '],
];

/** The schema of EWS, shared by every emulator of the process: an immutable table, compiled type by type on first use. */
export const ewsSchema: () => Schema = lazily(() => openSchema(takenBesides.reduce(replaced, schemaLines)));

function replaced(lines: string, [line, withMore]: (typeof takenBesides)[number]): string {
  if (!lines.includes(line)) throw new RangeError(`the table has no ${line}`);
  return lines.replace(line, withMore);
}
