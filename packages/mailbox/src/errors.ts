/** What the model refuses. Each protocol translates these codes to its own errors in one place. */
export type MailboxErrorCode =
  | 'AccessDenied'
  | 'FolderNotFound'
  | 'ParentFolderNotFound'
  | 'FolderExists'
  | 'FolderIsDistinguished'
  | 'FolderCannotBeEmptied'
  | 'NoDeletedItems'
  | 'InvalidFolderName'
  | 'FolderCycle'
  | 'InvalidFolderType'
  | 'ItemNotFound'
  | 'ItemChanged'
  | 'ItemExists'
  | 'DataCorrupt'
  | 'AttachmentNotFound'
  | 'AttachmentNestingTooDeep'
  | 'MailboxNotFound'
  | 'MissingRecipients'
  | 'InvalidRecipients'
  | 'SendAsDenied'
  | 'MessageTooLarge'
  | 'QuotaExceeded'
  | 'InvalidCursor'
  | 'RestrictionTooComplex'
  | 'InvalidProperty'
  | 'MimeInvalid'
  | 'LastOccurrence';

/** A refusal of the model: data, not a crash. `subject` names the thing refused (an id, a name, an address). */
export class MailboxError extends Error {
  override readonly name = 'MailboxError';
  readonly code: MailboxErrorCode;
  readonly subject: string | undefined;

  constructor(code: MailboxErrorCode, message: string, subject?: string) {
    super(message);
    this.code = code;
    this.subject = subject;
  }
}
