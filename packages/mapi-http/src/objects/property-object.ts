import type { Property, PropertyName, PropertyValue } from '@fauxchange/properties';
import { ServerObject } from './server-object.ts';

/** A refusal of one property of several: PropertyProblem, [MS-OXCDATA] 2.7. */
export interface Problem {
  readonly property: Property;
  /** Of `errorCode`. */
  readonly code: number;
}

/** A Server object that has properties: a logon, a folder, a message, an attachment. */
export abstract class PropertyObject extends ServerObject {
  /** Makes ready what `value` and `properties` read: the folder as it is now. */
  async refreshed(): Promise<void> {
    // Most have at hand what they read.
  }

  /** Undefined where it has none. */
  abstract value(property: Property): PropertyValue | undefined;
  /** Of everything that it has, computed ones too. */
  abstract properties(): Iterable<PropertyName>;
  /** Sets (or, to undefined, deletes) properties; the refused ones come back, the others are done. */
  abstract change(changes: ReadonlyMap<Property, PropertyValue | undefined>): Promise<readonly Problem[]>;
}
