import { itemId, MailboxError } from '@fauxchange/mailbox';
import { errorCode } from '@fauxchange/mapi-wire';
import { RopError } from '../../errors.ts';
import { CollectorObject } from '../../objects/collector-object.ts';
import { defineRop } from '../../rop/define-rop.ts';
import { contentOf, gidOf, ImportedVersion } from '../../synchronization/imported-version.ts';
import { checkKind } from './collector-kind.ts';

/** [MS-OXCFXICS] 3.2.5.9.4.4: the item is gone in the one folder and another one is in the other, under the id that the client gave it. */
export const importMessageMove = defineRop('RopSynchronizationImportMessageMove', [CollectorObject], async ({ SourceFolderId, SourceMessageId, PredecessorChangeList, DestinationMessageId, ChangeNumber }, { object, logon }) => {
  checkKind(object, 'contents');
  const { session, mailbox } = logon;
  const [folder, source, target] = [SourceFolderId, SourceMessageId, DestinationMessageId].map(gidOf) as [ReturnType<typeof gidOf>, ReturnType<typeof gidOf>, ReturnType<typeof gidOf>];
  if ([folder, source, target].some(({ DatabaseGuid }) => DatabaseGuid !== mailbox.replicaGuid)) throw new RopError(errorCode.InvalidParameter, 'Messages move within one mailbox.');
  const version = new ImportedVersion(DestinationMessageId, 0, ChangeNumber, PredecessorChangeList);
  object.start();
  const [item] = await session.items([itemId(Number(source.GlobalCounter))]);
  if (!item || item instanceof MailboxError || item.folderId !== Number(folder.GlobalCounter)) throw new RopError(errorCode.SyncObjectDeleted, 'The message is not there any more.');
  const id = itemId(Number(target.GlobalCounter));
  if (!(await session.isFree(id))) throw new RopError(errorCode.InvalidParameter, 'The id of the message there was not given to the client, or something has it.');
  // What the client has changed besides it uploads by itself: the version there is one of the server then.
  const isNewerAtClient = version.hasMoreThan(mailbox, contentOf(item));
  const { PidTagChangeKey } = version.properties();
  const isOlder = version.relationTo(mailbox, contentOf(item)) === 'known';
  const changes = isNewerAtClient || isOlder ? undefined : { properties: { PidTagChangeKey, ...version.mergedList(mailbox, contentOf(item)) } };
  const [moved] = await session.moveItems([item.id], { session, folderId: object.folderId }, { as: [{ id, changes }] });
  if (!moved || moved instanceof MailboxError) throw moved ?? new RopError(errorCode.SyncObjectDeleted, 'The message is not there any more.');
  object.imported(moved);
  return isNewerAtClient ? { returnValue: errorCode.SyncClientChangeNewer } : { body: { MessageId: 0n } };
});
