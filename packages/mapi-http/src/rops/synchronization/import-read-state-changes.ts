import { itemId, MailboxError, type Item } from '@fauxchange/mailbox';
import { errorCode } from '@fauxchange/mapi-wire';
import { RopError } from '../../errors.ts';
import { CollectorObject } from '../../objects/collector-object.ts';
import { defineRop } from '../../rop/define-rop.ts';
import { gidOf } from '../../synchronization/imported-version.ts';
import { checkKind } from './collector-kind.ts';

/** [MS-OXCFXICS] 3.2.5.9.4.6: what is associated has no read state, and what is gone none any more. */
export const importReadStateChanges = defineRop('RopSynchronizationImportReadStateChanges', [CollectorObject], async ({ MessageReadStates }, { object, logon: { session, mailbox } }) => {
  checkKind(object, 'contents');
  const wanted = new Map(MessageReadStates.map(({ MessageId, MarkAsRead }) => [gidOf(MessageId), MarkAsRead] as const).filter(([{ DatabaseGuid }]) => DatabaseGuid === mailbox.replicaGuid).map(([{ GlobalCounter }, isRead]) => [itemId(Number(GlobalCounter)), isRead]));
  object.start();
  const items = (await session.items([...wanted.keys()])).filter((item): item is Item => !(item instanceof MailboxError) && !item.isAssociated && item.folderId === object.folderId);
  const changed = items.filter(({ id, isRead }) => isRead !== wanted.get(id));
  for (const item of changed) if (!(await session.itemRights(item)).modify) throw new RopError(errorCode.AccessDenied, 'The caller may not change one of the messages.');
  for (const { id } of changed) object.importedReadFlag(await session.updateItem(id, { isRead: wanted.get(id) }));
  return {};
});
