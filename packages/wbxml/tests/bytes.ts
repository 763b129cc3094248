/** The bytes of hexadecimal digits; white space does not matter, `'text'` is its ASCII. */
export function bytes(notation: string): Uint8Array {
  const digits = notation.replace(/'([^']*)'/g, (_, text: string) => Buffer.from(text).toString('hex')).replace(/\s+/g, '');
  return new Uint8Array(Buffer.from(digits, 'hex'));
}

export const hex = (written: Uint8Array): string => Buffer.from(written).toString('hex');

/** What an action throws. */
export function caught(action: () => unknown): unknown {
  try {
    action();
  } catch (error) {
    return error;
  }
  return undefined;
}
