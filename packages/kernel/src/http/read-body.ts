import type { IncomingMessage } from 'node:http';

/** The body could not be had. */
export class BodyError extends Error {
  override readonly name = 'BodyError';
  /** `aborted`: the client went away, or the signal ended it. */
  readonly reason: 'too-large' | 'aborted' | 'bad-encoding';

  constructor(reason: 'too-large' | 'aborted' | 'bad-encoding', message: string, cause?: unknown) {
    super(message, { cause });
    this.reason = reason;
  }
}

/**
 * Reads a request's body whole, with `Content-Encoding: gzip` or `deflate` undone.
 * @param options `limit`: bytes, on the wire and again after inflating.
 * @throws BodyError. The rest of a body that was too large is unread: answer with `Connection: close`.
 */
export async function readBody(request: IncomingMessage, options: { limit: number; signal?: AbortSignal | undefined }): Promise<Buffer> {
  const { limit, signal } = options;
  const encoding = request.headers['content-encoding'];
  const inflated = encoding === undefined || encoding === '' ? undefined : decoderFor(encoding);
  const body = await collect(request, limit, signal);
  return inflated === undefined ? body : inflated(body, limit);
}

/**
 * Reads a body away, so that the connection can be kept after an answer that does not need it.
 * @returns false when there was more than `limit` bytes: then answer with `Connection: close`.
 */
export async function drainBody(request: IncomingMessage, options: { limit: number }): Promise<boolean> {
  if (request.complete) return true;
  // Nobody sends a body without saying so, RFC 9112 6.3; waiting for its end would cost a turn on every refused GET.
  if (request.headers['content-length'] === undefined && request.headers['transfer-encoding'] === undefined) return true;
  try {
    await collect(request, options.limit, undefined, false);
    return true;
  } catch {
    return false;
  }
}

function collect(request: IncomingMessage, limit: number, signal: AbortSignal | undefined, keep = true): Promise<Buffer> {
  if (Number(request.headers['content-length'] ?? 0) > limit) return Promise.reject(tooLarge(limit));
  if (request.destroyed && !request.complete) return Promise.reject(new BodyError('aborted', 'the client went away'));
  if (signal?.aborted) return Promise.reject(new BodyError('aborted', 'reading was ended', signal.reason));
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    const stop = (): void => {
      request.off('data', onData).off('end', onEnd).off('close', onGone).off('error', onGone);
      signal?.removeEventListener('abort', onAbort);
    };
    const fail = (error: BodyError): void => { stop(); request.pause(); reject(error); };
    const onData = (chunk: Buffer): void => {
      length += chunk.length;
      if (length > limit) fail(tooLarge(limit));
      else if (keep) chunks.push(chunk);
    };
    const onEnd = (): void => { stop(); resolve(chunks.length === 1 ? chunks[0] as Buffer : Buffer.concat(chunks)); };
    const onGone = (): void => { fail(new BodyError('aborted', 'the client went away')); };
    const onAbort = (): void => { fail(new BodyError('aborted', 'reading was ended', signal?.reason)); };
    request.on('data', onData).on('end', onEnd).on('close', onGone).on('error', onGone);
    signal?.addEventListener('abort', onAbort, { once: true });
    if (request.readableEnded) onEnd();
  });
}

const tooLarge = (limit: number): BodyError => new BodyError('too-large', `the body is larger than ${String(limit)} bytes`);

type Inflate = (body: Buffer, limit: number) => Promise<Buffer>;

function decoderFor(encoding: string): Inflate | undefined {
  switch (encoding.trim().toLowerCase()) {
    case 'identity': return undefined;
    case 'gzip': case 'x-gzip': return inflateWith('gunzip');
    case 'deflate': return inflateWith('inflate');
    default: throw new BodyError('bad-encoding', `content encoding "${encoding.slice(0, 40)}" is not known`);
  }
}

function inflateWith(name: 'gunzip' | 'inflate'): Inflate {
  return (body, limit) => new Promise((resolve, reject) => {
    // Loaded late: few clients compress what they send, and zlib is a quarter of this package's loading time.
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    const zlib = require('node:zlib') as typeof import('node:zlib');
    zlib[name](body, { maxOutputLength: Math.max(1, limit) }, (error, inflated) => {
      if (error === null) resolve(inflated);
      else reject((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE' ? tooLarge(limit) : new BodyError('bad-encoding', 'the body cannot be inflated', error));
    });
  });
}
