import { CalendarBytesError } from './bytes.ts';
import type { CivilDate } from '../recurrence/recurrence.ts';

/** [MS-OXOCAL] 2.2.1.27 PidLidGlobalObjectId. */
export interface GlobalObjectId {
  /** The day, in the zone of the series, on which the occurrence was originally; undefined for a series and what does not recur. */
  readonly date?: CivilDate | undefined;
  /** Hundreds of nanoseconds since 1601. */
  readonly creationTime: bigint;
  readonly data: Uint8Array;
}

const classId = '040000008200e00074c5b7101a82e008';
const headSize = 40;
const mostData = 4096;
const vCalUid = Uint8Array.from([...'vCal-Uid'].map((each) => each.charCodeAt(0)).concat([1, 0, 0, 0]));
const toHex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

/** @throws CalendarBytesError */
export function decodeGlobalObjectId(bytes: Uint8Array): GlobalObjectId {
  if (bytes.length < headSize) throw new CalendarBytesError(`${headSize - bytes.length} bytes are missing`, bytes.length);
  if (toHex(bytes.subarray(0, 16)) !== classId) throw new CalendarBytesError('no class of a global object id', 0);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const year = view.getUint16(16, false);
  const month = view.getUint8(18);
  const day = view.getUint8(19);
  if (month > 12 || day > 31) throw new CalendarBytesError('a date that is none', 18);
  const size = view.getUint32(36, true);
  if (size > mostData || size !== bytes.length - headSize) throw new CalendarBytesError(`${bytes.length - headSize} bytes of data are not ${size}`, headSize);
  return { ...(year === 0 && month === 0 && day === 0 ? {} : { date: { year, month, day } }), creationTime: view.getBigUint64(20, true), data: bytes.slice(headSize) };
}

export function encodeGlobalObjectId({ date, creationTime, data }: GlobalObjectId): Uint8Array {
  const bytes = new Uint8Array(headSize + data.length);
  bytes.set(Buffer.from(classId, 'hex'));
  const view = new DataView(bytes.buffer);
  if (date) {
    // The year, alone in the structure, has its high byte first.
    view.setUint16(16, date.year, false);
    view.setUint8(18, date.month);
    view.setUint8(19, date.day);
  }
  view.setBigUint64(20, creationTime, true);
  view.setUint32(36, data.length, true);
  bytes.set(data, headSize);
  return bytes;
}

/**
 * PidLidGlobalObjectId of a UID: what one is in hexadecimal is meant itself, any other UID is wrapped
 * ([MS-OXCICAL] 2.1.3.1.1.20.26). Without `date` it is PidLidCleanGlobalObjectId.
 */
export function globalObjectIdOfUid(uid: string, date?: CivilDate): Uint8Array {
  if (uid.toLowerCase().startsWith(classId) && /^(?:[0-9a-f]{2})+$/i.test(uid)) {
    try {
      const { date: own, ...rest } = decodeGlobalObjectId(Buffer.from(uid, 'hex'));
      return encodeGlobalObjectId({ ...rest, date: date ?? own });
    } catch (error) {
      if (!(error instanceof CalendarBytesError)) throw error;
    }
  }
  const text = Buffer.from(uid.slice(0, 1000), 'utf8');
  return encodeGlobalObjectId({ date, creationTime: 0n, data: new Uint8Array([...vCalUid, ...text, 0]) });
}

/**
 * The UID of a global object id, the same for a series and its occurrences.
 *
 * @throws CalendarBytesError
 */
export function uidOfGlobalObjectId(bytes: Uint8Array): string {
  const { data } = decodeGlobalObjectId(bytes);
  if (toHex(data.subarray(0, vCalUid.length)) === toHex(vCalUid)) return Buffer.from(data.subarray(vCalUid.length)).toString('utf8').replace(/\0+$/, '');
  return toHex(cleanGlobalObjectId(bytes)).toUpperCase();
}

/**
 * The id of the series to which the occurrence belongs: the date zeroed, [MS-OXOCAL] 2.2.1.28.
 *
 * @throws CalendarBytesError
 */
export function cleanGlobalObjectId(bytes: Uint8Array): Uint8Array {
  decodeGlobalObjectId(bytes);
  const clean = Uint8Array.from(bytes);
  clean.fill(0, 16, 20);
  return clean;
}
