/** X-ResponseCode, [MS-OXCMAPIHTTP] 2.2.3.3.3. */
export const responseCode = {
  Success: 0, UnknownFailure: 1, InvalidVerb: 2, InvalidPath: 3, InvalidHeader: 4, InvalidRequestType: 5, InvalidContextCookie: 6, MissingHeader: 7, AnonymousNotAllowed: 8, TooLarge: 9,
  ContextNotFound: 10, NoPrivilege: 11, InvalidRequestBody: 12, MissingCookie: 13, InvalidSequence: 15, EndpointDisabled: 16, InvalidResponse: 17, EndpointShuttingDown: 18,
} as const;
export type ResponseCode = (typeof responseCode)[keyof typeof responseCode];

/** A request that is refused as such, before its body is looked at or because of it: HTTP 200, the code in a header, the reason as text. */
export class ResponseCodeError extends Error {
  override readonly name = 'ResponseCodeError';
  readonly code: ResponseCode;

  constructor(code: ResponseCode, message: string) {
    super(message);
    this.code = code;
  }
}
