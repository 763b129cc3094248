import type { DirectoryEntry } from '@fauxchange/mailbox';
import { errorCode, idOfTag, propertyType, tagOf, type ColumnsAndRows, type PropertyRow, type Stat, type TaggedValue } from '@fauxchange/mapi-wire';
import { unicodePage, type AddressBookServer } from './address-book-server.ts';
import { valueOf, type ValueOptions } from './columns.ts';
import { NspiError } from './nspi-error.ts';

/** [MS-OXNSPI] 2.2.1.11. */
export const retrieveFlag = { SkipObjects: 1, EphemeralIds: 2 } as const;

/** The columns of who names none, [MS-OXNSPI] 3.1.4.1.8. */
const usual: readonly number[] = [0xfffd_0003, 0x0ffe_0003, 0x3900_0003, 0x3001_001e, 0x3a1a_001e, 0x3a18_001e, 0x3a19_001e];
/** Of one answer: more are refused, or told in portions. */
export const mostCells = 200_000;

export const columnsOrUsual = (tags: readonly number[] | null): readonly number[] => tags ?? usual;

/** A code page has to be told. @throws NspiError NotSupported */
export function checkCodePage({ CodePage }: Stat): void {
  if (CodePage === unicodePage) throw new NspiError('NotSupported');
}

/** Rows in the order of the entries; one that is not there is a row of errors. @throws NspiError TableTooBig */
export function rowsOf(entries: readonly (DirectoryEntry | undefined)[], tags: readonly number[], server: AddressBookServer, options: ValueOptions): ColumnsAndRows {
  if (entries.length * tags.length > mostCells) throw new NspiError('TableTooBig');
  return { Columns: tags, RowData: entries.map((entry) => rowOf(entry, tags, server, options)) };
}

const rowOf = (entry: DirectoryEntry | undefined, tags: readonly number[], server: AddressBookServer, options: ValueOptions): PropertyRow => tags.map((tag) => (entry && valueOf(entry, tag, server, options)) ?? { error: errorCode.NotFound });

/** One entry's values with their tags; an error stands where there is none, [MS-OXNSPI] 3.1.4.1.7. */
export function valuesOf(entry: DirectoryEntry | undefined, tags: readonly number[], server: AddressBookServer, options: ValueOptions): readonly TaggedValue[] {
  return tags.map((tag) => {
    const found = entry && valueOf(entry, tag, server, options);
    return found ? { tag: tagOf(idOfTag(tag), found.type), value: found.value } : { tag: tagOf(idOfTag(tag), propertyType.ErrorCode), value: errorCode.NotFound };
  });
}
