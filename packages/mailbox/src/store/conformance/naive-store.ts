import { strict as assert } from 'node:assert';
import type { FolderId, ItemId } from '../../ids.ts';

/** An item as the naive model knows it. */
export interface NaiveItem {
  readonly id: ItemId;
  readonly folderId: FolderId;
  readonly subject: string;
  readonly time: number;
  readonly isRead: boolean;
  readonly isAssociated: boolean;
}
export interface NaiveFolder {
  readonly id: FolderId;
  readonly parentId: FolderId;
  readonly displayName: string;
}

/** The obvious store: maps, copied whole for a snapshot. What engines are compared with. */
export class NaiveStore {
  items: Map<ItemId, NaiveItem> = new Map<ItemId, NaiveItem>();
  folders: Map<FolderId, NaiveFolder> = new Map<FolderId, NaiveFolder>();

  copy(): NaiveStore {
    const copy = new NaiveStore();
    copy.items = new Map(this.items);
    copy.folders = new Map(this.folders);
    return copy;
  }

  inFolder(id: FolderId): NaiveItem[] {
    return [...this.items.values()].filter(({ folderId }) => folderId === id);
  }

  children(id: FolderId): NaiveFolder[] {
    return [...this.folders.values()].filter(({ parentId }) => parentId === id);
  }

  isWithin(id: FolderId, ancestor: FolderId): boolean {
    for (let at: FolderId | undefined = id; at !== undefined; at = this.folders.get(at)?.parentId) if (at === ancestor) return true;
    return false;
  }

  removeFolder(id: FolderId): void {
    for (const child of this.children(id)) this.removeFolder(child.id);
    for (const item of this.inFolder(id)) this.items.delete(item.id);
    this.folders.delete(id);
  }

  /** By subject without case, or by time; ties by id; `descending` turns all of it round. */
  sorted(id: FolderId, key: 'subject' | 'time', descending: boolean): ItemId[] {
    const rows = this.inFolder(id).filter(({ isAssociated }) => !isAssociated);
    const keyOf = (item: NaiveItem): string | number => (key === 'subject' ? item.subject.toLowerCase() : item.time);
    rows.sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : Number(keyOf(a) > keyOf(b))) || a.id - b.id);
    return (descending ? rows.reverse() : rows).map((item) => item.id);
  }
}

/** A client that believes every page it is given, and complains about one that makes no sense to it. */
export class NaiveClient<Id extends number> {
  readonly known: Map<Id, { readonly cn: number; readonly contentCn: number }> = new Map<Id, { readonly cn: number; readonly contentCn: number }>();

  hear(change: { readonly kind: string; readonly id: Id }, now: { readonly cn: number; readonly contentCn: number } | undefined): void {
    const before = this.known.get(change.id);
    if (change.kind === 'removed') {
      assert.ok(before, `removed ${change.id}, which the client never had`);
      this.known.delete(change.id);
      return;
    }
    assert.equal(before !== undefined, change.kind !== 'created', `${change.kind} ${change.id} does not fit what the client has`);
    assert.ok(now, `${change.kind} ${change.id}, which is not there`);
    if (change.kind === 'readFlag') assert.equal(now.contentCn, before?.contentCn, `readFlag ${change.id}, but more has changed`);
    this.known.set(change.id, now);
  }
}
