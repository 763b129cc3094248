import type { Property, PropertyName, PropertyValue } from '@fauxchange/properties';
import { namedProperty, PropertyNameError, propertyTypeOf, taggedProperty } from '@fauxchange/properties';
import { errorCode, idOfTag, propertyType, typeOfTag, type MarkerName, type StreamProperty, type PropertyValue as WireValue } from '@fauxchange/mapi-wire';
import { RopError } from '../errors.ts';
import { fromWire } from '../mapping/wire-values.ts';

/** A stream whose elements cannot stand where they stand. */
export class UploadError extends RopError {
  constructor(message: string) {
    super(errorCode.FormatError, message);
  }
}
export const misplaced = (marker: MarkerName, what: string): UploadError => new UploadError(`${marker} cannot stand in ${what}.`);

/** What a stream is applied to: an object, and those that stand in it. */
export abstract class UploadTarget {
  /** The marker that ends it; undefined for what a stream is as a whole. */
  readonly end: MarkerName | undefined;
  #set = new Map<PropertyName, readonly [Property, PropertyValue]>();

  constructor(end?: MarkerName) {
    this.end = end;
  }

  /** A property of it. It is there with the next `flush`. */
  set(element: StreamProperty): void {
    const property = propertyIn(element);
    if (property) this.#set.set(property.name, [property, fromWire(property.type, element.value as WireValue)]);
  }

  /** Everything that has been set so far; nothing is kept. */
  protected taken(): ReadonlyMap<Property, PropertyValue> {
    const taken = new Map(this.#set.values());
    this.#set = new Map();
    return taken;
  }

  abstract flush(): Promise<void>;
  /** Begins something that stands in it. @throws UploadError */
  abstract open(marker: MarkerName): Promise<UploadTarget>;
  /** Removes subobjects of a kind: MetaTagFXDelProp. */
  async remove(_tag: number): Promise<void> {
    // Most have none.
  }

  /** It is whole. */
  async close(): Promise<void> {
    await this.flush();
  }
}

const codePageFlag = 0x8000;
const firstNamed = 0x8000;
/** A text is a text, whatever it is written in. */
const typeIn = (type: number): number => ((type & codePageFlag) !== 0 || type === propertyType.String8 ? propertyType.String : type === propertyType.MultipleString8 ? propertyType.MultipleString : type);

function propertyIn({ tag, name }: StreamProperty): Property | undefined {
  const type = propertyTypeOf(typeIn(typeOfTag(tag)));
  if (!type) return undefined;
  if (idOfTag(tag) < firstNamed) return taggedProperty(idOfTag(tag), type);
  if (!name) return undefined;
  try {
    return namedProperty(name.Guid, 'Lid' in name ? name.Lid : name.Name, type);
  } catch (thrown) {
    if (thrown instanceof PropertyNameError) return undefined;
    throw thrown;
  }
}
