import { WireEncodeError } from '../errors.ts';
import { layout, type Layout } from '../layout/layout.ts';
import type { ByteReader } from '../byte-reader.ts';

/** [MS-OXCMAPIHTTP] 2.2.7: a request waits, is worked on, or is done. */
export const metaTag = { Processing: 'PROCESSING', Pending: 'PENDING', Done: 'DONE' } as const;
export type MetaTag = (typeof metaTag)[keyof typeof metaTag];

/** What stands in an HTTP response: the text part, then the body of the response type. */
export interface MetaTaggedBody {
  /** DONE is the last one, and only the last. */
  readonly metaTags: readonly MetaTag[];
  /** Names as they are written: `X-ElapsedTime`, `X-StartTime`, `X-ResponseCode`. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Uint8Array;
}

const isMetaTag = (line: string): line is MetaTag => Object.values<string>(metaTag).includes(line);
const inBytes = (lines: readonly string[]): Uint8Array => new TextEncoder().encode(lines.map((line) => `${line}\r\n`).join(''));

/** One meta-tag as it is sent ahead while a client waits. */
export const metaTagLine = (tag: MetaTag): Uint8Array => inBytes([tag]);

function readLine(reader: ByteReader): string {
  let size = 0;
  for (let byte = reader.peek(); byte !== undefined && byte !== 0x0d; byte = reader.peek(size)) size++;
  const line = new TextDecoder().decode(reader.bytes(size));
  if (reader.u8() !== 0x0d || reader.u8() !== 0x0a) reader.fail('invalid', 'a line ends without CR and LF');
  return line;
}

function readHeader(reader: ByteReader, line: string): readonly [string, string] {
  const colon = line.indexOf(':');
  if (colon < 1) reader.fail('invalid', `${line} is no header`);
  return [line.slice(0, colon), line.slice(colon + 1).trim()];
}

/** [MS-OXCMAPIHTTP] 2.2.2.2 and 3.2.5.6: META-TAGS, ADDITIONAL HEADERS, an empty line, RESPONSE BODY. */
export const metaTaggedBody: Layout<MetaTaggedBody> = layout<MetaTaggedBody>(8, (reader) => {
  const metaTags: MetaTag[] = [];
  while (metaTags.at(-1) !== metaTag.Done) {
    const line = readLine(reader);
    metaTags.push(isMetaTag(line) ? line : reader.fail('invalid', `${line} is no meta-tag`));
  }
  const headers: (readonly [string, string])[] = [];
  for (let line = readLine(reader); line !== ''; line = readLine(reader)) headers.push(readHeader(reader, line));
  return { metaTags, headers, body: reader.bytes(reader.left) };
}, (writer, { metaTags, headers, body }) => {
  if (metaTags.indexOf(metaTag.Done) !== metaTags.length - 1) throw new WireEncodeError('DONE is the last of the meta-tags');
  for (const [name, value] of headers) if (/[\r\n:]/.test(name) || /[\r\n]/.test(value) || name === '') throw new WireEncodeError(`${name} is no header`);
  writer.bytes(inBytes([...metaTags, ...headers.map(([name, value]) => `${name}: ${value}`), '']));
  writer.bytes(body);
});
