import { BodyError, readBody } from '@fauxchange/kernel';
import { OAuthError } from './oauth-error.ts';
import type { IncomingMessage } from 'node:http';

/** One request to the authority, read and taken apart. */
export interface WebRequest {
  readonly method: string;
  /** The first segment of the path, as asked. */
  readonly tenant: string;
  readonly version: 1 | 2;
  readonly path: string;
  /** URL of the authority without a slash at the end. */
  readonly base: string;
  readonly query: URLSearchParams;
  /** The body's fields; empty for GET. */
  readonly form: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
}

export interface WebResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** For the journal. */
  readonly error?: string | undefined;
  readonly user?: string | undefined;
}

const LONGEST_FORM = 64 * 1024;
const MOST_FIELDS = 100;

/** Reads an application/x-www-form-urlencoded body. Throws OAuthError, BodyError. */
export async function readForm(request: IncomingMessage): Promise<URLSearchParams> {
  const body = await readBody(request, { limit: LONGEST_FORM });
  if (body.length === 0) return new URLSearchParams();
  if (!/^application\/x-www-form-urlencoded\b/i.test(request.headers['content-type'] ?? '')) throw new OAuthError('malformed');
  const form = new URLSearchParams(body.toString('utf8'));
  if ([...form.keys()].length > MOST_FIELDS) throw new OAuthError('malformed');
  return form;
}

/** The one value of a parameter, undefined when absent or empty. A repeated one is refused, RFC 6749 3.1. */
export function single(parameters: URLSearchParams, name: string): string | undefined {
  const values = parameters.getAll(name);
  if (values.length > 1) throw new OAuthError('parameterRepeated', name);
  return values[0] === undefined || values[0] === '' ? undefined : values[0];
}

export function required(parameters: URLSearchParams, name: string): string {
  const value = single(parameters, name);
  if (value === undefined) throw new OAuthError('parameterMissing', name);
  return value;
}

const uncached = { 'Cache-Control': 'no-store, no-cache', Pragma: 'no-cache' } as const;

export function json(value: unknown, options: { status?: number; isCacheable?: boolean; error?: string; user?: string | undefined } = {}): WebResponse {
  return {
    status: options.status ?? 200,
    headers: { ...(options.isCacheable === true ? { 'Cache-Control': 'max-age=86400, private', 'Access-Control-Allow-Origin': '*' } : uncached), 'Content-Type': 'application/json; charset=utf-8' },
    body: JSON.stringify(value),
    error: options.error, user: options.user,
  };
}

export function html(body: string, status = 200, error?: string): WebResponse {
  return { status, headers: { ...uncached, 'Content-Type': 'text/html; charset=utf-8', 'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'; form-action *", 'X-Frame-Options': 'DENY' }, body, error };
}

export function redirect(location: string, error?: string, user?: string): WebResponse {
  return { status: 302, headers: { ...uncached, Location: location }, body: '', error, user };
}

/** Turns what was thrown into an answer in JSON; anything but an OAuthError or BodyError is thrown on. */
export function errorResponse(error: unknown, context: { base: string; now: number; traceId: string; correlationId: string }): WebResponse {
  if (error instanceof BodyError) return json({ error: 'invalid_request', error_description: error.message }, { status: error.reason === 'too-large' ? 413 : 400, error: 'invalid_request' });
  if (!(error instanceof OAuthError)) throw error;
  const timestamp = new Date(context.now).toISOString().replace('T', ' ').replace(/\.\d+Z$/, 'Z');
  return json({
    error: error.error,
    error_description: `${error.message} Trace ID: ${context.traceId} Correlation ID: ${context.correlationId} Timestamp: ${timestamp}`,
    error_codes: [error.number],
    timestamp,
    trace_id: context.traceId,
    correlation_id: context.correlationId,
    error_uri: `${context.base}/error?code=${String(error.number)}`,
  }, { status: error.status, error: `AADSTS${String(error.number)}` });
}
