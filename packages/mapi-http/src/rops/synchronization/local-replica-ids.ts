import { errorCode, GlobSet, mostCounter } from '@fauxchange/mapi-wire';
import { RopError } from '../../errors.ts';
import { Logon } from '../../logon/logon.ts';
import { FolderObject } from '../../objects/folder-object.ts';
import { defineRop } from '../../rop/define-rop.ts';

/** Ids in one batch: clients are told to ask for 0x10000 at most ([MS-OXCFXICS] 3.3.5.8.12). */
const mostIds = 0x10_0000;

/** [MS-OXCFXICS] 3.2.5.9.4.7. */
export const getLocalReplicaIds = defineRop('RopGetLocalReplicaIds', [Logon], async ({ IdCount }, { object: { session, mailbox } }) => {
  if (IdCount === 0 || IdCount > mostIds) throw new RopError(errorCode.InvalidParameter, `From 1 to ${mostIds} ids are given at once.`);
  const first = await session.reserveIds(IdCount);
  return { body: { ReplGuid: mailbox.replicaGuid, GlobalCount: BigInt(first) } };
});

/** [MS-OXCFXICS] 3.2.5.9.4.8: ids that belong to no message of the folder. What they belong to in truth is not touched. */
export const setLocalReplicaMidsetDeleted = defineRop('RopSetLocalReplicaMidsetDeleted', [FolderObject], async ({ LongTermIdRanges }, { object, logon: { mailbox, localIds } }) => {
  await object.folder();
  const ranges = LongTermIdRanges.map(({ MinLongTermId, MaxLongTermId }) => {
    const [low, high] = [Number(MinLongTermId.GlobalCounter), Number(MaxLongTermId.GlobalCounter)];
    if (MinLongTermId.DatabaseGuid !== mailbox.replicaGuid || MaxLongTermId.DatabaseGuid !== mailbox.replicaGuid || low > high || high > mostCounter) throw new RopError(errorCode.InvalidParameter, 'A range is one of ids of this mailbox, the lower one first.');
    return { low, high };
  });
  localIds.addNeverUsed(object.id, GlobSet.ofRanges(ranges));
  return {};
});
