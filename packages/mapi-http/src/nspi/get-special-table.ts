import type { AddressList } from '@fauxchange/mailbox';
import { propertyType, tagOf, type TaggedValue } from '@fauxchange/mapi-wire';
import { unicodePage, type AddressBookServer } from './address-book-server.ts';
import { defineOperation, needed } from './define-operation.ts';
import { containerId } from './entry-ids.ts';
import { NspiError } from './nspi-error.ts';

/** [MS-OXNSPI] 2.2.1.12. */
const specialTableFlag = { AddressCreationTemplates: 2, UnicodeStrings: 4 } as const;
/** PidTagContainerFlags: it has recipients, has lists below it, cannot be changed ([MS-OXOABK] 2.2.2.1). */
const containerFlag = { Recipients: 1, Subcontainers: 2, Unmodifiable: 8 } as const;

/**
 * [MS-OXCMAPIHTTP] 2.2.5.8, [MS-OXNSPI] 3.1.4.1.3: the lists of the address book. There are no templates for new addresses: that table is empty.
 *
 * @NOTE The version that a client knows is not looked at and told back as it came: [MS-OXNSPI] notes <3> and <4>.
 */
export const getSpecialTable = defineOperation('GetSpecialTable', ({ State, Version }) => ({ CodePage: State?.CodePage ?? 0, Version, Rows: null }), ({ Flags, State, Version }, { server }) => {
  const { CodePage } = needed(State);
  if ((Flags & specialTableFlag.AddressCreationTemplates) !== 0) return { CodePage, Version, Rows: [] };
  const isUnicode = (Flags & specialTableFlag.UnicodeStrings) !== 0;
  if (!isUnicode && CodePage === unicodePage) throw new NspiError('NotSupported');
  return { CodePage, Version, Rows: server.book.lists.map((list) => rowOf(list, isUnicode, server)) };
});

/** Its columns stand in this order. The global list has no name, as Exchange tells it: clients have their own for it ([K], two other servers do the same). */
function rowOf(list: AddressList, isUnicode: boolean, server: AddressBookServer): readonly TaggedValue[] {
  const parent = server.book.lists.find(({ id }) => id === list.parentId);
  const isParent = server.book.lists.some(({ parentId }) => parentId === list.id);
  return [
    { tag: 0x0fff_0102, value: containerId(list) },
    { tag: 0x3600_0003, value: containerFlag.Recipients | containerFlag.Unmodifiable | (isParent ? containerFlag.Subcontainers : 0) },
    { tag: 0x3005_0003, value: parent ? 1 : 0 },
    { tag: 0xfffd_0003, value: server.containerIdOf(list) },
    { tag: tagOf(0x3001, isUnicode ? propertyType.String : propertyType.String8), value: list.name === '' ? null : list.name },
    { tag: 0xfffb_000b, value: false },
    ...(parent ? [{ tag: 0xfffc_0102, value: containerId(parent) }] : []),
  ];
}
