import type { Folder } from '../folders/folder.ts';
import { itemId, type FolderId } from '../ids.ts';
import type { Attachment, EmbeddedItem, Item, ItemBody, ItemChanges, ItemContent, ItemDraft, StoredBytes } from '../items/item.ts';
import { copiedProperties } from '../items/version.ts';
import { rightsIn, viewsPrivate } from '../permissions/check.ts';
import { rights } from '../permissions/rights.ts';
import type { MailboxStore } from '../store/mailbox-store.ts';
import type { MailboxSession } from './mailbox-session.ts';
import { isPrivate } from './private-items.ts';
import { commitItems, type Plan } from './commit-items.ts';
import { folderNotFound, type Scope } from './scope.ts';

const PAGE = 500;

/** The item's content kept by another engine: bytes belong to the store that gave their handle. */
export async function rehoused(content: ItemContent, store: Pick<MailboxStore, 'keep'>): Promise<ItemContent> {
  const keep = async (bytes: StoredBytes | undefined): Promise<StoredBytes | undefined> => bytes && store.keep(await bytes.read());
  const body = async ({ native, text, html, rtf }: ItemBody): Promise<ItemBody> => ({ native, text: await keep(text), html: await keep(html), rtf: await keep(rtf) });
  const attachment = async (one: Attachment): Promise<Attachment> => {
    if (one.kind === 'file') return { ...one, content: (await keep(one.content)) as StoredBytes };
    const inner: EmbeddedItem = { ...(await rehoused(one.item, store)), bag: one.item.bag };
    return { ...one, item: inner };
  };
  const attachments: Attachment[] = [];
  for (const one of content.attachments) attachments.push(await attachment(one));
  return { itemClass: content.itemClass, recipients: content.recipients, attachments, body: content.body && (await body(content.body)), mime: await keep(content.mime) };
}

/** The content with its bytes kept by the mailbox of a session: of what is copied there from another one. */
export const contentFor = (session: Pick<MailboxSession, 'keep'>, content: ItemContent): Promise<ItemContent> => rehoused(content, session);

/** A draft equal to the item, for another store. */
async function draftFor(item: Item, store: MailboxStore): Promise<ItemDraft> {
  const { isRead, isAssociated } = item;
  return { ...(await rehoused(item, store)), properties: copiedProperties(item.bag), isRead, isAssociated };
}

/** What an event says of a hidden item. */
export const hidden = ({ isAssociated }: { readonly isAssociated: boolean }): { readonly isAssociated?: true } => (isAssociated ? { isAssociated } : {});

/** The plan that puts the item, or a copy of it, into a folder of the same mailbox. */
export function transferPlan(item: Item, id: number, folderId: FolderId, keep: boolean, changes?: ItemChanges, expected?: number): Plan {
  const kind = keep ? 'copied' : 'moved';
  return {
    op: { op: 'transfer', id: itemId(id), from: item.id, folderId, keep, changes, expected },
    folders: keep ? [folderId] : [item.folderId, folderId],
    events: (cn, now) => [
      { subject: 'item', kind, cn, id: itemId(id), oldId: item.id, parentId: folderId, oldParentId: item.folderId, itemClass: now?.itemClass ?? item.itemClass, ...hidden(item) },
    ],
  };
}

export function creationPlan(id: number, folderId: FolderId, draft: ItemDraft, isDelivery: boolean): Plan {
  const fact = { subject: 'item', id: itemId(id), parentId: folderId, itemClass: draft.itemClass, ...hidden(draft) } as const;
  return {
    op: { op: 'create', id: itemId(id), folderId, draft },
    folders: [folderId],
    // [MS-OXWSNTIF]: mail that arrives is told of twice, as new mail and as created.
    events: (cn) => [...(isDelivery ? [{ ...fact, kind: 'newMail', cn } as const] : []), { ...fact, kind: 'created', cn }],
  };
}

/** The plan that takes the item away for good. */
export function deletionPlan(item: Item, expected?: number): Plan {
  return {
    op: { op: 'remove', id: item.id, expected },
    folders: [item.folderId],
    events: (cn) => [{ subject: 'item', kind: 'deleted', cn, id: item.id, parentId: item.folderId, itemClass: item.itemClass, ...hidden(item) }],
  };
}

/** Plans for copies in the other mailbox, in the order of the items. */
export async function copyPlans(items: readonly Item[], scope: Scope, target: Scope, folderId: FolderId): Promise<readonly Plan[]> {
  const first = await target.store.reserveIds(items.length);
  const isSame = scope.store === target.store;
  const plans: Plan[] = [];
  for (const [at, item] of items.entries()) {
    plans.push(isSame ? transferPlan(item, first + at, folderId, true) : creationPlan(first + at, folderId, await draftFor(item, target.store), false));
  }
  return plans;
}

/** Everything in a folder that the accessor may read, hidden items included. */
export async function copyAllItems(scope: Scope, folder: Folder, target: Scope, toId: FolderId): Promise<void> {
  const granted = rightsIn(folder, scope.accessor);
  if ((granted & rights.readAny) === 0) return;
  const hides = !viewsPrivate(granted, scope.accessor);
  const all = await scope.store.find({ folderIds: [folder.id], table: 'both', restriction: { kind: 'always' } });
  const items = hides ? all.filter((item) => !isPrivate(item)) : all;
  for (let at = 0; at < items.length; at += PAGE) {
    const [failed] = (await commitItems(target, await copyPlans(items.slice(at, at + PAGE), scope, target, toId))).filter((one) => one instanceof Error);
    if (failed instanceof Error && failed.code === 'FolderNotFound') throw folderNotFound(toId);
  }
}
