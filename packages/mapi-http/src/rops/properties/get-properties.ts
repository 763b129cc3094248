import { propertyTypes, property as propertyNamed } from '@fauxchange/properties';
import { encode, encodeRows, errorCode, idOfTag, propertyType, tagOf, taggedValue, typeOfTag, type Cell, type Scope, type TaggedValue } from '@fauxchange/mapi-wire';
import { cellOf, tooLarge } from '../../mapping/cells.ts';
import { tagOfProperty } from '../../mapping/property-tags.ts';
import { MessageObject } from '../../objects/message-object.ts';
import { PropertyObject } from '../../objects/property-object.ts';
import { defineRop, type RopContext } from '../../rop/define-rop.ts';

/** In a code page that the message was opened with, else that of the session. */
const scopeOf = (object: PropertyObject, { session }: RopContext): Scope => ({ codePage: (object instanceof MessageObject ? object.codePage : undefined) ?? session.codePage });

/** Sizes of what can be long, the longest first: those are left out until the others have room. */
function fitted<T>(items: readonly T[], sizeOf: (item: T) => number, shorten: (item: T) => T, room: number): readonly T[] {
  const sizes = items.map(sizeOf);
  let left = sizes.reduce((sum, size) => sum + size, 0) - room;
  if (left <= 0) return items;
  const result = [...items];
  for (const at of sizes.map((_, index) => index).sort((a, b) => (sizes[b] ?? 0) - (sizes[a] ?? 0))) {
    if (left <= 0) break;
    const short = shorten(items[at] as T);
    result[at] = short;
    left -= (sizes[at] ?? 0) - sizeOf(short);
  }
  return result;
}

/** Flag of the row, and one of each cell. */
const flagSize = 1;

/**
 * [MS-OXCPRPT] 3.2.5.1. Exchange 2010 and above take no notice of PropertySizeLimit (note 4): only what has no room in the answer is left
 * out, for a stream.
 */
export const getPropertiesSpecific = defineRop('RopGetPropertiesSpecific', [PropertyObject], async ({ WantUnicode, PropertyTags }, context) => {
  const { object, logon: { names }, mostRoom } = context;
  await object.refreshed();
  const scope = scopeOf(object, context);
  const row = PropertyTags.map((tag) => cellOf(tag, (property) => object.value(property), { names, isInCodePage: WantUnicode === 0 }));
  const sizeOf = ({ tag, cell }: { readonly tag: number; readonly cell: Cell }): number => encodeRows([[cell]], [tag], scope).length;
  const cells = fitted(row.map((cell, at) => ({ tag: PropertyTags[at] ?? 0, cell })), sizeOf, ({ tag }) => ({ tag, cell: tooLarge }), mostRoom - flagSize);
  return { body: { RowData: encodeRows([cells.map(({ cell }) => cell)], PropertyTags, scope) } };
});

/** Everything that the object has, with the tags of its properties. */
function* tagged(object: PropertyObject, { logon: { names } }: RopContext): IterableIterator<number> {
  for (const name of object.properties()) {
    const property = propertyNamed(name);
    const tag = property && tagOfProperty(property, names);
    if (tag !== undefined) yield tag;
  }
}

const isText = (type: number): boolean => type === propertyTypes.String || type === propertyTypes.MultipleString;
/** PropertyValueCount. */
const countSize = 2;

/** [MS-OXCPRPT] 3.2.5.2. What has no room comes as PtypErrorCode. */
export const getPropertiesAll = defineRop('RopGetPropertiesAll', [PropertyObject], async ({ WantUnicode }, context) => {
  const { object, logon: { names }, mostRoom } = context;
  await object.refreshed();
  const scope = scopeOf(object, context);
  const values: TaggedValue[] = [];
  for (const tag of tagged(object, context)) {
    const cell = cellOf(tag, (property) => object.value(property), { names });
    if ('value' in cell) values.push({ tag: WantUnicode === 0 && isText(typeOfTag(tag)) ? tag - 1 : tag, value: cell.value });
  }
  const PropertyValues = fitted(values, (one) => encode(taggedValue, one, scope).length, ({ tag }) => ({ tag: tagOf(idOfTag(tag), propertyType.ErrorCode), value: errorCode.OutOfMemory }), mostRoom - countSize);
  return { body: { PropertyValues } };
});

/** [MS-OXCPRPT] 3.2.5.3. */
export const getPropertiesList = defineRop('RopGetPropertiesList', [PropertyObject], async (_asked, context) => {
  await context.object.refreshed();
  return { body: { PropertyTags: [...tagged(context.object, context)] } };
});

