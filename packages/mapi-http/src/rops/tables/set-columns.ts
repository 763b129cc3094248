import type { Property } from '@fauxchange/properties';
import { errorCode } from '@fauxchange/mapi-wire';
import { RopError } from '../../errors.ts';
import { isColumnTag, isInstanceTag, propertyTag } from '../../mapping/property-types.ts';
import type { NamedProperties } from '../../logon/named-properties.ts';
import { propertyOfTag } from '../../mapping/property-tags.ts';
import { TableObject } from '../../objects/table-object.ts';
import { defineRop } from '../../rop/define-rop.ts';
import { tableStatus } from './table-status.ts';

/** [MS-OXCTABL] 3.2.5.2. Refused columns leave the table without any. */
export const setColumns = defineRop('RopSetColumns', [TableObject], async ({ PropertyTags }, { object, logon: { names } }) => {
  object.columns = undefined;
  if (PropertyTags.length === 0 || !PropertyTags.every(isColumnTag)) throw new RopError(errorCode.InvalidParameter, 'A column is of no type that a row can have.');
  object.showInstances(instancesOf(PropertyTags, names));
  object.columns = PropertyTags;
  return { body: { TableStatus: tableStatus.complete } };
});

/** The property that has a row for each of its values. */
function instancesOf(tags: readonly number[], names: NamedProperties): Property | undefined {
  const [tag, ...more] = new Set(tags.filter(isInstanceTag));
  if (more.length > 0) throw new RopError(errorCode.NotSupported, 'One property may have a row for each of its values.');
  return tag === undefined ? undefined : propertyOfTag(propertyTag(tag), names);
}
