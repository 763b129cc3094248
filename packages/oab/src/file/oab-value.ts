import { astr, blob, bool8, counted, layout, propertyType, scoped, typeOfTag, type Layout } from '@fauxchange/mapi-wire';

/** An unsigned number in as few bytes as it needs: [MS-OXOAB] 2.9.6.1. */
export const oabInteger: Layout<number> = layout(1, (reader) => {
  const first = reader.u8();
  if (first < 0x80) return first;
  const size = first & 0x7f;
  if (size < 1 || size > 4) reader.fail('invalid', `a number of ${size} bytes`);
  let value = 0;
  for (let place = 0; place < size; place++) value += reader.u8() * 2 ** (8 * place);
  return value;
}, (writer, value) => {
  const unsigned = value >>> 0;
  const size = unsigned < 0x80 ? 0 : unsigned < 0x100 ? 1 : unsigned < 0x1_0000 ? 2 : unsigned < 0x100_0000 ? 3 : 4;
  if (size === 0) return writer.u8(unsigned);
  writer.u8(0x80 | size);
  for (let place = 0; place < size; place++) writer.u8((unsigned >>> (8 * place)) & 0xff);
});

/** Text is UTF-8 here, other than on every other way of MAPI: [MS-OXOAB] 2.9.6.3. */
const text = scoped({ codePage: 65001 }, astr);

export type OabValue = number | boolean | string | Uint8Array | readonly number[] | readonly string[] | readonly Uint8Array[];
const layouts = new Map<number, Layout<OabValue>>(([
  [propertyType.Integer32, oabInteger],
  [propertyType.Boolean, bool8],
  [propertyType.String8, text],
  [propertyType.String, text],
  [propertyType.Binary, blob(oabInteger)],
  [propertyType.MultipleInteger32, counted(oabInteger, oabInteger)],
  [propertyType.MultipleString8, counted(oabInteger, text)],
  [propertyType.MultipleString, counted(oabInteger, text)],
  [propertyType.MultipleBinary, counted(oabInteger, blob(oabInteger))],
] as const).map(([type, of]) => [type, of as Layout<OabValue>]));

/** How the value of a property stands there; undefined for types that no file has values of: [MS-OXOAB] 2.9.4. */
export const oabValue = (tag: number): Layout<OabValue> | undefined => layouts.get(typeOfTag(tag));
