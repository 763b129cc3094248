import { crc } from './crc.ts';
import { constant, counted, decode, encode, layout, repeated, struct, u32, type ByteReader, type Layout, type LayoutValue } from '@fauxchange/mapi-wire';
import { oabValue, type OabValue } from './oab-value.ts';

/** OAB_PROP_REC, [MS-OXOAB] 2.9.4. */
export const propRec = struct({ ulPropId: u32, ulFlags: u32 });
export type PropRec = LayoutValue<typeof propRec>;
/** How clients look a property up: it takes part in ambiguous names, or it is a key that every record has. */
export const propFlag = { Anr: 1, PrimaryKey: 2 } as const;
/** OAB_PROP_TABLE, [MS-OXOAB] 2.9.3. */
export const propTable = counted(u32, propRec);

/** Values by the tags of their properties; what a record has no value of is not in it. */
export type OabRecord = ReadonlyMap<number, OabValue>;

/** A size that counts itself, then something that takes the rest. */
function wholeSized<T>(inner: Layout<T>): Layout<T> {
  return layout(4 + inner.least, (reader, scope) => {
    const cbSize = reader.u32();
    if (cbSize < 4) reader.fail('invalid', `a size of ${cbSize} bytes, its own 4 among them`);
    return reader.within(cbSize - 4, (own) => inner.read(own, scope));
  }, (writer, value, scope) => {
    const start = writer.size;
    writer.u32(0);
    inner.write(writer, value, scope);
    writer.patchU32(start, writer.size - start);
  });
}

/** OAB_V4_REC: a bit for each property of the table, then the values of those that are there. [MS-OXOAB] 2.9.5 */
export function recordOf(table: readonly PropRec[]): Layout<OabRecord> {
  const bytes = Math.ceil(table.length / 8);
  const bitOf = (index: number): number => 0x80 >> (index % 8);
  return wholeSized(layout<OabRecord>(bytes, (reader) => {
    const presence = reader.bytes(bytes);
    const values = new Map<number, OabValue>();
    table.forEach(({ ulPropId }, index) => {
      if (((presence[index >> 3] ?? 0) & bitOf(index)) === 0) return;
      values.set(ulPropId, valueOf(ulPropId, reader).read(reader, {}));
    });
    return values;
  }, (writer, record, scope) => {
    const present = table.flatMap(({ ulPropId }, index) => {
      const value = record.get(ulPropId);
      const of = oabValue(ulPropId);
      return value === undefined || !of ? [] : [{ index, value, of }];
    });
    const presence = new Uint8Array(bytes);
    for (const { index } of present) presence[index >> 3] = (presence[index >> 3] ?? 0) | bitOf(index);
    writer.bytes(presence);
    for (const { of, value } of present) of.write(writer, value, scope);
  }));
}

const valueOf = (tag: number, reader: ByteReader): Layout<OabValue> => oabValue(tag) ?? reader.fail('invalid', `0x${tag.toString(16)} has no values here`);

/** OAB_META_DATA, [MS-OXOAB] 2.9.2: which properties the header record has, and which the others. */
const metaData = wholeSized(struct({ rgHdrAtts: propTable, rgOabAtts: propTable }));
const oabHdr = struct({ ulVersion: constant(u32, 0x20), ulSerial: u32, ulTotRecs: u32 });
const hdrBytes = 12;

/** An uncompressed version 4 Full Details file, [MS-OXOAB] 2.9. */
export interface DetailsFile {
  readonly headerProperties: readonly PropRec[];
  readonly properties: readonly PropRec[];
  readonly header: OabRecord;
  readonly records: readonly OabRecord[];
}

export function encodeDetails({ headerProperties, properties, header, records }: DetailsFile): Uint8Array {
  const body = Buffer.concat([
    encode(metaData, { rgHdrAtts: headerProperties, rgOabAtts: properties }), encode(recordOf(headerProperties), header), encode(repeated(records.length, recordOf(properties)), records),
  ]);
  return Buffer.concat([encode(oabHdr, { ulSerial: crc(body), ulTotRecs: records.length }), body]);
}

/** @throws WireError */
export function decodeDetails(bytes: Uint8Array): DetailsFile {
  return decode(bytes, layout<DetailsFile>(hdrBytes, (reader, scope) => {
    const { ulSerial, ulTotRecs } = oabHdr.read(reader, scope);
    if (ulSerial !== crc(bytes.subarray(hdrBytes))) reader.fail('invalid', 'the records are not those of the serial number');
    const { rgHdrAtts, rgOabAtts } = metaData.read(reader, scope);
    const header = recordOf(rgHdrAtts).read(reader, scope);
    const record = recordOf(rgOabAtts);
    const records = Array.from({ length: reader.count(ulTotRecs, record.least) }, () => record.read(reader, scope));
    return { headerProperties: rgHdrAtts, properties: rgOabAtts, header, records };
  }, () => undefined));
}
