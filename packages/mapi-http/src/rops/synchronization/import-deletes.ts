import { folderId, itemId, MailboxError, type Item, type MailboxSession } from '@fauxchange/mailbox';
import { errorCode, GlobSet } from '@fauxchange/mapi-wire';
import { RopError } from '../../errors.ts';
import type { Logon } from '../../logon/logon.ts';
import { CollectorObject } from '../../objects/collector-object.ts';
import { defineRop } from '../../rop/define-rop.ts';
import { fixedValues, gidOf } from '../../synchronization/imported-version.ts';
import { checkKind } from './collector-kind.ts';

/** ImportDeleteFlags, [MS-OXCFXICS] 2.2.3.2.4.5.1. */
const deleteFlag = { Hierarchy: 0x1, HardDelete: 0x2 } as const;
const knownFlags = deleteFlag.Hierarchy | deleteFlag.HardDelete;
/** PtypMultipleBinary, and no id. */
const sourceKeysTag = 0x0000_1102;

/** [MS-OXCFXICS] 3.2.5.9.4.5: what is gone already is passed over; what cannot be deleted keeps the rest from it. */
export const importDeletes = defineRop('RopSynchronizationImportDeletes', [CollectorObject], async ({ ImportDeleteFlags, PropertyValues }, { object, logon }) => {
  if ((ImportDeleteFlags & ~knownFlags) !== 0) throw new RopError(errorCode.InvalidParameter, `ImportDeleteFlags 0x${ImportDeleteFlags.toString(16)} has unknown bits.`);
  const isOfFolders = (ImportDeleteFlags & deleteFlag.Hierarchy) !== 0;
  checkKind(object, isOfFolders ? 'hierarchy' : 'contents');
  const [keys] = fixedValues(PropertyValues, [sourceKeysTag]);
  const ids = (keys as readonly Uint8Array[]).map((key) => counterOf(logon, key));
  object.start();
  const disposal = (ImportDeleteFlags & deleteFlag.HardDelete) === 0 ? 'soft' : 'hard';
  if (isOfFolders) await deleteFolders(logon, ids, disposal);
  else await deleteMessages(object, ids, disposal);
  return {};
});

function counterOf({ mailbox }: Logon, key: Uint8Array): number {
  const { DatabaseGuid, GlobalCounter } = gidOf(key);
  if (DatabaseGuid !== mailbox.replicaGuid) throw new RopError(errorCode.InvalidParameter, 'The object is one of another store.');
  return Number(GlobalCounter);
}

const isItem = (item: Item | MailboxError): item is Item => !(item instanceof MailboxError);

async function deleteMessages({ logon: { session, localIds }, folderId: id }: CollectorObject, ids: readonly number[], disposal: 'soft' | 'hard'): Promise<void> {
  const there = (await session.items(ids.map(itemId))).filter(isItem).filter(({ folderId: own }) => own === id);
  for (const item of there) if (!(await session.itemRights(item)).delete) throw new RopError(errorCode.AccessDenied, 'The caller may not delete one of the messages.');
  await remember(session, ids, (unused) => localIds.addNeverUsed(id, unused));
  await session.removeItems(there.map((item) => item.id), disposal);
}

async function deleteFolders({ session, localIds }: Logon, ids: readonly number[], disposal: 'soft' | 'hard'): Promise<void> {
  const there = (await Promise.all(ids.map((id) => session.folder(folderId(id)).catch(orNothing)))).filter((folder) => folder !== undefined);
  for (const folder of there) if (folder.wellKnown !== undefined || folder.kind === 'root' || !session.folderRights(folder).delete) throw new RopError(errorCode.AccessDenied, 'The caller may not delete one of the folders.');
  await remember(session, ids, (unused) => localIds.addDeletedFolders(unused));
  // One may have been below another one.
  for (const { id } of there) if (await session.folder(id).catch(orNothing)) await session.removeFolder(id, disposal);
}

/** What never was here is not to come later: [MS-OXCFXICS] 3.2.5.9.4.5. */
async function remember(session: MailboxSession, ids: readonly number[], add: (unused: GlobSet) => void): Promise<void> {
  const free = await Promise.all(ids.map((id) => session.isFree(id)));
  const unused = ids.filter((_id, at) => free[at]);
  if (unused.length > 0) add(GlobSet.of(unused));
}

function orNothing(thrown: unknown): undefined {
  if (thrown instanceof MailboxError) return undefined;
  throw thrown;
}
