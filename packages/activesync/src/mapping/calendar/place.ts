import { placeProperties, type PlacePart, type Properties, type PropertyBag } from '@fauxchange/mailbox';
import type { PropertyName } from '@fauxchange/properties';
import type { ApplicationData } from '../../schema/application-data.ts';
import { conversionError } from '../conversion-error.ts';
import { xmlText } from '../xml-text.ts';

type Place = NonNullable<ApplicationData['AirSyncBase:Location']>;

/** Parts that [MS-ASAIRS] 2.2.2.28 has, those that are numbers apart. */
const texts = ['Annotation', 'Street', 'City', 'State', 'Country', 'PostalCode', 'LocationUri'] as const satisfies readonly PlacePart[];
const numbers = ['Latitude', 'Longitude', 'Accuracy', 'Altitude', 'AltitudeAccuracy'] as const satisfies readonly PlacePart[];

/** Undefined where nobody said; an empty element where an exception has none. */
export function encodePlace(bag: Pick<PropertyBag, 'get'>): Place | undefined {
  const name = bag.get('PidLidLocation') ?? bag.get(placeProperties.DisplayName);
  if (typeof name !== 'string') return undefined;
  if (name === '') return {};
  const parts = [...texts, ...numbers].flatMap((part) => {
    const value = bag.get(placeProperties[part]);
    return value === undefined ? [] : [[part, xmlText(String(value))] as const];
  });
  return { DisplayName: xmlText(name), ...Object.fromEntries(parts) };
}

/** The place whole: what is left out of it goes. @throws EasStatusError 6 */
export function decodePlace(sent: Place): Properties {
  const entries: (readonly [PropertyName, string | number | undefined])[] = [
    ['PidLidLocation', sent.DisplayName || undefined], [placeProperties.DisplayName, sent.DisplayName || undefined],
    ...texts.map((part) => [placeProperties[part], sent[part] || undefined] as const),
    ...numbers.map((part) => [placeProperties[part], numberOf(part, sent[part])] as const),
  ];
  return Object.fromEntries(entries) as Properties;
}

function numberOf(part: string, text: string | undefined): number | undefined {
  if (text === undefined || text.trim() === '') return undefined;
  const value = Number(text);
  return Number.isFinite(value) ? value : conversionError(`${part} is no number.`);
}
