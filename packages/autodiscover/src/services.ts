import { requestedBase } from '@fauxchange/auth';
import type { IncomingMessage } from 'node:http';

/** Where one service is reached; `true`: at its usual path below the base URLs. */
export type ServiceUrl = true | { readonly internal?: string | undefined; readonly external?: string | undefined; /** Another path below the base URLs. */ readonly path?: string | undefined };

export interface MailServer {
  readonly host: string;
  readonly port: number;
  readonly encryption: 'None' | 'SSL' | 'TLS';
}

/** What exists. Nothing else is announced. */
export interface AutodiscoverServices {
  readonly ews?: ServiceUrl | undefined;
  readonly activesync?: ServiceUrl | undefined;
  readonly mapi?: ServiceUrl | undefined;
  readonly oab?: ServiceUrl | undefined;
  readonly ecp?: ServiceUrl | undefined;
  readonly owa?: ServiceUrl | undefined;
  readonly imap?: readonly MailServer[] | undefined;
  readonly pop3?: readonly MailServer[] | undefined;
  readonly smtp?: readonly MailServer[] | undefined;
}

/** Base URLs without a path, as an administrator configures them: `https://mail.example.test`. */
export interface BaseUrls {
  readonly internal?: string | undefined;
  readonly external?: string | undefined;
}

export interface Address { readonly internal: string; readonly external: string }

/** Every address of this answer. */
export interface ServiceAddresses {
  readonly base: Address;
  readonly ews: Address | undefined;
  readonly activesync: Address | undefined;
  readonly mapi: Address | undefined;
  readonly oab: Address | undefined;
  readonly ecp: Address | undefined;
  readonly owa: Address | undefined;
  readonly imap: readonly MailServer[];
  readonly pop3: readonly MailServer[];
  readonly smtp: readonly MailServer[];
}

const paths = { ews: '/EWS/Exchange.asmx', activesync: '/Microsoft-Server-ActiveSync', mapi: '/mapi', oab: '/OAB/', ecp: '/ecp/', owa: '/owa/' } as const;

/**
 * Fills in the addresses. They are the configured ones: behind a balancer that ends TLS, the request knows neither scheme nor name.
 * Only where nothing is configured is the address taken that the client used.
 */
export function resolveServices(services: AutodiscoverServices, urls: BaseUrls, request: IncomingMessage): ServiceAddresses {
  const used = requestedBase(request);
  const base = { external: bare(urls.external ?? urls.internal ?? used), internal: bare(urls.internal ?? urls.external ?? used) };
  const address = (name: keyof typeof paths): Address | undefined => {
    const service = services[name];
    if (service === undefined) return undefined;
    const { internal, external, path = paths[name] } = service === true ? {} : service;
    return { internal: internal ?? external ?? base.internal + path, external: external ?? internal ?? base.external + path };
  };
  return {
    base, ews: address('ews'), activesync: address('activesync'), mapi: address('mapi'), oab: address('oab'), ecp: address('ecp'), owa: address('owa'),
    imap: services.imap ?? [], pop3: services.pop3 ?? [], smtp: services.smtp ?? [],
  };
}

const bare = (url: string): string => url.replace(/\/+$/, '');

/** Host name of a URL that an administrator wrote; the text itself when it is none. */
export function hostOf(url: string): string {
  try { return new URL(url).hostname; } catch { return url; }
}
