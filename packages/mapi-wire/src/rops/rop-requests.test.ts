import fc from 'fast-check';
import { bytesOf as bytes, caught, hexOf as hex } from '../../tests/wire-table.ts';
import { decodeRops, encodeRops, type RopRequest } from './rop-requests.ts';
import { rops, type RopName, type RopRequestValue } from './rops.ts';

const spaceless = (text: string): string => text.replaceAll(' ', '');
const size = (list: string): string => hex(Uint8Array.of((spaceless(list).length / 2 + 2) & 0xff, (spaceless(list).length / 2 + 2) >> 8));
/** A buffer of one list, and one handle. */
const bufferOf = (list: string): Uint8Array => bytes(`${size(list)} ${list} 11000000`);

type Row = readonly [name: RopName, request: unknown, wire: string];
const row = <N extends RopName>(name: N, request: RopRequestValue<N>, wire: string): Row => [name, request, wire];

const id = 0x0807060504030201n;
const idHex = '0102030405060708';
const guid = '00112233-4455-6677-8899-aabbccddeeff';
const guidHex = '33221100554477668899aabbccddeeff';
const longId = { DatabaseGuid: guid, GlobalCounter: 0x0102_0304_0506n } as const;
const longIdHex = `${guidHex} 010203040506 0000`;
const clientData = bytes('a1'.repeat(24));
const clientDataHex = 'a1'.repeat(24);
const tags = [0x3001_001f, 0x0e08_0003] as const;
const tagsHex = '0200 1f000130 0300080e';
const values = [{ tag: 0x3001_001f, value: 'A' }, { tag: 0x0e08_0003, value: 7 }] as const;
const valuesHex = '0200 1f000130 4100 0000 0300080e 07000000';
const exist = { kind: 'Exist', PropTag: 0x0e07_0003 } as const;
const existHex = '0500 08 0300070e';
const data = bytes('d1 d2');
const dataHex = '0200 d1 d2';

/** What stands behind RopId, LogonId and the index. */
const requests: readonly Row[] = [
  row('RopLogon', { LogonFlags: 1, OpenFlags: 0x0100_000c, StoreState: 0, Essdn: '/o=A' }, '01 0c000001 00000000 0500 2f6f3d41 00'),
  row('RopLogon', { LogonFlags: 0, OpenFlags: 6, StoreState: 0, Essdn: '' }, '00 06000000 00000000 0000'),
  row('RopGetReceiveFolder', { MessageClass: 'IPM' }, '49504d 00'),
  row('RopSetReceiveFolder', { FolderId: id, MessageClass: '' }, `${idHex} 00`),
  row('RopGetReceiveFolderTable', {}, ''),
  row('RopGetStoreState', {}, ''),
  row('RopGetOwningServers', { FolderId: id }, idHex),
  row('RopPublicFolderIsGhosted', { FolderId: id }, idHex),
  row('RopLongTermIdFromId', { ObjectId: id }, idHex),
  row('RopIdFromLongTermId', { LongTermId: longId }, longIdHex),
  row('RopGetPerUserLongTermIds', { DatabaseGuid: guid }, guidHex),
  row('RopGetPerUserGuid', { LongTermId: longId }, longIdHex),
  row('RopReadPerUserInformation', { FolderId: longId, DataOffset: 5, MaxDataSize: 512 }, `${longIdHex} 00 05000000 0002`),
  row('RopWritePerUserInformation', { FolderId: longId, HasFinished: true, DataOffset: 0, Data: data, ReplGuid: guid }, `${longIdHex} 01 00000000 ${dataHex} ${guidHex}`),
  row('RopWritePerUserInformation', { FolderId: longId, HasFinished: true, DataOffset: 9, Data: data }, `${longIdHex} 01 09000000 ${dataHex}`),
  row('RopOpenFolder', { OutputHandleIndex: 3, FolderId: id, OpenModeFlags: 4 }, `03 ${idHex} 04`),
  row('RopCreateFolder', { OutputHandleIndex: 3, FolderType: 1, UseUnicodeStrings: true, OpenExisting: false, DisplayName: 'A', Comment: '' }, '03 01 01 00 00 4100 0000 0000'),
  row('RopCreateFolder', { OutputHandleIndex: 3, FolderType: 2, UseUnicodeStrings: false, OpenExisting: true, DisplayName: 'A', Comment: 'B' }, '03 02 00 01 00 4100 4200'),
  row('RopDeleteFolder', { DeleteFolderFlags: 5, FolderId: id }, `05 ${idHex}`),
  row('RopEmptyFolder', { WantAsynchronous: false, WantDeleteAssociated: true }, '00 01'),
  row('RopHardDeleteMessagesAndSubfolders', { WantAsynchronous: true, WantDeleteAssociated: false }, '01 00'),
  row('RopSetSearchCriteria', { RestrictionData: exist, FolderIds: [id], SearchFlags: 6 }, `${existHex} 0100 ${idHex} 06000000`),
  row('RopGetSearchCriteria', { UseUnicode: true, IncludeRestriction: true, IncludeFolders: false }, '01 01 00'),
  row('RopMoveCopyMessages', { DestHandleIndex: 4, MessageIds: [id], WantAsynchronous: false, WantCopy: true }, `04 0100 ${idHex} 00 01`),
  row('RopMoveFolder', { DestHandleIndex: 4, WantAsynchronous: false, UseUnicode: true, FolderId: id, NewFolderName: 'A' }, `04 00 01 ${idHex} 4100 0000`),
  row('RopCopyFolder', { DestHandleIndex: 4, WantAsynchronous: false, WantRecursive: true, UseUnicode: false, FolderId: id, NewFolderName: 'A' }, `04 00 01 00 ${idHex} 4100`),
  row('RopDeleteMessages', { WantAsynchronous: false, NotifyNonRead: true, MessageIds: [id, id] }, `00 01 0200 ${idHex} ${idHex}`),
  row('RopHardDeleteMessages', { WantAsynchronous: false, NotifyNonRead: false, MessageIds: [] }, '00 00 0000'),
  row('RopGetHierarchyTable', { OutputHandleIndex: 3, TableFlags: 4 }, '03 04'),
  row('RopGetContentsTable', { OutputHandleIndex: 3, TableFlags: 2 }, '03 02'),
  row('RopSetColumns', { SetColumnsFlags: 0, PropertyTags: tags }, `00 ${tagsHex}`),
  row('RopSortTable', { SortTableFlags: 0, SortOrderCount: 1, CategoryCount: 0, ExpandedCount: 0, SortOrders: [{ PropertyTag: 0x0e06_0040, Order: 1 }] }, '00 0100 0000 0000 4000060e 01'),
  row('RopRestrict', { RestrictFlags: 0, RestrictionData: exist }, `00 ${existHex}`),
  row('RopRestrict', { RestrictFlags: 0, RestrictionData: null }, '00 0000'),
  row('RopFindRow', { FindRowFlags: 0, RestrictionData: exist, Origin: 1, Bookmark: bytes('') }, `00 ${existHex} 01 0000`),
  row('RopQueryRows', { QueryRowsFlags: 0, ForwardRead: true, RowCount: 50 }, '00 01 3200'),
  row('RopAbort', {}, ''),
  row('RopGetStatus', {}, ''),
  row('RopQueryPosition', {}, ''),
  row('RopSeekRow', { Origin: 1, RowCount: -2, WantRowMovedCount: true }, '01 feffffff 01'),
  row('RopSeekRowBookmark', { Bookmark: data, RowCount: 2, WantRowMovedCount: false }, `${dataHex} 02000000 00`),
  row('RopSeekRowFractional', { Numerator: 1, Denominator: 3 }, '01000000 03000000'),
  row('RopCreateBookmark', {}, ''),
  row('RopFreeBookmark', { Bookmark: data }, dataHex),
  row('RopQueryColumnsAll', {}, ''),
  row('RopResetTable', {}, ''),
  row('RopExpandRow', { MaxRowCount: 20, CategoryId: id }, `1400 ${idHex}`),
  row('RopCollapseRow', { CategoryId: id }, idHex),
  row('RopGetCollapseState', { RowId: id, RowInstanceNumber: 1 }, `${idHex} 01000000`),
  row('RopSetCollapseState', { CollapseState: data }, dataHex),
  row('RopOpenMessage', { OutputHandleIndex: 3, CodePageId: 0xfff, FolderId: id, OpenModeFlags: 3, MessageId: id }, `03 ff0f ${idHex} 03 ${idHex}`),
  row('RopReloadCachedInformation', {}, '0000'),
  row('RopOpenEmbeddedMessage', { OutputHandleIndex: 3, CodePageId: 1252, OpenModeFlags: 2 }, '03 e404 02'),
  row('RopCreateMessage', { OutputHandleIndex: 3, CodePageId: 0xfff, FolderId: id, AssociatedFlag: false }, `03 ff0f ${idHex} 00`),
  row('RopSaveChangesMessage', { InputHandleIndex: 5, SaveFlags: 2 }, '05 02'),
  row('RopRemoveAllRecipients', {}, '00000000'),
  row('RopModifyRecipients', { RecipientColumns: tags, RecipientRows: [
    { RowId: 0, RecipientType: 1, RecipientRow: { RecipientFlags: 0x21b, EmailAddress: 'a', DisplayName: 'A', RecipientProperties: [{ value: 'A' }, { value: 7 }] } },
    { RowId: 1, RecipientType: 2, RecipientRow: null },
  ] }, `${tagsHex} 0200 00000000 01 1500 1b02 6100 0000 4100 0000 0200 00 4100 0000 07000000 01000000 02 0000`),
  row('RopReadRecipients', { RowId: 1 }, '01000000 0000'),
  row('RopSetMessageStatus', { MessageId: id, MessageStatusFlags: 1, MessageStatusMask: 3 }, `${idHex} 01000000 03000000`),
  row('RopGetMessageStatus', { MessageId: id }, idHex),
  row('RopSetReadFlags', { WantAsynchronous: false, ReadFlags: 4, MessageIds: [id] }, `00 04 0100 ${idHex}`),
  row('RopSetMessageReadFlag', { InputHandleIndex: 5, ReadFlags: 1 }, '05 01'),
  row('RopOpenAttachment', { OutputHandleIndex: 3, OpenAttachmentFlags: 1, AttachmentID: 2 }, '03 01 02000000'),
  row('RopCreateAttachment', { OutputHandleIndex: 3 }, '03'),
  row('RopDeleteAttachment', { AttachmentID: 2 }, '02000000'),
  row('RopSaveChangesAttachment', { InputHandleIndex: 5, SaveFlags: 1 }, '05 01'),
  row('RopGetAttachmentTable', { OutputHandleIndex: 3, TableFlags: 0x40 }, '03 40'),
  row('RopGetValidAttachments', {}, ''),
  row('RopSubmitMessage', { SubmitFlags: 2 }, '02'),
  row('RopAbortSubmit', { FolderId: id, MessageId: id }, `${idHex} ${idHex}`),
  row('RopGetAddressTypes', {}, ''),
  row('RopSetSpooler', {}, ''),
  row('RopSpoolerLockMessage', { MessageId: id, LockState: 1 }, `${idHex} 01`),
  row('RopTransportSend', {}, ''),
  row('RopTransportNewMail', { MessageId: id, FolderId: id, MessageClass: 'A', MessageFlags: 1 }, `${idHex} ${idHex} 4100 01000000`),
  row('RopGetTransportFolder', {}, ''),
  row('RopOptionsData', { AddressType: 'EX', WantWin32: true }, '455800 01'),
  row('RopGetPropertyIdsFromNames', { Flags: 2, PropertyNames: [{ kind: 'Lid', Guid: guid, Lid: 0x8501 }, { kind: 'Name', Guid: guid, Name: 'A' }] }, `02 0200 00 ${guidHex} 01850000 01 ${guidHex} 04 4100 0000`),
  row('RopGetNamesFromPropertyIds', { PropertyIds: [0x8001, 0x8002] }, '0200 0180 0280'),
  row('RopQueryNamedProperties', { QueryFlags: 1, HasGuid: true, PropertyGuid: guid }, `01 01 ${guidHex}`),
  row('RopQueryNamedProperties', { QueryFlags: 1, HasGuid: false }, '01 00'),
  row('RopGetPropertiesSpecific', { PropertySizeLimit: 0, WantUnicode: 1, PropertyTags: tags }, `0000 0100 ${tagsHex}`),
  row('RopGetPropertiesAll', { PropertySizeLimit: 4096, WantUnicode: 1 }, '0010 0100'),
  row('RopGetPropertiesList', {}, ''),
  row('RopSetProperties', { PropertyValues: values }, `1200 ${valuesHex}`),
  row('RopSetPropertiesNoReplicate', { PropertyValues: [] }, '0200 0000'),
  row('RopDeleteProperties', { PropertyTags: tags }, tagsHex),
  row('RopDeletePropertiesNoReplicate', { PropertyTags: tags }, tagsHex),
  row('RopCopyProperties', { DestHandleIndex: 4, WantAsynchronous: false, CopyFlags: 1, PropertyTags: tags }, `04 00 01 ${tagsHex}`),
  row('RopCopyTo', { DestHandleIndex: 4, WantAsynchronous: false, WantSubObjects: true, CopyFlags: 0, ExcludedTags: tags }, `04 00 01 00 ${tagsHex}`),
  row('RopProgress', { WantCancel: true }, '01'),
  row('RopOpenStream', { OutputHandleIndex: 3, PropertyTag: 0x1000_001f, OpenModeFlags: 1 }, '03 1f000010 01'),
  row('RopReadStream', { ByteCount: 0x1000 }, '0010'),
  row('RopReadStream', { ByteCount: 0xbabe, MaximumByteCount: 0x2_0000 }, 'beba 00000200'),
  row('RopWriteStream', { Data: data }, dataHex),
  row('RopWriteStreamExtended', { Data: data }, dataHex),
  row('RopWriteAndCommitStream', { Data: data }, dataHex),
  row('RopCommitStream', {}, ''),
  row('RopGetStreamSize', {}, ''),
  row('RopSetStreamSize', { StreamSize: 5n }, '0500000000000000'),
  row('RopSeekStream', { Origin: 2, Offset: -1n }, '02 ffffffffffffffff'),
  row('RopCopyToStream', { DestHandleIndex: 4, ByteCount: 5n }, '04 0500000000000000'),
  row('RopLockRegionStream', { RegionOffset: 1n, RegionSize: 2n, LockFlags: 1 }, '0100000000000000 0200000000000000 01000000'),
  row('RopUnlockRegionStream', { RegionOffset: 1n, RegionSize: 2n, LockFlags: 1 }, '0100000000000000 0200000000000000 01000000'),
  row('RopCloneStream', { OutputHandleIndex: 3 }, '03'),
  row('RopModifyPermissions', { ModifyFlags: 0, PermissionsData: [{ PermissionDataFlags: 2, PropertyValues: [{ tag: 0x6671_0014, value: -1n }] }] }, '00 0100 02 0100 14007166 ffffffffffffffff'),
  row('RopGetPermissionsTable', { OutputHandleIndex: 3, TableFlags: 2 }, '03 02'),
  row('RopModifyRules', { ModifyRulesFlags: 1, RulesData: [{ RuleDataFlags: 1, PropertyValues: [{ tag: 0x6682_001f, value: 'R' }] }] }, '01 0100 01 0100 1f008266 5200 0000'),
  row('RopGetRulesTable', { OutputHandleIndex: 3, TableFlags: 0x40 }, '03 40'),
  row('RopUpdateDeferredActionMessages', { ServerEntryId: data, ClientEntryId: bytes('') }, `${dataHex} 0000`),
  row('RopFastTransferDestinationConfigure', { OutputHandleIndex: 3, SourceOperation: 1, CopyFlags: 0 }, '03 01 00'),
  row('RopFastTransferDestinationPutBuffer', { TransferData: data }, dataHex),
  row('RopFastTransferDestinationPutBufferExtended', { TransferData: data }, dataHex),
  row('RopFastTransferSourceGetBuffer', { BufferSize: 0x1000 }, '0010'),
  row('RopFastTransferSourceGetBuffer', { BufferSize: 0xbabe, MaximumBufferSize: 0x7bc0 }, 'beba c07b'),
  row('RopFastTransferSourceCopyFolder', { OutputHandleIndex: 3, CopyFlags: 0x10, SendOptions: 1 }, '03 10 01'),
  row('RopFastTransferSourceCopyMessages', { OutputHandleIndex: 3, MessageIds: [id], CopyFlags: 0, SendOptions: 1 }, `03 0100 ${idHex} 00 01`),
  row('RopFastTransferSourceCopyTo', { OutputHandleIndex: 3, Level: 0, CopyFlags: 0x2000, SendOptions: 9, PropertyTags: tags }, `03 00 00200000 09 ${tagsHex}`),
  row('RopFastTransferSourceCopyProperties', { OutputHandleIndex: 3, Level: 1, CopyFlags: 0, SendOptions: 9, PropertyTags: tags }, `03 01 00 09 ${tagsHex}`),
  row('RopTellVersion', { Version: [15, 0, 1] }, '0f00 0000 0100'),
  row('RopSynchronizationConfigure', {
    OutputHandleIndex: 3, SynchronizationType: 1, SendOptions: 1, SynchronizationFlags: 0x31, RestrictionData: null, SynchronizationExtraFlags: 1, PropertyTags: tags,
  }, `03 01 01 3100 0000 01000000 ${tagsHex}`),
  row('RopSynchronizationImportMessageChange', { OutputHandleIndex: 3, ImportFlag: 0x10, PropertyValues: values }, `03 10 ${valuesHex}`),
  row('RopSynchronizationImportReadStateChanges', { MessageReadStates: [{ MessageId: data, MarkAsRead: true }] }, `0500 ${dataHex} 01`),
  row('RopSynchronizationImportHierarchyChange', { HierarchyValues: values, PropertyValues: [] }, `${valuesHex} 0000`),
  row('RopSynchronizationImportDeletes', { ImportDeleteFlags: 2, PropertyValues: [{ tag: 0x0000_1102, value: [data] }] }, `02 0100 02110000 01000000 ${dataHex}`),
  row('RopSynchronizationImportMessageMove', { SourceFolderId: data, SourceMessageId: data, PredecessorChangeList: bytes(''), DestinationMessageId: data, ChangeNumber: data }, '02000000 d1d2 02000000 d1d2 00000000 02000000 d1d2 02000000 d1d2'),
  row('RopSynchronizationOpenCollector', { OutputHandleIndex: 3, IsContentsCollector: true }, '03 01'),
  row('RopSynchronizationGetTransferState', { OutputHandleIndex: 3 }, '03'),
  row('RopSynchronizationUploadStateStreamBegin', { StateProperty: 0x4017_0003, TransferBufferSize: 2 }, '03001740 02000000'),
  row('RopSynchronizationUploadStateStreamContinue', { StreamData: data }, '02000000 d1d2'),
  row('RopSynchronizationUploadStateStreamEnd', {}, ''),
  row('RopSetLocalReplicaMidsetDeleted', { LongTermIdRanges: [{ MinLongTermId: longId, MaxLongTermId: longId }] }, `3400 01000000 ${longIdHex} ${longIdHex}`),
  row('RopGetLocalReplicaIds', { IdCount: 0x1_0000 }, '00000100'),
  row('RopRegisterNotification', { OutputHandleIndex: 3, NotificationTypes: 0x7c, WantWholeStore: true }, '03 7c00 01'),
  row('RopRegisterNotification', { OutputHandleIndex: 3, NotificationTypes: 0x402, Reserved: 0, WantWholeStore: false, FolderId: id, MessageId: 0n }, `03 0204 00 00 ${idHex} 0000000000000000`),
  row('RopRelease', {}, ''),
];

const listOf = (name: RopName, wire: string): string => `${hex(Uint8Array.of(rops[name].id))} 01 02 ${wire}`;

it.each(requests)('%s', (name, request, wire) => {
  const one = { name, logonId: 1, handleIndex: 2, request } as RopRequest;
  expect(hex(encodeRops({ rops: [one], handles: [17] }))).toBe(hex(bufferOf(listOf(name, wire))));
  expect(decodeRops(bufferOf(listOf(name, wire)))).toEqual({ rops: [{ id: rops[name].id, ...one }], handles: [17], list: bytes(listOf(name, wire)), starts: [0] });
});

it.each(requests)('%s, cut anywhere, is refused', (name, _request, wire) => {
  const list = spaceless(listOf(name, wire));
  for (let length = 2; length < list.length; length += 2) expect(caught(() => decodeRops(bufferOf(list.slice(0, length))))).toMatchObject({ name: 'WireError', code: 'truncated' });
});

it('every ROP is tried, and none has the id of another', () => {
  const tried = new Set(requests.map(([name]) => name));
  expect(Object.keys(rops).filter((name) => !tried.has(name as RopName))).toEqual([]);
  expect(new Set(Object.values(rops).map(({ id: own }) => own)).size).toBe(Object.keys(rops).length);
});

it('the ROPs of a list follow one another', () => {
  const list = `02 00 00 01 ${idHex} 00 07 00 01 0000 0100 ${tagsHex} 01 00 01`;
  expect(decodeRops(bytes(`${size(list)} ${list} 11000000 ffffffff`))).toMatchObject({ rops: [{ name: 'RopOpenFolder' }, { name: 'RopGetPropertiesSpecific', handleIndex: 1 }, { name: 'RopRelease' }], handles: [17, 0xffff_ffff] });
});

it.each([
  ['MS-OXCROPS_R2094: ClientData is there for a logon to public folders', true, { InputHandleIndex: 5, ReadFlags: 1, ClientData: clientData }, `11 01 02 05 01 ${clientDataHex}`],
  ['MS-OXCROPS_R2095: ClientData is not there for another', false, { InputHandleIndex: 5, ReadFlags: 1 }, '11 01 02 05 01'],
] as const)('%s', (_what, isPublic, request, list) => {
  const options = { isPublic: (logonId: number): boolean => logonId === 1 && isPublic };
  const one = { name: 'RopSetMessageReadFlag', logonId: 1, handleIndex: 2, request } as const;
  expect(hex(encodeRops({ rops: [one], handles: [17] }, options))).toBe(hex(bufferOf(list)));
  expect(decodeRops(bufferOf(list), options).rops).toEqual([{ id: 0x11, ...one }]);
});

it.each<[string, string, object]>([
  ['a reserved RopId', '28 00 00', { code: 'invalid', offset: 2, path: '/0' }],
  ['a RopId that only responses have', '2a 00 00', { code: 'invalid' }],
  ['a second one that is wrong', '01 00 00 ff', { code: 'invalid', offset: 5, path: '/1' }],
  ['more ids than there are bytes', '1e 00 00 00 00 ffff', { code: 'truncated', path: '/0/RopDeleteMessages/MessageIds' }],
  ['values of another size than is said', `0a 00 00 1300 ${valuesHex} 00`, { code: 'trailing', path: '/0/RopSetProperties/PropertyValues' }],
])('%s is refused', (_what, list, error) => expect(caught(() => decodeRops(bufferOf(list)))).toMatchObject({ name: 'WireError', ...error }));

it('any bytes give ROPs or a WireError', () => {
  const lists = fc.oneof(
    fc.uint8Array({ maxLength: 60 }),
    fc.tuple(fc.constantFrom(...requests), fc.uint8Array({ maxLength: 40 })).map(([[name], tail]) => Uint8Array.of(rops[name].id, 0, 0, ...tail)),
  );
  fc.assert(fc.property(lists, (list) => {
    const result = caught(() => decodeRops(bufferOf(hex(list))));
    expect(result instanceof Error ? result.name : 'WireError').toBe('WireError');
  }), { numRuns: 2000 });
  fc.assert(fc.property(fc.uint8Array({ maxLength: 60 }), (whole) => {
    const result = caught(() => decodeRops(whole));
    expect(result instanceof Error ? result.name : 'WireError').toBe('WireError');
  }));
});
