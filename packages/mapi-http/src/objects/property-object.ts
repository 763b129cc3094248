import type { Property, PropertyName, PropertyValue } from '@fauxchange/properties';
import { ServerObject } from './server-object.ts';

/** A refusal of one property of several: PropertyProblem, [MS-OXCDATA] 2.7. */
export interface Problem {
  readonly property: Property;
  /** Of `errorCode`. */
  readonly code: number;
}

/** A value that is written in pieces: a stream. */
export interface PendingValue {
  /** Sets the property to what has been written. */
  commit(): Promise<void>;
}

/** A Server object that has properties: a logon, a folder, a message, an attachment. */
export abstract class PropertyObject extends ServerObject {
  /** Streams with bytes that the property does not have yet. */
  readonly pending: Set<PendingValue> = new Set<PendingValue>();

  /** Its changes are everybody's at once: those of a folder and of a logon. */
  get isImmediate(): boolean {
    return true;
  }

  /** Makes ready what `value` and `properties` read: the folder as it is now. */
  async refreshed(): Promise<void> {
    // Most have at hand what they read.
  }

  /** Sets the properties that streams have been written for: messages and attachments show them at once, [MS-OXCPRPT] 3.2.5.13. */
  async settleStreams(): Promise<void> {
    for (const one of [...this.pending]) await one.commit();
  }

  /** Undefined where it has none. */
  abstract value(property: Property): PropertyValue | undefined;
  /** Of everything that it has, computed ones too. */
  abstract properties(): Iterable<PropertyName>;
  /** Sets (or, to undefined, deletes) properties; the refused ones come back, the others are done. */
  abstract change(changes: ReadonlyMap<Property, PropertyValue | undefined>): Promise<readonly Problem[]>;
}
