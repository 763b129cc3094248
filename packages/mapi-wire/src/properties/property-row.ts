import { WireEncodeError } from '../errors.ts';
import { at, layout, type Layout, type Scope } from '../layout/layout.ts';
import type { ByteReader } from '../byte-reader.ts';
import type { ByteWriter } from '../byte-writer.ts';
import { propertyType, typeOfColumn } from './property-type.ts';
import { ropValues } from './property-value.ts';
import { layoutOf, readValueOf, type PropertyValue, type ValueLayouts } from './value-layouts.ts';

/** What stands in one column: a value (with its type where the column does not say it), nothing, or why there is none. */
export type Cell = { readonly type?: number; readonly value: PropertyValue } | { readonly isAbsent: true } | { readonly error: number };
/** [MS-OXCDATA] 2.8: cells in the order of `scope.columns`. */
export type PropertyRow = readonly Cell[];

/** [MS-OXCDATA] 2.11.5 to 2.11.7. */
const cellFlag = { value: 0, absent: 1, error: 0xa } as const;

const columnsOf = ({ columns }: Scope): readonly number[] => columns ?? [];
const hasValue = (cell: Cell): cell is Extract<Cell, { value: PropertyValue }> => 'value' in cell;

interface CellLayout {
  read(values: ValueLayouts, reader: ByteReader, column: number, scope: Scope): Cell;
  write(values: ValueLayouts, writer: ByteWriter, column: number, cell: Cell, scope: Scope): void;
}

/** A value, after its type where the column does not say it. */
const plain: CellLayout = {
  read(values, reader, column, scope) {
    if (typeOfColumn(column) !== propertyType.Unspecified) return { value: readValueOf(values, reader, typeOfColumn(column), scope) };
    const type = reader.u16();
    return { type, value: readValueOf(values, reader, type, scope) };
  },
  write(values, writer, column, cell, scope) {
    if (!hasValue(cell)) throw new WireEncodeError('has no value');
    if (typeOfColumn(column) !== propertyType.Unspecified) return layoutOf(values, typeOfColumn(column)).write(writer, cell.value, scope);
    if (cell.type === undefined) throw new WireEncodeError('has no type');
    writer.u16(cell.type);
    layoutOf(values, cell.type).write(writer, cell.value, scope);
  },
};

/** A flag, and what it says; after the type where the column does not say it. */
const flagged: CellLayout = {
  read(values, reader, column, scope) {
    const type = typeOfColumn(column) === propertyType.Unspecified ? reader.u16() : undefined;
    const flag = reader.u8();
    if (flag === cellFlag.absent) return { isAbsent: true };
    if (flag === cellFlag.error) return { error: reader.u32() };
    if (flag !== cellFlag.value) reader.fail('invalid', `no flag 0x${flag.toString(16)} of a cell`);
    const value = readValueOf(values, reader, type ?? typeOfColumn(column), scope);
    return type === undefined ? { value } : { type, value };
  },
  write(values, writer, column, cell, scope) {
    const isUntyped = typeOfColumn(column) === propertyType.Unspecified;
    if (isUntyped) writer.u16(hasValue(cell) ? (cell.type ?? 0) : 'error' in cell ? propertyType.ErrorCode : propertyType.Unspecified);
    if (hasValue(cell)) {
      if (isUntyped && cell.type === undefined) throw new WireEncodeError('has no type');
      writer.u8(cellFlag.value);
      layoutOf(values, isUntyped ? (cell.type ?? 0) : typeOfColumn(column)).write(writer, cell.value, scope);
    } else if ('error' in cell) {
      writer.u8(cellFlag.error);
      writer.u32(cell.error);
    } else writer.u8(cellFlag.absent);
  },
};

/** Rows whose values stand as one of the contexts has them: without flags when each cell has its value, else with them. */
export const propertyRowOf = (values: ValueLayouts): Layout<PropertyRow> => layout<PropertyRow>(1, (reader, scope) => {
  const flag = reader.u8();
  if (flag > 1) reader.fail('invalid', `no flag 0x${flag.toString(16)} of a row`);
  return columnsOf(scope).map((column, index) => at(index, () => (flag === 0 ? plain : flagged).read(values, reader, column, scope)));
}, (writer, row, scope) => {
  const columns = columnsOf(scope);
  if (row.length !== columns.length) throw new WireEncodeError(`${row.length} cells stand in ${columns.length} columns`);
  const isPlain = row.every(hasValue);
  writer.u8(isPlain ? 0 : 1);
  row.forEach((cell, index) => at(index, () => (isPlain ? plain : flagged).write(values, writer, columns[index] ?? 0, cell, scope)));
});

/** [MS-OXCDATA] 2.8.1, in the buffers of ROPs. */
export const propertyRow: Layout<PropertyRow> = propertyRowOf(ropValues);
