import { MailboxError } from '../errors.ts';
import { itemId, type FolderId, type ItemId } from '../ids.ts';
import { immutableMark } from '../items/immutable-mark.ts';
import { bodiesFromProperties } from '../items/body-properties.ts';
import { finishChanges, finishDraft } from '../items/finish.ts';
import type { Item, ItemChanges, ItemContent, ItemDraft } from '../items/item.ts';
import { validateProperties } from '../items/validate.ts';
import { isVisible, mayDelete, mayEdit, mayRead, rightsIn, viewsPrivate } from '../permissions/check.ts';
import { rights } from '../permissions/rights.ts';
import { commitItem, commitItems, itemNotFound, type Plan } from './commit-items.ts';
import { copyPlans, creationPlan, deletionPlan, hidden, transferPlan } from './item-copies.ts';
import type { CreateItemOptions, MovedAs, PerItem, UpdateItemOptions } from './mailbox-session.ts';
import { isPrivate } from './private-items.ts';
import { accessDenied, finishContext, folderToFill, folderWith, type Scope } from './scope.ts';

const MAX_ATTEMPTS = 16;
const MAX_RECIPIENTS = 10_000;
const MAX_ATTACHMENTS = 1_000;
const MAX_EMBEDDING = 32;

/** Items where they are, refused per item: ItemNotFound for what is not there or must not be known of, AccessDenied. */
export async function readableItems(scope: Scope, ids: readonly ItemId[]): Promise<PerItem<Item>> {
  const found = await scope.store.getMany(ids);
  if (scope.accessor.hasFullAccess) return found.map((item, at) => item ?? itemNotFound(ids[at] as ItemId));
  const granted = new Map<FolderId, number>();
  for (const item of found) {
    if (item === undefined || granted.has(item.folderId)) continue;
    const folder = await scope.store.folder(item.folderId);
    granted.set(item.folderId, folder ? rightsIn(folder, scope.accessor) : 0);
  }
  return found.map((item, at) => {
    const own = item ? (granted.get(item.folderId) as number) : 0;
    if (item === undefined || !isVisible(own)) return itemNotFound(ids[at] as ItemId);
    if (!mayRead(item, own, scope.accessor)) return accessDenied('read the item');
    return isPrivate(item) && !viewsPrivate(own, scope.accessor) ? itemNotFound(item.id) : item;
  });
}

function depthOf(content: ItemContent, depth = 0): number {
  if (depth > MAX_EMBEDDING) return depth;
  return content.attachments.reduce((deepest, one) => (one.kind === 'item' ? Math.max(deepest, depthOf(one.item, depth + 1)) : deepest), depth);
}

/** Bounds that hold for every item, whoever makes it. */
export function checkContent({ maxMessageBytes }: Scope, content: Partial<ItemContent> & { readonly properties?: ItemDraft['properties'] | undefined }): void {
  const { attachments = [], recipients = [], body, properties } = content;
  validateProperties(properties ?? {});
  for (const one of [...recipients, ...attachments]) if (one.properties) validateProperties(one.properties);
  if (attachments.length > MAX_ATTACHMENTS) throw new MailboxError('MessageTooLarge', `An item may have ${MAX_ATTACHMENTS} attachments.`);
  if (recipients.length > MAX_RECIPIENTS) throw new MailboxError('MessageTooLarge', `An item may have ${MAX_RECIPIENTS} recipients.`);
  const size = attachments.reduce((sum, one) => sum + one.size, (body?.text?.size ?? 0) + (body?.html?.size ?? 0) + (body?.rtf?.size ?? 0));
  if (Math.max(size, content.mime?.size ?? 0) > maxMessageBytes) throw new MailboxError('MessageTooLarge', `An item may have ${maxMessageBytes} bytes.`, String(size));
  if (depthOf({ itemClass: '', attachments, recipients }) > MAX_EMBEDDING) throw new MailboxError('AttachmentNestingTooDeep', `Items may be attached ${MAX_EMBEDDING} deep.`);
}

const idTaken = (id: ItemId): MailboxError => new MailboxError('ItemExists', 'The id has not been reserved, or something has it.', String(id));

export async function createItem(scope: Scope, folderId: FolderId, draft: ItemDraft, { id: wanted, isDelivery = false, isRestored = false, isImported = false }: CreateItemOptions): Promise<Item> {
  const folder = await folderToFill(scope, folderId);
  if (draft.isAssociated && (rightsIn(folder, scope.accessor) & rights.folderOwner) === 0) throw accessDenied('create hidden items in the folder');
  checkContent(scope, draft);
  const { properties, body } = await bodiesFromProperties(draft.properties, draft.body, (bytes) => scope.store.keep(bytes));
  const whole: ItemDraft = { ...draft, properties: properties ?? {}, body };
  if (wanted !== undefined && !(await scope.store.isFree(wanted))) throw idTaken(wanted);
  const id = wanted ?? (await scope.store.reserveIds(1));
  return (await commitItem(scope, creationPlan(id, folderId, finishDraft(whole, finishContext(scope, { isRestored, isImported })), isDelivery))) as Item;
}

function changePlan(item: Item, changes: ItemChanges, expected: number | undefined): Plan {
  return {
    op: { op: 'change', id: item.id, changes, expected },
    folders: [item.folderId],
    events: (cn, now) => [{ subject: 'item', kind: 'modified', cn, id: item.id, parentId: item.folderId, itemClass: now?.itemClass ?? item.itemClass, ...hidden(item) }],
  };
}

export async function updateItem(scope: Scope, id: ItemId, wanted: ItemChanges, { expected, isRestored = false, isImported = false }: UpdateItemOptions): Promise<Item> {
  const given = <T>(part: T | 'none' | undefined): T | undefined => (part === 'none' ? undefined : part);
  checkContent(scope, { ...wanted, body: given(wanted.body), mime: given(wanted.mime) } as Parameters<typeof checkContent>[1]);
  const { properties, body } = await bodiesFromProperties(wanted.properties, given(wanted.body), (bytes) => scope.store.keep(bytes));
  const changes: ItemChanges = { ...wanted, properties, body: body ?? wanted.body };
  for (let attempt = 1; ; attempt++) {
    const [item] = await readableItems(scope, [id]);
    if (item === undefined || item instanceof MailboxError) throw item ?? itemNotFound(id);
    if (expected !== undefined && item.cn !== expected) throw new MailboxError('ItemChanged', 'The item has been changed since.', String(id));
    const folder = await scope.store.folder(item.folderId);
    if (folder === undefined) throw itemNotFound(id);
    if (!mayEdit(item, rightsIn(folder, scope.accessor), scope.accessor)) throw accessDenied('change the item');
    if (scope.accessor.entry && item.bag.get(immutableMark) === true) throw accessDenied('change an item that has been made read-only');
    try {
      // What is computed is computed from the item as read: it must not have changed until the commit.
      const finished = isRestored ? changes : finishChanges(item, changes, finishContext(scope, { isImported }));
      return (await commitItem(scope, changePlan(item, finished, item.cn))) as Item;
    } catch (error) {
      const isRace = error instanceof MailboxError && error.code === 'ItemChanged' && expected === undefined;
      if (!isRace || attempt >= MAX_ATTEMPTS) throw error;
    }
  }
}

/** One result an id, in their order; what may not be done is left out of the commit. */
async function perItem(scope: Scope, ids: readonly ItemId[], check: (item: Item) => Promise<MailboxError | undefined>, act: (items: readonly Item[]) => Promise<PerItem<Item | undefined>>): Promise<PerItem<Item>> {
  const results: (Item | MailboxError)[] = [];
  const allowed: Item[] = [];
  const places: number[] = [];
  const seen = new Set<ItemId>();
  for (const [at, item] of (await readableItems(scope, ids)).entries()) {
    const refusal = item instanceof MailboxError ? item : ((await check(item)) ?? (seen.has(item.id) ? itemNotFound(item.id) : undefined));
    if (refusal) results[at] = refusal;
    else {
      places.push(at);
      allowed.push(item as Item);
      seen.add((item as Item).id);
    }
  }
  (await act(allowed)).forEach((result, nth) => (results[places[nth] as number] = result ?? itemNotFound((allowed[nth] as Item).id)));
  return results;
}

export async function moveItems(scope: Scope, ids: readonly ItemId[], { target, toId, as = [] }: { readonly target: Scope; readonly toId: FolderId; readonly as?: readonly MovedAs[] | undefined }): Promise<PerItem<Item>> {
  for (const { id } of as) if (!(await target.store.isFree(id))) throw idTaken(id);
  const wanted = new Map(ids.map((id, at) => [id, as[at]]));
  await folderToFill(target, toId);
  const mayLeave = async (item: Item): Promise<MailboxError | undefined> => {
    const folder = await scope.store.folder(item.folderId);
    const granted = folder ? rightsIn(folder, scope.accessor) : 0;
    return mayDelete(item, granted, scope.accessor) ? undefined : accessDenied('move the item');
  };
  return perItem(scope, ids, mayLeave, async (items) => {
    if (target.store === scope.store) {
      const first = await scope.store.reserveIds(items.length);
      return commitItems(scope, items.map((item, at) => transferPlan(item, wanted.get(item.id)?.id ?? first + at, toId, false, wanted.get(item.id)?.changes)));
    }
    const copies = await commitItems(target, await copyPlans(items, scope, target, toId));
    await commitItems(scope, items.filter((_, at) => !(copies[at] instanceof Error)).map((item) => deletionPlan(item)));
    return copies;
  });
}

export async function copyItems(scope: Scope, ids: readonly ItemId[], target: Scope, toId: FolderId): Promise<PerItem<Item>> {
  await folderToFill(target, toId);
  // The same item may be copied twice in one request: each id is a task of its own.
  const items = await readableItems(scope, ids);
  const good = items.filter((item): item is Item => !(item instanceof MailboxError));
  const copies = [...(await commitItems(target, await copyPlans(good, scope, target, toId)))];
  return items.map((item) => (item instanceof MailboxError ? item : (copies.shift() ?? itemNotFound(itemId(item.id)))));
}

export async function markAllAsRead(scope: Scope, folderId: FolderId, isRead: boolean): Promise<number> {
  await folderWith(scope, folderId, rights.editAny, 'change the items of the folder');
  const items = await scope.store.find({ folderIds: [folderId], restriction: { kind: 'compare', property: 'PidTagRead', operator: 'eq', value: !isRead } });
  await commitItems(scope, items.map((item) => changePlan(item, { isRead }, undefined)));
  return items.length;
}
