import { placeProperties, type PlacePart } from '@fauxchange/mailbox';
import type { PropertyName } from '@fauxchange/properties';
import type { EnhancedLocationType, PersonaPostalAddressType } from '../schema/types.generated.ts';
import type { ItemField, ItemTarget } from './fields.ts';
import { getAny, type ItemView } from './item-view.ts';

const { DisplayName: displayName, Annotation: annotation, ...parts } = placeProperties;
const addressParts = Object.entries(parts) as readonly (readonly [Exclude<PlacePart, 'DisplayName' | 'Annotation'>, PropertyName])[];

function read(view: ItemView): EnhancedLocationType | undefined {
  // Whoever knows no places has said only where it is.
  const name = (getAny(view, 'PidLidLocation') ?? getAny(view, displayName)) as string | undefined;
  if (name === undefined) return undefined;
  const entries = addressParts.flatMap(([part, property]) => {
    const value = getAny(view, property);
    return value === undefined ? [] : [[part, value] as const];
  });
  const address = Object.fromEntries(entries) as PersonaPostalAddressType;
  return { DisplayName: name, Annotation: getAny(view, annotation) as string | undefined, PostalAddress: { ...address, LocationSource: address.LocationSource ?? 'None' } };
}

function write(target: ItemTarget, sent: EnhancedLocationType | undefined): void {
  target.properties[displayName] = sent?.DisplayName;
  target.properties[annotation] = sent?.Annotation;
  for (const [part, property] of addressParts) target.properties[property] = sent?.PostalAddress?.[part];
  // Location is the place's name for those who know no more.
  target.properties['PidLidLocation'] = sent?.DisplayName;
}

/** @see [MS-OXWSMTGS] 2.2.4.12 EnhancedLocationType */
export const enhancedLocation: ItemField = {
  uri: 'calendar:EnhancedLocation', element: 'EnhancedLocation', kinds: ['CalendarItem'], shape: 'asked',
  read,
  set: (value: EnhancedLocationType, target) => write(target, value),
  remove: (target) => write(target, undefined),
};
