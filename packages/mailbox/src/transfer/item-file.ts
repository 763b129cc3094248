import { MailboxError } from '../errors.ts';
import type { FolderId } from '../ids.ts';
import type { Item, ItemChanges, ItemDraft, Properties } from '../items/item.ts';
import { contentDump } from '../seed/dump/export-organization.ts';
import { draftOf } from '../seed/dump/dump-seed.ts';
import type { MailboxSession } from '../session/mailbox-session.ts';
import { checkedContent, corrupt } from './checked-content.ts';

/** `FXI` and the version of the format; docs/export-format.md. */
const MAGIC = 'FXI1';

/**
 * An item as bytes: everything but its id and its folder.
 *
 * @example
 * const bytes = await exportItem(item);
 * const copy = await importItem(session, folderId, bytes, { isAssociated: false });
 */
export async function exportItem(item: Item): Promise<Uint8Array> {
  return Buffer.from(MAGIC + JSON.stringify({ isRead: item.isRead, ...(await contentDump(item)) }, inOrder), 'utf8');
}

/** Properties by name: the order in a bag is the engine's own, and equal items are to give equal bytes. */
function inOrder(member: string, value: unknown): unknown {
  if (member !== 'properties' || value === undefined) return value;
  return Object.fromEntries(Object.entries(value as object).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** A new item of exported bytes. MailboxError DataCorrupt, and what the session refuses. */
export async function importItem(session: MailboxSession, folderId: FolderId, bytes: Uint8Array, { isAssociated }: { readonly isAssociated: boolean }): Promise<Item> {
  return session.createItem(folderId, { ...(await decode(session, bytes)), isAssociated }, { isRestored: true });
}

/** The item becomes what the bytes say, under the id that it has. */
export async function replaceItem(session: MailboxSession, item: Item, bytes: Uint8Array): Promise<Item> {
  const { itemClass, properties, isRead, recipients, attachments, body, mime } = await decode(session, bytes);
  const gone: Properties = Object.fromEntries([...item.bag.entries()].map(([name]) => [name, undefined]));
  const changes: ItemChanges = { itemClass, isRead, recipients, attachments, properties: { ...gone, ...properties }, body: body ?? 'none', mime: mime ?? 'none' };
  return session.updateItem(item.id, changes, { isRestored: true });
}

async function decode(session: MailboxSession, bytes: Uint8Array): Promise<ItemDraft> {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (text.toString('latin1', 0, MAGIC.length) !== MAGIC) throw corrupt('magic');
  const { isRead, ...content } = parsed(text.toString('utf8', MAGIC.length));
  if (typeof isRead !== 'boolean') throw corrupt('isRead');
  const checked = checkedContent(content);
  try {
    return await draftOf(checked, { isRead, isAssociated: false }, (kept) => session.keep(kept));
  } catch (error) {
    // A property of another type than its name says.
    if (error instanceof MailboxError && error.code === 'InvalidProperty') throw corrupt(error.subject ?? 'properties');
    throw error;
  }
}

function parsed(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Readonly<Record<string, unknown>>;
  } catch {
    // No JSON: refused below, like JSON that is no object.
  }
  throw corrupt('json');
}
