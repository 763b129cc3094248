// 0x80 to 0x9f of windows-1252; zeros are undefined there and stay.
const upper = [0x20ac, 0, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017d, 0, 0, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0, 0x017e, 0x0178];

/**
 * Node's decoder of windows-1252 (under that and its many other labels) decodes as ISO 8859-1 in some
 * releases, Node 20 among them. The control characters that this leaves in a text are never meant.
 */
export function repairWindows1252(text: string): string {
  return text.replace(/[\x80-\x9f]/g, (character) => String.fromCharCode(upper[character.charCodeAt(0) - 0x80] || character.charCodeAt(0)));
}

/** The name that the WHATWG standard gives a charset's label; undefined for an unknown one. */
export function encodingOf(label: string): string | undefined {
  try {
    return new TextDecoder(label).encoding;
  } catch {
    return undefined;
  }
}

/** Bytes that say nothing of their charset: UTF-8 when they can be, else the hint, else windows-1252. */
export function decodeBytes(bytes: Uint8Array, hint?: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    const encoding = encodingOf(hint ?? '') ?? 'windows-1252';
    const text = new TextDecoder(encoding === 'utf-8' ? 'windows-1252' : encoding).decode(bytes);
    return encoding === 'windows-1252' || encoding === 'utf-8' ? repairWindows1252(text) : text;
  }
}

/**
 * UTF-7: modified base64 between `+` and `-` (RFC 2152). The WHATWG standard left it out, Exchange reads
 * it. Only bodies are read so; in headers it stays as it is.
 */
export function decodeUtf7(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('latin1').replace(/\+([A-Za-z0-9+/]*)-?/g, (_, coded: string) => {
    if (coded === '') return '+';
    const utf16 = Buffer.from(coded, 'base64');
    return new TextDecoder('utf-16be').decode(utf16.subarray(0, utf16.length & ~1));
  });
}
