import type { EventEmitter } from 'node:events';
import type { Socket } from 'node:net';
import { afterRealTime } from '../real-time.ts';

/** A request whose method node's parser does not know, with the connection that it came on. */
export interface RawRequest {
  readonly method: string;
  readonly url: string;
  /** Names in lower case; of several with one name the last. */
  readonly headers: Readonly<Record<string, string>>;
  /** Behind the head; whoever takes the request reads the rest of the body from the socket. */
  readonly head: Buffer;
  readonly socket: Socket;
}

/** Requests that are handed over with their connection: whoever takes them answers on it, and ends it. */
export interface RawMethods {
  readonly methods: readonly string[];
  handle(request: RawRequest): void;
}

export interface RawLimits {
  readonly maxHeaderBytes: number;
  /** Real milliseconds until the head of a request has to be there. */
  readonly headersTimeoutMs: number;
}

const headEnd = Buffer.from('\r\n\r\n');

/**
 * Looks at the first bytes of each connection before node's parser gets it. Such a method can begin a connection only: that is how
 * the clients which have it come.
 *
 * @param event which hands over connections: `secureConnection` under TLS, else `connection`
 */
export function watchForRawMethods(server: EventEmitter, event: 'connection' | 'secureConnection', raw: readonly RawMethods[], limits: RawLimits): void {
  const parsers = server.listeners(event) as ((socket: Socket) => void)[];
  server.removeAllListeners(event);
  const byMethod = new Map<string, RawMethods>(raw.flatMap((one) => one.methods.map((method) => [`${method} `, one] as const)));
  server.on(event, (socket: Socket) => {
    void firstBytes(socket, [...byMethod.keys()], limits).then((found) => {
      if (found === undefined) return;
      if (found.method === undefined) {
        socket.unshift(found.bytes);
        for (const parser of parsers) parser.call(server, socket);
        socket.resume();
      } else hand(socket, found.bytes, byMethod.get(found.method) as RawMethods);
    });
  });
}

interface Found {
  readonly bytes: Buffer;
  /** With the space behind it; undefined for what is not ours. */
  readonly method: string | undefined;
}

/** What comes first; of one of the methods the whole head. Undefined when the connection is gone, or too slow. */
function firstBytes(socket: Socket, methods: readonly string[], { maxHeaderBytes, headersTimeoutMs }: RawLimits): Promise<Found | undefined> {
  return new Promise((resolve) => {
    let bytes: Buffer = Buffer.alloc(0);
    const done = (found: Found | undefined): void => {
      forget();
      socket.off('data', take).off('close', gone).off('error', gone);
      socket.pause();
      resolve(found);
    };
    const gone = (): void => {
      socket.destroy();
      done(undefined);
    };
    const forget = afterRealTime(gone, headersTimeoutMs);
    const take = (chunk: Buffer): void => {
      bytes = bytes.length === 0 ? chunk : Buffer.concat([bytes, chunk]);
      const text = bytes.toString('latin1', 0, Math.max(...methods.map(({ length }) => length)));
      const method = methods.find((one) => text.startsWith(one));
      if (method === undefined && !methods.some((one) => one.startsWith(text))) return done({ bytes, method: undefined });
      if (method !== undefined && bytes.includes(headEnd)) return done({ bytes, method });
      if (bytes.length > maxHeaderBytes) gone();
    };
    socket.on('data', take).on('close', gone).on('error', gone);
  });
}

function hand(socket: Socket, bytes: Buffer, raw: RawMethods): void {
  const end = bytes.indexOf(headEnd);
  const [first = '', ...lines] = bytes.toString('latin1', 0, end).split('\r\n');
  const [method = '', url = '/'] = first.split(' ');
  const headers = Object.fromEntries(lines.map((line) => {
    const colon = line.indexOf(':');
    return [line.slice(0, Math.max(0, colon)).trim().toLowerCase(), line.slice(colon + 1).trim()];
  }));
  raw.handle({ method, url, headers, head: bytes.subarray(end + headEnd.length), socket });
}
