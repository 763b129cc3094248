declare const brand: unique symbol;

/**
 * Bytes as an immutable value: a string whose characters are the bytes (0 to 255).
 *
 * Strings compare with `===`, work as keys of a Map and share their slices, which typed arrays do
 * not; the engine keeps them at one byte a character.
 */
export type Binary = string & { readonly [brand]: 'Binary' };

function of(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function checked(bytes: Buffer, expected: number, form: string): Binary {
  if (bytes.length !== expected) throw new TypeError(`not ${form}`);
  return bytes.toString('latin1') as Binary;
}

/**
 * Makes and reads {@link Binary} values. `fromHex` and `fromBase64` throw a TypeError on text that
 * is not of that form.
 *
 * @example
 * binary.toHex(binary.from(Uint8Array.of(1, 255))); // '01ff'
 */
export const binary: {
  from(bytes: Uint8Array): Binary;
  toBytes(value: Binary): Uint8Array;
  fromHex(hex: string): Binary;
  toHex(value: Binary): string;
  fromBase64(text: string): Binary;
  toBase64(value: Binary): string;
  isBinary(value: unknown): value is Binary;
} = {
  from: (bytes) => of(bytes).toString('latin1') as Binary,
  toBytes: (value) => new Uint8Array(Buffer.from(value, 'latin1')),
  fromHex: (hex) => checked(Buffer.from(hex, 'hex'), hex.length / 2, 'hexadecimal'),
  toHex: (value) => Buffer.from(value, 'latin1').toString('hex'),
  fromBase64: (text) => {
    const plain = text.replace(/[\t\n\r ]+/g, '');
    if (!/^[A-Za-z0-9+/]*={0,2}$/.test(plain) || plain.length % 4 !== 0) throw new TypeError('not base64');
    return Buffer.from(plain, 'base64').toString('latin1') as Binary;
  },
  toBase64: (value) => Buffer.from(value, 'latin1').toString('base64'),
  isBinary: (value): value is Binary => typeof value === 'string' && !/[^\0-\xff]/.test(value),
};
