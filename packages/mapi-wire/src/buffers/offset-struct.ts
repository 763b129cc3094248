import { ByteReader } from '../byte-reader.ts';
import { ByteWriter } from '../byte-writer.ts';
import { at, encode, layout, type Layout, type LayoutValue, type Scope } from '../layout/layout.ts';
import { u16 } from '../layout/numbers.ts';
import { rest } from '../layout/sequences.ts';
import { wstr } from '../layout/text.ts';

/** Something that stands behind the members, where an offset says; undefined for an offset of 0. */
interface Pointed<T> {
  readonly least: number;
  readonly sizeFirst: boolean;
  readonly of: Layout<T>;
}
type Member = Layout<never> | Layout<unknown> | Pointed<unknown>;
type Members = Readonly<Record<string, Member>>;
type ValueOf<M> = M extends Pointed<infer T> ? T | undefined : LayoutValue<M>;
type Values<M> = { readonly [N in keyof M]: ValueOf<M[N]> };

const isPointed = (member: Member): member is Pointed<unknown> => 'sizeFirst' in member;

/** An offset to text that ends with a zero. */
export const textAt: Pointed<string> = { least: 2, sizeFirst: false, of: wstr };
/** A size, and the offset to as many bytes. */
export const bytesAt: Pointed<Uint8Array> = { least: 4, sizeFirst: true, of: rest };

/** Members one after the other, some of them offsets to what stands behind them: [MS-OXCRPC] 2.2.2.2. Offsets count from `before` bytes ahead of the first. */
export function offsetStruct<M extends Members>(before: number, members: M): Layout<Values<M>> {
  const entries = Object.entries(members) as [string, Member][];
  const size = entries.reduce((sum, [, { least }]) => sum + least, 0);
  return layout<Values<M>>(size, (reader, scope) => {
    const base = reader.offset;
    const whole = reader.bytes(reader.left);
    const value: Record<string, unknown> = {};
    const own = new ByteReader(whole, base);
    for (const [name, member] of entries) value[name] = at(name, () => isPointed(member) ? readPointed(own, { whole, base, before }, member, scope) : (member as Layout<unknown>).read(own, scope));
    return value as Values<M>;
  }, (writer, value, scope) => {
    const behind = new ByteWriter();
    for (const [name, member] of entries) at(name, () => writeMember(writer, behind, before + size, member, (value as Record<string, unknown>)[name], scope));
    writer.bytes(behind.finish());
  });
}

interface Place {
  readonly whole: Uint8Array;
  readonly base: number;
  readonly before: number;
}

function readPointed(reader: ByteReader, { whole, base, before }: Place, { sizeFirst, of }: Pointed<unknown>, scope: Scope): unknown {
  const size = sizeFirst ? reader.u16() : undefined;
  const offset = reader.u16();
  if (offset === 0) return undefined;
  if (offset < before) reader.fail('invalid', `an offset of ${offset} is ahead of everything`);
  const target = new ByteReader(whole, base);
  target.bytes(offset - before);
  return of.read(size === undefined ? target : new ByteReader(target.bytes(size), reader.offset), scope);
}

function writeMember(writer: ByteWriter, behind: ByteWriter, start: number, member: Member, value: unknown, scope: Scope): void {
  if (!isPointed(member)) return (member as Layout<unknown>).write(writer, value, scope);
  const bytes = value === undefined ? undefined : encode(member.of, value, scope);
  if (member.sizeFirst) u16.write(writer, bytes?.length ?? 0, scope);
  u16.write(writer, bytes ? start + behind.size : 0, scope);
  if (bytes) behind.bytes(bytes);
}
