import { encodeRows, propertyType, typeOfColumn, type Cell } from '@fauxchange/mapi-wire';
import type { PropertyValue as WireValue } from '@fauxchange/mapi-wire';
import type { Property } from '@fauxchange/properties';
import type { NamedProperties } from '../logon/named-properties.ts';
import type { TableRow } from '../objects/row-source.ts';
import { cellOf, tooLarge } from './cells.ts';
import { isInstanceTag, propertyTag } from './property-types.ts';
import { propertyOfTag } from './property-tags.ts';
import { toWire } from './wire-values.ts';

/** Bytes of a value in a row, longer ones are cut: [MS-OXCTABL] 2.2.2.5.2. */
const mostBytes = 510;
const mostCharacters = mostBytes / 2;
/** Bytes of all values of one property; more are not told in a row. */
const mostOfMany = 4_096;

export interface RowScope {
  readonly names: NamedProperties;
  readonly codePage: number;
}

/** A row as RowData has it. */
export function encodeTableRow(row: TableRow, columns: readonly number[], { names, codePage }: RowScope): Uint8Array {
  const cells = columns.map((tag) => cut(cellInTable(tag, row, names), typeOfColumn(tag)));
  return encodeRows([cells], columns, { codePage });
}

function cellInTable(tag: number, row: TableRow, names: NamedProperties): Cell {
  if (!isInstanceTag(tag)) return cellOf(tag, (property) => row.value(property), { names });
  const property = propertyOfTag(propertyTag(tag), names);
  const value = property && row.value(property);
  if (!property || value === undefined) return cellOf(tag, () => undefined, { names });
  return { value: toWire(property.type.replace('Multiple', '') as Property['type'], value) };
}

function cut(cell: Cell, type: number): Cell {
  if (!('value' in cell)) return cell;
  const { value } = cell;
  if (!Array.isArray(value)) return { ...cell, value: shortened(value, type) };
  const values = (value as readonly WireValue[]).map((one) => shortened(one, type));
  return values.reduce<number>((sum, one) => sum + sizeOf(one), 0) > mostOfMany ? tooLarge : { ...cell, value: values as unknown as WireValue };
}

function shortened(value: WireValue, type: number): WireValue {
  if (value instanceof Uint8Array) return value.length > mostBytes ? value.subarray(0, mostBytes) : value;
  if (typeof value !== 'string') return value;
  const most = type === propertyType.String8 || type === propertyType.MultipleString8 ? mostBytes : mostCharacters;
  if (value.length <= most) return value;
  // Half a character is none.
  return /[\ud800-\udbff]/.test(value.charAt(most - 1)) ? value.slice(0, most - 1) : value.slice(0, most);
}

const sizeOf = (value: WireValue): number => (typeof value === 'string' ? value.length * 2 : value instanceof Uint8Array ? value.length : 8);
