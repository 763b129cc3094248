import { RecurrenceError, SeriesError, type SeriesFault } from '@fauxchange/calendar';
import { MailboxError, type MailboxErrorCode } from '@fauxchange/mailbox';
import type { ResponseCodeType } from './schema/types.generated.ts';

/** A named detail of an error: `t:Value`, or the path of the property that is at fault. */
export interface ErrorDetails {
  readonly values?: Readonly<Record<string, string>> | undefined;
  /** Path elements as the schema has them: FieldURI, IndexedFieldURI, ExtendedFieldURI. */
  readonly paths?: readonly (readonly [name: 'FieldURI' | 'IndexedFieldURI' | 'ExtendedFieldURI', attributes: Readonly<Record<string, string>>])[] | undefined;
}

/**
 * An error of EWS: data with the code, the text that Exchange sends with it, and details for MessageXml. Thrown inside a
 * batch it becomes that item's error message; elsewhere it becomes a SOAP fault.
 */
export class EwsError extends Error {
  override readonly name = 'EwsError';
  readonly code: ResponseCodeType;
  readonly details: ErrorDetails | undefined;

  constructor(code: ResponseCodeType, message?: string, details?: ErrorDetails) {
    super(message ?? texts[code] ?? wordsOf(code));
    this.code = code;
    this.details = details;
  }
}

/** Where no text is known: the words of the code, `ErrorMailboxMoveInProgress` as `Mailbox move in progress.` */
function wordsOf(code: string): string {
  const words = code.replace(/^Error/, '').split(/(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/);
  return `${words.map((word, at) => (at === 0 || /^[A-Z]{2,}$/.test(word) ? word : word.toLowerCase())).join(' ')}.`;
}

/** The texts are those that Exchange sends; sources: Microsoft's EWS documentation, else clients' logs ([K] where from memory). */
const texts: { readonly [C in ResponseCodeType]?: string } = {
  ErrorAccessDenied: 'Access is denied. Check credentials and try again.',
  ErrorAttachmentNestLevelLimitExceeded: 'The attachment nesting level exceeds the limit.',
  ErrorBatchProcessingStopped: 'Batch processing stopped because of an error in an earlier item.',
  ErrorCalendarCannotMoveOrCopyOccurrence: 'An occurrence of a recurring item cannot be moved or copied.',
  ErrorCalendarCannotUpdateDeletedItem: 'Cannot send meeting updates or cancellations for a calendar item that is in the Deleted Items folder.',
  ErrorCalendarCannotUseIdForOccurrenceId: 'The Id is not that of an occurrence of a recurring item.',
  ErrorCalendarCannotUseIdForRecurringMasterId: 'The Id is not that of a recurring master item.',
  ErrorCalendarDurationIsTooLong: 'The duration of the calendar item is longer than five years.',
  ErrorCalendarEndDateIsEarlierThanStartDate: 'EndDate is earlier than StartDate',
  ErrorCalendarFolderIsInvalidForCalendarView: 'The folder is no calendar folder: it has no calendar view.',
  ErrorCalendarInvalidDayForWeeklyRecurrence: 'A weekly recurrence is of days of the week: Day, Weekday and WeekendDay are none.',
  ErrorCalendarInvalidPropertyState: 'The recurrence of the calendar item cannot be read.',
  ErrorCalendarInvalidRecurrence: 'The recurrence is invalid.',
  ErrorCalendarInvalidTimeZone: 'The time zone is invalid.',
  ErrorCalendarOccurrenceIndexIsOutOfRecurrenceRange: 'Occurrence with this index is out of recurrence range.',
  ErrorCalendarOccurrenceIsDeletedFromRecurrence: 'Occurrence with this index was previously deleted from the recurrence.',
  ErrorCalendarViewRangeTooBig: 'The specified view range exceeds the maximum range of two years.',
  ErrorCannotArchiveItemsInPublicFolders: 'Items in public folders cannot be archived.',
  ErrorCannotCreateCalendarItemInNonCalendarFolder: 'Cannot create a calendar item in a non-calendar folder.',
  ErrorCannotCreateContactInNonContactFolder: 'Cannot create a contact in a non-contact Folder.',
  ErrorCannotCreatePostItemInNonMailFolder: 'Cannot create a post item in a folder that is no mail folder.',
  ErrorCannotCreateTaskInNonTaskFolder: 'Cannot create a task in a folder that is no task folder.',
  ErrorCannotDeleteObject: 'The object cannot be deleted.',
  ErrorCannotDeleteTaskOccurrence: 'The occurrence of the task cannot be deleted: it is the last one, or the next is made when it is completed.',
  ErrorCannotEmptyFolder: 'The folder cannot be emptied.',
  ErrorCannotUseFolderIdForItemId: 'A folder Id was specified where an item Id is required.',
  ErrorCannotUseItemIdForFolderId: 'An item Id was specified where a folder Id is required.',
  ErrorChangeKeyRequired: 'The change key is required for this operation.',
  ErrorChangeKeyRequiredForWriteOperations: 'A valid change key is required for this operation.',
  ErrorContainsFilterWrongType: 'The Contains filter works only on properties of type string.',
  ErrorCorruptData: 'The data is corrupt.',
  ErrorCreateItemAccessDenied: 'Access is denied. Check credentials and try again.',
  ErrorCreateManagedFolderPartialCompletion: 'One or more of the managed folders could not be created.',
  ErrorDeleteDistinguishedFolder: 'Distinguished folders cannot be deleted.',
  ErrorDuplicateInputFolderNames: 'The names of the folders are not different from each other.',
  ErrorExceededConnectionCount: 'You have exceeded the available concurrent connections for your account. Try again once your other requests have completed.',
  ErrorExceededFindCountLimit: 'The number of items that can be returned has been exceeded.',
  ErrorExceededSubscriptionCount: 'You have exceeded the available subscriptions for your account. Remove unnecessary subscriptions and try your request again.',
  ErrorFolderExists: 'A folder with the specified name already exists.',
  ErrorFolderNotFound: 'The specified folder could not be found in the store.',
  ErrorFreeBusyDLLimitReached: 'The group has too many members for its free/busy information to be generated.',
  ErrorImContactLimitReached: 'The maximum number of IM contacts has been reached.',
  ErrorImGroupDisplayNameAlreadyExists: 'An IM group with the specified display name already exists.',
  ErrorImGroupLimitReached: 'The maximum number of IM groups has been reached.',
  ErrorImpersonateUserDenied: 'The account does not have permission to impersonate the requested user.',
  ErrorImpersonationFailed: 'Exchange Web Services was unable to impersonate the specified user.',
  ErrorIncorrectSchemaVersion: 'The request is valid but does not specify the correct server version in the RequestServerVersion SOAP header.  Ensure that the RequestServerVersion SOAP header is set with the correct RequestServerVersionValue.',
  ErrorIncorrectUpdatePropertyCount: 'An object within a change description must contain one and only one property to modify.',
  ErrorInternalServerError: 'An internal server error occurred. The operation failed.',
  ErrorInvalidArgument: 'The argument is invalid.',
  ErrorInvalidAttachmentId: 'The specified attachment Id is invalid.',
  ErrorInvalidChangeKey: 'The change key is invalid.',
  ErrorInvalidCompleteDate: 'The completion date of a task cannot be in the future.',
  ErrorInvalidExtendedProperty: 'The extended property attribute combination is invalid.',
  ErrorInvalidExtendedPropertyValue: 'The extended property value does not match its type.',
  ErrorInvalidFolderId: 'The folder Id is invalid.',
  ErrorInvalidFractionalPagingParameters: 'The fractional paging parameters are invalid.',
  ErrorInvalidFreeBusyViewType: 'The requested free/busy view is invalid.',
  ErrorInvalidId: 'The Id is invalid.',
  ErrorInvalidIdEmpty: 'Id must be non-empty.',
  ErrorInvalidIdMalformed: 'Id is malformed.',
  ErrorInvalidIdNotAnItemAttachmentId: 'Id is not an item attachment.',
  ErrorInvalidIndexedPagingParameters: 'The indexed paging parameters are invalid.',
  ErrorInvalidMergedFreeBusyInterval: 'The merged free/busy interval must be from 5 to 1440 minutes.',
  ErrorInvalidOperation: 'The requested operation is invalid.',
  ErrorInvalidPagingMaxRows: 'The paging parameter MaxRows must be greater than zero.',
  ErrorInvalidPercentCompleteValue: 'PercentComplete must be between 0 and 100.',
  ErrorInvalidPropertyAppend: 'The property does not support appending.',
  ErrorInvalidPropertyDelete: 'The property does not support deleting.',
  ErrorInvalidPropertyForOperation: 'The property is not valid for this operation.',
  ErrorInvalidGetSharingFolderRequest: 'Either DataType or SharedFolderId must be specified, but not both.',
  ErrorInvalidImContactId: 'The specified Im Contact Id is invalid.',
  ErrorInvalidImDistributionGroupSmtpAddress: 'The specified IM distribution group SMTP address is invalid.',
  ErrorInvalidImGroupId: 'The specified Im Group Id is invalid.',
  ErrorInvalidPropertyForExists: 'The property cannot be used with an Exists restriction.',
  ErrorInvalidPropertyRequest: 'Property is not valid for this object type.',
  ErrorInvalidPropertyUpdateSentMessage: 'Update operation is invalid for property of a sent message.',
  ErrorInvalidPropertySet: 'Set action is invalid for property.',
  ErrorInvalidRecipients: "At least one recipient isn't valid.",
  ErrorInvalidRequest: 'The request is invalid.',
  ErrorInvalidReportMessageActionType: 'The action is not one of those that can be reported.',
  ErrorInvalidServerVersion: 'The specified server version is invalid.',
  ErrorInvalidSmtpAddress: 'The SMTP address format is invalid.',
  ErrorInvalidSubscription: 'Subscription is invalid.',
  ErrorInvalidSubscriptionRequest: 'The subscription request is invalid.',
  ErrorInvalidSyncStateData: 'Synchronization state data is corrupt or otherwise invalid.',
  ErrorInvalidTimeInterval: 'The time interval is invalid: its start must be before its end.',
  ErrorInvalidValueForProperty: 'The value is invalid for the property.',
  ErrorInvalidWatermark: 'The watermark used for creating this subscription was not found.',
  ErrorIrresolvableConflict: 'The send or update operation could not be performed because the change key passed in the request does not match the current change key for the item.',
  ErrorItemNotFound: 'The specified object was not found in the store.',
  ErrorItemSave: 'The save operation did not succeed.',
  ErrorMailboxDataArrayEmpty: 'The request names no mailboxes.',
  ErrorMailboxDataArrayTooBig: 'The request names more mailboxes than are allowed.',
  ErrorManagedFolderAlreadyExists: 'A specified managed folder already exists in the mailbox.',
  ErrorManagedFolderNotFound: 'The managed folder is not defined in the directory.',
  ErrorManagedFoldersRootFailure: 'The root of the managed folders cannot be found or made.',
  ErrorMessageDispositionRequired: 'MessageDisposition is required for this operation.',
  ErrorMessageSizeExceeded: 'The message exceeds the maximum supported size.',
  ErrorMessageTrackingNoSuchDomain: 'The domain cannot be found.',
  ErrorMessageTrackingPermanentError: 'The message cannot be tracked.',
  ErrorMimeContentInvalid: 'The MIME content is invalid.',
  ErrorMimeContentInvalidBase64String: 'The MIME content is not a valid base64 string.',
  ErrorMissedNotificationEvents: 'Notification events were missed.',
  ErrorMissingRecipients: 'The message has no recipients.',
  ErrorMoveCopyFailed: 'The move or copy operation failed.',
  ErrorMoveDistinguishedFolder: 'Cannot move distinguished folder.',
  ErrorNameResolutionMultipleResults: 'Multiple results were found.',
  ErrorNameResolutionNoResults: 'No results were found.',
  ErrorNoFolderClassOverride: 'The folder class cannot be set for this type of folder.',
  ErrorNoFreeBusyAccess: 'The caller has no access to free/busy data.',
  ErrorNonExistentMailbox: 'The SMTP address has no mailbox associated with it.',
  ErrorObjectTypeChanged: 'The type of the object cannot be changed.',
  ErrorNoPublicFolderServerAvailable: 'There is no public folder server available.',
  ErrorOccurrenceCrossingBoundary: 'Modified occurrence is crossing or overlapping adjacent occurrence.',
  ErrorOccurrenceTimeSpanTooBig: 'An occurrence lasts until after the next one begins.',
  ErrorOrganizationNotFederated: 'The organization is not federated for external sharing.',
  ErrorOperationNotAllowedWithPublicFolderRoot: 'The operation is not allowed with the public folder root.',
  ErrorParentFolderNotFound: 'The specified parent folder could not be found.',
  ErrorPropertyUpdate: 'The property could not be updated.',
  ErrorQuotaExceeded: 'The mailbox quota has been exceeded.',
  ErrorRecurrenceHasNoOccurrence: 'The recurrence has no occurrence.',
  ErrorRequiredPropertyMissing: 'Required property is missing.',
  ErrorSavedItemFolderNotFound: 'The folder for saved items could not be found.',
  ErrorSchemaValidation: 'The request failed schema validation.',
  ErrorSendAsDenied: 'The user account which was used to submit this request does not have the right to send mail on behalf of the specified sending account.',
  ErrorServerBusy: 'The server cannot service this request right now. Try again later.',
  ErrorSharingSynchronizationFailed: 'Failed to synchronize the sharing folder.',
  ErrorStaleObject: 'The object has changed since it was read.',
  ErrorSubscriptionAccessDenied: 'Access is denied. Only the subscription owner may access the subscription.',
  ErrorSubscriptionDelegateAccessNotSupported: 'Subscriptions are not supported for delegate user access.',
  ErrorTimeZone: 'The time zone of the request is missing or invalid.',
  ErrorSubscriptionNotFound: 'The specified subscription was not found.',
  ErrorSyncFolderNotFound: 'The folder to synchronize could not be found.',
  ErrorToFolderNotFound: 'The destination folder could not be found.',
  ErrorUnsupportedMapiPropertyType: 'The extended property type is not supported.',
  ErrorUnsupportedMimeConversion: 'Mime conversion is not supported for this item type.',
  ErrorUnsupportedPathForQuery: 'The property can not be used with this type of restriction.',
  ErrorUnsupportedPathForSortGroup: 'The property can not be used for sorting or grouping.',
  ErrorUpdatePropertyMismatch: 'The property in the change description does not match the property that is set.',
};

/** What the model refuses, in EWS's words. One place for all operations. */
const byMailboxError: Readonly<Record<MailboxErrorCode, ResponseCodeType>> = {
  AccessDenied: 'ErrorAccessDenied',
  FolderNotFound: 'ErrorFolderNotFound',
  ParentFolderNotFound: 'ErrorParentFolderNotFound',
  FolderExists: 'ErrorFolderExists',
  FolderIsDistinguished: 'ErrorDeleteDistinguishedFolder',
  FolderCannotBeEmptied: 'ErrorCannotEmptyFolder',
  NoDeletedItems: 'ErrorCannotDeleteObject',
  InvalidFolderName: 'ErrorInvalidPropertySet',
  FolderCycle: 'ErrorMoveCopyFailed',
  InvalidFolderType: 'ErrorInvalidFolderTypeForOperation',
  ItemNotFound: 'ErrorItemNotFound',
  ItemChanged: 'ErrorIrresolvableConflict',
  ItemExists: 'ErrorItemSave',
  DataCorrupt: 'ErrorCorruptData',
  AttachmentNotFound: 'ErrorInvalidAttachmentId',
  AttachmentNestingTooDeep: 'ErrorAttachmentNestLevelLimitExceeded',
  MailboxNotFound: 'ErrorNonExistentMailbox',
  MissingRecipients: 'ErrorMissingRecipients',
  InvalidRecipients: 'ErrorInvalidRecipients',
  SendAsDenied: 'ErrorSendAsDenied',
  MessageTooLarge: 'ErrorMessageSizeExceeded',
  QuotaExceeded: 'ErrorQuotaExceeded',
  InvalidCursor: 'ErrorInvalidSyncStateData',
  RestrictionTooComplex: 'ErrorInvalidRestriction',
  InvalidProperty: 'ErrorInvalidPropertySet',
  MimeInvalid: 'ErrorMimeContentInvalid',
  LastOccurrence: 'ErrorCannotDeleteObject',
};

/** What the arithmetic of series refuses. */
const bySeriesFault: Readonly<Record<SeriesFault, ResponseCodeType>> = {
  notAnOccurrence: 'ErrorCalendarOccurrenceIndexIsOutOfRecurrenceRange',
  deleted: 'ErrorCalendarOccurrenceIsDeletedFromRecurrence',
  endBeforeStart: 'ErrorCalendarEndDateIsEarlierThanStartDate',
  crossesNeighbour: 'ErrorOccurrenceCrossingBoundary',
  timeSpanTooBig: 'ErrorOccurrenceTimeSpanTooBig',
};

/** The EWS error behind something thrown; undefined where it is a bug of ours. */
export function asEwsError(thrown: unknown): EwsError | undefined {
  if (thrown instanceof EwsError) return thrown;
  if (thrown instanceof MailboxError) return new EwsError(byMailboxError[thrown.code]);
  if (thrown instanceof SeriesError) return new EwsError(bySeriesFault[thrown.reason]);
  if (thrown instanceof RecurrenceError) return new EwsError(thrown.reason === 'noOccurrences' ? 'ErrorRecurrenceHasNoOccurrence' : 'ErrorCalendarInvalidRecurrence');
  return undefined;
}

/** For `catch`: what the model refuses so has another error here than `asEwsError` gives it. */
export const instead = (refusal: MailboxErrorCode, error: () => EwsError) => (thrown: unknown): never => {
  throw thrown instanceof MailboxError && thrown.code === refusal ? error() : thrown;
};

/**
 * Errors after which the rest of a batch is not processed, but answered as ErrorBatchProcessingStopped
 * (documentation of that response code).
 */
export const batchStoppingCodes: ReadonlySet<ResponseCodeType> = new Set<ResponseCodeType>([
  'ErrorAccessDenied', 'ErrorAccountDisabled', 'ErrorADUnavailable', 'ErrorADOperation', 'ErrorConnectionFailed', 'ErrorMailboxStoreUnavailable',
  'ErrorMailboxMoveInProgress', 'ErrorPasswordChangeRequired', 'ErrorPasswordExpired', 'ErrorQuotaExceeded', 'ErrorInsufficientResources',
]);
