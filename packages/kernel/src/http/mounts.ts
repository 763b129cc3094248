import type { IncomingMessage, ServerResponse } from 'node:http';

/** A plain handler of node:http. A rejected promise becomes an empty 500. */
export type HttpHandler = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>;

/** Where a handler is reached. */
export interface Mount {
  /** A prefix such as `/ews`; matched without case, on the border of a segment. */
  readonly path: string;
  readonly handler: HttpHandler;
}

/**
 * The path of a request without its query: dot segments resolved and percent escapes decoded as IIS does before it
 * chooses an application; case is kept. Never throws.
 */
export function requestPath(request: IncomingMessage): string {
  // Express takes the prefix of app.use('/ews', handler) away from `url` and keeps the whole here.
  let path = (request as { originalUrl?: string }).originalUrl ?? request.url ?? '/';
  const query = path.search(/[?#]/);
  if (query >= 0) path = path.slice(0, query);
  // The absolute form, RFC 9112 3.2.2.
  if (!path.startsWith('/')) path = path.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/]*/i, '') || '/';
  if (path.includes('%')) {
    try { path = decodeURIComponent(path); } catch { /* kept as it came: it matches what it matches */ }
  }
  return path.includes('/.') ? withoutDots(path) : path;
}

function withoutDots(path: string): string {
  const kept: string[] = [];
  const segments = path.split('/').slice(1);
  segments.forEach((segment, index) => {
    const isLast = index === segments.length - 1;
    if (segment === '..') kept.pop();
    if (segment !== '.' && segment !== '..') kept.push(segment);
    else if (isLast) kept.push('');
  });
  return `/${kept.join('/')}`;
}

/** Chooses the handler with the longest matching prefix. */
export function createRouter(mounts: readonly Mount[]): (path: string) => HttpHandler | undefined {
  const sorted = mounts
    .map(({ path, handler }) => ({ prefix: path.toLowerCase().replace(/\/+$/, ''), handler }))
    .sort((a, b) => b.prefix.length - a.prefix.length);
  return (path) => {
    const lower = path.toLowerCase();
    for (const { prefix, handler } of sorted) {
      if (lower.startsWith(prefix) && (lower.length === prefix.length || lower.charCodeAt(prefix.length) === 0x2f)) return handler;
    }
    return undefined;
  };
}
