import type { Binary } from '@fauxchange/properties';
import type { FolderId } from '../ids.ts';
import type { Item } from '../items/item.ts';
import type { Restriction } from '../search/restriction.ts';
import type { MailboxSession } from '../session/mailbox-session.ts';

/** Messages with one PidTagConversationId, newest first. */
export interface Conversation {
  readonly id: Binary;
  readonly items: readonly Item[];
}

const everything = Number.MAX_SAFE_INTEGER;
const idOf = (item: Item): Binary | undefined => item.bag.get('PidTagConversationId') as Binary | undefined;

/** The conversations of a folder, the one with the newest message first; `restriction`: with a message that it holds for. */
export async function conversationsIn(session: MailboxSession, folderId: FolderId, restriction?: Restriction): Promise<readonly Conversation[]> {
  const inFolder = await session.query([folderId], { restriction: { kind: 'exists', property: 'PidTagConversationId' }, limit: everything });
  const all = grouped(inFolder.items);
  if (!restriction) return all;
  const found = await session.query([folderId], { restriction, limit: everything });
  const wanted = new Set(found.items.map(idOf));
  return all.filter(({ id }) => wanted.has(id));
}

function grouped(items: readonly Item[]): readonly Conversation[] {
  const byId = new Map<Binary, Item[]>();
  for (const item of items) {
    const id = idOf(item);
    if (id === undefined) continue;
    const known = byId.get(id);
    if (known) known.push(item);
    else byId.set(id, [item]);
  }
  return [...byId].map(([id, found]) => ({ id, items: found }));
}

/** Of each conversation all that the accessor may read in the visible folders of the mailbox, or of its archive. */
export async function wholeConversations(session: MailboxSession, ids: readonly Binary[], { inArchive = false, ignored = [] }: { readonly inArchive?: boolean | undefined; readonly ignored?: readonly FolderId[] | undefined } = {}): Promise<ReadonlyMap<Binary, readonly Item[]>> {
  const root = session.mailbox.wellKnown(inArchive ? 'archivemsgfolderroot' : 'msgfolderroot');
  if (root === undefined || ids.length === 0) return new Map();
  // The root itself may be hidden from who may read folders below it.
  const folders = (await session.mailbox.openAsSystem().folders(root, 'deep')).filter((folder) => folder.kind !== 'search' && !ignored.includes(folder.id) && session.folderRights(folder).read);
  const restriction: Restriction = { kind: 'or', restrictions: ids.map((value) => ({ kind: 'compare', property: 'PidTagConversationId', operator: 'eq', value })) };
  const { items } = await session.query(folders.map(({ id }) => id), { restriction, limit: everything });
  return new Map(grouped(items).map(({ id, items: found }) => [id, found]));
}
