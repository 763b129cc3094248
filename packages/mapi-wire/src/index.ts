export { ByteReader } from './byte-reader.ts';
export { ByteWriter } from './byte-writer.ts';
export { WireEncodeError, WireError, type WireErrorCode } from './errors.ts';
export { decode, encode, layout, type Layout, type LayoutValue, type Scope } from './layout/layout.ts';
export { bool8, boolFF, f32, f64, i16, i32, i64, u16, u32, u64, u8 } from './layout/numbers.ts';
export { blob, counted, fixed, lazy, repeated, rest, sized, toTheEnd } from './layout/sequences.ts';
export { struct, when, type Conditional, type StructValue } from './layout/struct.ts';
export { astr, guid, wstr } from './layout/text.ts';
