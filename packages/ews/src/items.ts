import { MailboxError, type Item, type ItemId, type MailboxSession } from '@fauxchange/mailbox';
import { encodeChangeKey } from './ids/change-key.ts';
import { kindOfClass, rowOfClass } from './mapping/item-kind.ts';
import type { ItemElement } from './mapping/item-shape.ts';
import { idOf } from './mapping/item-view.ts';

/** The one item, or its refusal thrown. */
export async function getItem(session: MailboxSession, id: ItemId): Promise<Item> {
  return oneOf(await session.items([id]));
}

/** The only result of a batch of one. */
export function oneOf<T>(results: readonly (T | MailboxError)[]): T {
  const [result] = results;
  if (result instanceof MailboxError) throw result;
  return result as T;
}

/** ItemId with the change key of now. */
export function itemIdElement(item: Item, session: MailboxSession): { Id: string; ChangeKey: string } {
  return { Id: idOf(item, session.mailbox), ChangeKey: encodeChangeKey(rowOfClass(item.itemClass).changeKey, session.mailbox, item.cn) };
}

/** An item of which only the id is told: the answer to what made, moved or changed it. */
export function idOnly(item: Item, session: MailboxSession): ItemElement {
  return [kindOfClass(item.itemClass), { ItemId: itemIdElement(item, session) }];
}
