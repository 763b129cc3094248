const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const DIGITS: readonly number[] = Array.from(ALPHABET, (digit) => digit.charCodeAt(0));
const VALUES: Readonly<Uint8Array> = new Uint8Array(128).fill(0xff).map((_, code) => {
  const value = DIGITS.indexOf(code);
  return value < 0 ? 0xff : value;
});

interface FastBase64 {
  from(buffer: ArrayBufferLike, offset: number, length: number): { toString(encoding: 'base64'): string };
}
const fastBuffer = (globalThis as { Buffer?: FastBase64 }).Buffer;

export function toBase64(bytes: Uint8Array): string {
  if (fastBuffer) return fastBuffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
  let text = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const [a = 0, b = 0, c = 0] = [bytes[at], bytes[at + 1], bytes[at + 2]];
    const word = (a << 16) | (b << 8) | c;
    const left = bytes.length - at;
    text += ALPHABET.charAt(word >> 18) + ALPHABET.charAt((word >> 12) & 63) + (left > 1 ? ALPHABET.charAt((word >> 6) & 63) : '=') + (left > 2 ? ALPHABET.charAt(word & 63) : '=');
  }
  return text;
}

/** The bytes of base64 text, in which white space may stand; undefined when it is something else. */
export function fromBase64(text: string): Uint8Array | undefined {
  const digits = text.replace(/[ \t\r\n]+/g, '');
  if (digits.length % 4 !== 0) return undefined;
  const padding = digits.endsWith('==') ? 2 : digits.endsWith('=') ? 1 : 0;
  const bytes = new Uint8Array((digits.length / 4) * 3 - padding);
  let word = 0;
  let bits = 0;
  let out = 0;
  for (let at = 0; at < digits.length - padding; at += 1) {
    const value = VALUES[digits.charCodeAt(at)] ?? 0xff;
    if (value === 0xff) return undefined;
    word = ((word << 6) | value) & 0xff_ffff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes[out++] = (word >> bits) & 0xff;
  }
  return bytes;
}
