import fc from 'fast-check';
import { bytesOf as bytes, caught, hexOf as hex } from '../../tests/wire-table.ts';
import { decodeRows, encodeRows } from './parts.ts';
import { decodeRopResponses, encodeRopResponse, encodeRopResponses, type AnyRopResponse, type LoneResponse, type RopResponse } from './rop-responses.ts';
import { loneResponses, rops, type RopName, type RopResponseValue } from './rops.ts';

const spaceless = (text: string): string => text.replaceAll(' ', '');
const size = (list: string): string => hex(Uint8Array.of((spaceless(list).length / 2 + 2) & 0xff, (spaceless(list).length / 2 + 2) >> 8));
const bufferOf = (list: string): Uint8Array => bytes(`${size(list)} ${list} 11000000`);

type Row = readonly [name: RopName, body: unknown, wire: string];
const row = <N extends RopName>(name: N, body: RopResponseValue<N>, wire: string): Row => [name, body, wire];

const id = 0x0807060504030201n;
const idHex = '0102030405060708';
const guid = '00112233-4455-6677-8899-aabbccddeeff';
const guidHex = '33221100554477668899aabbccddeeff';
const longId = { DatabaseGuid: guid, GlobalCounter: 0x0102_0304_0506n } as const;
const longIdHex = `${guidHex} 010203040506 0000`;
const clientData = bytes('a1'.repeat(24));
const clientDataHex = 'a1'.repeat(24);
const columns = [0x3001_001f, 0x0e08_0003] as const;
const tagsHex = '0200 1f000130 0300080e';
const values = [{ tag: 0x3001_001f, value: 'A' }, { tag: 0x0e08_0003, value: 7 }] as const;
const valuesHex = '0200 1f000130 4100 0000 0300080e 07000000';
const problems = [{ Index: 1, PropertyTag: 0x3001_001f, ErrorCode: 0x8007_0005 }] as const;
const problemsHex = '0100 0100 1f000130 05000780';
const exist = { kind: 'Exist', PropTag: 0x0e07_0003 } as const;
const existHex = '0500 08 0300070e';
const data = bytes('d1 d2');
const dataHex = '0200 d1 d2';
const rowHex = '00 4100 0000 07000000';
const oneRow = bytes(rowHex);
/** A message with a subject and one recipient. */
const opened = {
  HasNamedProperties: true, SubjectPrefix: 'RE: ', NormalizedSubject: 'S', RecipientCount: 1, RecipientColumns: columns,
  RecipientRows: [{ RecipientType: 1, CodePageId: 1252, RecipientRow: { RecipientFlags: 0x203, RecipientProperties: [{ value: 'A' }] } }],
} as const;
const openedHex = `01 03 52453a2000 03 5300 0100 ${tagsHex} 01 01 e404 0000 0900 0302 0100 00 4100 0000`;
const folderIds = Array.from({ length: 13 }, () => id);

/** What stands behind RopId, the index and a ReturnValue of 0. */
const responses: readonly Row[] = [
  row('RopLogon', {
    LogonFlags: 1, FolderIds: folderIds, ResponseFlags: 7, MailboxGuid: guid, ReplId: 1, ReplGuid: guid, LogonTime: { Seconds: 1, Minutes: 2, Hour: 3, DayOfWeek: 4, Day: 5, Month: 6, Year: 2026 }, GwartTime: 9n, StoreState: 0,
  }, `01 ${idHex.repeat(13)} 07 ${guidHex} 0100 ${guidHex} 01 02 03 04 05 06 ea07 0900000000000000 00000000`),
  row('RopLogon', { LogonFlags: 0, FolderIds: folderIds, ReplId: 1, ReplGuid: guid, PerUserGuid: guid }, `00 ${idHex.repeat(13)} 0100 ${guidHex} ${guidHex}`),
  row('RopGetReceiveFolder', { FolderId: id, ExplicitMessageClass: 'IPM' }, `${idHex} 49504d 00`),
  row('RopSetReceiveFolder', {}, ''),
  row('RopGetReceiveFolderTable', { Rows: [[{ value: 5n }, { value: 'A' }, { value: 9n }]] }, '01000000 00 0500000000000000 4100 0900000000000000'),
  row('RopGetStoreState', { StoreState: 1 }, '01000000'),
  row('RopGetOwningServers', { OwningServersCount: 2, CheapServersCount: 1, OwningServers: ['a', 'b'] }, '0200 0100 6100 6200'),
  row('RopPublicFolderIsGhosted', { IsGhosted: true, ServersCount: 1, CheapServersCount: 1, Servers: ['a'] }, '01 0100 0100 6100'),
  row('RopPublicFolderIsGhosted', { IsGhosted: false }, '00'),
  row('RopLongTermIdFromId', { LongTermId: longId }, longIdHex),
  row('RopIdFromLongTermId', { ObjectId: id }, idHex),
  row('RopGetPerUserLongTermIds', { LongTermIds: [longId] }, `0100 ${longIdHex}`),
  row('RopGetPerUserGuid', { DatabaseGuid: guid }, guidHex),
  row('RopReadPerUserInformation', { HasFinished: true, Data: data }, `01 ${dataHex}`),
  row('RopWritePerUserInformation', {}, ''),
  row('RopOpenFolder', { HasRules: true, IsGhosted: false }, '01 00'),
  row('RopOpenFolder', { HasRules: false, IsGhosted: true, ServerCount: 1, CheapServerCount: 0, Servers: ['a'] }, '00 01 0100 0000 6100'),
  row('RopCreateFolder', { FolderId: id, IsExistingFolder: false }, `${idHex} 00`),
  row('RopCreateFolder', { FolderId: id, IsExistingFolder: true, HasRules: false, IsGhosted: false }, `${idHex} 01 00 00`),
  row('RopDeleteFolder', { PartialCompletion: false }, '00'),
  row('RopSetSearchCriteria', {}, ''),
  row('RopMoveCopyMessages', { PartialCompletion: true }, '01'),
  row('RopMoveFolder', { PartialCompletion: false }, '00'),
  row('RopCopyFolder', { PartialCompletion: false }, '00'),
  row('RopEmptyFolder', { PartialCompletion: false }, '00'),
  row('RopHardDeleteMessagesAndSubfolders', { PartialCompletion: false }, '00'),
  row('RopDeleteMessages', { PartialCompletion: false }, '00'),
  row('RopHardDeleteMessages', { PartialCompletion: false }, '00'),
  row('RopGetHierarchyTable', { RowCount: 3 }, '03000000'),
  row('RopGetContentsTable', { RowCount: 3 }, '03000000'),
  row('RopSetColumns', { TableStatus: 0 }, '00'),
  row('RopSortTable', { TableStatus: 0 }, '00'),
  row('RopRestrict', { TableStatus: 0 }, '00'),
  row('RopQueryRows', { Origin: 2, RowCount: 2, RowData: bytes(`${rowHex} ${rowHex}`) }, `02 0200 ${rowHex} ${rowHex}`),
  row('RopQueryRows', { Origin: 2, RowCount: 0, RowData: bytes('') }, '02 0000'),
  row('RopAbort', { TableStatus: 0 }, '00'),
  row('RopGetStatus', { TableStatus: 9 }, '09'),
  row('RopQueryPosition', { Numerator: 1, Denominator: 5 }, '01000000 05000000'),
  row('RopSeekRow', { HasSoughtLess: true, RowsSought: -1 }, '01 ffffffff'),
  row('RopSeekRowBookmark', { RowNoLongerVisible: false, HasSoughtLess: true, RowsSought: 1 }, '00 01 01000000'),
  row('RopSeekRowFractional', {}, ''),
  row('RopCreateBookmark', { Bookmark: data }, dataHex),
  row('RopQueryColumnsAll', { PropertyTags: columns }, tagsHex),
  row('RopFindRow', { RowNoLongerVisible: false, HasRowData: true, RowData: oneRow }, `00 01 ${rowHex}`),
  row('RopFindRow', { RowNoLongerVisible: false, HasRowData: false, RowData: bytes('') }, '00 00'),
  row('RopFreeBookmark', {}, ''),
  row('RopResetTable', {}, ''),
  row('RopExpandRow', { ExpandedRowCount: 5, RowCount: 1, RowData: oneRow }, `05000000 0100 ${rowHex}`),
  row('RopCollapseRow', { CollapsedRowCount: 5 }, '05000000'),
  row('RopGetCollapseState', { CollapseState: data }, dataHex),
  row('RopSetCollapseState', { Bookmark: data }, dataHex),
  row('RopOpenMessage', opened, openedHex),
  row('RopOpenMessage', { ...opened, SubjectPrefix: null, NormalizedSubject: '', RecipientCount: 0, RecipientColumns: [], RecipientRows: [] }, '01 00 01 0000 0000 00'),
  row('RopReloadCachedInformation', opened, openedHex),
  row('RopOpenEmbeddedMessage', { MessageId: id, ...opened }, `00 ${idHex} ${openedHex}`),
  row('RopCreateMessage', { HasMessageId: false }, '00'),
  row('RopCreateMessage', { HasMessageId: true, MessageId: id }, `01 ${idHex}`),
  row('RopSaveChangesMessage', { InputHandleIndex: 5, MessageId: id }, `05 ${idHex}`),
  row('RopRemoveAllRecipients', {}, ''),
  row('RopModifyRecipients', {}, ''),
  row('RopSetMessageStatus', { MessageStatusFlags: 1 }, '01000000'),
  row('RopSetReadFlags', { PartialCompletion: false }, '00'),
  row('RopSetMessageReadFlag', { ReadStatusChanged: false }, '00'),
  row('RopSetMessageReadFlag', { ReadStatusChanged: true, LogonId: 1, ClientData: clientData }, `01 01 ${clientDataHex}`),
  row('RopOpenAttachment', {}, ''),
  row('RopCreateAttachment', { AttachmentID: 2 }, '02000000'),
  row('RopDeleteAttachment', {}, ''),
  row('RopSaveChangesAttachment', {}, ''),
  row('RopGetAttachmentTable', {}, ''),
  row('RopGetValidAttachments', { AttachmentIdArray: [1, 2] }, '02000000 01000000 02000000'),
  row('RopSubmitMessage', {}, ''),
  row('RopAbortSubmit', {}, ''),
  row('RopGetAddressTypes', { AddressTypeCount: 2, AddressTypes: ['EX', 'SMTP'] }, '0200 0800 455800 534d545000'),
  row('RopSetSpooler', {}, ''),
  row('RopSpoolerLockMessage', {}, ''),
  row('RopTransportSend', { NoPropertiesReturned: false, PropertyValues: values }, `00 ${valuesHex}`),
  row('RopTransportSend', { NoPropertiesReturned: true }, '01'),
  row('RopTransportNewMail', {}, ''),
  row('RopGetTransportFolder', { FolderId: id }, idHex),
  row('RopOptionsData', { OptionsInfo: bytes(''), HelpFile: bytes('') }, '00 0000 0000'),
  row('RopOptionsData', { OptionsInfo: data, HelpFile: data, HelpFileName: 'H' }, `00 ${dataHex} ${dataHex} 4800`),
  row('RopGetPropertyIdsFromNames', { PropertyIds: [0x8001] }, '0100 0180'),
  row('RopGetNamesFromPropertyIds', { PropertyNames: [{ kind: 'None', Guid: guid }, { kind: 'Name', Guid: guid, Name: 'A' }] }, `0200 ff ${guidHex} 01 ${guidHex} 04 4100 0000`),
  row('RopQueryNamedProperties', { PropertyIds: [0x8001, 0x8002], PropertyNames: [{ kind: 'Lid', Guid: guid, Lid: 1 }, { kind: 'Lid', Guid: guid, Lid: 2 }] }, `0200 0180 0280 00 ${guidHex} 01000000 00 ${guidHex} 02000000`),
  row('RopGetPropertiesSpecific', { RowData: oneRow }, rowHex),
  row('RopGetPropertiesAll', { PropertyValues: values }, valuesHex),
  row('RopGetPropertiesList', { PropertyTags: columns }, tagsHex),
  row('RopSetProperties', { PropertyProblems: problems }, problemsHex),
  row('RopSetPropertiesNoReplicate', { PropertyProblems: [] }, '0000'),
  row('RopDeleteProperties', { PropertyProblems: problems }, problemsHex),
  row('RopDeletePropertiesNoReplicate', { PropertyProblems: problems }, problemsHex),
  row('RopCopyProperties', { PropertyProblems: problems }, problemsHex),
  row('RopCopyTo', { PropertyProblems: problems }, problemsHex),
  row('RopProgress', { CompletedTaskCount: 1, TotalTaskCount: 2 }, '01000000 02000000'),
  row('RopOpenStream', { StreamSize: 5 }, '05000000'),
  row('RopReadStream', { Data: data }, dataHex),
  row('RopWriteStream', { WrittenSize: 5 }, '0500'),
  row('RopWriteStreamExtended', { WrittenSize: 5 }, '05000000'),
  row('RopWriteAndCommitStream', { WrittenSize: 5 }, '0500'),
  row('RopCommitStream', {}, ''),
  row('RopGetStreamSize', { StreamSize: 5 }, '05000000'),
  row('RopSetStreamSize', {}, ''),
  row('RopSeekStream', { NewPosition: 5n }, '0500000000000000'),
  row('RopCopyToStream', { ReadByteCount: 5n, WrittenByteCount: 4n }, '0500000000000000 0400000000000000'),
  row('RopLockRegionStream', {}, ''),
  row('RopUnlockRegionStream', {}, ''),
  row('RopCloneStream', {}, ''),
  row('RopModifyPermissions', {}, ''),
  row('RopGetPermissionsTable', {}, ''),
  row('RopModifyRules', {}, ''),
  row('RopGetRulesTable', {}, ''),
  row('RopUpdateDeferredActionMessages', {}, ''),
  row('RopFastTransferDestinationConfigure', {}, ''),
  row('RopFastTransferDestinationPutBuffer', { TransferStatus: 3, InProgressCount: 1, TotalStepCount: 2, BufferUsedSize: 5 }, '0300 0100 0200 00 0500'),
  row('RopFastTransferDestinationPutBufferExtended', { TransferStatus: 3, InProgressCount: 1, TotalStepCount: 2, BufferUsedSize: 5 }, '0300 01000000 02000000 00 0500'),
  row('RopFastTransferSourceGetBuffer', { TransferStatus: 3, InProgressCount: 1, TotalStepCount: 2, TransferBuffer: data }, `0300 0100 0200 00 ${dataHex}`),
  row('RopFastTransferSourceCopyFolder', {}, ''),
  row('RopFastTransferSourceCopyMessages', {}, ''),
  row('RopFastTransferSourceCopyTo', {}, ''),
  row('RopFastTransferSourceCopyProperties', {}, ''),
  row('RopTellVersion', {}, ''),
  row('RopSynchronizationConfigure', {}, ''),
  row('RopSynchronizationImportMessageChange', { MessageId: id }, idHex),
  row('RopSynchronizationImportReadStateChanges', {}, ''),
  row('RopSynchronizationImportHierarchyChange', { FolderId: id }, idHex),
  row('RopSynchronizationImportDeletes', {}, ''),
  row('RopSynchronizationImportMessageMove', { MessageId: id }, idHex),
  row('RopSynchronizationOpenCollector', {}, ''),
  row('RopSynchronizationGetTransferState', {}, ''),
  row('RopSynchronizationUploadStateStreamBegin', {}, ''),
  row('RopSynchronizationUploadStateStreamContinue', {}, ''),
  row('RopSynchronizationUploadStateStreamEnd', {}, ''),
  row('RopSetLocalReplicaMidsetDeleted', {}, ''),
  row('RopGetLocalReplicaIds', { ReplGuid: guid, GlobalCount: 0x0102_0304_0506n }, `${guidHex} 010203040506`),
  row('RopRegisterNotification', {}, ''),
  row('RopGetSearchCriteria', { RestrictionData: exist, LogonId: 1, FolderIds: [id], SearchFlags: 1 }, `${existHex} 01 0100 ${idHex} 01000000`),
  row('RopReadRecipients', { RecipientRows: [{ RowId: 1, RecipientType: 1, CodePageId: 1252, RecipientRow: data }] }, `01 01000000 01 e404 0000 ${dataHex}`),
];

const options = { columnsOf: () => columns } as const;
const listOf = (name: RopName, wire: string, returnValue = '00000000'): string => `${hex(Uint8Array.of(rops[name].id))} 02 ${returnValue} ${wire}`;

it.each(responses)('%s', (name, body, wire) => {
  const one = { name, handleIndex: 2, returnValue: 0, body } as RopResponse;
  expect(hex(encodeRopResponses({ rops: [one], handles: [17] }))).toBe(hex(bufferOf(listOf(name, wire))));
  expect(decodeRopResponses(bufferOf(listOf(name, wire)), options)).toEqual({ rops: [{ id: rops[name].id, ...one }], handles: [17] });
});

it.each(responses)('%s, cut anywhere, is refused', (name, _body, wire) => {
  const list = spaceless(listOf(name, wire));
  for (let length = 2; length < list.length; length += 2) expect(caught(() => decodeRopResponses(bufferOf(list.slice(0, length)), options))).toMatchObject({ name: 'WireError', code: 'truncated' });
});

it('every response is tried', () => {
  const tried = new Set<string>([...responses.map(([name]) => name), 'RopRelease', 'RopGetMessageStatus']);
  expect(Object.keys(rops).filter((name) => !tried.has(name))).toEqual([]);
});

const failures: readonly (readonly [what: string, response: RopResponse, wire: string])[] = [
  ['a failure is a head', { name: 'RopOpenFolder', handleIndex: 2, returnValue: 0x8004_010f }, '02 02 0f010480'],
  ['another server', { name: 'RopLogon', handleIndex: 2, returnValue: 0x478, body: { LogonFlags: 1, ServerName: '/o=A' } }, 'fe 02 78040000 01 05 2f6f3d41 00'],
  ['a logon that fails otherwise', { name: 'RopLogon', handleIndex: 2, returnValue: 0x3f2 }, 'fe 02 f2030000'],
  ['messages that are not moved, with no destination', { name: 'RopMoveCopyMessages', handleIndex: 2, returnValue: 0x503, body: { DestHandleIndex: 4, PartialCompletion: false } }, '33 02 03050000 04000000 00'],
  ['messages that are not moved', { name: 'RopMoveCopyMessages', handleIndex: 2, returnValue: 0x8007_0005, body: { PartialCompletion: true } }, '33 02 05000780 01'],
  ['a folder that is not moved', { name: 'RopMoveFolder', handleIndex: 2, returnValue: 0x503, body: { DestHandleIndex: 4, PartialCompletion: false } }, '35 02 03050000 04000000 00'],
  ['a folder that is not copied', { name: 'RopCopyFolder', handleIndex: 2, returnValue: 0x8007_0005, body: { PartialCompletion: false } }, '36 02 05000780 00'],
  ['properties that are not copied, with no destination', { name: 'RopCopyTo', handleIndex: 2, returnValue: 0x503, body: { DestHandleIndex: 4 } }, '39 02 03050000 04000000'],
  ['properties that are not copied', { name: 'RopCopyProperties', handleIndex: 2, returnValue: 0x8007_0005, body: {} }, '67 02 05000780'],
  ['a stream that is not copied', { name: 'RopCopyToStream', handleIndex: 2, returnValue: 0x503, body: { DestHandleIndex: 4, ReadByteCount: 0n, WrittenByteCount: 0n } }, '3a 02 03050000 04000000 0000000000000000 0000000000000000'],
  ['ids of which some are not there', { name: 'RopGetPropertyIdsFromNames', handleIndex: 2, returnValue: 0x0004_0380, body: { PropertyIds: [0x8001, 0] } }, '56 02 80030400 0200 0180 0000'],
  ['messages that are not deleted', { name: 'RopDeleteMessages', handleIndex: 2, returnValue: 0x8007_0005, body: { PartialCompletion: true } }, '1e 02 05000780 01'],
  ['a stream that is not read', { name: 'RopReadStream', handleIndex: 2, returnValue: 0x4b9, body: { Data: bytes('') } }, '2c 02 b9040000 0000'],
  ['MS-OXCROPS_R3748: a server that is busy', {
    name: 'RopFastTransferSourceGetBuffer', handleIndex: 2, returnValue: 0x480, body: { TransferStatus: 0, InProgressCount: 0, TotalStepCount: 0, TransferBuffer: bytes(''), BackoffTime: 100 },
  }, '4e 02 80040000 0000 0000 0000 00 0000 64000000'],
];
it.each(failures)('%s', (_what, response, wire) => {
  expect(hex(encodeRopResponse(response))).toBe(spaceless(wire));
  expect(decodeRopResponses(bufferOf(wire)).rops).toEqual([{ id: rops[response.name].id, ...response }]);
});

it('RopGetMessageStatus is answered with the RopId of another', () => {
  expect(hex(encodeRopResponse({ name: 'RopGetMessageStatus', handleIndex: 2, returnValue: 0, body: { MessageStatusFlags: 1 } }))).toBe('20020000000001000000');
});

const notify = (NotificationData: LoneResponse<'RopNotify'>['body']['NotificationData']): LoneResponse => ({ name: 'RopNotify', body: { NotificationHandle: 17, LogonId: 1, NotificationData } });
const alone: readonly (readonly [what: string, response: LoneResponse, wire: string])[] = [
  ['pending', { name: 'RopPending', body: { SessionIndex: 3 } }, '6e 0300'],
  ['back off', { name: 'RopBackoff', body: { LogonId: 1, Duration: 100, BackoffRopData: [{ RopIdBackoff: 2, Duration: 50 }], AdditionalData: data } }, `f9 01 64000000 01 02 32000000 ${dataHex}`],
  ['buffer too small', { name: 'RopBufferTooSmall', body: { SizeNeeded: 0x2000, RequestBuffers: data } }, 'ff 0020 d1 d2'],
  ['new mail', notify({ NotificationFlags: 0x8002, FolderId: id, MessageId: 5n, MessageFlags: 1, UnicodeFlag: true, MessageClass: 'A' }), `2a 11000000 01 0280 ${idHex} 0500000000000000 01000000 01 4100 0000`],
  ['a message is created', notify({ NotificationFlags: 0x8004, FolderId: id, MessageId: 5n, Tags: [] }), `2a 11000000 01 0480 ${idHex} 0500000000000000 0000`],
  ['a folder is created', notify({ NotificationFlags: 0x4, FolderId: id, ParentFolderId: 5n, Tags: null }), `2a 11000000 01 0400 ${idHex} 0500000000000000 ffff`],
  ['a message is found by a search folder', notify({ NotificationFlags: 0xc004, FolderId: id, MessageId: 5n, ParentFolderId: 6n, Tags: columns }), `2a 11000000 01 04c0 ${idHex} 0500000000000000 0600000000000000 ${tagsHex}`],
  ['a message is deleted', notify({ NotificationFlags: 0x8008, FolderId: id, MessageId: 5n }), `2a 11000000 01 0880 ${idHex} 0500000000000000`],
  ['the counts of a folder change', notify({ NotificationFlags: 0x3010, FolderId: id, Tags: [], TotalMessageCount: 2, UnreadMessageCount: 1 }), `2a 11000000 01 1030 ${idHex} 0000 02000000 01000000`],
  ['a message is moved', notify({ NotificationFlags: 0x8020, FolderId: id, MessageId: 5n, OldFolderId: 6n, OldMessageId: 7n }), `2a 11000000 01 2080 ${idHex} 0500000000000000 0600000000000000 0700000000000000`],
  ['a folder is copied', notify({ NotificationFlags: 0x40, FolderId: id, ParentFolderId: 5n, OldFolderId: 6n, OldParentFolderId: 7n }), `2a 11000000 01 4000 ${idHex} 0500000000000000 0600000000000000 0700000000000000`],
  ['a search is done', notify({ NotificationFlags: 0x80, FolderId: id }), `2a 11000000 01 8000 ${idHex}`],
  ['a table changes', notify({ NotificationFlags: 0x100, TableEventType: 1 }), '2a 11000000 01 0001 0100'],
  ['a row of folders is added', notify({ NotificationFlags: 0x100, TableEventType: 3, TableRowFolderID: id, InsertAfterTableRowFolderID: 5n, TableRowData: data }), `2a 11000000 01 0001 0300 ${idHex} 0500000000000000 ${dataHex}`],
  ['a row of messages is deleted', notify({ NotificationFlags: 0x8100, TableEventType: 4, TableRowFolderID: id, TableRowMessageID: 5n, TableRowInstance: 0 }), `2a 11000000 01 0081 0400 ${idHex} 0500000000000000 00000000`],
  ['a row of messages is modified', notify({
    NotificationFlags: 0x8100, TableEventType: 5, TableRowFolderID: id, TableRowMessageID: 5n, TableRowInstance: 1, InsertAfterTableRowFolderID: id, InsertAfterTableRowID: 6n, InsertAfterTableRowInstance: 2, TableRowData: data,
  }), `2a 11000000 01 0081 0500 ${idHex} 0500000000000000 01000000 ${idHex} 0600000000000000 02000000 ${dataHex}`],
];
it.each(alone)('alone: %s', (_what, response, wire) => {
  expect(hex(encodeRopResponse(response))).toBe(spaceless(wire));
  expect(decodeRopResponses(bufferOf(wire)).rops).toEqual([{ id: loneResponses[response.name].id, ...response }]);
});
it.each(alone.filter(([, { name }]) => name !== 'RopBufferTooSmall'))('alone: %s, cut anywhere, is refused', (_what, _response, wire) => {
  const list = spaceless(wire);
  for (let length = 2; length < list.length; length += 2) expect(caught(() => decodeRopResponses(bufferOf(list.slice(0, length))))).toMatchObject({ name: 'WireError', code: 'truncated' });
});

it('rows end where their columns say, and the next response follows', () => {
  const list = `15 00 00000000 02 0100 ${rowHex} 07 01 00000000 ${rowHex} 17 00 00000000 00000000 01000000`;
  const { rops: found } = decodeRopResponses(bufferOf(list), { columnsOf: ({ name, handleIndex, index }) => (name === 'RopQueryRows' && handleIndex === 0 && index === 0) || index === 1 ? columns : undefined });
  expect(found).toMatchObject([{ name: 'RopQueryRows', body: { RowData: oneRow } }, { name: 'RopGetPropertiesSpecific', body: { RowData: oneRow } }, { name: 'RopQueryPosition' }]);
});
it('rows are all that is left where nothing says their columns', () => {
  expect(decodeRopResponses(bufferOf(`15 00 00000000 02 0100 ${rowHex}`)).rops).toMatchObject([{ body: { RowCount: 1, RowData: oneRow } }]);
});
it('rows are read by their columns, and written', () => {
  const rows = [[{ value: 'A' }, { value: 7 }], [{ error: 0x8004_010f }, { value: 8 }]] as const;
  const wire = `${rowHex} 01 0a 0f010480 00 08000000`;
  expect(hex(encodeRows(rows, columns))).toBe(spaceless(wire));
  expect(decodeRows(bytes(wire), columns)).toEqual(rows);
});

it.each<[string, string, object]>([
  ['a RopId that no response has', '28 00 00000000', { code: 'invalid', offset: 2, path: '/0' }],
  ['a response to what has none', '01 00 00000000', { code: 'invalid' }],
  ['more rows than there are bytes', '15 00 00000000 02 ffff 00', { code: 'truncated', path: '/0/RopQueryRows/RowData' }],
  ['more servers than there are bytes', '42 00 00000000 ffff 0000 6100', { code: 'truncated' }],
])('%s is refused', (_what, list, error) => expect(caught(() => decodeRopResponses(bufferOf(list), options))).toMatchObject({ name: 'WireError', ...error }));

it.each<[string, AnyRopResponse]>([
  ['an answer to RopRelease', { name: 'RopRelease', handleIndex: 0, returnValue: 0, body: {} }],
  ['members behind a failure that has none', { name: 'RopOpenFolder', handleIndex: 0, returnValue: 5, body: { HasRules: false, IsGhosted: false } }],
  ['a success without its members', { name: 'RopOpenFolder', handleIndex: 0, returnValue: 0 }],
])('%s is not written', (_what, response) => expect(caught(() => encodeRopResponses({ rops: [response], handles: [] }))).toMatchObject({ name: 'WireEncodeError' }));

it('any bytes give responses or a WireError', () => {
  const heads = fc.oneof(fc.constantFrom(...responses).map(([name]) => Uint8Array.of(rops[name].id, 0, 0, 0, 0, 0)), fc.constantFrom(...Object.values(loneResponses)).map(({ id: own }) => Uint8Array.of(own)), fc.uint8Array({ maxLength: 8 }));
  fc.assert(fc.property(heads, fc.uint8Array({ maxLength: 60 }), fc.boolean(), (head, tail, areColumnsKnown) => {
    const result = caught(() => decodeRopResponses(bufferOf(hex(Uint8Array.of(...head, ...tail))), areColumnsKnown ? options : {}));
    expect(result instanceof Error ? result.name : 'WireError').toBe('WireError');
  }), { numRuns: 2000 });
});
