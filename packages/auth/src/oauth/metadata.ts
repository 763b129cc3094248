import { messagePage } from './pages.ts';
import { html, json, redirect } from './web.ts';
import type { Tenant } from './tenant.ts';
import type { WebRequest, WebResponse } from './web.ts';

/** /{tenant}/[v2.0/].well-known/openid-configuration. The shared tenants have no issuer of their own: their document says `{tenantid}`. */
export function discovery(tenant: Tenant, request: WebRequest): WebResponse {
  const { base, version } = request;
  const name = request.tenant.toLowerCase();
  const isShared = ['common', 'organizations'].includes(name);
  const id = isShared ? '{tenantid}' : tenant.id;
  const at = `${base}/${isShared ? name : tenant.id}`;
  const oauth = version === 2 ? `${at}/oauth2/v2.0` : `${at}/oauth2`;
  return json({
    token_endpoint: `${oauth}/token`,
    token_endpoint_auth_methods_supported: ['client_secret_post', 'client_secret_basic'],
    jwks_uri: version === 2 ? `${at}/discovery/v2.0/keys` : `${at}/discovery/keys`,
    response_modes_supported: ['query', 'fragment', 'form_post'],
    subject_types_supported: ['pairwise'],
    id_token_signing_alg_values_supported: ['RS256'],
    response_types_supported: ['code'],
    scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
    grant_types_supported: ['authorization_code', 'refresh_token', 'client_credentials', 'password', 'urn:ietf:params:oauth:grant-type:device_code'],
    code_challenge_methods_supported: ['plain', 'S256'],
    issuer: version === 2 ? `${base}/${id}/v2.0` : `https://sts.windows.net/${id}/`,
    request_uri_parameter_supported: false,
    authorization_endpoint: `${oauth}/authorize`,
    device_authorization_endpoint: `${oauth}/devicecode`,
    http_logout_supported: true,
    frontchannel_logout_supported: false,
    end_session_endpoint: `${oauth}/logout`,
    claims_supported: ['sub', 'iss', 'aud', 'exp', 'iat', 'nonce', 'preferred_username', 'name', 'tid', 'ver', 'email'],
    tenant_region_scope: null,
    cloud_instance_name: 'microsoftonline.com',
    msgraph_host: 'graph.microsoft.com',
  }, { isCacheable: true });
}

/** The keys document, RFC 7517. */
export async function keys(tenant: Tenant): Promise<WebResponse> {
  return json({ keys: [await tenant.tokens.publicKey()] }, { isCacheable: true });
}

/** /common/discovery/instance: MSAL asks whether it may trust an authority's host. */
export function instanceDiscovery(tenant: Tenant, request: WebRequest): WebResponse {
  const { host } = new URL(request.base);
  return json({
    tenant_discovery_endpoint: `${request.base}/common/v2.0/.well-known/openid-configuration`,
    'api-version': request.query.get('api-version') ?? '1.1',
    metadata: [{ preferred_network: host, preferred_cache: host, aliases: [host] }],
  }, { isCacheable: true });
}

/** /common/userrealm/USER: managed here, or unknown. */
export function userRealm(tenant: Tenant, request: WebRequest): WebResponse {
  const login = request.query.get('user') ?? request.path.split('/')[3] ?? '';
  const domain = login.split('@')[1]?.toLowerCase() ?? '';
  const isOurs = tenant.directory.acceptedDomains.includes(domain);
  return json({
    ver: '1.0',
    account_type: isOurs ? 'Managed' : 'Unknown',
    ...(isOurs ? { domain_name: domain } : {}),
    cloud_instance_name: 'microsoftonline.com',
    cloud_audience_urn: 'urn:federation:MicrosoftOnline',
  });
}

/** There is no session to end; the user is sent on when the address is one that a client registered. */
export function logout(tenant: Tenant, request: WebRequest, isRegistered: (uri: string) => boolean): WebResponse {
  const target = request.query.get('post_logout_redirect_uri');
  if (target !== null && isRegistered(target)) {
    const state = request.query.get('state');
    return redirect(state === null ? target : `${target}${target.includes('?') ? '&' : '?'}state=${encodeURIComponent(state)}`);
  }
  return html(messagePage('Signed out', 'You signed out of your account.'));
}
