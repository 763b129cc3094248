import { WireEncodeError } from '../errors.ts';
import { layout, type Layout } from './layout.ts';

function whole(least: number, most: number): (value: number) => number {
  return (value) => {
    if (!Number.isInteger(value) || value < least || value > most) throw new WireEncodeError(`${value} is no whole number between ${least} and ${most}`);
    return value;
  };
}
function big(least: bigint, most: bigint): (value: bigint) => bigint {
  return (value) => {
    if (typeof value !== 'bigint' || value < least || value > most) throw new WireEncodeError(`${value} is no whole number between ${least} and ${most}`);
    return value;
  };
}
const checkU8 = whole(0, 0xff);
const checkU16 = whole(0, 0xffff);
const checkU32 = whole(0, 0xffff_ffff);
const checkI16 = whole(-0x8000, 0x7fff);
const checkI32 = whole(-0x8000_0000, 0x7fff_ffff);
const checkU64 = big(0n, 0xffff_ffff_ffff_ffffn);
const checkI64 = big(-0x8000_0000_0000_0000n, 0x7fff_ffff_ffff_ffffn);

export const u8: Layout<number> = layout(1, (reader) => reader.u8(), (writer, value) => writer.u8(checkU8(value)));
export const u16: Layout<number> = layout(2, (reader) => reader.u16(), (writer, value) => writer.u16(checkU16(value)));
export const u32: Layout<number> = layout(4, (reader) => reader.u32(), (writer, value) => writer.u32(checkU32(value)));
export const i16: Layout<number> = layout(2, (reader) => reader.i16(), (writer, value) => writer.i16(checkI16(value)));
export const i32: Layout<number> = layout(4, (reader) => reader.i32(), (writer, value) => writer.i32(checkI32(value)));
export const u64: Layout<bigint> = layout(8, (reader) => reader.u64(), (writer, value) => writer.u64(checkU64(value)));
export const i64: Layout<bigint> = layout(8, (reader) => reader.i64(), (writer, value) => writer.i64(checkI64(value)));
export const f32: Layout<number> = layout(4, (reader) => reader.f32(), (writer, value) => writer.f32(value));
export const f64: Layout<number> = layout(8, (reader) => reader.f64(), (writer, value) => writer.f64(value));
/** A byte that is 0 or anything else; written as 1. */
export const bool8: Layout<boolean> = layout(1, (reader) => reader.u8() !== 0, (writer, value) => writer.u8(value ? 1 : 0));
/** A byte that is 0 or anything else; written as 0xFF, as the address book has it ([MS-OXCMAPIHTTP] 2.2.5). */
export const boolFF: Layout<boolean> = layout(1, (reader) => reader.u8() !== 0, (writer, value) => writer.u8(value ? 0xff : 0));
