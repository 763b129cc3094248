import { itIsRefused, itIsWrittenAndRead } from '../../tests/wire-table.ts';
import { encode } from '../layout/layout.ts';
import { displayType, ephemeralEntryId, permanentEntryId } from './address-book-entry-id.ts';
import { folderEntryId, messageEntryId, publicProviderUid, serverEid, storeEntryId, storeObjectType, wrappedProviderUid, wrappedType } from './entry-id.ts';
import { oneOffEntryId, oneOffFlag } from './one-off-entry-id.ts';

const guid = '11223344-5566-7788-99aa-bbccddeeff00';
const guidWire = '44 33 22 11 66 55 88 77 99 aa bb cc dd ee ff 00';
const library = '38 a1 bb 10 05 e5 10 1a a1 bb 08 00 2b 2a 56 c2 00 00 45 4d 53 4d 44 42 2e 44 4c 4c 00 00 00 00';
const addressBook = 'dc a7 40 c8 c0 42 10 1a b4 b9 08 00 2b 2f e1 82';
const oneOff = '81 2b 1f a4 be a3 10 19 9d 6e 00 dd 01 0f 54 02';
const none = new Uint8Array();

itIsWrittenAndRead([
  ['MS-OXCDATA_R2225, R2229, R2230, R2231: a folder', folderEntryId, { ProviderUid: guid, FolderType: storeObjectType.PrivateFolder, DatabaseGuid: guid, GlobalCounter: 0x0102n }, `00 00 00 00 ${guidWire} 01 00 ${guidWire} 00 00 00 00 01 02 00 00`],
  ['a public folder', folderEntryId, { ProviderUid: publicProviderUid, FolderType: storeObjectType.PublicFolder, DatabaseGuid: guid, GlobalCounter: 1n }, `00 00 00 00 1a 44 73 90 aa 66 11 cd 9b c8 00 aa 00 2f c4 5a 03 00 ${guidWire} 00 00 00 00 00 01 00 00`],
  [
    'MS-OXCDATA_R2236, R2239, R2241, R2242, R2243, R2244, R2245, R2246: a message',
    messageEntryId,
    { ProviderUid: guid, MessageType: storeObjectType.PrivateMessage, FolderDatabaseGuid: guid, FolderGlobalCounter: 1n, MessageDatabaseGuid: guid, MessageGlobalCounter: 2n },
    `00 00 00 00 ${guidWire} 07 00 ${guidWire} 00 00 00 00 00 01 00 00 ${guidWire} 00 00 00 00 00 02 00 00`,
  ],
  [
    'MS-OXCDATA_R2249, R2250, R2251, R2252, R2253, R2254, R2256, R2260, R2263, R2264: a mailbox',
    storeEntryId,
    { WrappedProviderUid: wrappedProviderUid.Mailbox, WrappedType: wrappedType.Mailbox, ServerShortname: 'ex', MailboxDn: '/o=a', Extension: none },
    `00 00 00 00 ${library} 00 00 00 00 1b 55 fa 20 aa 66 11 cd 9b c8 00 aa 00 2f c4 5a 0c 00 00 00 65 78 00 2f 6f 3d 61 00`,
  ],
  [
    'MS-OXCDATA_R2265: public folders',
    storeEntryId,
    { WrappedProviderUid: wrappedProviderUid.PublicFolders, WrappedType: wrappedType.PublicFolders, ServerShortname: 'ex', Extension: none },
    `00 00 00 00 ${library} 00 00 00 00 1c 83 02 10 aa 66 11 cd 9b c8 00 aa 00 2f c4 5a 06 00 00 00 65 78 00`,
  ],
  ['MS-OXORULE_R980, R982, R983, R985, R987: a folder of this store', serverEid, { FolderId: 0x0201000000000001n, MessageId: 0n, Instance: 0 }, '01 01 00 00 00 00 00 01 02 00 00 00 00 00 00 00 00 00 00 00 00'],
  ['MS-OXNSPI_R393, R396, R398, R400, R401, R404, R406, MS-OXCDATA_R2319, R2320, R2321: an entry of the address book', permanentEntryId, { DisplayType: displayType.Container, DistinguishedName: '/' }, `00 00 00 00 ${addressBook} 01 00 00 00 00 01 00 00 2f 00`],
  ['MS-OXNSPI_R362, R365, R367, R369, R370, R373, R375, R381: an entry of a session', ephemeralEntryId, { ProviderUid: '0102030405060708090a0b0c0d0e0f10', DisplayType: 1, MinimalId: 0x1234 }, '87 00 00 00 01 02 03 04 05 06 07 08 09 0a 0b 0c 0d 0e 0f 10 01 00 00 00 01 00 00 00 34 12 00 00'],
  [
    'a one-off recipient in the code page',
    oneOffEntryId,
    { Flags: oneOffFlag.Mime, DisplayName: 'Ü', AddressType: 'SMTP', EmailAddress: 'a@b' },
    `00 00 00 00 ${oneOff} 00 00 01 00 dc 00 53 4d 54 50 00 61 40 62 00`,
  ],
  [
    'a one-off recipient in Unicode',
    oneOffEntryId,
    { Flags: oneOffFlag.Unicode | oneOffFlag.DoNotLookUp, DisplayName: 'Ü', AddressType: 'SMTP', EmailAddress: 'a@b' },
    `00 00 00 00 ${oneOff} 00 00 00 90 dc 00 00 00 53 00 4d 00 54 00 50 00 00 00 61 00 40 00 62 00 00 00`,
  ],
]);

it.each([
  ['folder', 46, encode(folderEntryId, { ProviderUid: guid, FolderType: 1, DatabaseGuid: guid, GlobalCounter: 1n })],
  ['message', 70, encode(messageEntryId, { ProviderUid: guid, MessageType: 7, FolderDatabaseGuid: guid, FolderGlobalCounter: 1n, MessageDatabaseGuid: guid, MessageGlobalCounter: 1n })],
  ['entry of a session', 32, encode(ephemeralEntryId, { ProviderUid: '00'.repeat(16), DisplayType: 0, MinimalId: 16 })],
  ['ServerEid', 21, encode(serverEid, { FolderId: 1n, MessageId: 0n, Instance: 0 })],
])('a %s is named by %d bytes', (_what, size, { length }) => expect(length).toBe(size));

itIsRefused([
  ['a short-term id', folderEntryId, `01 00 00 00 ${guidWire} 01 00 ${guidWire} 00 00 00 00 01 02 00 00`, { code: 'invalid', path: '/Flags' }],
  ['an id of another provider', permanentEntryId, `00 00 00 00 ${oneOff} 01 00 00 00 00 01 00 00 2f 00`, { code: 'invalid', path: '/ProviderUid' }],
  ['MS-OXNSPI_R363: a permanent id where one of a session has to stand', ephemeralEntryId, `00 00 00 00 ${addressBook} 01 00 00 00 00 01 00 00 2f 00 00 00`, { code: 'invalid', path: '/Flags' }],
  ['MS-OXORULE_R982: an id that only the client knows', serverEid, '00 01 00 00 00 00 00 01 02 00 00 00 00 00 00 00 00 00 00 00 00', { code: 'invalid', path: '/Ours' }],
  ['bytes behind a folder', folderEntryId, `00 00 00 00 ${guidWire} 01 00 ${guidWire} 00 00 00 00 01 02 00 00 00`, { code: 'trailing' }],
]);
