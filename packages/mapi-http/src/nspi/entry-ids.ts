import type { AddressList, DirectoryEntry } from '@fauxchange/mailbox';
import { displayTypeOf } from '@fauxchange/mailbox';
import { ByteReader, displayType, encode, ephemeralEntryId, guid, permanentEntryId, WireError } from '@fauxchange/mapi-wire';
import type { AddressBookServer } from './address-book-server.ts';

const toHex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

/** [MS-OXNSPI] 2.2.9.3: an entry by its distinguished name, for ever. */
export const permanentId = (entry: DirectoryEntry): Uint8Array => encode(permanentEntryId, { DisplayType: displayTypeOf(entry), DistinguishedName: entry.legacyExchangeDN });

/** [MS-OXNSPI] 2.2.9.2: an entry by its number. */
export const ephemeralId = (entry: DirectoryEntry, server: AddressBookServer): Uint8Array => encode(ephemeralEntryId, {
  ProviderUid: toHex(encode(guid, server.guid)), DisplayType: displayTypeOf(entry), MinimalId: server.minimalIdOf(entry),
});

/** The distinguished name of a list, gal-addrlist-dn and addresslist-dn of [MS-OXOABK] 2.2.1.1. */
const listDN = ({ id, isGlobal }: AddressList): string => (isGlobal ? '/' : `/guid=${id.replaceAll('-', '').toUpperCase()}`);
export const containerId = (list: AddressList): Uint8Array => encode(permanentEntryId, { DisplayType: displayType.Container, DistinguishedName: listDN(list) });

/** Whom an entry id of either form means; what it says of display types is not looked at. */
export function entryOfId(bytes: Uint8Array, server: AddressBookServer): DirectoryEntry | undefined {
  const permanent = read(bytes, permanentEntryId);
  if (permanent) return server.directory.byLegacyDN(permanent.DistinguishedName);
  const ephemeral = read(bytes, ephemeralEntryId);
  return ephemeral?.ProviderUid === toHex(encode(guid, server.guid)) ? server.entryOf(ephemeral.MinimalId) : undefined;
}

function read<T>(bytes: Uint8Array, of: { read(reader: ByteReader, scope: object): T }): T | undefined {
  try {
    return of.read(new ByteReader(bytes), {});
  } catch (thrown) {
    if (thrown instanceof WireError) return undefined;
    throw thrown;
  }
}
