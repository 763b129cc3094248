import { errorCode, idOfTag, type LayoutValue, type propertyProblem, type TaggedValue } from '@fauxchange/mapi-wire';
import type { Property, PropertyValue } from '@fauxchange/properties';
import { firstNamedId, type NamedProperties } from '../../logon/named-properties.ts';
import { propertyOfTag } from '../../mapping/property-tags.ts';
import { fromWire } from '../../mapping/wire-values.ts';
import { PropertyObject, type Problem } from '../../objects/property-object.ts';
import { defineRop } from '../../rop/define-rop.ts';

export type PropertyProblem = LayoutValue<typeof propertyProblem>;

/** Why a tag is no property: its type is none, or its id has no name. */
const noProperty = (tag: number, names: NamedProperties): number => (idOfTag(tag) >= firstNamedId && names.nameOf(idOfTag(tag)) === undefined ? errorCode.InvalidParameter : errorCode.InvalidType);

interface Change {
  readonly tag: number;
  readonly value: (property: Property) => PropertyValue | undefined;
}

/** Changes properties of an object in their order; what could not be done comes back with its place in the request. */
async function changed(object: PropertyObject, changes: readonly Change[], names: NamedProperties): Promise<readonly PropertyProblem[]> {
  const done = new Map<Property, PropertyValue | undefined>();
  const places = new Map<string, number>();
  const problems: PropertyProblem[] = [];
  for (const [Index, { tag, value }] of changes.entries()) {
    const property = propertyOfTag(tag, names);
    if (!property) {
      problems.push({ Index, PropertyTag: tag, ErrorCode: noProperty(tag, names) });
      continue;
    }
    // The same property twice: the last one counts.
    for (const known of done.keys()) if (known.name === property.name) done.delete(known);
    done.set(property, value(property));
    places.set(property.name, Index);
  }
  const refused: readonly Problem[] = done.size === 0 ? [] : await object.change(done);
  for (const { property, code } of refused) {
    const Index = places.get(property.name) ?? 0;
    problems.push({ Index, PropertyTag: changes[Index]?.tag ?? 0, ErrorCode: code });
  }
  return problems.sort((a, b) => a.Index - b.Index);
}

const ofValues = (values: readonly TaggedValue[]): readonly Change[] => values.map(({ tag, value }) => ({ tag, value: (property) => fromWire(property.type, value) }));
const ofTags = (tags: readonly number[]): readonly Change[] => tags.map((tag) => ({ tag, value: () => undefined }));

/** [MS-OXCPRPT] 3.2.5.4. */
export const setProperties = defineRop('RopSetProperties', [PropertyObject], async ({ PropertyValues }, { object, logon: { names } }) => ({ body: { PropertyProblems: await changed(object, ofValues(PropertyValues), names) } }));
/** [MS-OXCPRPT] 2.2.6: the same but for folders, whose changes other replicas do not hear of; there is one replica here. */
export const setPropertiesNoReplicate = defineRop('RopSetPropertiesNoReplicate', [PropertyObject], async ({ PropertyValues }, { object, logon: { names } }) => ({ body: { PropertyProblems: await changed(object, ofValues(PropertyValues), names) } }));
/** [MS-OXCPRPT] 3.2.5.5. */
export const deleteProperties = defineRop('RopDeleteProperties', [PropertyObject], async ({ PropertyTags }, { object, logon: { names } }) => ({ body: { PropertyProblems: await changed(object, ofTags(PropertyTags), names) } }));
/** [MS-OXCPRPT] 2.2.8. */
export const deletePropertiesNoReplicate = defineRop('RopDeletePropertiesNoReplicate', [PropertyObject], async ({ PropertyTags }, { object, logon: { names } }) => ({ body: { PropertyProblems: await changed(object, ofTags(PropertyTags), names) } }));

