import type { OAuthAuthority } from '@fauxchange/auth';
import { notFound, requestPath, type HttpHandler } from '@fauxchange/kernel';
import { HttpExchange } from './http-exchange.ts';
import type { Environment, Service } from './service.ts';

/** The authority as a service of the server. It writes its own journal; here fault rules strike it. */
export function oauthService(authority: OAuthAuthority, environment: Environment): Service & { readonly fallback: (next: HttpHandler | undefined) => HttpHandler } {
  const handler: HttpHandler = async (request, response) => {
    const exchange = new HttpExchange(request, response, 'oauth', environment);
    await exchange.strikeEarly();
    if (!exchange.isOver) await authority.handler(request, response);
  };
  return {
    mounts: authority.mounts.map(({ path }) => ({ path, handler })),
    reset: () => authority.reset(),
    // Tenants that are not ours have no mount, and their own refusal.
    fallback: (next = notFound) => (request, response) => (authority.serves(requestPath(request)) ? handler : next)(request, response),
  };
}
