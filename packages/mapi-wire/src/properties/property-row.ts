import { WireEncodeError } from '../errors.ts';
import { at, layout, type Layout, type Scope } from '../layout/layout.ts';
import type { ByteReader } from '../byte-reader.ts';
import type { ByteWriter } from '../byte-writer.ts';
import { propertyType, typeOfTag } from './property-type.ts';
import { readValue, valueLayout, type PropertyValue } from './property-value.ts';

/** What stands in one column: a value (with its type where the column does not say it), nothing, or why there is none. */
export type Cell = { readonly type?: number; readonly value: PropertyValue } | { readonly isAbsent: true } | { readonly error: number };
/** [MS-OXCDATA] 2.8: cells in the order of `scope.columns`. */
export type PropertyRow = readonly Cell[];

/** [MS-OXCDATA] 2.11.5 to 2.11.7. */
const cellFlag = { value: 0, absent: 1, error: 0xa } as const;

const columnsOf = ({ columns }: Scope): readonly number[] => columns ?? [];
const hasValue = (cell: Cell): cell is Extract<Cell, { value: PropertyValue }> => 'value' in cell;

function readPlain(reader: ByteReader, column: number, scope: Scope): Cell {
  if (typeOfTag(column) !== propertyType.Unspecified) return { value: readValue(reader, typeOfTag(column), scope) };
  const type = reader.u16();
  return { type, value: readValue(reader, type, scope) };
}

function readFlagged(reader: ByteReader, column: number, scope: Scope): Cell {
  const type = typeOfTag(column) === propertyType.Unspecified ? reader.u16() : undefined;
  const flag = reader.u8();
  if (flag === cellFlag.absent) return { isAbsent: true };
  if (flag === cellFlag.error) return { error: reader.u32() };
  if (flag !== cellFlag.value) reader.fail('invalid', `no flag 0x${flag.toString(16)} of a cell`);
  const value = readValue(reader, type ?? typeOfTag(column), scope);
  return type === undefined ? { value } : { type, value };
}

function writePlain(writer: ByteWriter, column: number, cell: Cell, scope: Scope): void {
  if (!hasValue(cell)) throw new WireEncodeError('has no value');
  if (typeOfTag(column) !== propertyType.Unspecified) return valueLayout(typeOfTag(column)).write(writer, cell.value, scope);
  if (cell.type === undefined) throw new WireEncodeError('has no type');
  writer.u16(cell.type);
  valueLayout(cell.type).write(writer, cell.value, scope);
}

function writeFlagged(writer: ByteWriter, column: number, cell: Cell, scope: Scope): void {
  const isUntyped = typeOfTag(column) === propertyType.Unspecified;
  if (isUntyped) writer.u16(hasValue(cell) ? (cell.type ?? 0) : 'error' in cell ? propertyType.ErrorCode : propertyType.Unspecified);
  if (hasValue(cell)) {
    writer.u8(cellFlag.value);
    valueLayout(isUntyped ? (cell.type ?? 0) : typeOfTag(column)).write(writer, cell.value, scope);
  } else if ('error' in cell) {
    writer.u8(cellFlag.error);
    writer.u32(cell.error);
  } else writer.u8(cellFlag.absent);
}

/** [MS-OXCDATA] 2.8.1: a row without flags when each cell has its value, else one with them. */
export const propertyRow: Layout<PropertyRow> = layout<PropertyRow>(1, (reader, scope) => {
  const flag = reader.u8();
  if (flag > 1) reader.fail('invalid', `no flag 0x${flag.toString(16)} of a row`);
  return columnsOf(scope).map((column, index) => at(index, () => (flag === 0 ? readPlain : readFlagged)(reader, column, scope)));
}, (writer, row, scope) => {
  const columns = columnsOf(scope);
  if (row.length !== columns.length) throw new WireEncodeError(`${row.length} cells stand in ${columns.length} columns`);
  const isPlain = row.every(hasValue);
  writer.u8(isPlain ? 0 : 1);
  row.forEach((cell, index) => at(index, () => (isPlain ? writePlain : writeFlagged)(writer, columns[index] ?? 0, cell, scope)));
});
