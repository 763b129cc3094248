import type { IncomingMessage } from 'node:http';
import type { IdSource } from '@fauxchange/kernel';

/** The header fields with which a front end and its back end say who answered. */
const server = { name: 'EX01', fqdn: 'ex01.example.test' } as const;

export type Headers = Record<string, string | string[]>;

/** Clients compare Content-Type as a text. */
export const contentType = 'text/xml; charset=utf-8';

/** What every answer of the virtual directory carries, the 401 included. */
export function commonHeaders(request: IncomingMessage, ids: IdSource): Headers {
  const headers: Headers = {
    'Cache-Control': 'private',
    Server: 'Microsoft-IIS/10.0',
    'request-id': ids.uuid(),
    'X-CalculatedBETarget': server.fqdn,
    'X-FEServer': server.name,
    'X-BEServer': server.name,
    'X-Powered-By': 'ASP.NET',
  };
  // A client that wants its own id back says so; [MS-OXWSADISC] and Microsoft's "Instrumenting client requests".
  const own = request.headers['client-request-id'];
  if (typeof own === 'string' && /^true$/i.test(String(request.headers['return-client-request-id']))) headers['client-request-id'] = own.replaceAll(/[^\x20-\x7e]/g, '').slice(0, 256);
  return headers;
}

/** What an answer of the service itself carries besides. */
export function soapHeaders(status: number): Headers {
  return { 'Content-Type': contentType, 'X-DiagInfo': server.name, 'X-AspNet-Version': '4.0.30319', 'X-BackEndHttpStatus': String(status) };
}

export function readCookies(request: IncomingMessage): ReadonlyMap<string, string> {
  const cookies = new Map<string, string>();
  for (const part of (request.headers.cookie ?? '').slice(0, 16_384).split(';')) {
    const equals = part.indexOf('=');
    if (equals > 0) cookies.set(part.slice(0, equals).trim(), part.slice(equals + 1).trim());
  }
  return cookies;
}
