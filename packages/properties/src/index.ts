export { binary } from './binary.ts';
export type { Binary } from './binary.ts';
export type { KnownProperties } from './known-properties.generated.ts';
export {
  knownProperties,
  maximumTextLength,
  namedProperty,
  propertiesWithTag,
  property,
  PropertyNameError,
  taggedProperty,
} from './property.ts';
export type {
  KnownPropertyName,
  NamedPropertyName,
  Property,
  PropertyBag,
  PropertyName,
  TaggedPropertyName,
  ValueOf,
} from './property.ts';
export { propertySets } from './property-sets.ts';
export type { PropertySetName } from './property-sets.ts';
export { isPropertyType, propertyTypeOf, propertyTypes } from './property-types.ts';
export type { PropertyType, PropertyValue, ValuesByType } from './property-types.ts';
