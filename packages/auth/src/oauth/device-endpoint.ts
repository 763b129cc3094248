import { OAuthError } from './oauth-error.ts';
import { devicePage, messagePage } from './pages.ts';
import { parseScope, scopeOfResource } from './scopes.ts';
import { findClient, signIn } from './tenant.ts';
import { html, json, required } from './web.ts';
import type { Tenant } from './tenant.ts';
import type { WebRequest, WebResponse } from './web.ts';

/** POST /{tenant}/oauth2/[v2.0/]devicecode, RFC 8628 3.1; v1 writes texts where v2 writes numbers, and verification_url. */
export function startDevice(tenant: Tenant, request: WebRequest): WebResponse {
  const parameters = request.method === 'POST' ? request.form : request.query;
  const client = findClient(tenant, required(parameters, 'client_id'));
  const scope = request.version === 2 ? parseScope(required(parameters, 'scope'), tenant.resources()) : scopeOfResource(required(parameters, 'resource'), tenant.resources());
  const device = tenant.grants.startDevice(client.id, scope);
  const address = `${request.base}/common/oauth2/deviceauth`;
  const message = `To sign in, open the page ${address} and enter the code ${device.userCode} to authenticate.`;
  const codes = { user_code: device.userCode, device_code: device.deviceCode };
  const { deviceCode: lifetime } = tenant.lifetimes;
  return json(request.version === 2
    ? { ...codes, verification_uri: address, expires_in: lifetime, interval: device.interval / 1000, message }
    : { ...codes, verification_url: address, expires_in: String(lifetime), interval: String(device.interval / 1000), message });
}

/** The page where the user enters the code, and what its form sends. */
export function devicePageEndpoint(tenant: Tenant, request: WebRequest): WebResponse {
  if (request.method !== 'POST') return html(devicePage({ userCode: request.query.get('otc') ?? '' }));
  const userCode = request.form.get('otc') ?? '';
  const device = tenant.grants.deviceByUserCode(userCode);
  if (device === undefined) return html(devicePage({ userCode, message: 'That code is not known or has expired.' }), 200, 'unknown-code');
  if (request.form.get('action') === 'cancel') {
    device.state = 'declined';
    return html(messagePage('Declined', 'The device was not signed in. You can close this window.'));
  }
  try {
    device.state = { userId: signIn(tenant, request.form.get('login') ?? '', request.form.get('passwd') ?? '').id };
  } catch (error) {
    if (!(error instanceof OAuthError)) throw error;
    return html(devicePage({ userCode, message: error.message }), 200, `AADSTS${String(error.number)}`);
  }
  return html(messagePage('Signed in', 'The device is signed in. You can close this window.'));
}
