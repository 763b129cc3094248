import { MalformedXmlError } from './violation.ts';

const DECLARED = /^<\?xml[^>]*?\bencoding\s*=\s*["']([A-Za-z][A-Za-z0-9._-]*)["']/;

/** The encodings that Exchange's XmlReader takes without configuration; others are refused. */
const KNOWN: ReadonlyMap<string, string> = new Map(Object.entries({
  'utf-8': 'utf-8', utf8: 'utf-8', 'us-ascii': 'utf-8', ascii: 'utf-8', 'utf-16': 'utf-16le', 'utf-16le': 'utf-16le', 'utf-16be': 'utf-16be',
  'iso-8859-1': 'latin1', 'windows-1252': 'windows-1252',
}));

function byMark(bytes: Uint8Array): { encoding: string; skip: number } | undefined {
  const [a, b, c, d] = bytes;
  if (a === 0xef && b === 0xbb && c === 0xbf) return { encoding: 'utf-8', skip: 3 };
  if (a === 0xff && b === 0xfe) return { encoding: 'utf-16le', skip: 2 };
  if (a === 0xfe && b === 0xff) return { encoding: 'utf-16be', skip: 2 };
  // No mark, but `<` and another character of two bytes each (XML 1.0, appendix F).
  if (a === 0x3c && b === 0 && d === 0) return { encoding: 'utf-16le', skip: 0 };
  if (a === 0 && b === 0x3c && c === 0) return { encoding: 'utf-16be', skip: 0 };
  return undefined;
}

/** 0x80 to 0x9F of windows-1252; TextDecoder of some Node versions takes them for control characters. */
const WINDOWS_1252 = '\u20ac\u0081\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u008d\u017d\u008f\u0090\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u009d\u017e\u0178';

/**
 * The text of a document: by its byte order mark, else by `charset` (of a Content-Type), else by its own declaration, else UTF-8.
 *
 * @throws MalformedXmlError for an unknown encoding or bytes that are not in the one claimed
 */
export function decodeText(bytes: Uint8Array, charset?: string): string {
  const marked = byMark(bytes);
  const skip = marked?.skip ?? 0;
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, 256)).toString('latin1');
  const claimed = charset?.replace(/["']/g, '') ?? DECLARED.exec(head)?.[1] ?? 'utf-8';
  const named = KNOWN.get(claimed.toLowerCase());
  if (named === undefined && marked === undefined) throw new MalformedXmlError(`System does not support '${claimed}' encoding.`, { line: 1, position: 1 });
  if (marked === undefined && charset === undefined && named?.startsWith('utf-16')) {
    throw new MalformedXmlError('There is no Unicode byte order mark. Cannot switch to Unicode.', { line: 1, position: head.indexOf(claimed) + 1 });
  }
  const encoding = marked?.encoding ?? named ?? 'utf-8';
  if (encoding === 'latin1' || encoding === 'windows-1252') {
    const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
    return encoding === 'latin1' ? text : text.replace(/[\u0080-\u009f]/g, (character) => WINDOWS_1252[character.charCodeAt(0) - 0x80] ?? character);
  }
  try {
    return new TextDecoder(encoding, { fatal: true, ignoreBOM: true }).decode(skip ? bytes.subarray(skip) : bytes);
  } catch {
    throw new MalformedXmlError('Invalid character in the given encoding.', { line: 1, position: 1 });
  }
}
