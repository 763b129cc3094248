import type { PropertyName } from '@fauxchange/properties';
import { bagOf, propertiesOf } from './bag.ts';
import type { Properties, PropertyBag } from './item.ts';

/**
 * What a client that works offline says of a version that it made, [MS-OXCFXICS] 2.2.1.2: kept with the item or folder until the
 * next change by somebody else.
 */
const ofVersion: PropertyName = 'PidTagChangeKey';
/** What it says of the object, too: copies are other objects. */
const ofObject: readonly PropertyName[] = ['PidTagSourceKey', ofVersion, 'PidTagPredecessorChangeList'];

/** The changes with what makes the version that was uploaded one of the past: its key goes, its predecessors stay known. */
export function nextVersion(bag: PropertyBag, changes: Properties): Properties {
  return ofVersion in changes || !bag.has(ofVersion) ? changes : { ...changes, [ofVersion]: undefined };
}

/** The bag of a copy. `given` is said of the copy itself. */
export function asAnother(bag: PropertyBag, given: Properties = {}): PropertyBag {
  const foreign = ofObject.filter((name) => !(name in given) && bag.has(name));
  return foreign.length === 0 ? bag : bagOf(Object.fromEntries(foreign.map((name) => [name, undefined])) as Properties, bag);
}

/** The properties of something for a draft of something else. */
export const copiedProperties = (bag: PropertyBag): Properties => propertiesOf(asAnother(bag));
