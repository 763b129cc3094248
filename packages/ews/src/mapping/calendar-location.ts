import type { PropertyName } from '@fauxchange/properties';
import type { EnhancedLocationType, PersonaPostalAddressType } from '../schema/types.generated.ts';
import type { ItemField, ItemTarget } from './fields.ts';
import { getAny, type ItemView } from './item-view.ts';

/** The set of properties in which Exchange keeps places, and their names. */
const named = (name: string, type: 'String' | 'Floating64'): PropertyName => `{a719e259-2a9a-4fb8-bab3-3a9f02970e4b}:${name}:${type}`;
const displayName = named('LocationDisplayName', 'String');
const annotation = named('LocationAnnotation', 'String');

const addressParts: readonly (readonly [keyof PersonaPostalAddressType, PropertyName])[] = [
  ['Street', named('LocationStreet', 'String')], ['City', named('LocationCity', 'String')], ['State', named('LocationState', 'String')], ['Country', named('LocationCountry', 'String')],
  ['PostalCode', named('LocationPostalCode', 'String')], ['PostOfficeBox', named('LocationPostOfficeBox', 'String')], ['Type', named('LocationType', 'String')],
  ['Latitude', named('Latitude', 'Floating64')], ['Longitude', named('Longitude', 'Floating64')], ['Accuracy', named('Accuracy', 'Floating64')], ['Altitude', named('Altitude', 'Floating64')],
  ['AltitudeAccuracy', named('AltitudeAccuracy', 'Floating64')], ['FormattedAddress', named('LocationFormattedAddress', 'String')], ['LocationUri', named('LocationUri', 'String')],
  ['LocationSource', named('LocationSource', 'String')],
];

function read(view: ItemView): EnhancedLocationType | undefined {
  const name = (getAny(view, displayName) ?? getAny(view, 'PidLidLocation')) as string | undefined;
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
