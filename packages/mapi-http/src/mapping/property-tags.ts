import { namedProperty, PropertyNameError, propertiesWithTag, propertyTypeOf, propertyTypes, taggedProperty, type Property, type PropertyType } from '@fauxchange/properties';
import { idOfTag, tagOf, typeOfTag } from '@fauxchange/mapi-wire';
import { firstNamedId, type NamedProperties } from '../logon/named-properties.ts';

const allTypes = Object.keys(propertyTypes) as readonly PropertyType[];

function propertyOf(id: number, type: PropertyType, names: NamedProperties): Property | undefined {
  if (id < firstNamedId) return taggedProperty(id, type);
  const name = names.nameOf(id);
  if (!name || name.kind === 'None') return undefined;
  try {
    return namedProperty(name.Guid, name.kind === 'Lid' ? name.Lid : name.Name, type);
  } catch (thrown) {
    if (thrown instanceof PropertyNameError) return undefined;
    throw thrown;
  }
}

/** The property of a tag; undefined for a type that nobody knows, or an id that has no name. */
export function propertyOfTag(tag: number, names: NamedProperties): Property | undefined {
  const type = propertyTypeOf(typeOfTag(tag));
  return type && propertyOf(idOfTag(tag), type, names);
}

/** The properties that a tag of no type (PtypUnspecified) may mean: those with a name first, then the id with every type. */
export function propertiesOfId(id: number, names: NamedProperties): readonly Property[] {
  const known = id < firstNamedId ? propertiesWithTag(id) : [];
  const others = allTypes.filter((type) => !known.some((one) => one.type === type));
  return [...known, ...others.flatMap((type) => propertyOf(id, type, names) ?? [])];
}

/** The tag of a property: one that has a name gets an id for it. Undefined when no id is left. */
export function tagOfProperty(property: Property, names: NamedProperties): number | undefined {
  const type = propertyTypes[property.type];
  if (property.tag !== undefined) return tagOf(property.tag, type);
  const Guid = property.set ?? '';
  const id = names.idOf(property.text === undefined ? { kind: 'Lid', Guid, Lid: property.id ?? 0 } : { kind: 'Name', Guid, Name: property.text }, { creates: true });
  return id === undefined ? undefined : tagOf(id, type);
}
