import { choices, decodeDocument, document, encodeDocument, list, optional, repeated, struct, text, type Document, type ProtocolVersion } from '@fauxchange/wbxml';
import { createActiveSyncEmulator, type ActiveSyncEmulator } from '../src/index.ts';
import { ItemOperationsResponse } from '../src/schema/item-operations.ts';
import { SearchResponse } from '../src/schema/search.ts';
import { SyncResponse } from '../src/schema/sync.ts';
import { eachTest, TestDevice } from './support/client.ts';
import { deliver, findBySubject } from './support/mail.ts';
import { expectValid } from './support/xsd.ts';

/*
 * Requests as a client that knows no schema writes them: everything is text, in any number and order.
 */
const Loose = (...names: readonly string[]) => choices('AirSyncBase', Object.fromEntries(names.map((name) => [name, text()])) as never);
const Preference = Loose('Type', 'TruncationSize', 'AllOrNone', 'Preview', 'Data');
const LooseBody = Loose('Type', 'Data', 'Truncated', 'Preview');
const ApplicationData = struct('AirSync', { 'Contacts:FileAs': optional(text()), 'AirSyncBase:Body': repeated(LooseBody), 'AirSyncBase:BodyPreference': repeated(Preference), 'Email:Read': optional(text()) });
const LooseSync = document('AirSync:Sync', struct('AirSync', {
  Collections: list('AirSync', 'Collection', struct('AirSync', {
    SyncKey: text(), CollectionId: text(), Options: optional(struct('AirSync', { 'AirSyncBase:BodyPreference': repeated(Preference) })),
    Commands: optional(choices('AirSync', { Add: struct('AirSync', { ClientId: text(), ApplicationData }), Change: struct('AirSync', { ServerId: text(), ApplicationData }) })),
  })),
}));
const LooseFetch = document('ItemOperations:ItemOperations', struct('ItemOperations', {
  Fetch: struct('ItemOperations', { Store: text(), 'AirSync:CollectionId': text(), 'AirSync:ServerId': text(), 'AirSyncBase:FileReference': repeated(text()), Options: struct('ItemOperations', { Range: optional(text()), 'AirSyncBase:BodyPreference': repeated(Preference), 'AirSyncBase:Body': repeated(LooseBody) }) }),
}));
const LooseSearch = document('Search:Search', struct('Search', {
  Store: struct('Search', { Name: text(), Query: struct('Search', { And: struct('Search', { 'AirSync:Class': text(), FreeText: text() }) }), Options: struct('Search', { Range: text(), 'AirSyncBase:BodyPreference': repeated(Preference), 'AirSyncBase:Body': repeated(LooseBody) }) }),
}));
type Pairs = readonly (readonly [string, string])[];

let eas: ActiveSyncEmulator;
let phone: TestDevice;
let inbox: string;
eachTest({ provisioning: 'none', seed: 'empty' }, async (emulator) => {
  eas = emulator;
  await open();
  await deliver(eas, {});
});

async function open(version: ProtocolVersion = '14.1'): Promise<void> {
  phone = new TestDevice(eas, 'alice', { version });
  inbox = await phone.collectionId('Inbox');
}

async function answerTo<Q, R>(request: Document<Q>, response: Document<R>, value: unknown): Promise<R> {
  const answer = await phone.post(request.root.split(':')[1] ?? '', encodeDocument(request, value as Q & object, { version: phone.version }));
  const bytes = new Uint8Array(await answer.arrayBuffer());
  expect(answer.status).toBe(200);
  expectValid(bytes);
  return decodeDocument(bytes, response, { version: phone.version });
}

const good: Pairs = [['Type', '1'], ['TruncationSize', '100'], ['AllOrNone', '1']];
const wrong = {
  type: [['Type', 'a'], ['TruncationSize', '100'], ['AllOrNone', '1']],
  number: [...good, ['AllOrNone', '1']],
  order: [['TruncationSize', '100'], ['AllOrNone', '1'], ['Type', '1']],
  place: [...good, ['Data', 'x']],
} as const satisfies Readonly<Record<string, Pairs>>;

describe('Sync', () => {
  const sync = async (collection: object, id = inbox) => {
    await phone.sync(id, {}, '0');
    return answerTo(LooseSync, SyncResponse, { Collections: [{ SyncKey: phone.keys.get(id), CollectionId: id, ...collection }] });
  };

  it.each<[what: string, preferences: readonly Pairs[]]>([
    ['MS-ASAIRS_R348: an order', [wrong.order]],
    ['MS-ASAIRS_R350: a value', [[['Type', '1'], ['TruncationSize', '100'], ['AllOrNone', 'a']]]],
    ['MS-ASAIRS_R351: an element twice', [wrong.number]],
    ['MS-ASAIRS_R10016: a type twice', [good, good]],
    ['a type that there is not', [[['Type', '7']]]],
  ])('refuses preferences with 4: %s', async (_what, preferences) => {
    expect((await sync({ Options: { 'AirSyncBase:BodyPreference': preferences } })).Status).toBe(4);
  });

  it.each<[what: string, body: Pairs]>([
    ['MS-ASAIRS_R10014: a value', [['Type', 'a'], ['Data', 'x']]],
    ['MS-ASAIRS_R10037: an element twice', [['Type', '1'], ['Type', '1'], ['Data', 'x']]],
    ['MS-ASAIRS_R10038: an order', [['Data', 'x'], ['Type', '1']]],
  ])('refuses one item with 6 and goes on: %s', async (_what, body) => {
    const contacts = await phone.collectionId('Contacts');
    const add = (ClientId: string, one: Pairs): unknown => ['Add', { ClientId, ApplicationData: { 'Contacts:FileAs': 'Ann', 'AirSyncBase:Body': [one], 'AirSyncBase:BodyPreference': [] } }];
    const answer = await sync({ Commands: [add('1', body), add('2', [['Type', '1'], ['Data', 'x']])] }, contacts);
    expect(answer.Collections?.[0]?.Responses?.map(([, { Status }]) => Status)).toEqual([6, 1]);
  });

  it('MS-ASAIRS_R10039: an element in the wrong place is refused with 6', async () => {
    const contacts = await phone.collectionId('Contacts');
    const answer = await sync({ Commands: [['Add', { ClientId: '1', ApplicationData: { 'Contacts:FileAs': 'Ann', 'AirSyncBase:Body': [], 'AirSyncBase:BodyPreference': [[['Type', '1']]] } }]] }, contacts);
    expect(answer.Collections?.[0]?.Responses?.map(([, { Status }]) => Status)).toEqual([6]);
  });

  it('MS-ASEMAIL_R643: Read that is no flag is refused with 6', async () => {
    const { serverId } = await findBySubject(phone, inbox, 'hello');
    const Collections = [{ SyncKey: phone.keys.get(inbox), CollectionId: inbox, Commands: [['Change', { ServerId: serverId, ApplicationData: { 'AirSyncBase:Body': [], 'AirSyncBase:BodyPreference': [], 'Email:Read': 'NON_BOOL' } }]] }];
    const answer = await answerTo(LooseSync, SyncResponse, { Collections });
    expect(answer.Collections?.[0]?.Responses).toEqual([['Change', { ServerId: serverId, Status: 6 }]]);
  });
});

describe('ItemOperations', () => {
  const fetch = async (more: object, options: object = {}) => {
    const { serverId } = await findBySubject(phone, inbox, 'hello');
    return answerTo(LooseFetch, ItemOperationsResponse, { Fetch: { Store: 'Mailbox', 'AirSync:CollectionId': inbox, 'AirSync:ServerId': serverId, 'AirSyncBase:FileReference': [], Options: { 'AirSyncBase:BodyPreference': [], 'AirSyncBase:Body': [], ...options }, ...more } });
  };

  it.each<[what: string, options: object]>([
    ['MS-ASAIRS_R346: a value', { 'AirSyncBase:BodyPreference': [wrong.type] }],
    ['MS-ASAIRS_R10030: an element twice', { 'AirSyncBase:BodyPreference': [wrong.number] }],
    ['MS-ASAIRS_R10031: an order', { 'AirSyncBase:BodyPreference': [wrong.order] }],
    ['MS-ASAIRS_R10032: a place', { 'AirSyncBase:Body': [[['Type', '2']]] }],
    ['MS-ASCMD_R3547 MS-ASCMD_R4154: an option that is none', { Range: '' }],
  ])('refuses it with 2: %s', async (_what, options) => {
    expect((await fetch({}, options)).Status).toBe(2);
  });

  it('MS-ASCMD_R765: two attachments in one Fetch are refused with 2', async () => {
    expect((await fetch({ 'AirSyncBase:FileReference': ['1', '2'] })).Status).toBe(2);
  });

  it('a type twice is refused with 2, for that item alone', async () => {
    const answer = await fetch({}, { 'AirSyncBase:BodyPreference': [good, good] });
    expect([answer.Status, answer.Response?.Fetch[0]?.Status]).toEqual([1, 2]);
  });
});

describe('Search', () => {
  it.each<[what: string, options: object]>([
    ['MS-ASAIRS_R10033: a value', { 'AirSyncBase:BodyPreference': [wrong.type] }],
    ['MS-ASAIRS_R10034: an element twice', { 'AirSyncBase:BodyPreference': [wrong.number] }],
    ['MS-ASAIRS_R10035: an order', { 'AirSyncBase:BodyPreference': [wrong.order] }],
    ['MS-ASAIRS_R10036: a place', { 'AirSyncBase:Body': [[['Type', '2']]] }],
  ])('refuses it with 2: %s', async (_what, options) => {
    const answer = await answerTo(LooseSearch, SearchResponse, { Store: { Name: 'Mailbox', Query: { And: { 'AirSync:Class': 'Email', FreeText: 'hello' } }, Options: { Range: '0-9', 'AirSyncBase:BodyPreference': [], 'AirSyncBase:Body': [], ...options } } });
    expect(answer.Response?.Store.Status ?? answer.Status).toBe(2);
  });
});

it('MS-ASAIRS_R10015: Exchange 2007 answers a type twice with HTTP 500', async () => {
  const old = await createActiveSyncEmulator({ provisioning: 'none', seed: 'empty', profile: 'exchange2007' });
  try {
    const device = new TestDevice(old, 'alice', { version: '12.1' });
    const id = await device.collectionId('Inbox');
    await device.sync(id, {}, '0');
    const value = { Collections: [{ SyncKey: device.keys.get(id) ?? '', CollectionId: id, Options: { 'AirSyncBase:BodyPreference': [good, good] } }] };
    expect((await device.post('Sync', encodeDocument(LooseSync, value as never, { version: '12.1' }))).status).toBe(500);
  } finally {
    await old.close();
  }
});
