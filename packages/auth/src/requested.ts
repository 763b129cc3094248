import type { IncomingMessage } from 'node:http';

/** The name that the client called the server by, without port: what Exchange writes as realm. */
export function requestedHost(request: IncomingMessage): string {
  const host = request.headers.host ?? '';
  return /^(\[[0-9a-f:.]+\]|[a-z0-9._-]{1,255})(:\d+)?$/i.test(host) ? host.replace(/:\d+$/, '') : 'localhost';
}

export const isEncrypted = (request: IncomingMessage): boolean => (request.socket as { encrypted?: boolean }).encrypted === true;

/** Scheme, name and port that the client used, without a slash at the end. */
export function requestedBase(request: IncomingMessage): string {
  const port = /:\d{1,5}$/.exec(request.headers.host ?? '')?.[0] ?? '';
  return `${isEncrypted(request) ? 'https' : 'http'}://${requestedHost(request)}${port}`;
}
