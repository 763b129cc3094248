import type { IncomingMessage } from 'node:http';
import { responseCode } from '@fauxchange/mapi-wire';
import { ResponseCodeError } from '../response-code.ts';

/** What the headers of a request say, [MS-OXCMAPIHTTP] 2.2.3. */
export interface RequestHead {
  /** As it was sent; types are compared without case. */
  readonly requestType: string;
  readonly cookies: ReadonlyMap<string, string>;
}

const one = (value: string | string[] | undefined): string | undefined => (Array.isArray(value) ? value[0] : value);

/** Headers that every answer tells back, as far as they came. */
export function echoed({ headers }: IncomingMessage): Record<string, string> {
  const names = { 'X-RequestType': 'x-requesttype', 'X-RequestId': 'x-requestid', 'X-ClientInfo': 'x-clientinfo' };
  return Object.fromEntries(Object.entries(names).flatMap(([name, key]) => {
    const value = one(headers[key]);
    return value === undefined ? [] : [[name, value]];
  }));
}

/** @throws ResponseCodeError 2, 7 */
export function readHead({ method, headers }: IncomingMessage): RequestHead {
  if (method !== 'POST') throw new ResponseCodeError(responseCode.InvalidVerb, `The verb ${method ?? ''} is not allowed.`);
  const needed = (name: string): string => one(headers[name.toLowerCase()]) ?? refuse(name);
  const requestType = needed('X-RequestType');
  needed('X-RequestId');
  return { requestType, cookies: readCookies(one(headers.cookie) ?? '') };
}

function refuse(name: string): never {
  throw new ResponseCodeError(responseCode.MissingHeader, `The header ${name} is missing.`);
}

/** The first of a name holds. */
function readCookies(header: string): ReadonlyMap<string, string> {
  const cookies = new Map<string, string>();
  for (const part of header.split(';')) {
    const at = part.indexOf('=');
    const name = part.slice(0, at).trim();
    if (at > 0 && !cookies.has(name)) cookies.set(name, part.slice(at + 1).trim());
  }
  return cookies;
}
