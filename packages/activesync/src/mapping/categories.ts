import type { Properties, PropertyBag } from '@fauxchange/mailbox';
import { conversionError } from './conversion-error.ts';
import { xmlText } from './xml-text.ts';

/** [MS-ASCAL] 2.2.2.12 and its like in the other classes. */
const mostCategories = 300;

/** Undefined where there are none: no element stands for them. */
export function encodeCategories(bag: Pick<PropertyBag, 'get'>): readonly string[] | undefined {
  const names = bag.get('PidNameKeywords') as readonly string[] | undefined;
  return names && names.length > 0 ? names.slice(0, mostCategories).map(xmlText) : undefined;
}

/** An empty list takes the categories away. @throws EasStatusError 6 for too many */
export function decodeCategories(names: readonly string[]): Properties {
  if (names.length > mostCategories) conversionError(`More than ${mostCategories} categories.`);
  return { PidNameKeywords: names.length > 0 ? names : undefined };
}
