import type { PropertyName } from '@fauxchange/properties';

/** The set of properties in which Exchange keeps places, and their names. */
const named = (name: string, type: 'String' | 'Floating64'): PropertyName => `{a719e259-2a9a-4fb8-bab3-3a9f02970e4b}:${name}:${type}`;

export type PlacePart =
  | 'DisplayName' | 'Annotation' | 'Street' | 'City' | 'State' | 'Country' | 'PostalCode' | 'PostOfficeBox' | 'Type' | 'Latitude' | 'Longitude' | 'Accuracy' | 'Altitude'
  | 'AltitudeAccuracy' | 'FormattedAddress' | 'LocationUri' | 'LocationSource';

/** Where an appointment is, in its parts; PidLidLocation is its name for those who know no more. */
export const placeProperties: Readonly<Record<PlacePart, PropertyName>> = {
  DisplayName: named('LocationDisplayName', 'String'), Annotation: named('LocationAnnotation', 'String'), Street: named('LocationStreet', 'String'), City: named('LocationCity', 'String'),
  State: named('LocationState', 'String'), Country: named('LocationCountry', 'String'), PostalCode: named('LocationPostalCode', 'String'), PostOfficeBox: named('LocationPostOfficeBox', 'String'),
  Type: named('LocationType', 'String'), Latitude: named('Latitude', 'Floating64'), Longitude: named('Longitude', 'Floating64'), Accuracy: named('Accuracy', 'Floating64'),
  Altitude: named('Altitude', 'Floating64'), AltitudeAccuracy: named('AltitudeAccuracy', 'Floating64'), FormattedAddress: named('LocationFormattedAddress', 'String'),
  LocationUri: named('LocationUri', 'String'), LocationSource: named('LocationSource', 'String'),
};
