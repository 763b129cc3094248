import { createHash, generateKeyPair, sign } from 'node:crypto';
import { isIP } from 'node:net';
import { promisify } from 'node:util';
import { realNow } from '../real-time.ts';
import * as der from './der.ts';
import type { KeyObject } from 'node:crypto';
import type { Clock } from '../clock.ts';
import type { IdSource } from '../ids.ts';

/** A certificate authority that lives as long as the process and is trusted by whoever a test tells to. */
export interface TestCa {
  /** PEM; give it to clients as `ca`, NODE_EXTRA_CA_CERTS, REQUESTS_CA_BUNDLE … */
  readonly certificate: string;
  /** A server certificate for names and addresses, the chain with the CA's own; PEM texts. */
  issue(hosts: readonly string[]): Promise<{ key: string; cert: string }>;
}

const DAY = 86_400_000;
/** Apple's systems refuse server certificates with a longer life. */
const LEAF_DAYS = 397;
const CA_DAYS = 3650;
const MOST_HOSTS = 100;

/**
 * Makes a CA with a fresh key (EC P-256). Names and serial numbers come from `ids`; the key is random in every run.
 * Certificates hold both now by the server's clock and now by the machine's, because it is the client's clock that judges.
 *
 * @example
 * const ca = await createTestCa({ ids, clock });
 * const listener = await listenHttp({ tls: await ca.issue(['localhost', '127.0.0.1']), mounts });
 */
export async function createTestCa(options: { ids: IdSource; clock: Clock }): Promise<TestCa> {
  const { clock } = options;
  const ids = options.ids.fork('test ca');
  const keys = await newKeys();
  const keyId = keyIdentifier(keys.publicKey);
  const issuer: Issuer = { name: `Fauxchange Test CA ${keyId.subarray(0, 4).toString('hex')}`, key: keys.privateKey, keyId };
  const certificate = pem('CERTIFICATE', build({
    issuer, subject: issuer.name, publicKey: keys.publicKey, serial: serial(ids), validity: validity(clock, CA_DAYS),
    extensions: [
      extension('2.5.29.19', true, der.sequence(der.bool(true), der.integer(Buffer.from([0])))),
      // keyCertSign and cRLSign.
      extension('2.5.29.15', true, der.bits(Buffer.from([0x06]), 1)),
    ],
  }));
  return {
    certificate,
    issue: async (hosts) => {
      if (hosts.length === 0 || hosts.length > MOST_HOSTS) throw new RangeError(`a certificate is for 1 to ${String(MOST_HOSTS)} names or addresses`);
      const names = hosts.map(subjectName);
      const leaf = await newKeys();
      const cert = pem('CERTIFICATE', build({
        issuer, subject: hosts[0] as string, publicKey: leaf.publicKey, serial: serial(ids), validity: validity(clock, LEAF_DAYS),
        extensions: [
          extension('2.5.29.19', true, der.sequence()),
          // digitalSignature; serverAuth; the names.
          extension('2.5.29.15', true, der.bits(Buffer.from([0x80]), 7)),
          extension('2.5.29.37', false, der.sequence(der.oid('1.3.6.1.5.5.7.3.1'))),
          extension('2.5.29.17', false, der.sequence(...names)),
          extension('2.5.29.35', false, der.sequence(der.implicit(0, issuer.keyId))),
        ],
      }));
      return { key: leaf.privateKey.export({ type: 'pkcs8', format: 'pem' }) as string, cert: cert + certificate };
    },
  };
}

interface Issuer { readonly name: string; readonly key: KeyObject; readonly keyId: Buffer }

interface CertificateParts {
  readonly issuer: Issuer;
  readonly subject: string;
  readonly publicKey: KeyObject;
  readonly serial: Uint8Array;
  readonly validity: readonly [number, number];
  readonly extensions: readonly Buffer[];
}

const newKeys = (): Promise<{ publicKey: KeyObject; privateKey: KeyObject }> => promisify(generateKeyPair)('ec', { namedCurve: 'P-256' });

/** The certificate of RFC 5280 4.1, signed with ECDSA and SHA-256. */
function build({ issuer, subject, publicKey, serial: number, validity: [from, until], extensions }: CertificateParts): Buffer {
  const algorithm = der.sequence(der.oid('1.2.840.10045.4.3.2'));
  const unsigned = der.sequence(
    der.explicit(0, der.integer(Buffer.from([2]))),
    der.integer(number),
    algorithm,
    distinguishedName(issuer.name),
    der.sequence(der.time(from), der.time(until)),
    distinguishedName(subject),
    spki(publicKey),
    der.explicit(3, der.sequence(...extensions, extension('2.5.29.14', false, der.octets(keyIdentifier(publicKey))))),
  );
  return der.sequence(unsigned, algorithm, der.bits(sign('sha256', unsigned, issuer.key)));
}

const spki = (key: KeyObject): Buffer => key.export({ type: 'spki', format: 'der' });

const keyIdentifier = (key: KeyObject): Buffer => createHash('sha1').update(spki(key)).digest();

const distinguishedName = (commonName: string): Buffer => der.sequence(der.set(der.sequence(der.oid('2.5.4.3'), der.utf8(commonName.slice(0, 64)))));

const extension = (id: string, isCritical: boolean, value: Buffer): Buffer => der.sequence(der.oid(id), ...(isCritical ? [der.bool(true)] : []), der.octets(value));

function serial(ids: IdSource): Uint8Array {
  const bytes = ids.bytes(16);
  bytes[0] = ((bytes[0] as number) & 0x7f) | 0x40;
  return bytes;
}

function validity(clock: Clock, days: number): readonly [number, number] {
  const [first, last] = [Math.min(clock.now(), realNow()), Math.max(clock.now(), realNow())];
  return [first - DAY, last + (days - 1) * DAY];
}

function subjectName(host: string): Buffer {
  const version = isIP(host);
  if (version === 4) return der.implicit(7, Buffer.from(host.split('.').map(Number)));
  if (version === 6) return der.implicit(7, ipv6(host));
  if (!/^(\*\.)?[a-z0-9_]([a-z0-9_.-]{0,251}[a-z0-9])?$/i.test(host)) throw new RangeError(`"${host.slice(0, 80)}" is neither a host name nor an address`);
  return der.implicit(2, Buffer.from(host, 'ascii'));
}

function ipv6(address: string): Buffer {
  // URL writes any form in its shortest hexadecimal one.
  const [head = '', tail] = new URL(`http://[${address.replace(/%.*$/, '')}]`).hostname.slice(1, -1).split('::');
  const groups = (part: string): number[] => part === '' ? [] : part.split(':').map((group) => parseInt(group, 16));
  const [first, last] = [groups(head), groups(tail ?? '')];
  const all = [...first, ...new Array<number>(8 - first.length - last.length).fill(0), ...last];
  return Buffer.from(all.flatMap((group) => [group >>> 8, group & 0xff]));
}

const pem = (label: string, bytes: Buffer): string => `-----BEGIN ${label}-----\n${bytes.toString('base64').replace(/.{64}(?=.)/g, '$&\n')}\n-----END ${label}-----\n`;
