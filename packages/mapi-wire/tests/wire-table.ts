import { decode, encode, type Layout, type Scope } from '../src/layout/layout.ts';

export const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
export const bytesOf = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text.replaceAll(' ', ''), 'hex'));

export function caught(action: () => unknown): unknown {
  try {
    return action();
  } catch (thrown) {
    return thrown;
  }
}

export type WireRow = readonly [what: string, of: Layout<unknown>, value: unknown, wire: string, scope?: Scope];

/** A row is one argument: jest takes one that is left out for a callback. */
const named = <R extends readonly [what: string, ...unknown[]]>(rows: readonly R[]): [string, R][] => rows.map((row) => [row[0], row]);

/** Values and their bytes, both ways; and the bytes cut at every place. */
export function itIsWrittenAndRead(rows: readonly WireRow[]): void {
  it.each(named(rows))('%s', (_what, [, of, value, wire, scope]) => {
    expect(hexOf(encode(of, value, scope))).toBe(wire.replaceAll(' ', ''));
    expect(decode(bytesOf(wire), of, scope)).toEqual(value);
  });

  it.each(named(rows))('%s, cut anywhere, is refused', (_what, [, of, , wire, scope]) => {
    const whole = bytesOf(wire);
    for (let length = 0; length < whole.length; length++) expect(caught(() => decode(whole.subarray(0, length), of, scope))).toMatchObject({ name: 'WireError', code: 'truncated' });
  });
}

type RefusedRow = readonly [what: string, of: Layout<unknown>, wire: string, error: object, scope?: Scope];
/** Bytes that are no value. */
export function itIsRefused(rows: readonly RefusedRow[]): void {
  it.each(named(rows))('%s, is refused', (_what, [, of, wire, error, scope]) => expect(caught(() => decode(bytesOf(wire), of, scope))).toMatchObject({ name: 'WireError', ...error }));
}

type UnwrittenRow = readonly [what: string, of: Layout<unknown>, value: unknown, error?: object, scope?: Scope];
/** Values that have no bytes. */
export function itIsNotWritten(rows: readonly UnwrittenRow[]): void {
  it.each(named(rows))('%s, is not written', (_what, [, of, value, error, scope]) => expect(caught(() => encode(of, value, scope))).toMatchObject({ name: 'WireEncodeError', ...error }));
}
