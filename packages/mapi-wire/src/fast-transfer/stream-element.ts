import { WireEncodeError } from '../errors.ts';
import { at, encode, layout, type Layout, type Scope } from '../layout/layout.ts';
import { u32, u8 } from '../layout/numbers.ts';
import { toTheEnd } from '../layout/sequences.ts';
import { struct } from '../layout/struct.ts';
import { guid, wstr } from '../layout/text.ts';
import type { ByteReader } from '../byte-reader.ts';
import { idOfTag, propertyType, typeOfTag } from '../properties/property-type.ts';
import type { PropertyValue } from '../properties/property-value.ts';
import { marker, markerName, metaTagOfStream, type MarkerName } from './markers.ts';
import { atom, readStreamValue, streamValueAtoms, u32Bytes, type Atom } from './stream-values.ts';

/** What a property from 0x8000 on is named by, for its id means nothing elsewhere. */
export type StreamPropertyName = { readonly Guid: string; readonly Lid: number } | { readonly Guid: string; readonly Name: string };
/** [MS-OXCFXICS] 2.2.4.1.2, propValue. */
export interface StreamProperty {
  readonly tag: number;
  /** Where the id is 0x8000 or more, and only there. */
  readonly name?: StreamPropertyName;
  readonly value: PropertyValue;
}
export interface StreamMarker {
  readonly marker: MarkerName;
}
/** [MS-OXCFXICS] 2.2.4.1: a stream is nothing but these. */
export type StreamElement = StreamMarker | StreamProperty;

export const isMarker = (element: StreamElement): element is StreamMarker => 'marker' in element;
const isNamed = (tag: number): boolean => idOfTag(tag) >= 0x8000;

/** [MS-OXCFXICS] 2.2.4.1, namedPropInfo. */
const nameKind = { dispid: 0, name: 1 } as const;
const named = { dispid: struct({ Guid: guid, Kind: u8, Lid: u32 }), name: struct({ Guid: guid, Kind: u8, Name: wstr }) } as const;

function readName(reader: ByteReader, scope: Scope): StreamPropertyName {
  const Guid = guid.read(reader, scope);
  const kind = reader.u8();
  if (kind === nameKind.dispid) return { Guid, Lid: reader.u32() };
  if (kind === nameKind.name) return { Guid, Name: wstr.read(reader, scope) };
  return reader.fail('invalid', `no kind 0x${kind.toString(16)} of a name`);
}

function nameBytes(name: StreamPropertyName): Uint8Array {
  return 'Lid' in name ? encode(named.dispid, { Guid: name.Guid, Kind: nameKind.dispid, Lid: name.Lid }) : encode(named.name, { Guid: name.Guid, Kind: nameKind.name, Name: name.Name });
}

/** MetaTagIdsetGiven says Integer32 and is binary, [MS-OXCFXICS] 2.2.1.1.1. */
const typeOnWire = (tag: number): number => (tag === metaTagOfStream.IdsetGiven ? propertyType.Binary : typeOfTag(tag));

function readElement(reader: ByteReader, scope: Scope): StreamElement {
  const tag = reader.u32();
  const known = markerName(tag);
  if (known) return { marker: known };
  const name = isNamed(tag) ? readName(reader, scope) : undefined;
  const value = at(tag.toString(16).padStart(8, '0'), () => readStreamValue(reader, typeOnWire(tag), scope));
  return name ? { tag, name, value } : { tag, value };
}

function headOf({ tag, name }: StreamProperty): Uint8Array {
  if (isNamed(tag) !== (name !== undefined)) throw new WireEncodeError('a property has a name from 0x8000 on, and only there');
  if (markerName(tag)) throw new WireEncodeError('a marker has no value');
  return name ? joined(u32Bytes(tag), nameBytes(name)) : u32Bytes(tag);
}

function joined(one: Uint8Array, other: Uint8Array): Uint8Array {
  const all = new Uint8Array(one.length + other.length);
  all.set(one);
  all.set(other, one.length);
  return all;
}

/** What an element is made of, in order. @throws WireEncodeError */
export function atomsOf(element: StreamElement, scope: Scope = {}): readonly Atom[] {
  if (isMarker(element)) return [atom(u32Bytes(marker[element.marker]))];
  return at(element.tag.toString(16).padStart(8, '0'), () => [atom(headOf(element)), ...streamValueAtoms(typeOnWire(element.tag), element.value, scope)]);
}

export const streamElement: Layout<StreamElement> = layout(4, readElement, (writer, value, scope) => {
  for (const { bytes } of atomsOf(value, scope)) writer.bytes(bytes);
});
/** [MS-OXCFXICS] 2.2.4.1: a whole stream. */
export const fastTransferStream: Layout<readonly StreamElement[]> = toTheEnd(streamElement);
