import { request as httpRequest } from 'node:http';
import type { MapiHttpEmulator } from '../../src/index.ts';

/** An answer with its parts taken apart. */
export interface MapiAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** X-ResponseCode of the head. */
  readonly code: number;
  /** Meta-tags in their order. */
  readonly tags: readonly string[];
  /** Headers behind DONE. */
  readonly late: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** A client that keeps the cookies of its session. */
export class MapiClient {
  readonly #mapi: MapiHttpEmulator;
  readonly path: string;
  readonly user: string;
  readonly cookies = new Map<string, string>();
  #count = 0;

  constructor(mapi: MapiHttpEmulator, path = '/mapi/emsmdb/?MailboxId=8b0e5b5a-0000-4000-8000-000000000001@example.test', user = 'alice') {
    this.#mapi = mapi;
    this.path = path;
    this.user = user;
  }

  get cookie(): string {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  /** @param headers over those that a client sends; undefined leaves one out */
  async send(requestType: string, body: Uint8Array = new Uint8Array(0), headers: Readonly<Record<string, string | undefined>> = {}, method = 'POST'): Promise<MapiAnswer> {
    this.#count += 1;
    const all: Record<string, string | undefined> = {
      Authorization: `Basic ${Buffer.from(`${this.user}@example.test:${this.user}-pass`).toString('base64')}`, 'Content-Type': 'application/mapi-http', 'Content-Length': String(body.length),
      'X-RequestType': requestType, 'X-RequestId': `{6fb0d8b1-47c3-4f5d-b1ab-6c1a6dbd0c11}:${this.#count}`, 'X-ClientInfo': '{0f6ee5a4-3f46-4a37-9d1a-4e6b0d6f6a31}:7', 'X-ClientApplication': 'Outlook/16.0.1.1',
      ...(this.cookies.size > 0 && { Cookie: this.cookie }), ...headers,
    };
    const answer = await this.#exchange(method, Object.fromEntries(Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined)), body);
    for (const cookie of (answer.headers['set-cookie'] as readonly string[] | undefined) ?? []) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      this.cookies.set(name, value);
    }
    return answer;
  }

  #exchange(method: string, headers: Readonly<Record<string, string>>, body: Uint8Array): Promise<MapiAnswer> {
    return new Promise((resolve, reject) => {
      const request = httpRequest(`${this.#mapi.url}${this.path}`, { method, headers }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk)).on('error', reject).on('end', () => resolve(apart(response.statusCode ?? 0, response.headers, Buffer.concat(chunks))));
      });
      request.on('error', reject);
      request.end(body);
    });
  }
}

function apart(status: number, headers: MapiAnswer['headers'], body: Buffer): MapiAnswer {
  const code = Number(headers['x-responsecode']);
  const end = body.indexOf('\r\n\r\n');
  if (code !== 0 || end < 0) return { status, headers, code, tags: [], late: {}, body };
  const lines = body.subarray(0, end).toString('latin1').split('\r\n');
  const done = lines.indexOf('DONE');
  return { status, headers, code, tags: lines.slice(0, done + 1), late: Object.fromEntries(lines.slice(done + 1).map((line) => line.split(': ') as [string, string])), body: body.subarray(end + 4) };
}
