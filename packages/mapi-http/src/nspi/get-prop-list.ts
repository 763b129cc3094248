import { unicodePage, type AddressBookServer } from './address-book-server.ts';
import { tagsOf } from './columns.ts';
import { defineOperation } from './define-operation.ts';
import { NspiError } from './nspi-error.ts';
import { retrieveFlag } from './rows.ts';

/** [MS-OXCMAPIHTTP] 2.2.5.6, [MS-OXNSPI] 3.1.4.1.6. */
export const getPropList = defineOperation('GetPropList', () => ({ PropertyTags: null }), ({ Flags, MinimalId, CodePage }, { server }) => ({ PropertyTags: listOf(server, Flags, MinimalId, CodePage) }));

/** Text is listed as of 8 bits, so that it needs a code page. Who is not there has nothing. @throws NspiError NotSupported */
export function listOf(server: AddressBookServer, flags: number, minimalId: number, codePage: number): readonly number[] {
  if (codePage === unicodePage) throw new NspiError('NotSupported');
  const entry = server.entryOf(minimalId);
  return entry ? tagsOf(entry, server, (flags & retrieveFlag.SkipObjects) !== 0) : [];
}
