import { strict as assert } from 'node:assert';
import { createIdSource, type IdSource } from '@fauxchange/kernel';
import { folderId, itemId, type FolderId, type ItemId } from '../../ids.ts';
import { MailboxError } from '../../errors.ts';
import { valueOf } from '../../items/value-of.ts';
import type { Cursor, MailboxStore, StoreSnapshot } from '../mailbox-store.ts';
import { draftOf } from './kit.ts';
import { NaiveClient, NaiveStore, type NaiveItem } from './naive-store.ts';

const MAX_ITEMS = 120;
const MAX_FOLDERS = 8;

/** What a run did, so that a test can see that it did enough. */
export interface RandomRun {
  readonly steps: Readonly<Record<string, number>>;
  /** Rounds of changes that clients finished and found equal to the folder; cursors that had expired. */
  readonly roundsCompared: number;
  readonly expired: number;
}

interface Watcher {
  readonly folderId: FolderId;
  client: NaiveClient<ItemId>;
  cursor: Cursor | undefined;
}

/** A random walk over the whole port, each step done to the engine and to the naive model. */
class RandomWalk {
  readonly #store: MailboxStore;
  readonly #random: IdSource;
  #model = new NaiveStore();
  #watchers: Watcher[] = [];
  #hierarchy: { client: NaiveClient<FolderId>; cursor: Cursor | undefined } = { client: new NaiveClient(), cursor: undefined };
  #snapshots: { snapshot: StoreSnapshot; model: NaiveStore }[] = [];
  readonly steps: Record<string, number> = {};
  roundsCompared = 0;
  expired = 0;

  constructor(store: MailboxStore, seed: string) {
    this.#store = store;
    this.#random = createIdSource(seed);
  }

  /** Name and weight of every kind of step. */
  readonly #kinds: readonly (readonly [string, number, () => Promise<void>])[] = [
    ['create', 14, () => this.#create()], ['change', 12, () => this.#change()], ['read', 12, () => this.#read()], ['transfer', 8, () => this.#transfer()],
    ['remove', 9, () => this.#remove()], ['batch', 3, () => this.#batch()], ['page', 22, () => this.#page()], ['hierarchyPage', 4, () => this.#hierarchyPage()],
    ['scan', 8, () => this.#scan()], ['find', 4, () => this.#find()], ['counters', 4, () => this.#counters()], ['createFolder', 2, () => this.#createFolder()],
    ['changeFolder', 2, () => this.#changeFolder()], ['removeFolder', 0.4, () => this.#removeFolder()], ['snapshot', 1, () => this.#snapshot()], ['restore', 3, () => this.#restore()],
    ['trim', 0.3, () => this.#trim()],
  ];

  async run(count: number): Promise<void> {
    const total = this.#kinds.reduce((sum, [, weight]) => sum + weight, 0);
    for (let step = 0; step < count; step++) {
      let at = this.#random.fraction() * total;
      const kind = this.#kinds.find(([, weight]) => (at -= weight) < 0);
      if (kind === undefined) continue;
      const [name, , work] = kind;
      try {
        await work();
      } catch (error) {
        throw new Error(`step ${step} (${name})`, { cause: error });
      }
      this.steps[name] = (this.steps[name] ?? 0) + 1;
    }
  }

  #below(count: number): number {
    return Math.floor(this.#random.fraction() * count);
  }

  #one<T>(list: readonly T[]): T | undefined {
    return list[this.#below(list.length)];
  }

  #item(): NaiveItem | undefined {
    return this.#one([...this.#model.items.values()]);
  }

  #folder(): FolderId | undefined {
    return this.#one([...this.#model.folders.keys()]);
  }

  #facts(): Pick<NaiveItem, 'subject' | 'time'> {
    return { subject: `${'aAbBcC'[this.#below(6)]}${this.#below(9)}`, time: this.#below(30) };
  }

  async #create(): Promise<void> {
    const folder = this.#folder();
    if (folder === undefined || this.#model.items.size >= MAX_ITEMS) return this.#createFolder();
    const facts = this.#facts();
    const flags = { isRead: this.#below(2) === 0, isAssociated: this.#below(8) === 0 };
    const id = itemId(await this.#store.reserveIds(1));
    const draft = draftOf({ PidTagSubject: facts.subject, PidTagMessageDeliveryTime: facts.time }, flags);
    const result = await this.#store.commit([{ op: 'create', id, folderId: folder, draft }]);
    assert.ok('cn' in result);
    this.#model.items.set(id, { id, folderId: folder, ...facts, ...flags });
  }

  async #change(): Promise<void> {
    const item = this.#item();
    if (item === undefined) return;
    const facts = this.#facts();
    const result = await this.#store.commit([{ op: 'change', id: item.id, changes: { properties: { PidTagSubject: facts.subject, PidTagMessageDeliveryTime: facts.time } } }]);
    assert.ok('cn' in result);
    this.#model.items.set(item.id, { ...item, ...facts });
  }

  async #read(): Promise<void> {
    const item = this.#item();
    if (item === undefined) return;
    const result = await this.#store.commit([{ op: 'change', id: item.id, changes: { isRead: !item.isRead } }]);
    assert.ok('cn' in result);
    this.#model.items.set(item.id, { ...item, isRead: !item.isRead });
  }

  async #transfer(): Promise<void> {
    const [item, folder] = [this.#item(), this.#folder()];
    if (item === undefined || folder === undefined) return;
    const keep = this.#below(3) === 0 && this.#model.items.size < MAX_ITEMS;
    const id = itemId(await this.#store.reserveIds(1));
    const result = await this.#store.commit([{ op: 'transfer', id, from: item.id, folderId: folder, keep }]);
    assert.ok('cn' in result);
    if (!keep) this.#model.items.delete(item.id);
    this.#model.items.set(id, { ...item, id, folderId: folder });
  }

  async #remove(): Promise<void> {
    const item = this.#item();
    if (item === undefined) return;
    assert.ok('cn' in (await this.#store.commit([{ op: 'remove', id: item.id }])));
    this.#model.items.delete(item.id);
    assert.deepEqual(await this.#store.commit([{ op: 'remove', id: item.id }]), { missing: item.id });
  }

  /** Two good ops and perhaps a bad one, which undoes both. */
  async #batch(): Promise<void> {
    const [one, two] = [this.#item(), this.#item()];
    if (one === undefined || two === undefined || one.id === two.id) return;
    const isBad = this.#below(2) === 0;
    const result = await this.#store.commit([
      { op: 'remove', id: one.id }, { op: 'change', id: two.id, changes: { isRead: !two.isRead } }, ...(isBad ? [{ op: 'remove', id: one.id } as const] : []),
    ]);
    assert.equal('cn' in result, !isBad);
    if (isBad) return;
    this.#model.items.delete(one.id);
    this.#model.items.set(two.id, { ...two, isRead: !two.isRead });
  }

  async #page(): Promise<void> {
    const folder = this.#folder();
    if (folder !== undefined && (this.#watchers.length < 6 || this.#below(30) === 0)) {
      if (this.#watchers.length >= 6) this.#watchers.splice(this.#below(6), 1);
      this.#watchers.push({ folderId: folder, client: new NaiveClient(), cursor: undefined });
    }
    const watcher = this.#one(this.#watchers);
    if (watcher === undefined) return;
    const page = await this.#store.changes(watcher.folderId, watcher.cursor, 1 + this.#below(4));
    if ('expired' in page) {
      this.expired++;
      watcher.client = new NaiveClient();
      watcher.cursor = undefined;
      return;
    }
    const items = await this.#store.getMany(page.changes.map(({ id }) => id));
    page.changes.forEach((change, at) => watcher.client.hear(change, items[at]));
    // As a client keeps it: written down.
    watcher.cursor = JSON.parse(JSON.stringify(page.cursor)) as Cursor;
    if (!page.more) await this.#compareWatcher(watcher);
  }

  async #compareWatcher({ folderId: folder, client }: Watcher): Promise<void> {
    const live = this.#model.inFolder(folder).map(({ id }) => id);
    assert.deepEqual([...client.known.keys()].sort((a, b) => a - b), live.sort((a, b) => a - b), 'what the client has at the end of a round');
    const items = await this.#store.getMany(live);
    for (const item of items) assert.equal(client.known.get(item?.id as ItemId)?.cn, item?.cn, 'the client has the latest version');
    this.roundsCompared++;
  }

  async #hierarchyPage(): Promise<void> {
    const page = await this.#store.folderChanges(this.#hierarchy.cursor, 1 + this.#below(3));
    if ('expired' in page) {
      this.expired++;
      this.#hierarchy = { client: new NaiveClient(), cursor: undefined };
      return;
    }
    for (const change of page.changes) {
      const folder = await this.#store.folder(change.id);
      this.#hierarchy.client.hear(change, folder && { cn: folder.cn, contentCn: folder.cn });
    }
    this.#hierarchy.cursor = page.cursor;
    if (page.more) return;
    assert.deepEqual([...this.#hierarchy.client.known.keys()].sort((a, b) => a - b), [...this.#model.folders.keys()].sort((a, b) => a - b));
    this.roundsCompared++;
  }

  async #scan(): Promise<void> {
    const folder = this.#folder();
    if (folder === undefined) return;
    const key = this.#below(2) === 0 ? 'subject' : 'time';
    const [descending, backwards] = [this.#below(2) === 0, this.#below(2) === 0];
    const expected = this.#model.sorted(folder, key, descending !== backwards);
    const [offset, limit] = [this.#below(expected.length + 2), this.#below(6)];
    const property = key === 'subject' ? 'PidTagSubject' : 'PidTagMessageDeliveryTime';
    const query = { folderId: folder, order: [{ property, descending }], limit, backwards } as const;
    const { items, total } = await this.#store.scan({ ...query, from: { offset } });
    assert.deepEqual([items.map(({ id }) => id), total], [expected.slice(offset, offset + limit), expected.length]);
    const after = expected[offset - 1];
    if (after !== undefined) assert.deepEqual((await this.#store.scan({ ...query, from: { after } })).items, items);
    for (const item of items) {
      const { subject, isRead } = this.#model.items.get(item.id) as NaiveItem;
      assert.deepEqual([valueOf(item, 'PidTagSubject'), item.isRead], [subject, isRead]);
    }
  }

  async #find(): Promise<void> {
    const folders = [...this.#model.folders.keys()];
    const items = await this.#store.find({
      folderIds: folders, order: [{ property: 'PidTagSubject', descending: false }], table: 'both',
      restriction: { kind: 'compare', property: 'PidTagMessageDeliveryTime', operator: 'ge', value: 15 },
    });
    const expected = [...this.#model.items.values()].filter(({ time }) => time >= 15).map(({ id }) => id);
    assert.deepEqual(items.map(({ id }) => id).sort((a, b) => a - b), expected.sort((a, b) => a - b));
    const texts = items.map((item) => String(valueOf(item, 'PidTagSubject')).toLowerCase());
    assert.deepEqual(texts, [...texts].sort());
  }

  async #counters(): Promise<void> {
    const folders = await this.#store.folders();
    assert.deepEqual(folders.map(({ id }) => id).sort((a, b) => a - b), [...this.#model.folders.keys()].sort((a, b) => a - b));
    for (const folder of folders) {
      const items = this.#model.inFolder(folder.id);
      const normal = items.filter(({ isAssociated }) => !isAssociated);
      const { totalCount, unreadCount, associatedCount, childFolderCount, displayName, parentId } = folder;
      assert.deepEqual({ totalCount, unreadCount, associatedCount, childFolderCount, displayName, parentId }, {
        totalCount: normal.length, unreadCount: normal.filter(({ isRead }) => !isRead).length, associatedCount: items.length - normal.length,
        childFolderCount: this.#model.children(folder.id).length, displayName: this.#model.folders.get(folder.id)?.displayName, parentId: this.#model.folders.get(folder.id)?.parentId,
      });
      const stored = await this.#store.getMany(items.map(({ id }) => id));
      assert.equal(folder.size, stored.reduce((sum, item) => sum + Number(item && valueOf(item, 'PidTagMessageSize')), 0));
    }
  }

  /** A name of few, so that some are taken. */
  #name(): string {
    return `${'nN'[this.#below(2)]}${this.#below(5)}`;
  }

  #isTaken(parentId: FolderId, name: string, own?: FolderId): boolean {
    return parentId !== 0 && this.#model.children(parentId).some(({ id, displayName }) => id !== own && displayName.toLowerCase() === name.toLowerCase());
  }

  async #expectCode(work: Promise<unknown>, code: string | undefined): Promise<boolean> {
    const outcome = await work.then(() => undefined, (error: unknown) => (error instanceof MailboxError ? error.code : error));
    assert.equal(outcome, code);
    return code === undefined;
  }

  async #createFolder(): Promise<void> {
    if (this.#model.folders.size >= MAX_FOLDERS) return;
    const parentId = this.#folder() ?? folderId(0);
    const displayName = this.#name();
    const id = folderId(await this.#store.reserveIds(1));
    const work = this.#store.commitFolders([{ op: 'create', id, parentId, draft: { displayName } }]);
    if (await this.#expectCode(work, this.#isTaken(parentId, displayName) ? 'FolderExists' : undefined)) this.#model.folders.set(id, { id, parentId, displayName });
  }

  async #changeFolder(): Promise<void> {
    const [id, to] = [this.#folder(), this.#folder()];
    const folder = id === undefined ? undefined : this.#model.folders.get(id);
    if (folder === undefined || to === undefined || folder.parentId === 0) return;
    const displayName = this.#name();
    if (this.#below(2) === 0) {
      const work = this.#store.commitFolders([{ op: 'change', id: folder.id, changes: { displayName } }]);
      if (await this.#expectCode(work, this.#isTaken(folder.parentId, displayName, folder.id) ? 'FolderExists' : undefined)) this.#model.folders.set(folder.id, { ...folder, displayName });
      return;
    }
    const clash = this.#isTaken(to, displayName, folder.id) ? 'FolderExists' : undefined;
    const work = this.#store.commitFolders([{ op: 'move', id: folder.id, parentId: to, displayName }]);
    if (await this.#expectCode(work, this.#model.isWithin(to, folder.id) ? 'FolderCycle' : clash)) this.#model.folders.set(folder.id, { ...folder, parentId: to, displayName });
  }

  async #removeFolder(): Promise<void> {
    const id = this.#folder();
    if (id === undefined) return;
    const result = await this.#store.commitFolders([{ op: 'remove', id }]);
    assert.ok('cn' in result);
    this.#model.removeFolder(id);
    this.#watchers = this.#watchers.filter((watcher) => this.#model.folders.has(watcher.folderId));
  }

  async #snapshot(): Promise<void> {
    this.#snapshots.push({ snapshot: await this.#store.snapshot(), model: this.#model.copy() });
  }

  async #restore(): Promise<void> {
    const at = this.#below(this.#snapshots.length);
    const kept = this.#snapshots[at];
    if (kept === undefined) return;
    await this.#store.restore(kept.snapshot);
    this.#model = kept.model.copy();
    this.#snapshots.length = at + 1;
    this.#watchers = this.#watchers.filter((watcher) => this.#model.folders.has(watcher.folderId));
    await this.#counters();
  }

  async #trim(): Promise<void> {
    const cn = await this.#store.currentCn();
    await this.#store.trim(Math.max(0, cn - this.#below(20)));
  }
}

/** Compares an engine with the naive model over a seeded random walk; throws at the first difference, naming the step. */
export async function randomCheck(store: MailboxStore, options: { readonly seed: string; readonly steps: number }): Promise<RandomRun> {
  const walk = new RandomWalk(store, options.seed);
  await walk.run(options.steps);
  return walk;
}
