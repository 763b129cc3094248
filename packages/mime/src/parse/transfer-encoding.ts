const equals = 0x3d;

/** Padded pieces in a row, as some mailers send them, are decoded one by one; what is no base64 is ignored. */
export function decodeBase64(bytes: Uint8Array): Uint8Array {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  const end = text.indexOf('=');
  if (end < 0 || /^[=\s]*$/.test(text.slice(end))) return new Uint8Array(Buffer.from(text, 'base64'));
  return new Uint8Array(Buffer.concat(text.split(/=+/).map((piece) => Buffer.from(piece, 'base64'))));
}

function digit(byte: number | undefined): number {
  if (byte === undefined) return -1;
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const letter = byte | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1;
}

/** Behind the soft line break at `at`, white space allowed in it; -1 when there is none. */
function behindSoftBreak(bytes: Uint8Array, at: number): number {
  let next = at + 1;
  while (bytes[next] === 0x20 || bytes[next] === 0x09) next += 1;
  if (next >= bytes.length) return next;
  if (bytes[next] === 0x0d) next += 1;
  return bytes[next] === 0x0a ? next + 1 : -1;
}

/** Bad escapes stay as they are; line ends stay as sent. */
export function decodeQuotedPrintable(bytes: Uint8Array): Uint8Array {
  const out = new Uint8Array(bytes.length);
  let length = 0;
  let at = 0;
  while (at < bytes.length) {
    const byte = bytes[at] ?? 0;
    if (byte === equals) {
      const value = digit(bytes[at + 1]) * 16 + digit(bytes[at + 2]);
      const isEscape = digit(bytes[at + 1]) >= 0 && digit(bytes[at + 2]) >= 0;
      const next = isEscape ? at + 3 : behindSoftBreak(bytes, at);
      if (next >= 0) {
        if (isEscape) out[length++] = value;
        at = next;
        continue;
      }
    }
    out[length++] = byte;
    at += 1;
  }
  return out.slice(0, length);
}
