import type { ResponseCode } from '@fauxchange/mapi-wire';

/** A request that is refused as such, before its body is looked at or because of it: HTTP 200, X-ResponseCode in the head, the reason as text. */
export class ResponseCodeError extends Error {
  override readonly name = 'ResponseCodeError';
  readonly code: ResponseCode;

  constructor(code: ResponseCode, message: string) {
    super(message);
    this.code = code;
  }
}
