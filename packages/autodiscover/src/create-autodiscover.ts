import { createAuthentication } from '@fauxchange/auth';
import { createEndpoints } from './endpoints.ts';
import { profileNamed } from './profile.ts';
import { Router } from './router.ts';
import type { Authentication, TokenIssuer } from '@fauxchange/auth';
import type { Faults, HttpHandler, Journal, Lifecycle, Mount } from '@fauxchange/kernel';
import type { Organization } from '@fauxchange/mailbox';
import type { ProfileName } from './profile.ts';
import type { AutodiscoverRedirect } from './redirects.ts';
import type { AutodiscoverServices, BaseUrls } from './services.ts';
import type { Federation, OrganizationRelationship } from './soap/federation.ts';

/** What Autodiscover tells. */
export interface AutodiscoverSettings {
  /** Default `exchangeSE`. */
  readonly profile?: ProfileName | undefined;
  /** What exists; nothing else is announced. A function is asked for each request. */
  readonly services?: AutodiscoverServices | (() => AutodiscoverServices) | undefined;
  /** The configured URLs of the server; without them answers name the address that the client used. */
  readonly urls?: BaseUrls | (() => BaseUrls) | undefined;
  readonly redirects?: readonly AutodiscoverRedirect[] | undefined;
  /** Whose tokens are taken. */
  readonly authority?: TokenIssuer | undefined;
  /** Default: Basic, and Bearer when there is an authority. */
  readonly authentication?: Authentication | undefined;
  /** What EXPR and EXHTTP blocks tell clients to use. Default `Basic`. */
  readonly authPackage?: 'Basic' | 'Ntlm' | 'Negotiate' | undefined;
  /** Default: none; the organization then answers NotFederated. */
  readonly federation?: Federation | undefined;
  readonly relationships?: readonly OrganizationRelationship[] | undefined;
}

export interface AutodiscoverOptions extends AutodiscoverSettings {
  readonly organization: Organization;
  readonly journal: Journal;
  readonly faults: Faults;
  /** Ends what is under way. */
  readonly lifecycle: Lifecycle;
  /** Hears of every error that is a bug of ours. */
  readonly onInternalError?: ((error: unknown) => void) | undefined;
}

/** Autodiscover without a listener of its own. */
export interface Autodiscover {
  readonly handler: HttpHandler;
  readonly mounts: readonly Mount[];
}

/** Makes the handler that a listener, an Express application or the whole server mounts. */
export function createAutodiscover(options: AutodiscoverOptions): Autodiscover {
  const { organization, services = {}, urls = {}, authority } = options;
  const { directory, clock } = organization;
  const router = new Router({
    fixed: {
      organization, clock,
      ids: organization.ids.fork('autodiscover'),
      profile: profileNamed(options.profile ?? 'exchangeSE'),
      redirects: options.redirects ?? [],
      federation: options.federation,
      relationships: options.relationships ?? [],
      authPackage: options.authPackage ?? 'Basic',
    },
    endpoints: createEndpoints(),
    authentication: options.authentication ?? createAuthentication({ directory, clock, authority }),
    isOAuthEnabled: authority !== undefined,
    services: typeof services === 'function' ? services : () => services,
    urls: typeof urls === 'function' ? urls : () => urls,
    journal: options.journal,
    faults: options.faults,
    signal: options.lifecycle.signal,
    onInternalError: options.onInternalError ?? (() => undefined),
  });
  const handler: HttpHandler = (request, response) => router.handle(request, response);
  return { handler, mounts: [{ path: '/autodiscover', handler }] };
}
