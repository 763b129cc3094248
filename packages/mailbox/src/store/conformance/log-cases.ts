import { strict as assert } from 'node:assert';
import { folderId, type FolderId, type ItemId } from '../../ids.ts';
import { pageOf, StoreDriver } from './kit.ts';

type Case = (driver: StoreDriver) => Promise<void>;

const four = async (driver: StoreDriver, folder: FolderId): Promise<[ItemId, ItemId, ItemId, ItemId]> => [
  (await driver.create(folder)).id, (await driver.create(folder)).id, (await driver.create(folder)).id, (await driver.create(folder)).id,
];

export const logCases: { readonly [name: string]: Case } = {
  'tells a new client everything that is there and nothing that is gone': async (driver) => {
    const folder = await driver.folder('a');
    const [one, two, three] = [await driver.create(folder), await driver.create(folder), await driver.create(folder)];
    await driver.remove(two.id);
    await driver.change(one.id, { properties: { PidTagSubject: 'x' } });
    const { heard, cursor } = await driver.round(folder);
    assert.deepEqual(heard, [`created ${three.id}`, `created ${one.id}`]);
    assert.deepEqual((await driver.round(folder, cursor)).heard, []);
  },
  'tells a known client what changed, each thing once': async (driver) => {
    const [folder, other] = [await driver.folder('a'), await driver.folder('b')];
    const made = await four(driver, folder);
    const { cursor } = await driver.round(folder);
    for (const subject of ['x', 'y']) await driver.change(made[0], { properties: { PidTagSubject: subject } });
    await driver.change(made[1], { isRead: true });
    await driver.transfer(made[2], other, false);
    const [short, long] = [await driver.create(folder), await driver.create(folder)];
    await driver.change(long.id, { properties: { PidTagSubject: 'z' } });
    await driver.remove(short.id);
    const { heard } = await driver.round(folder, cursor);
    assert.deepEqual(heard, [`updated ${made[0]}`, `readFlag ${made[1]}`, `removed ${made[2]}`, `created ${long.id}`]);
  },
  'judges created and updated by what the client had, not by where its page stands': async (driver) => {
    const folder = await driver.folder('a');
    const made = await four(driver, folder);
    const first = pageOf(await driver.store.changes(folder, undefined, 2));
    assert.deepEqual(first.changes.map(({ id, kind }) => `${kind} ${id}`), [`created ${made[0]}`, `created ${made[1]}`]);
    assert.equal(first.more, true);
    // Changed behind and before the page: one that the client was given, one that it never saw, one that it will never see.
    await driver.change(made[0], { properties: { PidTagSubject: 'x' } });
    await driver.change(made[3], { properties: { PidTagSubject: 'x' } });
    await driver.remove(made[1]);
    await driver.remove(made[2]);
    const { heard } = await driver.round(folder, first.cursor, 1);
    assert.deepEqual(heard, [`updated ${made[0]}`, `created ${made[3]}`, `removed ${made[1]}`]);
  },
  'begins behind everything with the latest cursor': async (driver) => {
    const folder = await driver.folder('a');
    const [one, two] = [await driver.create(folder), await driver.create(folder)];
    const latest = await driver.store.latest();
    assert.deepEqual((await driver.round(folder, latest)).heard, []);
    await driver.change(one.id, { properties: { PidTagSubject: 'x' } });
    await driver.remove(two.id);
    const three = await driver.create(folder);
    assert.deepEqual((await driver.round(folder, latest)).heard, [`updated ${one.id}`, `removed ${two.id}`, `created ${three.id}`]);
    assert.deepEqual(pageOf(await driver.store.folderChanges(latest, 10)).changes, []);
  },
  'tells the log to those who know by themselves what they have': async (driver) => {
    const folder = await driver.folder('a');
    const [one, two, three, four] = [await driver.create(folder), await driver.create(folder), await driver.create(folder, {}, { isAssociated: true }), await driver.create(folder)];
    await driver.change(one.id, { isRead: true });
    const changed = await driver.change(one.id, { properties: { PidTagSubject: 'x' } });
    await driver.remove(two.id);
    const { entries, more, isWhole, asOf } = await driver.store.log(folder, 0, 9);
    assert.deepEqual([entries.map(({ id, isGone, isAssociated }) => [id, isGone, isAssociated]), more, isWhole], [[[three.id, false, true], [four.id, false, false], [one.id, false, false], [two.id, true, false]], false, true]);
    assert.deepEqual(entries.slice(1, 3).map(({ cn, contentCn, readCn }) => [cn, contentCn, readCn]), [[four.cn, four.cn, 0], [changed.cn, changed.cn, changed.cn - 1]]);
    const page = await driver.store.log(folder, three.cn, 1);
    assert.deepEqual([page.entries.map(({ id }) => id), page.more], [[four.id], true]);
    assert.deepEqual((await driver.store.log(folder, changed.cn, 9)).entries.map(({ id }) => id), [two.id]);
    const latest = await driver.store.currentCn();
    assert.equal(asOf, latest);
    await driver.store.trim(latest);
    assert.deepEqual([(await driver.store.log(folder, changed.cn, 9)).isWhole, (await driver.store.log(folder, latest, 9)).isWhole], [false, true]);
  },
  'lets cursors travel as plain data': async (driver) => {
    const folder = await driver.folder('a');
    for (let at = 0; at < 5; at++) await driver.create(folder);
    const first = pageOf(await driver.store.changes(folder, undefined, 3));
    const travelled = JSON.parse(JSON.stringify(first.cursor)) as typeof first.cursor;
    assert.equal((await driver.round(folder, travelled)).heard.length, 2);
  },
  'trims tombstones and expires the cursors that would need them, no others': async (driver) => {
    const [folder, quiet] = [await driver.folder('a'), await driver.folder('b')];
    const [one, two] = [await driver.create(folder), await driver.create(folder)];
    await driver.create(quiet);
    const [early, still] = [await driver.round(folder), await driver.round(quiet)];
    await driver.remove(one.id);
    const middle = await driver.round(folder, early.cursor);
    await driver.remove(two.id);
    await driver.store.trim(middle.cursor.cn);
    assert.deepEqual(await driver.store.changes(folder, early.cursor, 9), { expired: true });
    assert.deepEqual((await driver.round(folder, middle.cursor)).heard, [`removed ${two.id}`]);
    assert.deepEqual((await driver.round(quiet, still.cursor)).heard, []);
    assert.deepEqual((await driver.round(folder)).heard, []);
  },
  'takes everything back: items, orders, counters, ids, change numbers': async (driver) => {
    const folder = await driver.folder('a');
    const one = await driver.create(folder, { PidTagSubject: 'one' });
    const look = async (): Promise<unknown> => {
      const { items } = await driver.store.scan({ folderId: folder, order: [{ property: 'PidTagSubject', descending: false }], limit: 9 });
      return [items.map(({ id, cn, isRead, bag }) => [id, cn, isRead, bag.get('PidTagSubject')]), await driver.store.folders().then((all) => all.map(({ id, displayName, totalCount, unreadCount, size, deletedCount, contentsCn, contentsChangedAt }) => [id, displayName, totalCount, unreadCount, size, deletedCount, contentsCn, contentsChangedAt])), await driver.store.currentCn()];
    };
    const before = await look();
    const snapshot = await driver.store.snapshot();
    const play = async (): Promise<unknown> => {
      const two = await driver.create(folder, { PidTagSubject: 'a two' });
      await driver.change(one.id, { isRead: true, properties: { PidTagSubject: 'z' } });
      const inner = await driver.folder('inner', folder);
      await driver.transfer(two.id, inner, false);
      await driver.store.commitFolders([{ op: 'change', id: folder, changes: { displayName: 'b' } }, { op: 'remove', id: inner }]);
      await driver.folder('a');
      return look();
    };
    const after = await play();
    for (let again = 0; again < 3; again++) {
      await driver.store.restore(snapshot);
      assert.deepEqual(await look(), before);
      assert.deepEqual(await play(), after);
    }
  },
  'knows which cursors a restore leaves valid: by when they were given, not by where they stand': async (driver) => {
    const folder = await driver.folder('a');
    const made = await four(driver, folder);
    const whole = await driver.round(folder);
    const snapshot = await driver.store.snapshot();
    // The page stands at an old change number, but was given later: an item had moved behind it by then.
    await driver.change(made[0], { properties: { PidTagSubject: 'x' } });
    const page = pageOf(await driver.store.changes(folder, undefined, 1));
    await driver.store.restore(snapshot);
    assert.deepEqual(await driver.store.changes(folder, page.cursor, 9), { expired: true });
    assert.deepEqual((await driver.round(folder, whole.cursor)).heard, []);
    await driver.create(folder);
    const other = await driver.round(folder, whole.cursor);
    assert.equal(other.heard.length, 1);
    await driver.store.restore(snapshot);
    assert.deepEqual(await driver.store.changes(folder, other.cursor, 9), { expired: true });
  },
  'forgets newer snapshots when an older one is restored': async (driver) => {
    const folder = await driver.folder('a');
    const older = await driver.store.snapshot();
    await driver.create(folder);
    const newer = await driver.store.snapshot();
    await driver.create(folder);
    await driver.store.restore(newer);
    assert.equal((await driver.ids(folder)).length, 1);
    await driver.create(folder);
    await driver.store.restore(older);
    assert.equal((await driver.ids(folder)).length, 0);
    await assert.rejects(driver.store.restore(newer), { code: 'InvalidCursor' });
  },
  'keeps the hierarchy: names, cycles, missing parents, all or nothing': async (driver) => {
    const root = await driver.folder('root');
    const [a, b] = [await driver.folder('A', root), await driver.folder('b', root)];
    const inner = await driver.folder('inner', a);
    const cn = await driver.store.currentCn();
    const id = folderId(await driver.store.reserveIds(1));
    const good = { op: 'create', id, parentId: b, draft: { displayName: 'new' } } as const;
    const refused: [Parameters<typeof driver.store.commitFolders>[0], string][] = [
      [[good, { op: 'change', id: b, changes: { displayName: 'a' } }], 'FolderExists'],
      [[good, { op: 'move', id: inner, parentId: root, displayName: 'B' }], 'FolderExists'],
      [[good, { op: 'move', id: a, parentId: inner }], 'FolderCycle'],
      [[good, { op: 'move', id: a, parentId: a }], 'FolderCycle'],
    ];
    for (const [ops, code] of refused) await assert.rejects(driver.store.commitFolders(ops), { code });
    assert.deepEqual(await driver.store.commitFolders([good, { op: 'move', id: inner, parentId: folderId(424_242) }]), { missing: 424_242 });
    assert.deepEqual(await driver.store.commitFolders([good, { op: 'change', id: a, changes: {}, expected: 1 }]), { conflict: a });
    assert.equal(await driver.store.folder(id), undefined);
    assert.equal(await driver.store.currentCn(), cn);
    const done = await driver.store.commitFolders([good, { op: 'create', id: folderId(await driver.store.reserveIds(1)), parentId: id, draft: { displayName: 'below' } }, { op: 'change', id: a, changes: { displayName: 'a' } }]);
    assert.ok('cn' in done);
    assert.deepEqual([(await driver.read(id)).childFolderCount, (await driver.read(a)).displayName, (await driver.read(b)).childFolderCount], [1, 'a', 1]);
  },
  'removes a folder with all that is in it and below it, and tells of it': async (driver) => {
    const root = await driver.folder('root');
    const a = await driver.folder('a', root);
    const inner = await driver.folder('inner', a);
    const item = await driver.create(inner);
    const start = pageOf(await driver.store.folderChanges(undefined, 99));
    assert.deepEqual(start.changes.map(({ kind, id }) => `${kind} ${id}`), [`created ${root}`, `created ${a}`, `created ${inner}`]);
    await driver.store.commitFolders([{ op: 'remove', id: a }]);
    const kept = await driver.folder('kept', root);
    await driver.store.commitFolders([{ op: 'change', id: root, changes: { displayName: 'Root' } }]);
    // Page by page: the tree that went at once must not be torn.
    const first = pageOf(await driver.store.folderChanges(start.cursor, 1));
    const rest = pageOf(await driver.store.folderChanges(first.cursor, 99));
    const page = { changes: [...first.changes, ...rest.changes] };
    assert.deepEqual(new Set(page.changes.map(({ kind, id }) => `${kind} ${id}`)), new Set([`removed ${inner}`, `removed ${a}`, `created ${kept}`, `updated ${root}`]));
    assert.deepEqual(await driver.store.getMany([item.id]), [undefined]);
    assert.equal((await driver.read(root)).childFolderCount, 1);
    await driver.folder('a', root);
  },
  'does not count a change of contents as a change of the folder': async (driver) => {
    const folder = await driver.folder('a');
    const before = await driver.read(folder);
    const { cursor } = pageOf(await driver.store.folderChanges(undefined, 99));
    await driver.create(folder);
    const after = await driver.read(folder);
    assert.equal(after.cn, before.cn);
    assert.ok(after.contentsCn > before.contentsCn && after.contentsChangedAt > before.contentsChangedAt);
    assert.deepEqual(pageOf(await driver.store.folderChanges(cursor, 99)).changes, []);
  },
};
