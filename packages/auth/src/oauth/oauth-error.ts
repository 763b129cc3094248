/** Entra's errors: number, OAuth name, HTTP status, the first words of the text. `%` is replaced by the detail. */
const errors = {
  grantNotSupported: [70003, 'unsupported_grant_type', 400, "The app requested an unsupported grant type '%'."],
  responseTypeNotSupported: [70005, 'unsupported_response_type', 400, "The response type '%' is not supported."],
  codeExpired: [70008, 'invalid_grant', 400, 'The provided authorization code or refresh token has expired.'],
  scopeInvalid: [70011, 'invalid_scope', 400, 'The provided value for scope % is not valid.'],
  scopeNotDefault: [1002012, 'invalid_scope', 400, 'The scope % is not valid here: client credentials take RESOURCE/.default.'],
  scopesMixed: [28000, 'invalid_scope', 400, 'The scopes % name more than one resource.'],
  resourceUnknown: [500011, 'invalid_resource', 400, 'The resource principal named % was not found in the tenant.'],
  pending: [70016, 'authorization_pending', 400, 'Authorization is pending. Continue polling.'],
  // RFC 8628 3.5; Entra's number for it is not known.
  slowDown: [70016, 'slow_down', 400, 'Polled too often: wait 5 seconds longer between polls.'],
  deviceCodeExpired: [70020, 'expired_token', 400, 'This device code has expired.'],
  deviceCodeUnknown: [70018, 'bad_verification_code', 400, 'The device code is not known.'],
  declined: [70021, 'authorization_declined', 400, 'The user declined the sign-in.'],
  parameterMissing: [900144, 'invalid_request', 400, "The request body must contain the following parameter: '%'."],
  parameterRepeated: [9002018, 'invalid_request', 400, "The parameter '%' is repeated."],
  malformed: [9002313, 'invalid_request', 400, 'The request is malformed or invalid.'],
  tenantUnknown: [90002, 'invalid_request', 400, "Tenant '%' not found."],
  clientUnknown: [700016, 'unauthorized_client', 400, "Application with identifier '%' was not found in the directory."],
  secretMissing: [7000218, 'invalid_client', 401, "The request body must contain the following parameter: 'client_assertion' or 'client_secret'."],
  secretWrong: [7000215, 'invalid_client', 401, "Invalid client secret provided for app '%'."],
  secretOfPublic: [700025, 'invalid_client', 401, 'Client is public so neither a client_assertion nor a client_secret should be presented.'],
  publicOnly: [7000218, 'invalid_client', 401, 'A public client has no credentials of its own.'],
  redirectUnknown: [50011, 'invalid_request', 400, "The redirect URI '%' does not match those configured for the application."],
  redirectDiffers: [500112, 'invalid_grant', 400, 'The reply address does not match the one given when the code was requested.'],
  codeUnknown: [70000, 'invalid_grant', 400, 'The provided authorization code is malformed or not ours.'],
  codeOfOther: [700005, 'invalid_grant', 400, 'The authorization code was given to another client.'],
  codeRedeemed: [54005, 'invalid_grant', 400, 'The authorization code was already redeemed: ask for a new one.'],
  verifierMissing: [501481, 'invalid_grant', 400, 'The code_verifier is missing, and the authorization request had a code_challenge.'],
  verifierWrong: [501481, 'invalid_grant', 400, 'The code_verifier does not match the code_challenge of the authorization request.'],
  challengeInvalid: [501491, 'invalid_request', 400, 'The code_challenge is not valid: % .'],
  refreshUnknown: [9002313, 'invalid_grant', 400, 'The refresh token is malformed or not ours.'],
  refreshExpired: [700082, 'invalid_grant', 400, 'The refresh token has expired due to inactivity.'],
  refreshRevoked: [50173, 'invalid_grant', 400, 'The grant was revoked: a fresh sign-in is needed.'],
  userUnknown: [50034, 'invalid_grant', 400, 'The user account % does not exist in the directory.'],
  passwordWrong: [50126, 'invalid_grant', 400, 'Error validating credentials due to invalid username or password.'],
  accountDisabled: [50057, 'invalid_grant', 400, 'The user account is disabled.'],
  loginRequired: [50058, 'login_required', 400, 'A silent sign-in was asked for but nobody is signed in.'],
  cancelled: [65004, 'access_denied', 400, 'The user declined to consent to the app.'],
} as const;

export type OAuthErrorName = keyof typeof errors;

/** An answer of the authority that refuses. */
export class OAuthError extends Error {
  override readonly name = 'OAuthError';
  /** The AADSTS number. */
  readonly number: number;
  /** OAuth's word: invalid_grant … */
  readonly error: string;
  readonly status: 400 | 401;

  constructor(what: OAuthErrorName, detail = '') {
    const [number, error, status, text] = errors[what];
    // Whatever the client sent is repeated shortened and without line breaks.
    super(`AADSTS${String(number)}: ${text.replace('%', () => detail.replace(/[\r\n\t"]/g, ' ').slice(0, 200))}`);
    this.number = number;
    this.error = error;
    this.status = status;
  }
}
