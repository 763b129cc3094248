import { strict as assert } from 'node:assert';
import type { Binary, PropertyName } from '@fauxchange/properties';
import { folderId, itemId } from '../../ids.ts';
import type { Item, Properties } from '../../items/item.ts';
import type { FolderOp } from '../mailbox-store.ts';
import { valueOf } from '../../items/value-of.ts';
import type { OrderSpec } from '../../search/restriction.ts';
import { draftOf, StoreDriver } from './kit.ts';

type Case = (driver: StoreDriver) => Promise<void>;

const bySubject: OrderSpec = [{ property: 'PidTagSubject', descending: false }];
const newest: OrderSpec = [{ property: 'PidTagMessageDeliveryTime', descending: true }];
const subjects = (items: readonly Item[]): string => items.map((item) => String(valueOf(item, 'PidTagSubject'))).join(' ');

export const itemCases: { readonly [name: string]: Case } = {
  'keeps every property unharmed, unknown ones too': async (driver) => {
    const folder = await driver.folder('a');
    const properties = {
      PidTagSubject: 'Ünï – \u{1f600}', PidTagMessageDeliveryTime: 1_767_603_600_123, PidTagImportance: 2, PidTagReadReceiptRequested: false,
      PidNameKeywords: ['one', 'two'], '0x6666:Integer64': 9_007_199_254_740_993n, '{00062008-0000-0000-c000-000000000046}:0x9999:String': '',
    } as const;
    const made = await driver.create(folder, properties, { recipients: [{ type: 'to', name: 'N', address: 'n@x.test', addressType: 'SMTP' }] });
    const [read] = await driver.store.getMany([made.id]);
    assert.ok(read);
    for (const [name, value] of Object.entries(properties)) assert.deepEqual(read.bag.get(name as 'PidTagSubject'), value, name);
    assert.deepEqual(read.recipients, made.recipients);
    assert.equal(Object.fromEntries(read.bag.entries()).PidTagSubject, properties.PidTagSubject);
    const changed = await driver.change(made.id, { properties: { PidTagSubject: undefined, '0x6666:Integer64': 1n } });
    assert.equal(changed.bag.has('PidTagSubject'), false);
    assert.equal(changed.bag.get('0x6666:Integer64'), 1n);
    assert.equal(read.bag.get('PidTagSubject'), properties.PidTagSubject, 'what was given out is never changed');
  },
  'gives many in the order asked, undefined for what is not there': async (driver) => {
    const folder = await driver.folder('a');
    const [one, two] = [await driver.create(folder), await driver.create(folder)];
    const found = await driver.store.getMany([two.id, itemId(424_242), one.id, two.id]);
    assert.deepEqual(found.map((item) => item?.id), [two.id, undefined, one.id, two.id]);
  },
  'commits all or nothing': async (driver) => {
    const folder = await driver.folder('a');
    const one = await driver.create(folder, { PidTagSubject: 'before' });
    const cn = await driver.store.currentCn();
    const fresh = itemId(await driver.store.reserveIds(1));
    const change = { op: 'change', id: one.id, changes: { properties: { PidTagSubject: 'after' } } } as const;
    const refused = [
      [[change, { op: 'remove', id: itemId(424_242) }], { missing: 424_242 }],
      [[change, { op: 'change', id: one.id, changes: {}, expected: one.cn }], { conflict: one.id }],
      [[change, { op: 'create', id: one.id, folderId: folder, draft: draftOf({}) }], { conflict: one.id }],
      [[change, { op: 'create', id: fresh, folderId: folderId(424_242), draft: draftOf({}) }], { missing: 424_242 }],
      [[{ op: 'remove', id: one.id }, { op: 'remove', id: one.id }], { missing: one.id }],
      [[{ op: 'transfer', id: fresh, from: one.id, folderId: folder, keep: false }, change], { missing: one.id }],
      [[{ op: 'remove', id: one.id, expected: one.cn + 1 }], { conflict: one.id }],
    ] as const;
    for (const [ops, outcome] of refused) {
      assert.deepEqual(await driver.store.commit(ops), outcome);
      assert.equal(await driver.store.currentCn(), cn);
      assert.equal((await driver.store.getMany([one.id]))[0]?.bag.get('PidTagSubject'), 'before');
    }
    assert.deepEqual(await driver.ids(folder), [one.id]);
  },
  'numbers changes in the order of the ops': async (driver) => {
    const folder = await driver.folder('a');
    const first = await driver.store.reserveIds(3);
    const start = await driver.store.currentCn();
    const result = await driver.store.commit([
      { op: 'create', id: itemId(first), folderId: folder, draft: draftOf({ PidTagSubject: 'x' }) },
      { op: 'change', id: itemId(first), changes: { isRead: true } },
      { op: 'transfer', id: itemId(first + 1), from: itemId(first), folderId: folder, keep: true },
      { op: 'transfer', id: itemId(first + 2), from: itemId(first), folderId: folder, keep: false },
    ]);
    assert.ok('cn' in result);
    assert.deepEqual(result.items.map((item) => (item?.cn ?? 0) - start), [1, 2, 3, 5]);
    assert.equal(result.cn, start + 5);
    const [, , last] = await driver.store.getMany([itemId(first), itemId(first + 1), itemId(first + 2)]);
    assert.deepEqual([last?.isRead, last?.bag.get('PidTagSubject')], [true, 'x']);
  },
  'tells the read flag from the rest': async (driver) => {
    const folder = await driver.folder('a');
    const made = await driver.create(folder);
    const read = await driver.change(made.id, { isRead: true });
    assert.equal(read.contentCn, made.contentCn);
    const changed = await driver.change(made.id, { isRead: false, properties: { PidTagSubject: 'x' } });
    assert.equal(changed.contentCn, changed.cn);
    assert.deepEqual([made.readCn, read.readCn, changed.readCn], [0, read.cn, changed.cn]);
    const same = await driver.change(made.id, { isRead: false, properties: { PidTagSubject: 'y' } });
    assert.equal(same.readCn, changed.readCn);
    assert.equal((await driver.transfer(made.id, folder, true)).readCn, 0);
  },
  'keeps what a client says of its version until the next one': async (driver) => {
    const [folder, other] = [await driver.folder('a'), await driver.folder('b')];
    const said: Properties = { PidTagChangeKey: 'Q0s=' as Binary, PidTagPredecessorChangeList: 'UENM' as Binary, PidTagSourceKey: 'U0s=' as Binary };
    const names = Object.keys(said) as PropertyName[];
    const kept = ({ bag }: { readonly bag: Item['bag'] }): string[] => names.filter((name) => bag.has(name));
    const made = await driver.create(folder, said);
    assert.deepEqual(kept(await driver.change(made.id, { isRead: true })), names);
    assert.deepEqual(kept(await driver.change(made.id, { properties: { PidTagSubject: 'x' } })), ['PidTagPredecessorChangeList', 'PidTagSourceKey']);
    assert.deepEqual(kept(await driver.change(made.id, { properties: said })), names);
    assert.deepEqual(kept(await driver.transfer(made.id, other, true)), []);
    const id = itemId(await driver.store.reserveIds(1));
    const { PidTagChangeKey } = said;
    assert.deepEqual(kept(await driver.one({ op: 'transfer', id, from: made.id, folderId: other, keep: false, changes: { properties: { PidTagChangeKey } } })), ['PidTagChangeKey']);
    const result = async (op: FolderOp): Promise<string[]> => {
      assert.ok('cn' in (await driver.store.commitFolders([op])));
      return kept(await driver.read(folder));
    };
    assert.deepEqual(await result({ op: 'change', id: folder, changes: { properties: said } }), names);
    assert.deepEqual(await result({ op: 'change', id: folder, changes: { displayName: 'c' } }), ['PidTagPredecessorChangeList', 'PidTagSourceKey']);
    await result({ op: 'change', id: folder, changes: { properties: said } });
    assert.deepEqual(await result({ op: 'move', id: folder, parentId: other }), ['PidTagPredecessorChangeList', 'PidTagSourceKey']);
  },
  'tells which ids are free': async (driver) => {
    const folder = await driver.folder('a');
    const first = await driver.store.reserveIds(2);
    const made = await driver.create(folder);
    await driver.remove(made.id);
    assert.deepEqual(await Promise.all([first, first + 1, made.id, folder, made.id + 1, 0].map((id) => driver.store.isFree(id))), [true, true, false, false, false, false]);
  },
  'keeps marks apart from the rest, and that an item was read once': async (driver) => {
    const folder = await driver.folder('a');
    const made = await driver.create(folder, { PidTagSubject: 'x' });
    const marked = await driver.change(made.id, { marks: { PidTagMessageStatus: 0x1000 } });
    assert.deepEqual([marked.contentCn, marked.cn > made.cn, marked.bag.get('PidTagMessageStatus'), marked.bag.get('PidTagSubject')], [made.contentCn, true, 0x1000, 'x']);
    const both = await driver.change(made.id, { marks: { PidTagMessageStatus: undefined }, properties: { PidTagSubject: 'y' } });
    assert.deepEqual([both.contentCn, both.bag.get('PidTagMessageStatus'), both.bag.get('PidTagSubject')], [both.cn, undefined, 'y']);
    await driver.change(made.id, { isRead: true });
    const unread = await driver.change(made.id, { isRead: false });
    assert.deepEqual([unread.contentCn, Number(valueOf(unread, 'PidTagMessageFlags')) & 0x401], [both.contentCn, 0x400]);
  },
  'pages in any order, forwards, backwards and after an item': async (driver) => {
    const folder = await driver.folder('a');
    const texts = ['delta', 'Alpha', 'charlie', 'Éric', undefined, 'bravo', 'alpha'];
    for (const [at, text] of texts.entries()) await driver.create(folder, { PidTagSubject: text, PidTagMessageDeliveryTime: 1_000 - at });
    const page = async (query: Omit<Parameters<typeof driver.store.scan>[0], 'folderId'>): Promise<string> => {
      const { items, total, offset } = await driver.store.scan({ folderId: folder, ...query });
      return `${subjects(items)} / ${offset} of ${total}`;
    };
    assert.equal(await page({ order: bySubject, limit: 9 }), 'undefined Alpha alpha bravo charlie delta Éric / 0 of 7');
    assert.equal(await page({ order: bySubject, limit: 2, from: { offset: 5 } }), 'delta Éric / 5 of 7');
    assert.equal(await page({ order: bySubject, limit: 3, backwards: true }), 'Éric delta charlie / 0 of 7');
    assert.equal(await page({ order: [{ property: 'PidTagSubject', descending: true }], limit: 3 }), 'Éric delta charlie / 0 of 7');
    assert.equal(await page({ order: [{ property: 'PidTagSubject', descending: true }], limit: 2, backwards: true }), 'undefined Alpha / 0 of 7');
    assert.equal(await page({ order: bySubject, limit: 0, from: { offset: 99 } }), ' / 99 of 7');
    const { items } = await driver.store.scan({ folderId: folder, order: bySubject, limit: 1, from: { offset: 3 } });
    assert.equal(await page({ order: bySubject, limit: 2, from: { after: (items[0] as Item).id } }), 'charlie delta / 4 of 7');
    assert.equal(await page({ order: bySubject, limit: 2, from: { after: (items[0] as Item).id }, backwards: true }), 'alpha Alpha / 4 of 7');
    await assert.rejects(page({ order: bySubject, limit: 2, from: { after: itemId(424_242) } }), { code: 'InvalidCursor' });
    const mixed: OrderSpec = [{ property: 'PidTagImportance', descending: true }, { property: 'PidTagSubject', descending: false }];
    assert.equal(await page({ order: mixed, limit: 3 }), 'undefined alpha Alpha / 0 of 7');
  },
  'keeps orders right while things change': async (driver) => {
    const [folder, other] = [await driver.folder('a'), await driver.folder('b')];
    const made: Item[] = [];
    for (const text of ['b', 'c', 'a']) made.push(await driver.create(folder, { PidTagSubject: text, PidTagMessageDeliveryTime: text.charCodeAt(0) }));
    const now = async (order: OrderSpec): Promise<string> => subjects((await driver.store.scan({ folderId: folder, order, limit: 9 })).items);
    assert.deepEqual([await now(bySubject), await now(newest)], ['a b c', 'c b a']);
    await driver.change((made[0] as Item).id, { properties: { PidTagSubject: 'z' } });
    assert.deepEqual([await now(bySubject), await now(newest)], ['a c z', 'c z a']);
    await driver.transfer((made[1] as Item).id, other, false);
    await driver.create(folder, { PidTagSubject: 'b', PidTagMessageDeliveryTime: 500 });
    assert.deepEqual([await now(bySubject), await now(newest)], ['a b z', 'b z a']);
    for (let at = 0; at < 20; at++) await driver.store.scan({ folderId: folder, order: [{ property: `0x${(0x6600 + at).toString(16)}:Integer32`, descending: false }], limit: 1 });
    assert.equal(await now(bySubject), 'a b z');
  },
  'keeps hidden items apart': async (driver) => {
    const folder = await driver.folder('a');
    await driver.create(folder, { PidTagSubject: 'seen' });
    await driver.create(folder, { PidTagSubject: 'hidden' }, { isAssociated: true });
    const rows = async (table?: 'normal' | 'associated' | 'both'): Promise<string> => subjects((await driver.store.scan({ folderId: folder, order: bySubject, limit: 9, table })).items);
    assert.deepEqual([await rows(), await rows('normal'), await rows('associated'), await rows('both')], ['seen', 'seen', 'hidden', 'hidden seen']);
    const found = await driver.store.find({ folderIds: [folder], restriction: { kind: 'always' }, table: 'associated' });
    assert.equal(subjects(found), 'hidden');
    const { totalCount, associatedCount } = await driver.read(folder);
    assert.deepEqual([totalCount, associatedCount], [1, 1]);
  },
  'finds over folders, in order, up to a limit': async (driver) => {
    const [one, two] = [await driver.folder('a'), await driver.folder('b')];
    for (const text of ['d', 'b']) await driver.create(one, { PidTagSubject: text, PidTagImportance: 1 });
    for (const text of ['c', 'a', 'e']) await driver.create(two, { PidTagSubject: text, PidTagImportance: text === 'e' ? 2 : 1 });
    const restriction = { kind: 'compare', property: 'PidTagImportance', operator: 'eq', value: 1 } as const;
    assert.equal(subjects(await driver.store.find({ folderIds: [one, two], restriction, order: bySubject })), 'a b c d');
    assert.equal(subjects(await driver.store.find({ folderIds: [one, two], restriction, order: [{ property: 'PidTagSubject', descending: true }], limit: 3 })), 'd c b');
    assert.equal(subjects(await driver.store.find({ folderIds: [two], restriction, order: bySubject, limit: 1 })), 'a');
    assert.equal((await driver.store.find({ folderIds: [one, two], restriction, limit: 3 })).length, 3);
    assert.deepEqual(await driver.store.find({ folderIds: [folderId(424_242)], restriction }), []);
  },
  'keeps bytes and gives them back': async (driver) => {
    const folder = await driver.folder('a');
    const source = new Uint8Array(Buffer.from('xxhellozz'));
    const text = await driver.store.keep(source.subarray(2, 7));
    source.fill(0);
    assert.equal(text.size, 5);
    const item = await driver.create(folder, {}, { body: { native: 'text', text } });
    const [read] = await driver.store.getMany([item.id]);
    assert.equal(Buffer.from((await read?.body?.text?.read()) ?? []).toString(), 'hello');
    const without = await driver.change(item.id, { body: 'none' });
    assert.equal(without.body, undefined);
  },
};
