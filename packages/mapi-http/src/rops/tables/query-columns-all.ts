import { propertyType, tagOf, idOfTag, typeOfTag } from '@fauxchange/mapi-wire';
import { tagOfProperty } from '../../mapping/property-tags.ts';
import { TableObject } from '../../objects/table-object.ts';
import { defineRop } from '../../rop/define-rop.ts';

const narrow: ReadonlyMap<number, number> = new Map([[propertyType.String, propertyType.String8], [propertyType.MultipleString, propertyType.MultipleString8]]);

/** [MS-OXCTABL] 3.2.5.13. */
export const queryColumnsAll = defineRop('RopQueryColumnsAll', [TableObject], async (_asked, { object, logon: { names } }) => {
  const tags = (await object.source.columns()).map((property) => tagOfProperty(property, names)).filter((tag) => tag !== undefined);
  await object.look();
  return { body: { PropertyTags: object.isUnicode ? tags : tags.map((tag) => tagOf(idOfTag(tag), narrow.get(typeOfTag(tag)) ?? typeOfTag(tag))) } };
});
