import { layout, type Layout } from '../layout/layout.ts';
import { boolFF, u32 } from '../layout/numbers.ts';
import { blob, counted, nullable } from '../layout/sequences.ts';
import { astr, wstr } from '../layout/text.ts';
import { propertyRowOf, type PropertyRow } from './property-row.ts';
import { propertyType } from './property-type.ts';
import { restrictionOf, type Restriction } from './restriction-form.ts';
import { entry, multipleValues, nothing, singleValues, taggedValueOf, type TaggedValue, type ValueLayouts } from './value-layouts.ts';

/** @NOTE One among others that has no value is read as an empty one: text stays text. */
function item<T>(of: Layout<T>, empty: T): Layout<T> {
  const inner = nullable(boolFF, of);
  return layout(inner.least, (reader, scope) => inner.read(reader, scope) ?? empty, (writer, value, scope) => inner.write(writer, value, scope));
}

const binary = blob(u32);
const many = multipleValues(item(astr, ''), item(wstr, ''), item(binary, new Uint8Array()));

/** In the bodies of the address book, [MS-OXCMAPIHTTP] 2.2.1.1: text, bytes and multiple values say first whether they are there, and are null where they are not. */
export const addressBookValues: ValueLayouts = new Map([
  ...singleValues,
  entry(propertyType.String8, nullable(boolFF, astr)), entry(propertyType.String, nullable(boolFF, wstr)), entry(propertyType.Binary, nullable(boolFF, binary)),
  ...many.map(([type, of]) => entry(type, nullable(boolFF, of))),
  // What is opened, a table or an object, has no bytes.
  entry(propertyType.Object, nothing),
]);

/** [MS-OXCMAPIHTTP] 2.2.1.2. */
export const addressBookTaggedValue: Layout<TaggedValue> = taggedValueOf(() => addressBookValues);
/** [MS-OXCMAPIHTTP] 2.2.1.3. */
export const addressBookValueList: Layout<readonly TaggedValue[]> = counted(u32, addressBookTaggedValue);
/** [MS-OXCMAPIHTTP] 2.2.1.7: cells in the order of `scope.columns`. */
export const addressBookPropertyRow: Layout<PropertyRow> = propertyRowOf(addressBookValues);

const mostTags = 100_000;
const tags = counted(u32, u32);
/** [MS-OXCMAPIHTTP] 2.2.1.8: at most 100,000 tags. */
export const largePropertyTagArray: Layout<readonly number[]> = layout(tags.least, (reader, scope) => {
  const value = tags.read(reader, scope);
  if (value.length > mostTags) reader.fail('limit', `${value.length} property tags are more than ${mostTags}`);
  return value;
}, (writer, value, scope) => tags.write(writer, value, scope));

const operand = nullable(boolFF, addressBookTaggedValue);
/**
 * [MS-OXCDATA] 2.12, in the filters of the address book.
 *
 * @NOTE Before the value of Content and Property stands a byte that no document has and that Outlook sends.
 */
export const addressBookRestriction: Layout<Restriction> = restrictionOf({
  count: u32,
  taggedValue: addressBookTaggedValue,
  operand: layout(operand.least, (reader, scope) => operand.read(reader, scope) ?? reader.fail('invalid', 'nothing stands where rows are compared with it'), (writer, value, scope) => operand.write(writer, value, scope)),
});
