import type { IncomingHttpHeaders } from 'node:http';

/** A file as a web server has it. */
export interface StaticFile {
  readonly name: string;
  readonly type: string;
  readonly content: Uint8Array;
  /** With its quotation marks. */
  readonly etag: string;
  /** ms since 1970, whole seconds. */
  readonly modified: number;
  /** What the journal tells of it. */
  readonly value: unknown;
}

export interface FileAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

const nothing = new Uint8Array();

/** GET or HEAD of a file: conditions and one range, RFC 9110 13 and 14. Several ranges at once are answered with the whole. */
export function answerFile(file: StaticFile, headers: IncomingHttpHeaders): FileAnswer {
  const { content, etag, modified, type } = file;
  const validators = { ETag: etag, 'Last-Modified': new Date(modified).toUTCString(), 'Accept-Ranges': 'bytes' };
  const failed = failedCondition(file, headers);
  if (failed !== undefined) return { status: failed, headers: validators, body: nothing };
  const range = isRangeMeant(file, headers) ? rangeOf(headers.range, content.length) : undefined;
  if (range === 'unsatisfiable') return { status: 416, headers: { ...validators, 'Content-Range': `bytes */${content.length}` }, body: nothing };
  if (!range) return { status: 200, headers: { 'Content-Type': type, ...validators }, body: content };
  const [first, last] = range;
  return { status: 206, headers: { 'Content-Type': type, ...validators, 'Content-Range': `bytes ${first}-${last}/${content.length}` }, body: content.subarray(first, last + 1) };
}

/** In the order of RFC 9110 13.2.2: dates count only where no tags are given. */
function failedCondition({ etag, modified }: StaticFile, headers: IncomingHttpHeaders): number | undefined {
  const [ifMatch, ifNoneMatch] = [headers['if-match'], headers['if-none-match']];
  if (ifMatch !== undefined ? !names(ifMatch, etag) : modified > dateOf(headers['if-unmodified-since'], Number.POSITIVE_INFINITY)) return 412;
  if (ifNoneMatch !== undefined ? names(ifNoneMatch, etag) : modified <= dateOf(headers['if-modified-since'], Number.NEGATIVE_INFINITY)) return 304;
  return undefined;
}

const names = (list: string, etag: string): boolean => list.trim() === '*' || list.split(',').some((one) => one.trim().replace(/^W\//, '') === etag);

/** What is no date is as if it were not there. */
function dateOf(text: string | undefined, otherwise: number): number {
  const date = Date.parse(text ?? '');
  return Number.isNaN(date) ? otherwise : date;
}

/** A part is of use only where the client has the rest of the same file. */
function isRangeMeant({ etag, modified }: StaticFile, headers: IncomingHttpHeaders): boolean {
  const ifRange = headers['if-range'];
  if (typeof ifRange !== 'string') return true;
  return ifRange.startsWith('"') ? ifRange === etag : Date.parse(ifRange) === modified;
}

/** First and last byte; undefined for what is no range of bytes, or more than one. */
function rangeOf(text: string | undefined, length: number): readonly [number, number] | 'unsatisfiable' | undefined {
  const found = /^bytes=\s*(\d{0,15})-(\d{0,15})\s*$/i.exec(text ?? '');
  const [, from = '', to = ''] = found ?? [];
  if (!found || (from === '' && to === '')) return undefined;
  if (from === '') return Number(to) === 0 || length === 0 ? 'unsatisfiable' : [Math.max(0, length - Number(to)), length - 1];
  const [first, last] = [Number(from), to === '' ? length - 1 : Math.min(Number(to), length - 1)];
  if (to !== '' && Number(to) < first) return undefined;
  return first >= length ? 'unsatisfiable' : [first, last];
}
