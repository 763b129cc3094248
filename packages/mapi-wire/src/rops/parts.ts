import { decode, encode, layout, type Layout, type Scope } from '../layout/layout.ts';
import { u16, u32, u64, u8 } from '../layout/numbers.ts';
import { counted, repeated, scoped, toTheEnd } from '../layout/sequences.ts';
import { conditional, depending, struct, when, type Conditional, type Dependent, type StructValue } from '../layout/struct.ts';
import { astr, decodeText, encodeText, wstr } from '../layout/text.ts';
import { propertyRow, type PropertyRow } from '../properties/property-row.ts';
import { propertyProblem, taggedValue } from '../properties/property-value.ts';
import type { Members } from './rop.ts';

export const propertyTags = counted(u16, u32);
export const propertyValues = counted(u16, taggedValue);
export const propertyProblems = counted(u16, propertyProblem);
export const messageIds = counted(u16, u64);

type Before = Readonly<Record<string, unknown>>;
/** Whether a member before has any of these bits. */
export const bits = (name: string, mask: number) => (before: Before): boolean => (Number(before[name]) & mask) !== 0;
export const isTrue = (name: string) => (before: Before): boolean => before[name] === true;

/** Text of two bytes a unit where a member before says so, else of one. */
export const textBy = (name: string): Dependent<string> => depending((before) => (before[name] === true ? wstr : astr));
/** As many as a member before says. */
export const repeatedBy = <T>(name: string, item: Layout<T>): Dependent<readonly T[]> => depending((before) => manyOf(Number(before[name]), item));
/** So many; more than the bytes can hold are refused before one is read. */
export function manyOf<T>(count: number, item: Layout<T>): Layout<readonly T[]> {
  const items = repeated(count, item);
  return layout(items.least, (reader, scope) => {
    reader.count(count, Math.max(1, item.least));
    return items.read(reader, scope);
  }, (writer, value, scope) => items.write(writer, value, scope));
}

/** Names of servers, of a folder that is ghosted. */
export const serversBy = (count: string): Conditional<readonly string[]> => conditional((before) => (before['IsGhosted'] === true ? manyOf(Number(before[count]), astr) : undefined));

interface Ghost {
  readonly ServerCount: Conditional<number>;
  readonly CheapServerCount: Conditional<number>;
  readonly Servers: Conditional<readonly string[]>;
}
/** Where a ghosted folder has its contents: [MS-OXCROPS] 2.2.4.1.2. */
export const ghost: Ghost = {
  ServerCount: when(isTrue('IsGhosted'), u16),
  CheapServerCount: when(isTrue('IsGhosted'), u16),
  Servers: serversBy('ServerCount'),
};

/** 8-bit text behind its size, which counts the zero at its end; a size of 0 is no text. */
export function sizedText(size: Layout<number>): Layout<string> {
  return layout(size.least, (reader, scope) => {
    const bytes = reader.bytes(size.read(reader, scope));
    const end = bytes.indexOf(0);
    return decodeText(end < 0 ? bytes : bytes.subarray(0, end), scope);
  }, (writer, value, scope) => {
    const bytes = encodeText(value, scope);
    size.write(writer, value === '' ? 0 : bytes.length + 1, scope);
    if (value === '') return;
    writer.bytes(bytes);
    u8.write(writer, 0, scope);
  });
}

/**
 * Rows, as their bytes: `decodeRows` tells what they are. Nothing but the columns says where they end: where the scope has none,
 * they are all that is left.
 */
export const rowData = (count: (before: Before) => number): Dependent<Uint8Array> => depending((before) => layout(0, (reader, scope) => {
  const rows = count(before);
  if (rows === 0) return reader.bytes(0);
  if (!scope.columns) return reader.bytes(reader.left);
  reader.count(rows, propertyRow.least);
  return reader.span((inner) => {
    for (let index = 0; index < rows; index++) propertyRow.read(inner, scope);
  });
}, (writer, value) => writer.bytes(value)));

/**
 * The rows of a RowData.
 *
 * @param columns those that were set on the table, or asked for
 * @throws WireError
 * @example
 * decodeRows(RowData, [0x3001001f]) // [[{ value: 'Inbox' }], …]
 */
export const decodeRows = (bytes: Uint8Array, columns: readonly number[], scope: Scope = {}): readonly PropertyRow[] => decode(bytes, toTheEnd(propertyRow), { ...scope, columns });
/** @throws WireEncodeError */
export const encodeRows = (rows: readonly PropertyRow[], columns: readonly number[], scope: Scope = {}): Uint8Array => encode(toTheEnd(propertyRow), rows, { ...scope, columns });
/** A row of columns that the protocol has set for good. */
export const rowOf = (columns: readonly number[]): Layout<PropertyRow> => scoped({ columns }, propertyRow);

/** ecDstNullObject: no object has the second index. */
export const nullDestination = 0x503;
type CopyingFailure<M> = StructValue<M> & { readonly DestHandleIndex?: number | undefined };
/** The failures of what copies: the index again if that is what is wrong, then these. */
export function copyingFailure<M extends Members>(members: M): (returnValue: number) => Layout<CopyingFailure<M>> {
  return (returnValue) => struct({ DestHandleIndex: when(() => returnValue === nullDestination, u32), ...members }) as unknown as Layout<CopyingFailure<M>>;
}
