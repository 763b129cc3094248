import { WireEncodeError } from '../errors.ts';
import { layout, type Layout } from '../layout/layout.ts';
import { astr, wstr } from '../layout/text.ts';

const stringType = { none: 0, empty: 1, string8: 2, reduced: 3, unicode: 4 } as const;

/** Each byte is a character of Unicode. */
const reduced: Layout<string> = layout(1, (reader) => Array.from(reader.untilZero(), (byte) => String.fromCharCode(byte)).join(''), (writer, value) => {
  if (value.includes('\0')) throw new WireEncodeError('a character of the text is its end');
  writer.bytes(Uint8Array.from(value, (character) => character.charCodeAt(0)));
  writer.u8(0);
});
const layouts: ReadonlyMap<number, Layout<string>> = new Map<number, Layout<string>>([[stringType.string8, astr], [stringType.reduced, reduced], [stringType.unicode, wstr]]);
const isReducible = (text: string): boolean => !/[^\u0000-\u00ff]/.test(text);

/**
 * [MS-OXCDATA] 2.11.7, TypedString: text that says how it is written; null where there is none. Text of the scope's code page is read too.
 *
 * @NOTE Written in the shortest form, as Exchange does: some clients cannot read the others.
 */
export const typedString: Layout<string | null> = layout<string | null>(1, (reader, scope) => {
  const type = reader.u8();
  if (type === stringType.none) return null;
  if (type === stringType.empty) return '';
  return (layouts.get(type) ?? reader.fail('invalid', `no type 0x${type.toString(16)} of a text`)).read(reader, scope);
}, (writer, value, scope) => {
  if (value === null) return writer.u8(stringType.none);
  if (value === '') return writer.u8(stringType.empty);
  const isReduced = isReducible(value);
  writer.u8(isReduced ? stringType.reduced : stringType.unicode);
  (isReduced ? reduced : wstr).write(writer, value, scope);
});
