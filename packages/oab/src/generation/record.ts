import { isBookLink, type AddressBook, type BookValue, type DirectoryEntry } from '@fauxchange/mailbox';
import { binary, type Binary } from '@fauxchange/properties';
import { columns, truncatedProperties } from '../columns.ts';
import type { OabRecord } from '../file/details-file.ts';
import type { OabValue } from '../file/oab-value.ts';

/**
 * Bytes that the values of one property take at most, the default of New-OfflineAddressBook ([K]). Its limits of one text (3,400) and of
 * one binary (32,768) are not reached: the directory has lower ones.
 */
const mostOfMany = 0x1_0000;
const binaryTypes: readonly number[] = [0x0102, 0x1102];

/** An entry as the file has it: what is too much for it is left out, and named. [MS-OXOAB] 2.9.2.2.1 */
export function recordOf(entry: DirectoryEntry, book: AddressBook): OabRecord {
  const record = new Map<number, OabValue>();
  const truncated: number[] = [];
  for (const { name, ulPropId } of columns) {
    if (isBookLink(name)) {
      // Whom it leads to is asked of a server; that there is somebody is told.
      if (book.links(entry, name).length > 0) truncated.push(ulPropId);
      continue;
    }
    const value = book.value(entry, name);
    if (value === undefined || value === '' || (Array.isArray(value) && value.length === 0)) continue;
    const whole = binaryTypes.includes(ulPropId & 0xffff) ? bytesOf(value as Binary | readonly Binary[]) : (value as Exclude<BookValue, Binary | readonly Binary[]>);
    const kept = cut(whole);
    if (kept !== whole) truncated.push(ulPropId);
    record.set(ulPropId, kept);
  }
  if (truncated.length > 0) record.set(truncatedProperties.ulPropId, truncated);
  return record;
}

const bytesOf = (value: Binary | readonly Binary[]): Uint8Array | readonly Uint8Array[] => (typeof value === 'string' ? binary.toBytes(value) : value.map(binary.toBytes));

/** Those of its values that have room together; the value itself where all have. */
function cut(value: OabValue): OabValue {
  if (!isList(value)) return value;
  let left = mostOfMany;
  const kept = value.filter((one) => {
    const size = typeof one === 'string' ? Buffer.byteLength(one) : one.length;
    const isKept = size <= left;
    if (isKept) left -= size;
    return isKept;
  });
  return kept.length === value.length ? value : (kept as readonly string[] | readonly Uint8Array[]);
}

const isList = (value: OabValue): value is readonly string[] | readonly Uint8Array[] => Array.isArray(value);
