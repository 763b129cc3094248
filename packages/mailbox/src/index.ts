export { MailboxError, type MailboxErrorCode } from './errors.ts';
export { attachmentId, folderId, itemId, type AttachmentId, type FolderId, type ItemId } from './ids.ts';

export type {
  Attachment, AttendeeResponse, EmbeddedItem, FileAttachment, Item, ItemAttachment, ItemBody, ItemChanges, ItemContent, ItemDraft,
  Properties, PropertyBag, Recipient, StoredBytes,
} from './items/item.ts';

export { immutableMark } from './items/immutable-mark.ts';
export { bagOf, propertiesOf } from './items/bag.ts';
export { copiedProperties } from './items/version.ts';
export { bodiesFromProperties } from './items/body-properties.ts';
export { messageFlags, valueOf } from './items/value-of.ts';
export { BodyForms, htmlOfBody, previewOfBody, textOfBody } from './items/body-text.ts';
export { addressBookEntryId } from './items/entry-id.ts';
export { subjectParts, type SubjectParts } from './items/subject.ts';
export { childConversationIndex } from './items/conversation.ts';
export { validateProperties } from './items/validate.ts';

export { folderFacts, folderValueOf } from './folders/folder-value.ts';
export { distinguishedFolderNames, isDistinguished, type DistinguishedFolderName, type PublicFolderName, type WellKnownFolderName } from './folders/distinguished.ts';
export { parseHoldPeriod } from './discovery/hold-period.ts';
export type { DiscoverySearch, DiscoverySearches, InPlaceHold, NewDiscoverySearch } from './discovery/discovery-searches.ts';
export { addManagedFolder, managedFolderFacts, managedFoldersRoot, type ManagedFolder, type ManagedFolderFacts, type NewManagedFolder } from './folders/managed-folders.ts';
export type { MailboxKind } from './folders/new-mailbox.ts';
export { receiveFolderOf, receiveFolders, setReceiveFolder, type ReceiveFolder } from './folders/receive-folders.ts';
export type { Folder, FolderChanges, FolderDraft, SearchCriteria } from './folders/folder.ts';

export { rights, roles, type EffectiveRights, type FolderPermission, type RoleName } from './permissions/rights.ts';
export type { Accessor } from './permissions/accessor.ts';
export { rightsIn } from './permissions/check.ts';

export { classBeginsWith, type Comparison, type ContainsMode, type OrderSpec, type Restriction } from './search/restriction.ts';

export { folderTest, itemTest, valueTest, type Test } from './search/evaluate.ts';
export { alternativesOf, keywordsOf, parseQueryString, type QueryStringOptions } from './search/query-string.ts';
export { unindexedAttachment } from './search/indexed-formats.ts';
export { contactAddresses, contactsNamed } from './search/contacts-named.ts';
export { sortBy, sortKey, type SortKey, type ValueReader } from './search/sort.ts';
export { groupItems, type Grouping, type ItemGroup } from './search/group.ts';

export { createMemoryStore } from './store/memory/memory-store.ts';
export type {
  Change, ChangeKind, ChangesPage, CommitResult, Cursor, FindQuery, FolderCommitResult, FolderOp, LoggedItem, LogPage, MailboxStore, Op,
  ScanQuery, StoreSnapshot, Table,
} from './store/mailbox-store.ts';

export type { FolderEvent, ItemEvent, MailboxEvent, MailboxEventKind, MailboxEvents } from './changes/events.ts';

export { contentFor } from './session/item-copies.ts';
export type {
  CreateItemOptions, Destination, Disposal, ItemPage, ItemQuery, MailboxSession, MovedAs, PerItem, SubmitOptions, Traversal, UpdateItemOptions,
} from './session/mailbox-session.ts';
export type { Mailbox, MailboxSnapshot } from './mailbox.ts';
export { createMailbox, type MailboxOptions } from './create-mailbox.ts';
export type { Organization, OrganizationOptions, OrganizationSnapshot, UserAccount } from './organization.ts';
export type { Directory, DirectoryEntry, MailboxGrant, NewEntry, PasswordCheck, RecipientType } from './directory/directory.ts';
export type { DeliveryStatus, MessageTracking, TrackedMessage, TrackedParty, TrackingEvent, TrackingStep } from './transport/message-tracking.ts';
export type { OutboundMessage, Outbox } from './transport/outbox.ts';
export type { OutgoingMessage, Transport } from './transport/transport.ts';
export type { Seed } from './seed/seed.ts';
export { decodeReplyRecipients, encodeReplyRecipients, type OneOffRecipient } from './items/reply-recipients.ts';
export { sizeOfItem } from './items/item-size.ts';

export { hiddenValue, setHiddenValue } from './configuration/hidden-value.ts';
export { installedApps, setInstalledApps, type DisableReason, type InstalledApp } from './configuration/installed-apps.ts';
export { createConfiguration, findConfiguration, isConfigurationName, updateConfiguration, type Configuration, type ConfigurationContent } from './configuration/configuration.ts';
export { exportItem, importItem, replaceItem } from './transfer/item-file.ts';
export { photoOf, setPhoto, type UserPhoto } from './directory/photos.ts';
export { conversationsIn, wholeConversations, type Conversation } from './conversations/conversations.ts';
export { setConversationAction, type ConversationAction } from './conversations/conversation-actions.ts';
export { extractEntities, type EmailUser, type Entities, type ExtractedContact, type MeetingSuggestion, type TaskSuggestion } from './entities/extract-entities.ts';
export type { PhoneEntity } from './entities/plain-entities.ts';
export type { SuggestedTime } from './entities/suggested-times.ts';
export { ruleState, type InboxRule, type MessageTrait, type NewRule, type RuleActions, type RuleConditions, type RuleOwner, type RuleParty, type RuleProgram, type RuleStep } from './rules/rule.ts';
export { plainRule } from './rules/plain-rule.ts';
export { conditionOf, stepsOf } from './rules/rule-program.ts';
export { deferredActionFolder, renameDeferred } from './rules/deferred-messages.ts';
export { addRule, changeRule, inboxRules, removeRule, serverProvider } from './rules/rule-store.ts';
export { retentionTagsOf, type RetentionAction, type RetentionTag } from './retention/retention-tags.ts';
export { guidBytes, guidText } from './items/store-entry-ids.ts';
export { isAway, oofSettings, setOofSettings, type OofSettings } from './oof/oof-settings.ts';
export { delegationOf, setDelegation, type Delegate, type Delegation } from './permissions/delegates.ts';
export { decodeDictionary, encodeDictionary, type DictionaryEntry, type DictionaryObject, type DictionaryType } from './configuration/dictionary.ts';

export { createOrganization } from './create-organization.ts';
export { createDirectory, type DirectorySnapshot, type RestorableDirectory } from './directory/create-directory.ts';
export { DirectoryError, type DirectoryErrorCode } from './directory/directory-error.ts';
export { draftFromMime, type FromMimeOptions, type KeepBytes } from './items/from-mime.ts';
export { mimeFromItem, type ToMimeOptions } from './items/to-mime.ts';
export { accountsSeed, defaultSeed } from './seed/default/default-seed.ts';
export { fillMailbox, folderNamed } from './seed/fill-mailbox.ts';
export { importMessage } from './seed/import-message.ts';
export { DumpError, type OrganizationDump } from './seed/dump/dump.ts';
export { dumpSeed } from './seed/dump/dump-seed.ts';
export { exportOrganization } from './seed/dump/export-organization.ts';
export type { SeedAttachment, SeedMail, SeedMailbox, SeedParty } from './seed/seed-mail.ts';

export { availabilityOf, type Availability, type AvailabilityWindow, type BusyAccess, type GroupAvailability, type GroupMember, type MailboxAvailability, type NoAvailability, type UnknownAvailability } from './availability/availability.ts';
export type { CalendarEntry } from './availability/calendar-entries.ts';
export { parseWorkHours, workingHoursOf, zoneOfMailbox } from './availability/working-hours.ts';

export { identityProperties, isRecurring, propertiesOfAppointment, propertiesOfSeries, seriesOf, timesOf, type AppointmentTimes } from './calendar/appointment.ts';
export { endZone, recurrenceZone, startZone, utcZone, type ReadProperty } from './calendar/appointment-zones.ts';
export { calendarView, type CalendarPage, type CalendarWindow } from './calendar/calendar-view.ts';
export { isOccurrence, masterOf, occurrenceItem, occurrenceItemAt, type OccurrenceItem } from './calendar/occurrence-item.ts';
export { appointmentReminder, dismissReminder, remindersUntil, snoozeReminder, type Reminder } from './calendar/reminders.ts';
export { removeOccurrence, updateOccurrence } from './calendar/change-occurrence.ts';
export { eventsOfItem, type EventOptions } from './calendar/to-events.ts';
export { identityOfEvent, propertiesOfEvent, recipientsOfEvent, responseStatusOf } from './calendar/from-events.ts';
export { invitationsFor, type InvitationOptions, type MeetingChange } from './meetings/meetings.ts';
export { senderProperties } from './items/finish.ts';
export { personOf } from './items/person.ts';
export { inConversation, itemAsAttachment, keptAttachments, longTime, prefixedSubject, quotedHeaderOf } from './responses/answering.ts';
export { sendReadReceipt, type ReceiptOptions } from './responses/read-receipt.ts';
export { markAnswered, type AnswerVerb } from './responses/last-verb.ts';
export { answerMeeting, organizerRecipient, type AnsweredMeeting, type AnswerOptions } from './meetings/answer-meeting.ts';
export { isOutOfDate } from './meetings/attend.ts';
export { findMaster, findMeeting, identityOf, type MeetingIdentity } from './meetings/calendar-item.ts';
export { meetingClasses, meetingKindOf, meetingTypes, responseStatuses, stateFlags, type MeetingAnswer, type MeetingMessageKind } from './meetings/meeting-facts.ts';
export { invited, isCanceled, isMeeting, isOrganizer, sendCancellations, sendInvitations, sendUpdates, type MeetingSendOptions, type UpdateOptions } from './meetings/organize.ts';
export { forwardMeeting } from './meetings/forward-meeting.ts';
export { uidOfItem } from './calendar/uid.ts';
export { completeContact } from './contacts/complete-contact.ts';
export { addressParts, addressProperties, contactEmail, type AddressKind, type AddressPart } from './contacts/contact-parts.ts';
export { displayNameOf, fileAsMappings, type FileAsMapping, type NameParts } from './contacts/file-as.ts';
export { localDay, localTime, startOfDay, type LocalOffset } from './tasks/task-days.ts';
export { firstTaskOccurrence, isSeriesMoved, nextTaskOccurrence, notRecurringTask, recurringTask, restOfSeries, taskRecurrence } from './tasks/task-recurrence.ts';
export { completedTask, newTaskProperties, openTask, taskRevision, taskStatuses } from './tasks/task-status.ts';
export { appointmentSignature, newAppointmentProperties } from './calendar/new-appointment.ts';
export { placeProperties, type PlacePart } from './calendar/place.ts';
export { recipientRank, refreshRecipientCache } from './contacts/recipient-cache.ts';
export { AddressBook } from './address-book/address-book.ts';
export { type AddressList } from './address-book/address-lists.ts';
export { addressSortKey, inAddressOrder, type AddressOrder, type AddressTable } from './address-book/address-table.ts';
export { bookLinks, isBookLink, type BookLink } from './address-book/book-links.ts';
export { databaseDN, serverDN } from './directory/legacy-dn.ts';
export { bookProperties, isBookProperty, type BookProperty, type BookValue } from './address-book/book-properties.ts';
export { displayTypeOf, isGroup } from './address-book/display-types.ts';
export { foldName } from './directory/name-index.ts';
