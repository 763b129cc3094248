import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';

export interface PostOptions {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: readonly Uint8Array[];
  /** Real milliseconds for the whole exchange (default 10,000). */
  readonly timeoutMs?: number | undefined;
  /** Bytes of the answer that are read (default 64 KiB). */
  readonly limit?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Posts to a client's own listener: notifications that a server pushes. Certificates are not checked, and the connection
 * is not kept. Rejects for everything that is no whole answer in time.
 */
export function post(url: string, options: PostOptions): Promise<{ readonly status: number; readonly body: Buffer }> {
  const target = new URL(url);
  const isTls = target.protocol === 'https:';
  if (!isTls && target.protocol !== 'http:') return Promise.reject(new TypeError(`cannot post to ${target.protocol}`));
  const length = options.body.reduce((sum, chunk) => sum + chunk.length, 0);
  return new Promise((resolve, reject) => {
    const send = isTls ? httpsRequest : httpRequest;
    const outgoing = send(target, {
      method: 'POST', agent: false, timeout: options.timeoutMs ?? 10_000, rejectUnauthorized: false,
      headers: { ...options.headers, 'Content-Length': length, Connection: 'close' },
      ...(options.signal ? { signal: options.signal } : {}),
    });
    outgoing.once('timeout', () => outgoing.destroy(new Error('no answer in time')));
    outgoing.once('error', reject);
    outgoing.once('response', (incoming) => {
      const chunks: Buffer[] = [];
      let received = 0;
      incoming.on('data', (chunk: Buffer) => {
        received += chunk.length;
        if (received > (options.limit ?? 65_536)) outgoing.destroy(new Error('the answer is too large'));
        else chunks.push(chunk);
      });
      incoming.once('end', () => resolve({ status: incoming.statusCode ?? 0, body: Buffer.concat(chunks) }));
      incoming.once('error', reject);
    });
    for (const chunk of options.body) outgoing.write(chunk);
    outgoing.end();
  });
}
