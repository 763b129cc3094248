import type { FolderId, Item } from '@fauxchange/mailbox';
import { decode, emsmdbRequestTypes, encode, notificationType, type LayoutValue, type notificationData } from '@fauxchange/mapi-wire';
import { createMapiHttpEmulator, type MapiHttpEmulator } from '../src/index.ts';
import { TestMailbox } from './support/mailbox.ts';
import { fid, isText, tag, TableClient } from './support/table-client.ts';

let mapi: MapiHttpEmulator;
let outlook: TableClient;
let alice: TestMailbox;
let folder: FolderId;
beforeAll(async () => {
  mapi = await createMapiHttpEmulator();
});
beforeEach(async () => {
  await mapi.reset();
  alice = new TestMailbox(mapi);
  folder = await alice.folder('Letters');
  outlook = await new TableClient(mapi).start();
});
afterAll(() => mapi.close());

type Data = LayoutValue<typeof notificationData>;
const AuxiliaryBuffer = new Uint8Array(0);
const everything = 0x1fe;

const register = (NotificationTypes: number, scope: { readonly folder?: number; readonly item?: number } = {}) => outlook.ok('RopRegisterNotification', {
  NotificationTypes, WantWholeStore: scope.folder === undefined, ...(scope.folder !== undefined && { FolderId: fid(scope.folder), MessageId: scope.item === undefined ? 0n : fid(scope.item) }),
}, outlook.logonHandle);

/** What is told behind no ROP at all. */
async function told(client = outlook): Promise<readonly (Data & { readonly handle: number })[]> {
  client.notified.length = 0;
  await client.execute([], []);
  return client.notified.flatMap(({ name, body }) => (name === 'RopNotify' ? [{ ...body.NotificationData, handle: body.NotificationHandle }] : []));
}
const onMessages = (all: readonly Data[]): readonly Data[] => all.filter(({ NotificationFlags }) => (NotificationFlags & 0x8000) !== 0);
const waiting = (client = outlook) => client.http.send('NotificationWait', encode(emsmdbRequestTypes.NotificationWait.request, { Flags: 0, AuxiliaryBuffer }));

const one = async (): Promise<Item> => alice.message(folder, 'one');

describe('objects', () => {
  interface Happening {
    readonly type: number;
    readonly happens: () => Promise<{ readonly id: number; readonly oldId?: number; readonly parent?: number; readonly oldParent?: number }>;
  }
  const other = (): Promise<FolderId> => alice.folder('Other');
  const messages: Readonly<Record<string, Happening>> = {
    created: { type: 0x4, happens: async () => one() },
    newMail: { type: 0x2, happens: async () => alice.message(folder, 'one', {}, {}, { isDelivery: true }) },
    deleted: { type: 0x8, happens: async () => {
      const { id } = await one();
      await told();
      await alice.session.removeItems([id], 'hard');
      return { id };
    } },
    modified: { type: 0x10, happens: async () => {
      const { id } = await one();
      await told();
      await alice.session.updateItem(id, { properties: { PidTagImportance: 2 } });
      return { id };
    } },
    moved: { type: 0x20, happens: async () => {
      const [{ id: oldId }, parent] = [await one(), await other()];
      await told();
      const [item] = await alice.session.moveItems([oldId], { session: alice.session, folderId: parent });
      return { id: (item as Item).id, oldId, parent, oldParent: folder };
    } },
    copied: { type: 0x40, happens: async () => {
      const [{ id: oldId }, parent] = [await one(), await other()];
      await told();
      const [item] = await alice.session.copyItems([oldId], { session: alice.session, folderId: parent });
      return { id: (item as Item).id, oldId, parent, oldParent: folder };
    } },
  };

  it.each<[string, keyof typeof messages]>([
    ['MS-OXCNOTIF_R11 MS-OXCNOTIF_R41 MS-OXCNOTIF_R103 MS-OXCNOTIF_R17103 MS-OXCNOTIF_R17501', 'newMail'], ['MS-OXCNOTIF_R13 MS-OXCNOTIF_R42 MS-OXCNOTIF_R104 MS-OXCNOTIF_R21502 MS-OXCNOTIF_R22102 MS-OXCNOTIF_R22602', 'created'],
    ['MS-OXCNOTIF_R14 MS-OXCNOTIF_R43 MS-OXCNOTIF_R105', 'deleted'], ['MS-OXCNOTIF_R15 MS-OXCNOTIF_R44 MS-OXCNOTIF_R106', 'modified'],
    ['MS-OXCNOTIF_R16 MS-OXCNOTIF_R45 MS-OXCNOTIF_R107 MS-OXCNOTIF_R18301 MS-OXCNOTIF_R18701', 'moved'], ['MS-OXCNOTIF_R12 MS-OXCNOTIF_R46 MS-OXCNOTIF_R108 MS-OXCNOTIF_R18302 MS-OXCNOTIF_R18702', 'copied'],
  ])('%s MS-OXCNOTIF_R52 MS-OXCNOTIF_R170 MS-OXCNOTIF_R174 MS-OXCNOTIF_R182 MS-OXCNOTIF_R186 MS-OXCNOTIF_R96: a message is %s, somewhere in the mailbox', async (_ids, name) => {
    const { type, happens } = messages[name] as Happening;
    const { opened } = await register(type);
    const { id, oldId, parent = folder, oldParent = folder } = await happens();
    const found = onMessages(await told());
    expect(found).toEqual([expect.objectContaining({ NotificationFlags: type | 0x8000, handle: opened, FolderId: fid(parent), MessageId: fid(id) })]);
    const [data] = found;
    const isOld = type === 0x20 || type === 0x40;
    expect([data?.OldFolderId, data?.OldMessageId]).toEqual(isOld ? [fid(oldParent), fid(oldId ?? 0)] : [undefined, undefined]);
    expect([data?.MessageFlags, data?.UnicodeFlag, data?.MessageClass]).toEqual(type === 2 ? [expect.any(Number), true, 'IPM.Note'] : [undefined, undefined, undefined]);
    expect([data?.TableEventType, data?.ParentFolderId, data?.OldParentFolderId]).toEqual([undefined, undefined, undefined]);
    // Nothing of another type is told.
    expect(await told()).toEqual([]);
  });

  it('MS-OXCNOTIF_R21501 MS-OXCNOTIF_R214001 MS-OXCNOTIF_R22101 MS-OXCNOTIF_R22601 MS-OXCNOTIF_R12402 MS-OXCNOTIF_R17905 MS-OXCNOTIF_R18303 MS-OXCNOTIF_R18703 MS-OXCNOTIF_R19103 MS-OXCNOTIF_R19503: what is told of new mail, and what is not', async () => {
    await register(0x2);
    const { id } = await alice.message(folder, 'one', {}, {}, { isDelivery: true });
    const all = await told();
    expect(all).toEqual([{ NotificationFlags: 0x8002, FolderId: fid(folder), MessageId: fid(id), MessageFlags: expect.any(Number) as number, UnicodeFlag: true, MessageClass: 'IPM.Note', handle: expect.any(Number) as number }]);
    const [item] = await alice.session.items([id]);
    // Unread: neither mfRead nor mfEverRead.
    expect((all[0]?.MessageFlags ?? 1) & 0x401).toBe(0);
    expect(item).toMatchObject({ isRead: false });
  });

  it('mail that arrives over another protocol', async () => {
    await register(0x2);
    const bob = new TestMailbox(mapi, 'bob');
    await bob.session.send({ itemClass: 'IPM.Note', recipients: [{ type: 'to', name: 'Alice', address: 'alice@example.test', addressType: 'SMTP' }], attachments: [], isRead: true, isAssociated: false, properties: { PidTagSubject: 'Hello' } }, { saveIn: undefined });
    await mapi.settle();
    expect(await told()).toEqual([expect.objectContaining({ NotificationFlags: 0x8002, FolderId: fid(alice.inbox) })]);
  });

  const folders: Readonly<Record<string, { readonly type: number; readonly happens: (id: FolderId) => Promise<unknown> }>> = {
    deleted: { type: 0x8, happens: (id) => alice.session.removeFolder(id, 'hard') },
    modified: { type: 0x10, happens: (id) => alice.session.updateFolder(id, { displayName: 'New' }) },
    moved: { type: 0x20, happens: (id) => alice.session.moveFolder(id, { session: alice.session, folderId: alice.inbox }) },
  };
  it.each<[string, keyof typeof folders, Partial<Record<keyof Data, unknown>>]>([
    ['MS-OXCNOTIF_R14 MS-OXCNOTIF_R17902', 'deleted', { ParentFolderId: 'folder' }], ['MS-OXCNOTIF_R15', 'modified', { Tags: [] }],
    ['MS-OXCNOTIF_R16 MS-OXCNOTIF_R190 MS-OXCNOTIF_R19101', 'moved', { ParentFolderId: 'inbox', OldFolderId: 'own', OldParentFolderId: 'folder' }],
  ])('%s MS-OXCNOTIF_R178 MS-OXCNOTIF_R170: a folder is %s', async (_ids, name, expected) => {
    const { type, happens } = folders[name] as (typeof folders)[string];
    const inner = await alice.folder('Inner', folder);
    await register(type);
    await happens(inner);
    const ids: Readonly<Record<string, bigint>> = { folder: fid(folder), inbox: fid(alice.inbox), own: fid(inner) };
    const members = Object.fromEntries(Object.entries(expected).map(([member, value]) => [member, typeof value === 'string' ? ids[value] : value]));
    expect(await told()).toEqual([{ NotificationFlags: type, FolderId: fid(inner), ...members, handle: expect.any(Number) as number }]);
  });

  it('MS-OXCNOTIF_R13 MS-OXCNOTIF_R17901 MS-OXCNOTIF_R178 MS-OXCNOTIF_R194 MS-OXCNOTIF_R19501: a folder is created', async () => {
    await register(0x4);
    const inner = await alice.folder('Inner', folder);
    expect(await told()).toEqual([{ NotificationFlags: 0x4, FolderId: fid(inner), ParentFolderId: fid(folder), Tags: [], handle: expect.any(Number) as number }]);
  });

  it('MS-OXCNOTIF_R206 MS-OXCNOTIF_R20701 MS-OXCNOTIF_R207 MS-OXCNOTIF_R210 MS-OXCNOTIF_R21101 MS-OXCNOTIF_R211 MS-OXCNOTIF_R20702 MS-OXCNOTIF_R21102 MS-OXCNOTIF_R199 MS-OXCNOTIF_R19502 MS-OXCNOTIF_R20302: counts of a folder', async () => {
    const { id } = await one();
    await alice.message(folder, 'two', {}, { isRead: true });
    await register(0x10);
    await alice.session.updateItem(id, { isRead: true });
    const handle = expect.any(Number) as number;
    expect(await told()).toEqual([
      { NotificationFlags: 0x8010, FolderId: fid(folder), MessageId: fid(id), Tags: [], handle }, { NotificationFlags: 0x3010, FolderId: fid(folder), Tags: [], TotalMessageCount: 2, UnreadMessageCount: 0, handle },
    ]);
  });

  it('MS-OXCNOTIF_R17 MS-OXCNOTIF_R47 MS-OXCNOTIF_R109: a search is completed', async () => {
    await register(0x80);
    const criteria = { folderIds: [alice.inbox], isDeep: false, restriction: { kind: 'always' } } as const;
    const { id } = await alice.session.createFolder(folder, { displayName: 'Found', searchCriteria: criteria });
    const completed = { NotificationFlags: 0x80, FolderId: fid(id), handle: expect.any(Number) as number };
    expect(await told()).toEqual([completed]);
    await alice.session.updateFolder(id, { displayName: 'Found again' });
    expect(await told()).toEqual([]);
    await alice.session.updateFolder(id, { searchCriteria: { ...criteria, isDeep: true } });
    expect(await told()).toEqual([completed]);
  });
});

describe('scope', () => {
  it('MS-OXCNOTIF_R53: a folder, and what is in it', async () => {
    const inner = await alice.folder('Inner', folder);
    await register(everything, { folder });
    const { id } = await one();
    await alice.message(inner, 'not here');
    await alice.message(alice.inbox, 'nor here');
    await alice.session.updateFolder(folder, { displayName: 'New' });
    expect((await told()).map(({ NotificationFlags, FolderId, MessageId }) => [NotificationFlags & 0xfff, FolderId, MessageId])).toEqual([
      [0x4, fid(folder), fid(id)], [0x10, fid(folder), undefined], [0x10, fid(folder), undefined],
    ]);
  });

  it('a message', async () => {
    const [{ id }, { id: other }] = [await one(), await alice.message(folder, 'other')];
    await register(everything, { folder, item: id });
    await alice.session.updateItem(other, { isRead: true });
    await alice.session.updateItem(id, { isRead: true });
    await alice.session.removeItems([id], 'hard');
    expect((await told()).map(({ NotificationFlags, MessageId }) => [NotificationFlags, MessageId])).toEqual([[0x8010, fid(id)], [0x8008, fid(id)]]);
  });

  it('MS-OXCNOTIF_R288 MS-OXCNOTIF_R290 MS-OXCNOTIF_R292 MS-OXCNOTIF_R97001 MS-OXCNOTIF_R241: several subscriptions, each told what it asked for', async () => {
    const [created, removed] = [(await register(0x4)).opened, (await register(0x8)).opened];
    const { id } = await one();
    await alice.session.removeItems([id], 'hard');
    outlook.notified.length = 0;
    await outlook.execute([], []);
    expect(outlook.notified.map(({ name, body }) => [name, 'NotificationHandle' in body && body.NotificationHandle, 'LogonId' in body && body.LogonId])).toEqual([['RopNotify', created, 0], ['RopNotify', removed, 0]]);
  });

  it('of another logon', async () => {
    const { opened } = await outlook.logon('alice', 5);
    await outlook.ok('RopRegisterNotification', { NotificationTypes: 0x4, WantWholeStore: true }, opened);
    await one();
    outlook.notified.length = 0;
    await outlook.execute([], []);
    expect(outlook.notified.map(({ body }) => 'LogonId' in body && body.LogonId)).toEqual([5]);
  });

  it('nothing of a folder that one may not see', async () => {
    const bob = new TableClient(mapi, 'bob');
    const { opened } = await bob.logon('alice');
    await bob.ok('RopRegisterNotification', { NotificationTypes: everything, WantWholeStore: true }, opened);
    await one();
    await alice.folder('Secret', folder);
    expect(await told(bob)).toEqual([]);
  });

  it('a subscription that was given back, and one whose logon has ended', async () => {
    const { opened } = await register(0x4);
    await outlook.rop('RopRelease', {}, opened);
    await one();
    expect(await told()).toEqual([]);
    await register(0x4);
    await one();
    await outlook.rop('RopRelease', {}, outlook.logonHandle);
    expect(await told()).toEqual([]);
  });

  it.each([[0], [0x200], [0x8000]])('no such types: 0x%s', async (NotificationTypes) => {
    expect(await outlook.fails('RopRegisterNotification', { NotificationTypes, WantWholeStore: true }, outlook.logonHandle)).toBe(0x8007_0057);
  });
});

describe('RopPending and bounds', () => {
  it('MS-OXCNOTIF_R335 MS-OXCNOTIF_R348 MS-OXCNOTIF_R342 MS-OXCNOTIF_R8201001 MS-OXCNOTIF_R510: as many as have room, then RopPending', async () => {
    await register(0x4);
    await register(0x4);
    for (let at = 0; at < 900; at++) await alice.message(alice.inbox, `${at}`);
    await told();
    const first = outlook.notified.map(({ name }) => name);
    expect(first.at(-1)).toBe('RopPending');
    expect(new Set(first.slice(0, -1))).toEqual(new Set(['RopNotify']));
    await told();
    const second = outlook.notified.map(({ name }) => name);
    expect(second).not.toContain('RopPending');
    expect(first.length - 1 + second.length).toBe(1_800);
  });

  it('a client that never asks is told of the last thousand', async () => {
    await register(0x4);
    let last = 0;
    for (let at = 0; at < 1_100; at++) last = (await alice.message(alice.inbox, `${at}`)).id;
    const all = [...await told(), ...await told()];
    expect(all.length).toBe(1_000);
    expect(all.at(-1)?.MessageId).toBe(fid(last));
  });

  it('what has changed again is told once', async () => {
    const { id } = await one();
    await register(0x10, { folder, item: id });
    for (const importance of [0, 1, 2]) await alice.session.updateItem(id, { properties: { PidTagImportance: importance } });
    expect((await told()).length).toBe(1);
  });
});

describe('NotificationWait', () => {
  const pendingOf = async (answer: ReturnType<typeof waiting>): Promise<unknown> => decode((await answer).body, emsmdbRequestTypes.NotificationWait.response);

  it('MS-OXCNOTIF_R482: ends as soon as something happens', async () => {
    await register(0x4);
    const answer = waiting();
    await new Promise((resolve) => setImmediate(resolve));
    await one();
    expect(await pendingOf(answer)).toEqual({ StatusCode: 0, ErrorCode: 0, EventPending: 1, AuxiliaryBuffer });
    expect((await told()).length).toBe(1);
  });

  it('at once where something waits already', async () => {
    await register(0x4);
    await one();
    expect(await pendingOf(waiting())).toMatchObject({ EventPending: 1 });
    expect(await pendingOf(waiting())).toMatchObject({ EventPending: 1 });
  });

  it('ends with the session', async () => {
    await register(0x4);
    const answer = waiting();
    await new Promise((resolve) => setImmediate(resolve));
    await outlook.http.send('Disconnect', encode(emsmdbRequestTypes.Disconnect.request, { AuxiliaryBuffer }));
    expect((await answer).status).toBe(200);
  });
  void [notificationType, isText, tag];
});
