/** The first bytes of UTF-8, without the beginning of a character that does not fit. */
export function wholeCharacters(bytes: Buffer, size: number): Buffer {
  let end = Math.min(size, bytes.length);
  while (end > 0 && end < bytes.length && ((bytes[end] ?? 0) & 0xc0) === 0x80) end -= 1;
  return bytes.subarray(0, end);
}
