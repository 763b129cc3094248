import { MailboxError, type MailboxErrorCode } from '@fauxchange/mailbox';
import { errorCode } from '@fauxchange/mapi-wire';

/** A ROP that fails: its ReturnValue, and what its failure says besides. */
export class RopError extends Error {
  override readonly name = 'RopError';
  readonly code: number;
  /** Members of the failure's body that are not zero. */
  readonly body: Readonly<Record<string, unknown>> | undefined;

  /** @param code of `errorCode` */
  constructor(code: number, message: string, body?: Readonly<Record<string, unknown>>) {
    super(message);
    this.code = code;
    this.body = body;
  }
}

/** What the model refuses, as [MS-OXCDATA] 2.4 numbers it. */
const codes: Readonly<Record<MailboxErrorCode, number>> = {
  AccessDenied: errorCode.AccessDenied,
  FolderNotFound: errorCode.NotFound,
  ParentFolderNotFound: errorCode.NotFound,
  FolderExists: errorCode.DuplicateName,
  FolderIsDistinguished: errorCode.AccessDenied,
  FolderCannotBeEmptied: errorCode.NotSupported,
  NoDeletedItems: errorCode.NotSupported,
  InvalidFolderName: errorCode.InvalidParameter,
  FolderCycle: errorCode.FolderCycle,
  InvalidFolderType: errorCode.NotSupported,
  ItemNotFound: errorCode.NotFound,
  ItemChanged: errorCode.ObjectChanged,
  ItemExists: errorCode.DuplicateName,
  DataCorrupt: errorCode.CorruptData,
  AttachmentNotFound: errorCode.NotFound,
  AttachmentNestingTooDeep: errorCode.MaxAttachmentExceeded,
  MailboxNotFound: errorCode.UnknownUser,
  MissingRecipients: errorCode.InvalidParameter,
  InvalidRecipients: errorCode.InvalidParameter,
  SendAsDenied: errorCode.AccessDenied,
  MessageTooLarge: errorCode.TooBig,
  QuotaExceeded: errorCode.QuotaExceeded,
  InvalidCursor: errorCode.InvalidParameter,
  RestrictionTooComplex: errorCode.TooComplex,
  InvalidProperty: errorCode.InvalidParameter,
  MimeInvalid: errorCode.CorruptData,
  LastOccurrence: errorCode.InvalidParameter,
};

/** The code of what was thrown; undefined for a fault of ours. */
export function codeOf(thrown: unknown): number | undefined {
  if (thrown instanceof RopError) return thrown.code;
  return thrown instanceof MailboxError ? codes[thrown.code] : undefined;
}
