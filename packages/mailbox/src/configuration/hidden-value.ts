import { binary, type Binary } from '@fauxchange/properties';
import { MailboxError } from '../errors.ts';
import type { FolderId } from '../ids.ts';
import type { Item } from '../items/item.ts';
import type { MailboxSession } from '../session/mailbox-session.ts';

/*
 * What a mailbox remembers of itself: hidden items of its root, as Exchange has them for some ([K] what is in them: JSON here).
 * Undone by restore, told in dumps.
 */

function root({ mailbox }: MailboxSession): FolderId {
  const id = mailbox.wellKnown(mailbox.isPublic ? 'publicroot' : 'root');
  if (id === undefined) throw new MailboxError('FolderNotFound', 'The mailbox has no root.', 'root');
  return id;
}

async function hidden(session: MailboxSession, itemClass: string): Promise<Item | undefined> {
  if ((await session.folder(root(session))).associatedCount === 0) return undefined;
  const page = await session.query([root(session)], { table: 'associated', limit: 1, restriction: { kind: 'compare', property: 'PidTagMessageClass', operator: 'eq', value: itemClass } });
  return page.items[0];
}

/** Undefined where nothing was written under the class. */
export async function hiddenValue(session: MailboxSession, itemClass: string): Promise<unknown> {
  const stored = (await hidden(session, itemClass))?.bag.get('PidTagRoamingBinary') as Binary | undefined;
  try {
    return stored === undefined ? undefined : JSON.parse(Buffer.from(stored, 'latin1').toString('utf8'));
  } catch {
    // Somebody else wrote there: as if nothing had been set.
    return undefined;
  }
}

export async function setHiddenValue(session: MailboxSession, itemClass: string, value: unknown): Promise<void> {
  const before = await hidden(session, itemClass);
  const properties = { PidTagRoamingBinary: binary.from(Buffer.from(JSON.stringify(value), 'utf8')) };
  if (before) await session.updateItem(before.id, { properties });
  else await session.createItem(root(session), { itemClass, properties, recipients: [], attachments: [], isRead: true, isAssociated: true });
}
