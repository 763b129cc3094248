import { createServer } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { isIPv6 } from 'node:net';
import { createRouter, requestPath } from './mounts.ts';
import { watchForRawMethods, type RawMethods } from './raw-methods.ts';
import type { IncomingMessage, Server, ServerOptions, ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Lifecycle } from '../lifecycle.ts';
import type { HttpHandler, Mount } from './mounts.ts';

export interface HttpListener {
  /** Without a slash at the end. */
  readonly url: string;
  readonly host: string;
  readonly port: number;
  /** Stops listening and destroys every connection at once; nothing is awaited of handlers. */
  close(): Promise<void>;
}

/** What a hostile or broken client may cost; times are real milliseconds. */
export interface HttpLimits {
  /** Bytes of all headers together (default 64 KiB: Kerberos tickets are large). */
  readonly maxHeaderBytes?: number | undefined;
  /** To send the headers (default 20 s). */
  readonly headersTimeoutMs?: number | undefined;
  /** To send the whole request (default 300 s). */
  readonly requestTimeoutMs?: number | undefined;
  /** Connections at once (default 10,000). */
  readonly maxConnections?: number | undefined;
}

export interface ListenHttpOptions {
  /** Default 127.0.0.1. */
  readonly host?: string | undefined;
  /** Default 0: any free port. */
  readonly port?: number | undefined;
  /** PEM texts; given, the listener speaks HTTPS. */
  readonly tls?: { readonly key: string; readonly cert: string } | undefined;
  readonly mounts: readonly Mount[];
  /** Methods that node's parser refuses. */
  readonly raw?: readonly RawMethods[] | undefined;
  /** What no mount takes (default: 404 as IIS). */
  readonly fallback?: HttpHandler | undefined;
  /** Closes the listener with it. */
  readonly lifecycle?: Lifecycle | undefined;
  /** Hears what a handler threw; the client got an empty 500, or a cut connection when the answer had begun. */
  readonly onError?: ((error: unknown, request: IncomingMessage) => void) | undefined;
  readonly limits?: HttpLimits | undefined;
}

/** The address cannot be listened on. */
export class ListenError extends Error {
  override readonly name = 'ListenError';
  /** The system's word: EADDRINUSE, EACCES, EADDRNOTAVAIL, ENOTFOUND … */
  readonly code: string;
  readonly host: string;
  readonly port: number;

  constructor(code: string, host: string, port: number, cause: unknown) {
    super(explain(code, host, port), { cause });
    this.code = code;
    this.host = host;
    this.port = port;
  }
}

function explain(code: string, host: string, port: number): string {
  const where = `port ${String(port)} on ${host}`;
  switch (code) {
    case 'EADDRINUSE': return `${where} is already in use: choose another port, or 0 for any free one`;
    case 'EACCES': return `${where} may not be listened on by this user: choose a port above 1023`;
    case 'EADDRNOTAVAIL': return `${host} is not an address of this machine`;
    default: return `cannot listen on ${where}: ${code}`;
  }
}

/**
 * Listens for HTTP or HTTPS and hands each request straight to the handler mounted at its path.
 *
 * @example
 * const listener = await listenHttp({ mounts: [{ path: '/ews', handler }] });
 * await fetch(`${listener.url}/EWS/Exchange.asmx`);
 * await listener.close();
 */
export async function listenHttp(options: ListenHttpOptions): Promise<HttpListener> {
  const { host = '127.0.0.1', port = 0, tls, lifecycle, limits = {} } = options;
  lifecycle?.signal.throwIfAborted();
  const serverOptions: ServerOptions = {
    maxHeaderSize: limits.maxHeaderBytes ?? 64 * 1024,
    headersTimeout: limits.headersTimeoutMs ?? 20_000,
    requestTimeout: limits.requestTimeoutMs ?? 300_000,
    connectionsCheckingInterval: Math.min(5_000, limits.headersTimeoutMs ?? 5_000),
    // IIS keeps an idle connection for two minutes.
    keepAliveTimeout: 120_000,
  };
  const server: Server = tls === undefined ? createServer(serverOptions) : createTlsServer({ ...serverOptions, ...tls, minVersion: 'TLSv1.2' });
  server.maxHeadersCount = 200;
  server.maxConnections = limits.maxConnections ?? 10_000;
  server.on('request', createDispatcher(options));
  server.on('clientError', refuse);
  if (options.raw && options.raw.length > 0) watchForRawMethods(server, tls === undefined ? 'connection' : 'secureConnection', options.raw, { maxHeaderBytes: serverOptions.maxHeaderSize ?? 0, headersTimeoutMs: serverOptions.headersTimeout ?? 0 });
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => { sockets.delete(socket); });
  });
  await start(server, host, port);
  return new Listening(server, sockets, host, tls === undefined ? 'http' : 'https', lifecycle);
}

class Listening implements HttpListener {
  readonly url: string;
  readonly host: string;
  readonly port: number;
  readonly #server: Server;
  readonly #sockets: Set<Socket>;
  readonly #forget: (() => void) | undefined;
  #closing: Promise<void> | undefined;

  constructor(server: Server, sockets: Set<Socket>, host: string, scheme: string, lifecycle: Lifecycle | undefined) {
    this.#server = server;
    this.#sockets = sockets;
    this.host = host;
    this.port = (server.address() as AddressInfo).port;
    this.url = `${scheme}://${isIPv6(host) ? `[${host}]` : host}:${String(this.port)}`;
    this.#forget = lifecycle?.defer(() => this.close());
  }

  close(): Promise<void> {
    this.#closing ??= new Promise((resolve) => {
      this.#forget?.();
      this.#server.close(() => { resolve(); });
      for (const socket of this.#sockets) socket.destroy();
    });
    return this.#closing;
  }
}

function start(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const onError = (error: NodeJS.ErrnoException): void => { reject(new ListenError(error.code ?? error.name, host, port, error)); };
    server.once('error', onError);
    try {
      server.listen({ host, port }, () => { server.off('error', onError); resolve(); });
    } catch (error) {
      onError(error as NodeJS.ErrnoException);
    }
  });
}

/** One handler of all mounts, for a listener or a server of somebody else: what a handler throws ends here. */
export function createDispatcher({ mounts, fallback = notFound, onError }: Pick<ListenHttpOptions, 'mounts' | 'fallback' | 'onError'>): HttpHandler {
  const route = createRouter(mounts);
  return (request, response) => {
    // A handler may still write when the client has gone; node reports that as an 'error' event, which must not end the process.
    response.on('error', ignore);
    request.on('error', ignore);
    const fail = (error: unknown): void => {
      onError?.(error, request);
      if (response.headersSent) response.destroy();
      else response.writeHead(500, { 'Content-Length': 0 }).end();
    };
    try {
      const handled = (route(requestPath(request)) ?? fallback)(request, response);
      return handled?.catch(fail);
    } catch (error) {
      return fail(error);
    }
  };
}

const ignore = (): void => undefined;

/** The answer of IIS to a path where nothing is. */
export function notFound(_request: IncomingMessage, response: ServerResponse): void {
  const body = '<!DOCTYPE html><html><head><title>404 - File or directory not found.</title></head><body><h2>404 - File or directory not found.</h2></body></html>';
  response.writeHead(404, { Server: 'Microsoft-IIS/10.0', 'Content-Type': 'text/html', 'Content-Length': Buffer.byteLength(body) }).end(body);
}

/** What cannot be read as HTTP is answered as HTTP.SYS does and the connection ends. */
function refuse(error: NodeJS.ErrnoException, socket: { readonly writable: boolean; end(text: string): unknown; destroy(): unknown }): void {
  if (!socket.writable || error.code === 'ECONNRESET') { socket.destroy(); return; }
  const [status, title] = error.code === 'HPE_HEADER_OVERFLOW' ? ['400 Bad Request', 'Bad Request - Request Too Long']
    : error.code === 'ERR_HTTP_REQUEST_TIMEOUT' ? ['408 Request Timeout', 'Request Timeout']
      : ['400 Bad Request', 'Bad Request'];
  const body = `<html><head><title>${title}</title></head><body><h2>${title}</h2></body></html>`;
  socket.end(`HTTP/1.1 ${status}\r\nContent-Type: text/html; charset=us-ascii\r\nServer: Microsoft-HTTPAPI/2.0\r\nConnection: close\r\nContent-Length: ${String(Buffer.byteLength(body))}\r\n\r\n${body}`);
}
