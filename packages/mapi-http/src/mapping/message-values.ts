import type { PropertyName } from '@fauxchange/properties';

/** What the server makes of a message's content, beside what is in its bag: for lists of what a message has. */
export const messageNames: readonly PropertyName[] = [
  'PidTagMessageClass', 'PidTagMessageFlags', 'PidTagHasAttachments', 'PidTagDisplayTo', 'PidTagDisplayCc', 'PidTagDisplayBcc', 'PidTagSubjectPrefix', 'PidTagNormalizedSubject',
  'PidTagMessageSize', 'PidTagMessageSizeExtended', 'PidTagBody', 'PidTagHtml', 'PidTagRtfCompressed', 'PidTagNativeBody', 'PidTagRtfInSync', 'PidTagRead', 'PidTagAssociated', 'PidTagAccess', 'PidTagAccessLevel',
  'PidTagObjectType', 'PidTagHasNamedProperties', 'PidTagStoreEntryId', 'PidTagStoreRecordKey', 'PidTagMappingSignature', 'PidTagIconIndex', 'PidLidRecurring', 'PidLidAppointmentDuration', 'PidTagMessageStatus', 'PidTagLocalCommitTime',
];

/** What is made of ids: refused as each is set ([K]; [MS-OXCDATA] 2.4.2 ecComputed). */
const computed: ReadonlySet<PropertyName> = new Set<PropertyName>([
  'PidTagEntryId', 'PidTagParentEntryId', 'PidTagStoreEntryId', 'PidTagStoreRecordKey', 'PidTagMappingSignature', 'PidTagSourceKey', 'PidTagParentSourceKey', 'PidTagPredecessorChangeList',
  'PidTagMid', 'PidTagFolderId', 'PidTagChangeNumber', 'PidTagInstanceKey', 'PidTagInstID', 'PidTagInstanceNum', 'PidTagRowType', 'PidTagHasNamedProperties', 'PidTagMessageSizeExtended',
  'PidTagLocalCommitTime', 'PidTagAssociated', 'PidTagInternetArticleNumber',
]);
export const isComputedOfMessage = (name: PropertyName): boolean => computed.has(name);

/** What may be written to an open message, but not be saved: [MS-OXCMSG] 3.2.5.3 and 2.2.1.1. */
const readOnly: ReadonlySet<PropertyName> = new Set<PropertyName>([
  'PidTagAccess', 'PidTagAccessLevel', 'PidTagChangeKey', 'PidTagCreationTime', 'PidTagLastModificationTime', 'PidTagLastModifierName', 'PidTagLastModifierEntryId', 'PidTagObjectType', 'PidTagRecordKey', 'PidTagSearchKey',
  'PidTagMessageSize', 'PidTagMessageStatus', 'PidTagHasAttachments', 'PidTagMessageFlags', 'PidTagRead',
]);
export const isReadOnlyOfMessage = (name: PropertyName): boolean => readOnly.has(name);
