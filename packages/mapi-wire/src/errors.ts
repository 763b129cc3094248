export type WireErrorCode =
  /** The bytes end before what they announce. */
  | 'truncated'
  /** A number, a flag or a text that cannot stand there. */
  | 'invalid'
  /** Bytes are left where nothing may follow. */
  | 'trailing'
  /** More, or deeper, than is read. */
  | 'limit';

/** Bytes that are not what they should be. `offset` counts from the first byte of the whole, `path` names the member: `/Rows/3/Value`. */
export class WireError extends Error {
  override readonly name = 'WireError';
  readonly code: WireErrorCode;
  readonly offset: number;
  path: string;

  constructor(code: WireErrorCode, reason: string, offset: number) {
    super(`${reason} at byte ${offset}`);
    this.code = code;
    this.offset = offset;
    this.path = '';
  }
}

/** A value that its layout cannot express: a bug of the caller. */
export class WireEncodeError extends Error {
  override readonly name = 'WireEncodeError';
  path = '';
}
