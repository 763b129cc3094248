import { createEndpoints } from './endpoints.ts';
import { profileNamed } from './profile.ts';
import { Router } from './router.ts';
import type { AuthScheme } from '@fauxchange/auth';
import type { Installer } from '@fauxchange/emulator';
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
  /** Schemes of the virtual directory, if not those of the server. */
  readonly schemes?: readonly ('Basic' | 'Bearer' | AuthScheme)[] | undefined;
  /** What EXPR and EXHTTP blocks tell clients to use. Default `Basic`. */
  readonly authPackage?: 'Basic' | 'Ntlm' | 'Negotiate' | undefined;
  /** Default: none; the organization then answers NotFederated. */
  readonly federation?: Federation | undefined;
  readonly relationships?: readonly OrganizationRelationship[] | undefined;
}

/**
 * Installs Autodiscover under `/autodiscover` of a server.
 *
 * @example
 * const emulator = await openEmulator(options, [autodiscoverService({ services: { ews: true } })]);
 */
export function autodiscoverService(settings: AutodiscoverSettings = {}): Installer {
  const { services = {}, urls = {}, schemes } = settings;
  const profile = profileNamed(settings.profile ?? 'exchangeSE');
  return (environment) => {
    const { organization, clock, ids } = environment;
    const router = new Router({
      environment,
      fixed: {
        organization, clock, profile,
        ids: ids.fork('autodiscover'),
        redirects: settings.redirects ?? [],
        federation: settings.federation,
        relationships: settings.relationships ?? [],
        authPackage: settings.authPackage ?? 'Basic',
      },
      endpoints: createEndpoints(),
      authentication: environment.authentication(schemes ? { schemes } : {}),
      services: typeof services === 'function' ? services : () => services,
      urls: typeof urls === 'function' ? urls : () => urls,
    });
    return { mounts: [{ path: '/autodiscover', handler: (request, response) => router.handle(request, response) }] };
  };
}
