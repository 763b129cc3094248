import { strict as assert } from 'node:assert';
import { folderId, itemId, type FolderId, type ItemId } from '../../ids.ts';
import type { Item, ItemChanges, ItemDraft, Properties } from '../../items/item.ts';
import type { Folder } from '../../folders/folder.ts';
import type { Change, ChangesPage, Cursor, MailboxStore, Op } from '../mailbox-store.ts';

/** One promise of the port: `run` makes its own store and throws when the promise is broken. */
export interface ConformanceCase {
  readonly name: string;
  run(): Promise<void>;
}
export type CreateStore = () => MailboxStore | Promise<MailboxStore>;

export const draftOf = (properties: Properties, more: Partial<ItemDraft> = {}): ItemDraft => ({
  itemClass: 'IPM.Note', recipients: [], attachments: [], properties, isRead: false, isAssociated: false, ...more,
});

/** Short forms for what the cases do over and over. */
export class StoreDriver {
  readonly store: MailboxStore;

  constructor(store: MailboxStore) {
    this.store = store;
  }

  async folder(displayName: string, parentId: FolderId = folderId(0)): Promise<FolderId> {
    const id = folderId(await this.store.reserveIds(1));
    const result = await this.store.commitFolders([{ op: 'create', id, parentId, draft: { displayName } }]);
    assert.ok('cn' in result, `creating a folder: ${JSON.stringify(result)}`);
    return id;
  }

  async create(folder: FolderId, properties: Properties = {}, more: Partial<ItemDraft> = {}): Promise<Item> {
    const id = itemId(await this.store.reserveIds(1));
    return this.one({ op: 'create', id, folderId: folder, draft: draftOf(properties, more) });
  }

  change(id: ItemId, changes: ItemChanges): Promise<Item> {
    return this.one({ op: 'change', id, changes });
  }

  async transfer(from: ItemId, to: FolderId, keep: boolean): Promise<Item> {
    return this.one({ op: 'transfer', id: itemId(await this.store.reserveIds(1)), from, folderId: to, keep });
  }

  async remove(id: ItemId): Promise<void> {
    const result = await this.store.commit([{ op: 'remove', id }]);
    assert.ok('cn' in result, `removing: ${JSON.stringify(result)}`);
  }

  async one(op: Op): Promise<Item> {
    const result = await this.store.commit([op]);
    assert.ok('cn' in result, `committing ${op.op}: ${JSON.stringify(result)}`);
    const [item] = result.items;
    assert.ok(item, `${op.op} gives the item it made`);
    return item;
  }

  async read(id: FolderId): Promise<Folder> {
    const folder = await this.store.folder(id);
    assert.ok(folder, `folder ${id} is there`);
    return folder;
  }

  async ids(folder: FolderId): Promise<ItemId[]> {
    const { items } = await this.store.scan({ folderId: folder, order: [], limit: 1_000_000, table: 'both' });
    return items.map(({ id }) => id);
  }

  /** One whole round of changes: what a client hears, and where it stands then. */
  async round(folder: FolderId, cursor?: Cursor, limit = 100): Promise<{ heard: string[]; cursor: Cursor }> {
    const heard: string[] = [];
    for (let at = cursor; ; ) {
      const page = pageOf(await this.store.changes(folder, at, limit));
      heard.push(...page.changes.map(({ kind, id }) => `${kind} ${id}`));
      at = page.cursor;
      if (!page.more) return { heard, cursor: at };
    }
  }
}

export function pageOf<Id>(page: ChangesPage<Id>): { readonly changes: readonly Change<Id>[]; readonly cursor: Cursor; readonly more: boolean } {
  assert.ok(!('expired' in page), 'the cursor is valid');
  return page;
}
