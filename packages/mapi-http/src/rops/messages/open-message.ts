import { MailboxError, type FolderId, type Item } from '@fauxchange/mailbox';
import { errorCode } from '@fauxchange/mapi-wire';
import { RopError } from '../../errors.ts';
import { Logon } from '../../logon/logon.ts';
import { openedMessage } from '../../mapping/opened-message.ts';
import { FolderObject } from '../../objects/folder-object.ts';
import { MessageObject } from '../../objects/message-object.ts';
import { defineRop } from '../../rop/define-rop.ts';
import { accessOf, codePageOf } from './open-mode.ts';

/** An item where a client says that it is. Deleted ones are in their own folders, under other ids: those that were theirs find nothing. @throws RopError ecNotFound */
export async function itemAt(logon: Logon, folderId: FolderId, MessageId: bigint): Promise<Item> {
  const [item] = await logon.session.items([logon.itemId(MessageId)]);
  if (item instanceof MailboxError) throw item;
  if (!item || (item.folderId !== folderId && !(await isFoundIn(logon, folderId, item)))) throw new RopError(errorCode.NotFound, 'The folder has no such message.');
  return item;
}

/** Search folders show what is elsewhere. */
async function isFoundIn({ session }: Logon, folderId: FolderId, { id }: Item): Promise<boolean> {
  const folder = await session.folder(folderId);
  if (folder.kind !== 'search') return false;
  const { total } = await session.query([folderId], { table: 'both', restriction: { kind: 'compare', property: 'PidTagInternetArticleNumber', operator: 'eq', value: id }, limit: 1 });
  return total > 0;
}

/** [MS-OXCMSG] 3.2.5.1. */
export const openMessage = defineRop('RopOpenMessage', [FolderObject, Logon], async ({ CodePageId, FolderId, OpenModeFlags, MessageId }, context) => {
  const { logon } = context;
  const codePage = codePageOf(CodePageId);
  const item = await itemAt(logon, logon.folderId(FolderId), MessageId);
  const rights = await logon.session.itemRights(item);
  const opens = MessageObject.ofItem(logon, item, { access: accessOf(OpenModeFlags, rights.modify), rights, codePage });
  return { opens, body: openedMessage(opens, context) };
});
