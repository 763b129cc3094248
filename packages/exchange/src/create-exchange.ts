import { activeSyncService, type ActiveSyncControl, type ActiveSyncOptions } from '@fauxchange/activesync';
import { autodiscoverService, type AutodiscoverServices, type AutodiscoverSettings, type BaseUrls } from '@fauxchange/autodiscover';
import { openEmulator, type Emulator, type EmulatorOptions, type ListenerOptions } from '@fauxchange/emulator';
import { ewsService, type EwsOptions, type ProfileName } from '@fauxchange/ews';
import { createClock, createIdSource, createTestCa, type Clock, type TestCa } from '@fauxchange/kernel';
import { mapiHttpService } from '@fauxchange/mapi-http';
import { oabPath, oabService } from '@fauxchange/oab';
import { createControl } from './control.ts';

/** A listener of the whole server. */
export interface ExchangeListener {
  /** Default 0: any free port. */
  readonly port?: number | undefined;
}

export interface ExchangeOptions extends Omit<EmulatorOptions, 'port' | 'tls'> {
  /** Which server is played. Default `exchangeSE`. */
  readonly profile?: ProfileName | undefined;
  /** Plain HTTP, for tests and behind a balancer that ends TLS. Default: on, any free port. */
  readonly http?: ExchangeListener | false | undefined;
  /** HTTPS with a certificate of a CA made on the spot, or with your own. Default: off. */
  readonly https?: (ExchangeListener & { readonly tls?: { readonly key: string; readonly cert: string } | undefined }) | boolean | undefined;
  /** Names and addresses in the certificate besides localhost. */
  readonly certificateHosts?: readonly string[] | undefined;
  /** Base URLs that Autodiscover tells; default: those of the listeners. */
  readonly urls?: { readonly internal?: string | undefined; readonly external?: string | undefined } | undefined;
  /** Throttling, and who may use EWS; see the package of EWS. */
  readonly ews?: Omit<EwsOptions, 'profile' | 'schemes'> | undefined;
  /** Policies, provisioning, templates, new devices; see the package of ActiveSync. */
  readonly activeSync?: Omit<ActiveSyncOptions, 'profile' | 'schemes'> | undefined;
  readonly autodiscover?: Pick<AutodiscoverSettings, 'redirects' | 'authPackage' | 'federation' | 'relationships'> | undefined;
}

/** A whole running server. */
export interface Exchange extends Emulator {
  /** Base URLs of the listeners that are on. */
  readonly httpUrl: string | undefined;
  readonly httpsUrl: string | undefined;
  /** PEM of the CA that signed the certificate of HTTPS; undefined without one. */
  readonly caCertificate: string | undefined;
  /** The EWS endpoint. */
  readonly ewsUrl: string;
  /** The ActiveSync endpoint, its devices and its policy. */
  readonly activeSync: ActiveSyncControl & { readonly url: string };
}

/**
 * Starts everything over one organization: Autodiscover, EWS, ActiveSync, MAPI over HTTP, the offline address book, the OAuth authority.
 *
 * @example
 * await using exchange = await createExchange({ https: true });
 * console.log(exchange.ewsUrl, exchange.organization.users[0]);
 */
export async function createExchange(options: ExchangeOptions = {}): Promise<Exchange> {
  if (options.http === false && !options.https) throw new TypeError('a server needs a listener: leave `http` on or set `https`');
  const clock = options.organization?.clock ?? options.clock ?? createClock();
  const tls = await certificate(options, clock);
  const plain = options.http === false ? [] : [{ host: options.host, port: options.http?.port ?? 0 }];
  const encrypted = tls.pair ? [{ host: options.host, port: (typeof options.https === 'object' ? options.https.port : undefined) ?? 0, tls: tls.pair }] : [];
  const listeners: readonly ListenerOptions[] = [...plain, ...encrypted];
  const opened: { emulator?: Emulator } = {};
  const urls = (): BaseUrls => baseUrls(options, opened.emulator);
  const profile = options.profile ?? 'exchangeSE';
  const activeSync = activeSyncService({ ...options.activeSync, profile });
  const emulator = await openEmulator({ ...options, clock, listeners, fallback: createControl(() => opened.emulator) }, [
    ewsService({ ...options.ews, profile }),
    activeSync.install,
    mapiHttpService({ profile }),
    oabService(),
    autodiscoverService({ ...options.autodiscover, profile, urls, services: () => services(opened.emulator) }),
  ]);
  opened.emulator = emulator;
  return describe(emulator, plain.length > 0, tls, activeSync);
}

/** What Autodiscover tells of. */
const services = (emulator: Emulator | undefined): AutodiscoverServices => ({ ews: true, activesync: true, mapi: true, oab: emulator && { path: oabPath(emulator.organization) } });

interface Certificate {
  readonly ca: TestCa | undefined;
  readonly pair: { readonly key: string; readonly cert: string } | undefined;
}

async function certificate({ https, host, certificateHosts, idSeed }: ExchangeOptions, clock: Clock): Promise<Certificate> {
  if (!https) return { ca: undefined, pair: undefined };
  if (typeof https === 'object' && https.tls) return { ca: undefined, pair: https.tls };
  const ca = await createTestCa({ ids: createIdSource(idSeed ?? 'fauxchange'), clock });
  const hosts = new Set(['localhost', '127.0.0.1', '::1', ...(host && !isWildcard(host) ? [host] : []), ...(certificateHosts ?? [])]);
  return { ca, pair: await ca.issue([...hosts]) };
}

/**
 * HTTPS first: what Autodiscover tells is what a client of a real server would be told. A server that listens everywhere does
 * not know by which name clients come: then they are told the one that they used.
 */
function baseUrls({ urls, host }: ExchangeOptions, emulator: Emulator | undefined): BaseUrls {
  const listening = isWildcard(host) ? [] : (emulator?.listeners.map(({ url }) => url) ?? []);
  const own = listening.find((url) => url.startsWith('https:')) ?? listening[0];
  return { internal: urls?.internal ?? own, external: urls?.external ?? own };
}

const isWildcard = (host: string | undefined): boolean => host === '0.0.0.0' || host === '::';

function describe(emulator: Emulator, isPlain: boolean, { ca, pair }: Certificate, { devices, policy }: ActiveSyncControl): Exchange {
  const [first, second] = emulator.listeners.map(({ url, host, port }) => (isWildcard(host) ? `${new URL(url).protocol}//localhost:${port}` : url));
  const httpUrl = isPlain ? first : undefined;
  const httpsUrl = pair ? (isPlain ? second : first) : undefined;
  const base = httpUrl ?? httpsUrl ?? '';
  const activeSync = { url: `${base}/Microsoft-Server-ActiveSync`, devices, policy };
  return Object.assign(emulator, { httpUrl, httpsUrl, caCertificate: ca?.certificate, ewsUrl: `${base}/EWS/Exchange.asmx`, activeSync });
}
