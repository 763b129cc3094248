import { WireEncodeError } from '../errors.ts';
import { at, layout, type Layout, type Scope } from './layout.ts';
import type { ByteReader } from '../byte-reader.ts';
import type { ByteWriter } from '../byte-writer.ts';

/** So many bytes. Read as a view of the whole. */
export function fixed(size: number): Layout<Uint8Array> {
  return layout(size, (reader) => reader.bytes(size), (writer, value) => {
    if (value.length !== size) throw new WireEncodeError(`${value.length} bytes stand where ${size} have to`);
    writer.bytes(value);
  });
}

/** A number, then as many bytes. */
export function blob(size: Layout<number>): Layout<Uint8Array> {
  return layout(size.least, (reader, scope) => reader.bytes(size.read(reader, scope)), (writer, value, scope) => {
    size.write(writer, value.length, scope);
    writer.bytes(value);
  });
}

/** All that is left. */
export const rest: Layout<Uint8Array> = layout(0, (reader) => reader.bytes(reader.left), (writer, value) => writer.bytes(value));

function readItems<T>(reader: ByteReader, item: Layout<T>, count: number, scope: Scope): readonly T[] {
  const items: T[] = [];
  for (let index = 0; index < count; index++) items.push(at(index, () => item.read(reader, scope)));
  return items;
}
function writeItems<T>(writer: ByteWriter, item: Layout<T>, values: readonly T[], scope: Scope): void {
  values.forEach((value, index) => at(index, () => item.write(writer, value, scope)));
}

/** A number, then as many items. */
export function counted<T>(count: Layout<number>, item: Layout<T>): Layout<readonly T[]> {
  return layout(count.least, (reader, scope) => readItems(reader, item, reader.count(count.read(reader, scope), Math.max(1, item.least)), scope), (writer, value, scope) => {
    count.write(writer, value.length, scope);
    writeItems(writer, item, value, scope);
  });
}

/** A number known to the declaration, then nothing: `repeated(13, u64)`. */
export function repeated<T>(count: number, item: Layout<T>): Layout<readonly T[]> {
  return layout(count * item.least, (reader, scope) => readItems(reader, item, count, scope), (writer, value, scope) => {
    if (value.length !== count) throw new WireEncodeError(`${value.length} items stand where ${count} have to`);
    writeItems(writer, item, value, scope);
  });
}

/** Items up to the end. */
export function toTheEnd<T>(item: Layout<T>): Layout<readonly T[]> {
  return layout<readonly T[]>(0, (reader, scope) => {
    const items: T[] = [];
    while (reader.left > 0) items.push(at(items.length, () => item.read(reader, scope)));
    return items;
  }, (writer, value, scope) => writeItems(writer, item, value, scope));
}

/** A number of bytes, then something that takes them all. */
export function sized<T>(size: Layout<number>, inner: Layout<T>): Layout<T> {
  return layout(size.least, (reader, scope) => reader.within(size.read(reader, scope), (own) => inner.read(own, scope)), (writer, value, scope) => {
    const start = writer.size;
    size.write(writer, 0, scope);
    const begin = writer.size;
    inner.write(writer, value, scope);
    const length = writer.size - begin;
    if (size.least === 1 && length <= 0xff) writer.patchU8(start, length);
    else if (size.least === 2 && length <= 0xffff) writer.patchU16(start, length);
    else if (size.least === 4) writer.patchU32(start, length);
    else throw new WireEncodeError(`${length} bytes are more than their length can say`);
  });
}

/** A number of bytes, then something that takes them all; null where the number is 0. */
export function sizedOrNull<T>(size: Layout<number>, inner: Layout<T>): Layout<T | null> {
  const whole = sized(size, inner);
  return layout<T | null>(size.least, (reader, scope) => {
    const length = size.read(reader, scope);
    return length === 0 ? null : reader.within(length, (own) => inner.read(own, scope));
  }, (writer, value, scope) => (value === null ? size.write(writer, 0, scope) : whole.write(writer, value, scope)));
}

/** Whether it is there, then it; null where it is not. */
export function nullable<T>(isThere: Layout<boolean>, inner: Layout<T>): Layout<T | null> {
  return layout<T | null>(isThere.least, (reader, scope) => (isThere.read(reader, scope) ? inner.read(reader, scope) : null), (writer, value, scope) => {
    isThere.write(writer, value !== null, scope);
    if (value !== null) inner.write(writer, value, scope);
  });
}

/** Something whose text or rows mean what `change` says. */
export function scoped<T>(change: Scope, inner: Layout<T>): Layout<T> {
  return layout(inner.least, (reader, scope) => inner.read(reader, { ...scope, ...change }), (writer, value, scope) => inner.write(writer, value, { ...scope, ...change }));
}

/** Something that is declared later, or that holds its own kind. */
export function lazy<T>(least: number, of: () => Layout<T>): Layout<T> {
  return layout(least, (reader, scope) => reader.deeper((inner) => of().read(inner, scope)), (writer, value, scope) => of().write(writer, value, scope));
}
