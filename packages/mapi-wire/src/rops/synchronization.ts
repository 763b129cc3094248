import { bool8, u16, u32, u64, u8 } from '../layout/numbers.ts';
import { blob, counted, sized, sizedOrNull, toTheEnd } from '../layout/sequences.ts';
import { struct } from '../layout/struct.ts';
import { guid } from '../layout/text.ts';
import { globalCounter, longTermId } from '../ids/object-id.ts';
import { restriction } from '../properties/restriction.ts';
import { propertyTags, propertyValues } from './parts.ts';
import { nothing, opening, rop } from './rop.ts';

/** [MS-OXCROPS] 2.2.13.3.1.1. */
const messageReadState = struct({ MessageId: blob(u16), MarkAsRead: bool8 });
/** [MS-OXCROPS] 2.2.13.12.1.1. */
const longTermIdRange = struct({ MinLongTermId: longTermId, MaxLongTermId: longTermId });

/** [MS-OXCROPS] 2.2.13. */
export const synchronizationRops = {
  RopSynchronizationConfigure: opening(0x70, {
    SynchronizationType: u8, SendOptions: u8, SynchronizationFlags: u16, RestrictionData: sizedOrNull(u16, restriction), SynchronizationExtraFlags: u32, PropertyTags: propertyTags,
  }, nothing),
  RopSynchronizationImportMessageChange: opening(0x72, { ImportFlag: u8, PropertyValues: propertyValues }, { MessageId: u64 }),
  RopSynchronizationImportReadStateChanges: rop(0x80, { MessageReadStates: sized(u16, toTheEnd(messageReadState)) }, nothing),
  RopSynchronizationImportHierarchyChange: rop(0x73, { HierarchyValues: propertyValues, PropertyValues: propertyValues }, { FolderId: u64 }),
  RopSynchronizationImportDeletes: rop(0x74, { ImportDeleteFlags: u8, PropertyValues: propertyValues }, nothing),
  RopSynchronizationImportMessageMove: rop(0x78, {
    SourceFolderId: blob(u32), SourceMessageId: blob(u32), PredecessorChangeList: blob(u32), DestinationMessageId: blob(u32), ChangeNumber: blob(u32),
  }, { MessageId: u64 }),
  RopSynchronizationOpenCollector: opening(0x7e, { IsContentsCollector: bool8 }, nothing),
  RopSynchronizationGetTransferState: opening(0x82, nothing, nothing),
  RopSynchronizationUploadStateStreamBegin: rop(0x75, { StateProperty: u32, TransferBufferSize: u32 }, nothing),
  RopSynchronizationUploadStateStreamContinue: rop(0x76, { StreamData: blob(u32) }, nothing),
  RopSynchronizationUploadStateStreamEnd: rop(0x77, nothing, nothing),
  RopSetLocalReplicaMidsetDeleted: rop(0x93, { LongTermIdRanges: sized(u16, counted(u32, longTermIdRange)) }, nothing),
  RopGetLocalReplicaIds: rop(0x7f, { IdCount: u32 }, { ReplGuid: guid, GlobalCount: globalCounter }),
} as const;
