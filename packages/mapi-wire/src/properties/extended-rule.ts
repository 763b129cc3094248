import { WireEncodeError } from '../errors.ts';
import { layout, type Layout, type LayoutValue } from '../layout/layout.ts';
import { u16, u32 } from '../layout/numbers.ts';
import { blob, lazy, repeated, sized, toTheEnd } from '../layout/sequences.ts';
import { constant, struct } from '../layout/struct.ts';
import { astr, wstr } from '../layout/text.ts';
import { propertyName, type PropertyName } from './property-name.ts';
import { propertyType } from './property-type.ts';
import { restrictionOf, type Restriction } from './restriction-form.ts';
import { extendedRuleActionsOf, type ExtendedRuleAction } from './rule-action-form.ts';
import { entry, multipleValues, singleValues, taggedValueOf, typedValueOf, type TaggedValue, type ValueLayouts } from './value-layouts.ts';

const taggedValue: Layout<TaggedValue> = taggedValueOf(() => extendedRuleValues);
/** [MS-OXCDATA] 2.12, in extended rules: numbers of restrictions are of four bytes. */
export const extendedRestriction: Layout<Restriction> = restrictionOf({ count: u32, taggedValue });
/** [MS-OXORULE] 2.2.5. */
export const extendedRuleActions: Layout<readonly ExtendedRuleAction[]> = extendedRuleActionsOf(taggedValue);

/** In extended rules, [MS-OXCDATA] 2.11.1.1: sizes of binary are four bytes. */
export const extendedRuleValues: ValueLayouts = new Map([
  ...singleValues, entry(propertyType.Binary, blob(u32)), entry(propertyType.Object, blob(u32)), ...multipleValues(astr, wstr, blob(u32)),
  entry(propertyType.Unspecified, lazy(2, () => typedValueOf(() => extendedRuleValues))), entry(propertyType.Restriction, lazy(3, () => extendedRestriction)),
]);

/** What an id from 0x8000 on means in a rule. */
export interface NamedProperty {
  readonly PropId: number;
  readonly PropertyName: PropertyName;
}

const names = sized(u32, toTheEnd(propertyName));
/** [MS-OXORULE] 2.2.4.2: the ids, then the names of them; where there are none, only their number. */
const namedProperties: Layout<readonly NamedProperty[]> = layout(2, (reader, scope) => {
  const count = reader.count(reader.u16(), 2);
  if (count === 0) return [];
  const ids = repeated(count, u16).read(reader, scope);
  const found = names.read(reader, scope);
  if (found.length !== count) reader.fail('invalid', `${found.length} names stand for ${count} ids`);
  return found.map((name, index) => ({ PropId: ids[index] ?? 0, PropertyName: name }));
}, (writer, value, scope) => {
  u16.write(writer, value.length, scope);
  if (value.length === 0) return;
  for (const { PropId } of value) {
    if (PropId < 0x8000) throw new WireEncodeError(`0x${PropId.toString(16)} is no id of a named property`);
    u16.write(writer, PropId, scope);
  }
  names.write(writer, value.map(({ PropertyName }) => PropertyName), scope);
});

/** [MS-OXORULE] 2.2.4.1.9: the value of PidTagExtendedRuleMessageActions. */
export const extendedRuleMessageActions = struct({ NamedPropertyInformation: namedProperties, RuleVersion: constant(u32, 1), RuleActionsBuffer: extendedRuleActions });
export type ExtendedRuleMessageActions = LayoutValue<typeof extendedRuleMessageActions>;

/** [MS-OXORULE] 2.2.4.1.10: the value of PidTagExtendedRuleMessageCondition. */
export const extendedRuleMessageCondition = struct({ NamedPropertyInformation: namedProperties, RuleRestriction: extendedRestriction });
export type ExtendedRuleMessageCondition = LayoutValue<typeof extendedRuleMessageCondition>;
