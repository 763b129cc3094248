/** The little of Node's Buffer that is used here; named on globalThis, so that bundlers do not bring a Buffer of their own. */
const fastBuffer = (globalThis as { Buffer?: { allocUnsafeSlow(length: number): { readonly buffer: ArrayBuffer } } }).Buffer;

/** Bytes that will be written before they are read: Node need not clear them. */
export const allocate = (length: number): Uint8Array<ArrayBuffer> => (fastBuffer ? new Uint8Array(fastBuffer.allocUnsafeSlow(length).buffer) : new Uint8Array(length));

/** Several pieces as one; the piece itself when it is the only one. */
export function concatenate(parts: readonly Uint8Array[]): Uint8Array {
  if (parts.length === 1) return parts[0] as Uint8Array;
  const whole = allocate(parts.reduce((sum, { length }) => sum + length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}
