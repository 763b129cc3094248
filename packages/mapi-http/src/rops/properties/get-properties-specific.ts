import { encodeRows } from '@fauxchange/mapi-wire';
import { cellOf } from '../../mapping/cells.ts';
import { PropertyObject } from '../../objects/property-object.ts';
import { defineRop } from '../../rop/define-rop.ts';

/** [MS-OXCPRPT] 3.2.5.1. */
export const getPropertiesSpecific = defineRop('RopGetPropertiesSpecific', [PropertyObject], async ({ PropertySizeLimit, PropertyTags }, { object, logon: { names }, session: { codePage } }) => {
  await object.refreshed();
  const row = PropertyTags.map((tag) => cellOf(tag, (property) => object.value(property), { names, sizeLimit: PropertySizeLimit }));
  return { body: { RowData: encodeRows([row], PropertyTags, { codePage }) } };
});
