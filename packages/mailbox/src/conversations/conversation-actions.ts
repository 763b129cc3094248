import { binary, type Binary } from '@fauxchange/properties';
import { folderId, type FolderId } from '../ids.ts';
import type { Item, Properties } from '../items/item.ts';
import { folderEntryId } from '../items/store-entry-ids.ts';
import type { Mailbox } from '../mailbox.ts';
import { MailboxError } from '../errors.ts';
import type { MailboxSession } from '../session/mailbox-session.ts';

/** What is done with every message that comes into a conversation. */
export interface ConversationAction {
  readonly moveTo?: FolderId | undefined;
  readonly isDeleted?: boolean | undefined;
  readonly categories?: readonly string[] | undefined;
}

/** Hidden items of this class in their own folder, one a conversation, [MS-OXOCFG] 2.2.8. */
const ACTION_CLASS = 'IPM.ConversationAction';
const FOLDER_NAME = 'Conversation Action Settings';
const ENTRY_ID_BYTES = 46;

/** Remembers the action, or forgets it where there is nothing to do. */
export async function setConversationAction(session: MailboxSession, id: Binary, topic: string, action: ConversationAction): Promise<void> {
  const place = await actionsFolder(session);
  if (place === undefined) return;
  const before = await actionItem(session, place, id);
  const { moveTo, isDeleted, categories } = action;
  const properties: Properties = {
    PidTagSubject: topic, PidTagConversationTopic: topic, PidTagConversationId: id,
    PidNameKeywords: categories?.length ? categories : undefined,
    // No bytes at all stand for Deleted Items.
    PidLidConversationActionMoveFolderEid: isDeleted ? binary.from(new Uint8Array()) : moveTo === undefined ? undefined : folderEntryId(session.mailbox, moveTo),
    PidLidConversationActionLastAppliedTime: session.mailbox.clock.now(),
    PidLidConversationActionVersion: 1,
  };
  const isNothing = moveTo === undefined && !isDeleted && !categories?.length;
  if (before && isNothing) await session.removeItems([before.id], 'hard');
  else if (before) await session.updateItem(before.id, { properties });
  else if (!isNothing) await session.createItem(place, { itemClass: ACTION_CLASS, properties, recipients: [], attachments: [], isRead: true, isAssociated: true });
}

/** Does with a message that has just arrived what was asked for its conversation. */
export async function applyConversationAction(mailbox: Mailbox, item: Item): Promise<void> {
  const session = mailbox.openAsSystem();
  const id = item.bag.get('PidTagConversationId') as Binary | undefined;
  const place = await actionsFolder(session);
  const found = id === undefined || place === undefined ? undefined : await actionItem(session, place, id);
  if (!found) return;
  const categories = found.bag.get('PidNameKeywords') as readonly string[] | undefined;
  if (categories) await session.updateItem(item.id, { properties: { PidNameKeywords: categories } });
  const entry = found.bag.get('PidLidConversationActionMoveFolderEid') as Binary | undefined;
  if (entry === '') await session.removeItems([item.id], 'moveToDeletedItems');
  const target = entry === undefined || entry === '' ? undefined : folderOf(entry);
  if (target === undefined) return;
  try {
    await session.moveItems([item.id], { session, folderId: target });
  } catch (error) {
    // The folder is gone: the message stays where it arrived.
    if (!(error instanceof MailboxError)) throw error;
  }
}

async function actionsFolder(session: MailboxSession): Promise<FolderId | undefined> {
  const root = session.mailbox.wellKnown('msgfolderroot');
  return root === undefined ? undefined : (await session.folders(root, 'shallow')).find(({ displayName }) => displayName === FOLDER_NAME)?.id;
}

async function actionItem(session: MailboxSession, place: FolderId, id: Binary): Promise<Item | undefined> {
  if ((await session.folder(place)).associatedCount === 0) return undefined;
  const page = await session.query([place], { table: 'associated', limit: 1, restriction: { kind: 'compare', property: 'PidTagConversationId', operator: 'eq', value: id } });
  return page.items[0];
}

/** The folder of a long-term entry id of this mailbox, [MS-OXCDATA] 2.2.4.1. */
function folderOf(entry: Binary): FolderId | undefined {
  const bytes = Buffer.from(binary.toBytes(entry));
  return bytes.length === ENTRY_ID_BYTES ? folderId(bytes.readUIntBE(38, 6)) : undefined;
}
