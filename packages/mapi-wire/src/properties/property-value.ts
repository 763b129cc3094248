import type { Layout, Scope } from '../layout/layout.ts';
import { u16, u32 } from '../layout/numbers.ts';
import { blob, lazy } from '../layout/sequences.ts';
import { struct } from '../layout/struct.ts';
import { astr, wstr } from '../layout/text.ts';
import type { ByteReader } from '../byte-reader.ts';
import { propertyType } from './property-type.ts';
import { restrictionOf, type Restriction } from './restriction-form.ts';
import { ruleActionsOf, type RuleAction } from './rule-action-form.ts';
import { entry, layoutOf, multipleValues, readValueOf, singleValues, taggedValueOf, typedValueOf, type PropertyValue, type TaggedValue, type TypedValue, type ValueLayouts } from './value-layouts.ts';

export type { PropertyValue, TaggedValue, TypedValue, ValueLayouts } from './value-layouts.ts';

/** [MS-OXCDATA] 2.11.4: the tag, then the value as its type has it. */
export const taggedValue: Layout<TaggedValue> = taggedValueOf(() => ropValues);
/** [MS-OXCDATA] 2.11.3: the type, then the value. */
export const typedValue: Layout<TypedValue> = typedValueOf(() => ropValues);
/** [MS-OXCDATA] 2.12, in the buffers of ROPs. */
export const restriction: Layout<Restriction> = restrictionOf({ count: u16, taggedValue });
/** [MS-OXORULE] 2.2.5: the actions of a standard rule. */
export const ruleActions: Layout<readonly RuleAction[]> = ruleActionsOf(taggedValue);

/** In the buffers of ROPs, [MS-OXCDATA] 2.11.1: sizes of binary are two bytes, counts of multiple values four. */
export const ropValues: ValueLayouts = new Map([
  ...singleValues, entry(propertyType.Binary, blob(u16)), entry(propertyType.Object, blob(u16)), ...multipleValues(astr, wstr, blob(u16)),
  // Those hold values in turn: how deep, is counted.
  entry(propertyType.Unspecified, lazy(2, () => typedValue)), entry(propertyType.Restriction, lazy(3, () => restriction)), entry(propertyType.RuleAction, lazy(2, () => ruleActions)),
]);

/** The value of a type. @throws WireError invalid, for a type that there is not */
export const readValue = (reader: ByteReader, type: number, scope: Scope, values: ValueLayouts = ropValues): PropertyValue => readValueOf(values, reader, type, scope);
export const valueLayout = (type: number, values: ValueLayouts = ropValues): Layout<PropertyValue> => layoutOf(values, type);

/** [MS-OXCROPS] 2.7: what could not be set, and why. */
export const propertyProblem = struct({ Index: u16, PropertyTag: u32, ErrorCode: u32 });
