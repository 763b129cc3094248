import { DirectoryError } from '@fauxchange/mailbox';
import { errorCode, type ErrorCodeName } from '@fauxchange/mapi-wire';

/** What an operation of the address book refuses: [MS-OXNSPI] 2.2.1.2. */
export class NspiError extends Error {
  override readonly name = 'NspiError';
  readonly code: number;

  constructor(code: ErrorCodeName) {
    super(code);
    this.code = errorCode[code];
  }
}

/** Changes the directory; what it refuses, for whatever reason, is refused so: [MS-OXNSPI] 3.1.4.1.14 and 3.1.4.1.15. @throws NspiError AccessDenied */
export function changed(change: () => void): void {
  try {
    change();
  } catch (thrown) {
    if (thrown instanceof DirectoryError) throw new NspiError('AccessDenied');
    throw thrown;
  }
}
