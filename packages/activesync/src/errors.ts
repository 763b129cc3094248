import { MailboxError, type MailboxErrorCode } from '@fauxchange/mailbox';
import { isAtLeast, type ProtocolVersion } from './protocol-version.ts';

/** A refusal that HTTP expresses. */
export class HttpStatusError extends Error {
  override readonly name = 'HttpStatusError';
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message);
    this.status = status;
    this.headers = headers;
  }
}

/** A refusal that the Status of a command's answer expresses: a value of the command, or one of `commonStatus`. */
export class EasStatusError extends Error {
  override readonly name = 'EasStatusError';
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** Values that every command may answer, [MS-ASCMD] 2.2.2. */
export const commonStatus = {
  InvalidContent: 101, InvalidWBXML: 102, InvalidXML: 103, InvalidDateTime: 104, InvalidCombinationOfIDs: 105, InvalidIDs: 106, InvalidMIME: 107,
  DeviceIdMissingOrInvalid: 108, DeviceTypeMissingOrInvalid: 109, ServerError: 110, ServerErrorRetryLater: 111, ActiveDirectoryAccessDenied: 112,
  MailboxQuotaExceeded: 113, MailboxServerOffline: 114, SendQuotaExceeded: 115, MessageRecipientUnresolved: 116, MessageReplyNotAllowed: 117,
  MessagePreviouslySent: 118, MessageHasNoRecipient: 119, MailSubmissionFailed: 120, MessageReplyFailed: 121, AttachmentIsTooLarge: 122,
  UserHasNoMailbox: 123, UserCannotBeAnonymous: 124, UserPrincipalCouldNotBeFound: 125, UserDisabledForSync: 126, DeviceIsBlockedForThisUser: 129,
  AccessDenied: 130, AccountDisabled: 131, SyncStateNotFound: 132, SyncStateLocked: 133, SyncStateCorrupt: 134, SyncStateAlreadyExists: 135,
  SyncStateVersionInvalid: 136, CommandNotSupported: 137, VersionNotSupported: 138, DeviceNotFullyProvisionable: 139, RemoteWipeRequested: 140,
  LegacyDeviceOnStrictPolicy: 141, DeviceNotProvisioned: 142, PolicyRefresh: 143, InvalidPolicyKey: 144, ExternallyManagedDevicesNotAllowed: 145,
  NoRecurrenceInCalendar: 146, UnexpectedItemClass: 147, RemoteServerHasNoSSL: 148, InvalidStoredRequest: 149, ItemNotFound: 150, TooManyFolders: 151,
  NoFoldersFound: 152, ItemsLostAfterMove: 153, FailureInMoveOperation: 154, MoveCommandDisallowedForNonPersistentMoveAction: 155,
  MoveCommandInvalidDestinationFolder: 156, AvailabilityTooManyRecipients: 160, AvailabilityDLLimitReached: 161, AvailabilityTransientFailure: 162,
  AvailabilityFailure: 163, BodyPartPreferenceTypeNotSupported: 164, DeviceInformationRequired: 165, InvalidAccountId: 166, AccountSendDisabled: 167,
  IRMFeatureDisabled: 168, IRMTransientError: 169, IRMPermanentError: 170, IRMInvalidTemplateID: 171, IRMOperationNotPermitted: 172, NoPicture: 173,
  PictureTooLarge: 174, PictureLimitReached: 175, BodyPartConversationTooLarge: 176, MaximumDevicesReached: 177, InvalidMimeBodyCombination: 178,
  InvalidSmartForwardParameters: 179,
} as const;
export type CommonStatus = (typeof commonStatus)[keyof typeof commonStatus];

/** What versions before 14.0, and the commands that ended with them, get instead of a common status, [MS-ASCMD] 2.2.2; where that names none, 500. */
const httpInstead: Readonly<Record<number, number>> = {
  101: 400, 102: 400, 103: 400, 104: 400, 105: 400, 106: 400, 108: 400, 109: 400, 110: 500, 111: 503, 112: 403, 113: 507, 123: 403, 125: 403, 126: 403,
  129: 403, 130: 403, 131: 403, 132: 403, 137: 501, 138: 400, 140: 449, 141: 449, 142: 449, 143: 449, 144: 449, 147: 400,
};

export const httpStatusInstead = (status: number): number => httpInstead[status] ?? 500;

/** The refusal as this version of the protocol expresses it. */
export function refusalFor(status: number, version: ProtocolVersion, message: string): EasStatusError | HttpStatusError {
  if (status < 100 || isAtLeast(version, '14.0')) return new EasStatusError(status, message);
  return new HttpStatusError(httpStatusInstead(status), message);
}

/** What the model refuses, as far as every command says it alike. */
const byMailboxError: Partial<Readonly<Record<MailboxErrorCode, CommonStatus>>> = {
  AccessDenied: commonStatus.AccessDenied,
  FolderNotFound: commonStatus.ItemNotFound,
  ItemNotFound: commonStatus.ItemNotFound,
  AttachmentNotFound: commonStatus.ItemNotFound,
  MissingRecipients: commonStatus.MessageHasNoRecipient,
  InvalidRecipients: commonStatus.MessageRecipientUnresolved,
  SendAsDenied: commonStatus.MailSubmissionFailed,
  MessageTooLarge: commonStatus.SendQuotaExceeded,
  QuotaExceeded: commonStatus.MailboxQuotaExceeded,
  MimeInvalid: commonStatus.InvalidMIME,
};

/** The refusal behind something thrown; undefined where it is a bug of ours. */
export function refusalOf(thrown: unknown, version: ProtocolVersion): EasStatusError | HttpStatusError | undefined {
  if (thrown instanceof HttpStatusError) return thrown;
  if (thrown instanceof EasStatusError) return refusalFor(thrown.status, version, thrown.message);
  if (!(thrown instanceof MailboxError)) return undefined;
  const status = byMailboxError[thrown.code];
  return status && refusalFor(status, version, thrown.message);
}
