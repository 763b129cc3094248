export type DirectoryErrorCode = 'AddressInUse' | 'NameInUse' | 'InvalidEntry' | 'DomainNotAccepted' | 'EntryNotFound' | 'SnapshotExpired';

/** What the directory refuses to its administrator: a test, a seed, the control API. `subject` is the name or address refused. */
export class DirectoryError extends Error {
  override readonly name = 'DirectoryError';
  readonly code: DirectoryErrorCode;
  readonly subject: string;

  constructor(code: DirectoryErrorCode, message: string, subject: string) {
    super(message);
    this.code = code;
    this.subject = subject;
  }
}
