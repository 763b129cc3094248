import { createClock } from '@fauxchange/kernel';
import { createActiveSyncEmulator, type ActiveSyncEmulator } from '../src/index.ts';
import { SyncRequest, SyncResponse, type ClientCommand, type RequestCollection, type ResponseCollection, type SyncOptions } from '../src/schema/sync.ts';
import { GetItemEstimateRequest, GetItemEstimateResponse } from '../src/schema/get-item-estimate.ts';
import { noOptions, TestDevice, type SyncExtras } from './support/client.ts';
import { sessionOf } from './support/items.ts';

const clock = createClock({ at: Date.UTC(2026, 0, 5, 9), frozen: true });
const DAY = 86_400_000;
let eas: ActiveSyncEmulator;
let phone: TestDevice;
let inbox: string;
let contacts: string;
beforeAll(async () => {
  eas = await createActiveSyncEmulator({ provisioning: 'none', clock });
});
beforeEach(async () => {
  clock.freeze(Date.UTC(2026, 0, 5, 9));
  await eas.reset();
  phone = new TestDevice(eas);
  await phone.folderSync('0');
  const { Changes } = await phone.folderSync('0');
  const id = (name: string): string => Changes?.Add.find(({ DisplayName }) => DisplayName === name)?.ServerId ?? '';
  inbox = id('Inbox');
  contacts = id('Contacts');
});
afterAll(() => eas.close());

const deliver = (subject: string, to = 'alice'): Promise<void> => eas.organization.deliver(`From: zoe@elsewhere.test\r\nSubject: ${subject}\r\n\r\nHi\r\n`, { to: [`${to}@example.test`] });
const kinds = (collection: ResponseCollection | undefined): string[] => collection?.Commands?.map(([kind]) => kind) ?? [];
const subjects = (collection: ResponseCollection | undefined): (string | undefined)[] => collection?.Commands?.map(([, command]) => ('ApplicationData' in command ? command.ApplicationData['Email:Subject'] : undefined)) ?? [];
const options = (members: Partial<SyncOptions>) => ({ Options: [{ ...noOptions, ...members }] });
const session = () => sessionOf(eas);
const countIn = async (name: 'deleteditems' | 'recoverableitemsdeletions'): Promise<number> => (await session().distinguished(name)).totalCount;
const contact = (LastName: string) => ({ 'Contacts:LastName': LastName, 'Contacts:FileAs': LastName });
const add = (ClientId: string, LastName: string): ClientCommand => ['Add', { ClientId, ApplicationData: contact(LastName) }];
const send = async (Collections: readonly (Partial<RequestCollection> & { CollectionId?: string })[], more: { WindowSize?: number } = {}, device = phone) =>
  (await device.command(SyncRequest, SyncResponse, { Collections: Collections.map((one) => ({ Options: [], ...one })), ...more })).value;

describe('keys', () => {
  it('MS-ASCMD_R648 MS-ASCMD_R4599 MS-ASCMD_R5032 MS-ASCMD_R5051 MS-ASCMD_R4423: key 0 gives a first key and nothing else', async () => {
    expect(await phone.sync(inbox, {}, '0')).toEqual({ CollectionId: inbox, SyncKey: expect.stringMatching(/^[1-9]\d*$/) as string, Status: 1 });
  });

  it('MS-ASCMD_R654 MS-ASCMD_R4602 MS-ASCMD_R4606 MS-ASCMD_R5053 MS-ASCMD_R5060: with the first everything is told, under a new one', async () => {
    const { SyncKey: first } = (await phone.sync(inbox, {}, '0')) ?? {};
    const all = await phone.sync(inbox);
    expect([all?.Commands?.length, all?.SyncKey === first]).toEqual([27, false]);
  });

  it('MS-ASCMD_R656: then nothing, without a document', async () => {
    await phone.syncAll(inbox);
    expect((await phone.command(SyncRequest, SyncResponse, { Collections: [{ Options: [], CollectionId: inbox, SyncKey: phone.keys.get(inbox) }] })).bytes.length).toBe(0);
  });

  it('the one before the last gets the same again, and nothing is done twice', async () => {
    await phone.syncAll(contacts);
    const key = phone.keys.get(contacts) ?? '';
    await deliver('x');
    const once = await phone.sync(contacts, { Commands: [add('c1', 'Twice')] }, key);
    const again = await phone.sync(contacts, { Commands: [add('c1', 'Twice')] }, key);
    expect(again?.Responses).toEqual(once?.Responses);
    expect(await phone.sync(contacts)).toBeUndefined();
    const everything = await new TestDevice(eas, 'alice', { id: 'OTHER' }).folderSync('0');
    expect(everything.Status).toBe(1);
    const other = new TestDevice(eas, 'alice', { id: 'OTHER' });
    const named = (await other.syncAll(contacts)).filter(([, command]) => 'ApplicationData' in command && command.ApplicationData['Contacts:LastName'] === 'Twice');
    expect(named.length).toBe(1);
  });

  it('a deletion that comes again succeeds again', async () => {
    const [first] = await phone.syncAll(inbox);
    const key = phone.keys.get(inbox) ?? '';
    const Commands: ClientCommand[] = [['Delete', { ServerId: first?.[1].ServerId ?? '' }]];
    for (let n = 0; n < 2; n++) expect((await phone.sync(inbox, { Commands }, key))?.Responses).toBeUndefined();
    expect(await phone.sync(inbox)).toBeUndefined();
  });

  it('MS-ASCMD_R4425 MS-ASCMD_R4417: any other is status 3', async () => {
    await phone.syncAll(inbox);
    const old = phone.keys.get(inbox) ?? '';
    await deliver('one');
    await phone.sync(inbox);
    await deliver('two');
    await phone.sync(inbox);
    for (const key of [old, '77', 'x']) expect(await phone.sync(inbox, {}, key)).toEqual({ CollectionId: inbox, SyncKey: '0', Status: 3 });
  });

  it('are of one device: another has its own', async () => {
    await phone.syncAll(inbox);
    const other = new TestDevice(eas, 'alice', { id: 'OTHER' });
    await other.folderSync('0');
    expect((await other.sync(inbox, {}, phone.keys.get(inbox)))?.Status).toBe(3);
    expect((await other.syncAll(inbox)).length).toBe(27);
  });
});

describe('changes of the server', () => {
  it('MS-ASCMD_R749 MS-ASCMD_R3119 MS-ASCMD_R3126 MS-ASCMD_R5556: what came, changed and went, each once', async () => {
    await phone.syncAll(inbox);
    const folder = await session().distinguished('inbox');
    const { items: [first, second] } = await session().query([folder.id], { limit: 2 });
    if (!first || !second) throw new Error('no mail');
    await deliver('new');
    await session().updateItem(first.id, { properties: { PidTagSubject: 'changed' } });
    await session().removeItems([second.id], 'hard');
    const told = await phone.sync(inbox);
    expect(kinds(told).sort()).toEqual(['Add', 'Change', 'Delete']);
    expect(await phone.sync(inbox)).toBeUndefined();
  });

  it('a read flag alone tells nothing but it', async () => {
    await phone.syncAll(inbox);
    const { items: [first] } = await session().query([(await session().distinguished('inbox')).id], { limit: 1 });
    if (!first) throw new Error('no mail');
    await session().updateItem(first.id, { isRead: !first.isRead });
    expect((await phone.sync(inbox))?.Commands).toEqual([['Change', { ServerId: `${inbox}:${first.id}`, ApplicationData: { 'Email:Read': !first.isRead } }]]);
  });

  it('MS-ASCMD_R3125: are not told to who does not want them', async () => {
    await phone.syncAll(inbox);
    await deliver('new');
    expect((await phone.sync(inbox, { GetChanges: '0' }))?.Commands).toBeUndefined();
    expect(subjects(await phone.sync(inbox))).toEqual(['new']);
  });

  it('MS-ASCMD_R3127: an empty GetChanges wants them', async () => {
    await phone.syncAll(inbox);
    await deliver('new');
    expect(subjects(await phone.sync(inbox, { GetChanges: '' }))).toEqual(['new']);
  });

  it('what came and went in between is not told', async () => {
    await phone.syncAll(inbox);
    await deliver('short');
    const { items: [short] } = await session().query([(await session().distinguished('inbox')).id], { limit: 1 });
    if (short) await session().removeItems([short.id], 'hard');
    expect(await phone.sync(inbox)).toBeUndefined();
  });

  it('what arrives while the first round is under way comes at its end, once', async () => {
    await phone.sync(inbox, {}, '0');
    const first = await phone.sync(inbox, { WindowSize: 20 });
    await deliver('late');
    const rest = await phone.sync(inbox, { WindowSize: 20 });
    expect([first?.Commands?.length, subjects(rest).filter((one) => one === 'late').length, (rest?.Commands?.length ?? 0) + 20]).toEqual([20, 1, 28]);
    expect(await phone.sync(inbox)).toBeUndefined();
  });

  it('what goes while the first round is under way leaves no gap', async () => {
    await phone.sync(inbox, {}, '0');
    const first = await phone.sync(inbox, { WindowSize: 10 });
    const gone = first?.Commands?.slice(0, 3).map(([, { ServerId }]) => Number(ServerId.split(':')[1])) ?? [];
    await session().removeItems(gone as never, 'hard');
    const rest = await phone.sync(inbox, { WindowSize: 50 });
    expect([kinds(rest).filter((kind) => kind === 'Add').length, kinds(rest).filter((kind) => kind === 'Delete').length]).toEqual([17, 3]);
  });
});

describe('windows', () => {
  it('MS-ASCMD_R3451 MS-ASCMD_R3456 MS-ASCMD_R4765 MS-ASCMD_R4771 MS-ASCMD_R5015 MS-ASCMD_R5041 MS-ASCMD_R5787: are kept, and MoreAvailable says that there is more', async () => {
    await phone.sync(inbox, {}, '0');
    const sizes = [];
    for (let more: true | undefined = true; more;) {
      const answer: ResponseCollection | undefined = await phone.sync(inbox, { WindowSize: 9 });
      sizes.push(answer?.Commands?.length);
      more = answer?.MoreAvailable;
    }
    expect(sizes).toEqual([9, 9, 9]);
  });

  it('MS-ASCMD_R3459 MS-ASCMD_R4767: of 100 where none is asked for', async () => {
    for (let n = 0; n < 80; n++) await deliver(`mail ${n}`);
    await phone.sync(inbox, {}, '0');
    const first = await phone.sync(inbox);
    expect([first?.Commands?.length, first?.MoreAvailable]).toEqual([100, true]);
  });

  it('MS-ASCMD_R3460 MS-ASCMD_R4764: of 512 at most, whatever is asked for', async () => {
    const folder = await session().distinguished('inbox');
    const draft = { itemClass: 'IPM.Note', recipients: [], attachments: [], properties: { PidTagSubject: 'one of many' }, isRead: true, isAssociated: false };
    for (let n = 0; n < 600; n++) await session().createItem(folder.id, draft);
    for (const WindowSize of [0, 512, 5000]) {
      await phone.sync(inbox, {}, '0');
      const first = await phone.sync(inbox, { WindowSize });
      expect([first?.Commands?.length, first?.MoreAvailable]).toEqual([512, true]);
    }
  });

  it('MS-ASCMD_R4779: one for all collections of a request', async () => {
    for (const name of ['A', 'B', 'C']) await session().createItem((await session().distinguished('contacts')).id, { itemClass: 'IPM.Contact', recipients: [], attachments: [], properties: { PidTagDisplayName: name, PidTagSurname: name }, isRead: true, isAssociated: false });
    for (const id of [inbox, contacts]) await phone.sync(id, {}, '0');
    const answer = await send([inbox, contacts].map((CollectionId) => ({ CollectionId, SyncKey: phone.keys.get(CollectionId), WindowSize: 50 })), { WindowSize: 29 });
    expect(answer?.Collections?.map(({ Commands, MoreAvailable }) => [Commands?.length, MoreAvailable])).toEqual([[27, undefined], [2, true]]);
  });
});

describe('filters', () => {
  it('MS-ASCMD_R2987: only what is young enough is sent', async () => {
    await deliver('today');
    const all = await phone.syncAll(inbox, options({ FilterType: [2] }));
    expect(all.length).toBeGreaterThan(0);
    expect(all.length).toBeLessThan(28);
    for (const [, command] of all) if ('ApplicationData' in command) expect(Date.parse(command.ApplicationData['Email:DateReceived'] ?? '')).toBeGreaterThanOrEqual(clock.now() - 3 * DAY);
  });

  it('MS-ASCMD_R3967: what has become too old is softly deleted, and is still there', async () => {
    await deliver('today');
    const before = await phone.syncAll(inbox, options({ FilterType: [1] }));
    expect(before.length).toBeGreaterThan(0);
    await clock.advance(2 * DAY);
    const told = await phone.sync(inbox);
    expect(kinds(told)).toEqual(before.map(() => 'SoftDelete'));
    expect((await session().distinguished('inbox')).totalCount).toBe(28);
  });

  it('that reach back further bring what they left out', async () => {
    await deliver('today');
    const few = (await phone.syncAll(inbox, options({ FilterType: [1] }))).length;
    const told = await phone.sync(inbox, { WindowSize: 512, ...options({ FilterType: [0] }) });
    expect([new Set(kinds(told)), (told?.Commands?.length ?? 0) + few]).toEqual([new Set(['Add']), 28]);
  });

  it('MS-ASCMD_R3076: none is all', async () => {
    expect((await phone.syncAll(inbox, options({ Conflict: [1] }))).length).toBe(27);
  });

  it.each<[string, string, readonly number[]]>([
    ['MS-ASCMD_R3035 MS-ASCMD_R3036 MS-ASCMD_R3037 MS-ASCMD_R3038 MS-ASCMD_R3039 MS-ASCMD_R3040 MS-ASCMD_R3041 MS-ASCMD_R3042 MS-ASCMD_R3043 MS-ASCMD_R3080', 'Inbox', [0, 1, 2, 3, 4, 5]],
    ['MS-ASCMD_R3044 MS-ASCMD_R3045 MS-ASCMD_R3046 MS-ASCMD_R3047 MS-ASCMD_R3048 MS-ASCMD_R3049 MS-ASCMD_R3050 MS-ASCMD_R3051', 'Calendar', [0, 4, 5, 6, 7]],
    ['MS-ASCMD_R3053 MS-ASCMD_R3054 MS-ASCMD_R3055 MS-ASCMD_R3056 MS-ASCMD_R3057 MS-ASCMD_R3058 MS-ASCMD_R3059 MS-ASCMD_R3060 MS-ASCMD_R3061', 'Tasks', [0, 8]],
  ])('%s: those of %s', async (_ids, name, known) => {
    const id = await phone.collectionId(name);
    for (let filter = 0; filter <= 9; filter++) {
      await phone.folderSync('0');
      const answer = await send([{ CollectionId: id, SyncKey: '0', ...options({ FilterType: [filter] }) }]);
      expect([name, filter, answer?.Status ?? answer?.Collections?.[0]?.Status]).toEqual([name, filter, known.includes(filter) ? 1 : 4]);
    }
  });

  it('MS-ASCMD_R3079: contacts have none, and nobody minds', async () => {
    expect((await send([{ CollectionId: contacts, SyncKey: '0', ...options({ FilterType: [3] }) }]))?.Collections?.[0]?.Status).toBe(1);
  });

  it.each<[string, string, readonly number[]]>([
    ['MS-ASCMD_R2999 MS-ASCMD_R3000 MS-ASCMD_R3001 MS-ASCMD_R3002 MS-ASCMD_R3003 MS-ASCMD_R3004 MS-ASCMD_R3005 MS-ASCMD_R3006 MS-ASCMD_R3007', 'Inbox', [0, 1, 2, 3, 4, 5]],
    ['MS-ASCMD_R3008 MS-ASCMD_R3009 MS-ASCMD_R3010 MS-ASCMD_R3011 MS-ASCMD_R3012 MS-ASCMD_R3013 MS-ASCMD_R3014 MS-ASCMD_R3015 MS-ASCMD_R3016', 'Calendar', [0, 4, 5, 6, 7]],
    ['MS-ASCMD_R3017 MS-ASCMD_R3018 MS-ASCMD_R3019 MS-ASCMD_R3020 MS-ASCMD_R3021 MS-ASCMD_R3022 MS-ASCMD_R3023 MS-ASCMD_R3024 MS-ASCMD_R3025', 'Tasks', [0, 8]],
  ])('%s: those of %s in estimates', async (_ids, name, known) => {
    const id = await phone.collectionId(name);
    await phone.sync(id, {}, '0');
    for (let filter = 0; filter <= 8; filter++) {
      const { value } = await phone.command(GetItemEstimateRequest, GetItemEstimateResponse, { Collections: [{ 'AirSync:SyncKey': phone.keys.get(id), CollectionId: id, 'AirSync:Options': [{ ...noOptions, FilterType: [filter] }] }] });
      expect([name, filter, value?.Status ?? value?.Response[0]?.Status]).toEqual([name, filter, known.includes(filter) ? 1 : 110]);
    }
  });

  it('MS-ASCMD_R2984 MS-ASCMD_R2967 MS-ASCMD_R2970 MS-ASCMD_R2973 MS-ASCMD_R2100 MS-ASCMD_R908: the rest of estimates', async () => {
    const ask = async (id: string, more: object) => (await phone.command(GetItemEstimateRequest, GetItemEstimateResponse, { Collections: [{ 'AirSync:SyncKey': phone.keys.get(id), CollectionId: id, 'AirSync:Options': [], ...more }] })).value;
    const filter = (type: number) => ({ 'AirSync:Options': [{ ...noOptions, FilterType: [type] }] });
    for (const name of ['Inbox', 'Contacts', 'Calendar', 'Tasks']) {
      const id = await phone.collectionId(name);
      await phone.sync(id, {}, '0');
      expect([name, (await ask(id, filter(9)))?.Response[0]?.Status]).toEqual([name, 103]);
    }
    await phone.sync(inbox, {}, '0');
    await phone.sync(contacts, {}, '0');
    expect((await ask(inbox, filter(5)))?.Response[0]?.Collection?.Estimate).toBeLessThanOrEqual(27);
    expect((await ask(inbox, {}))?.Response[0]?.Collection?.Estimate).toBe(27);
    expect((await ask(contacts, filter(3)))?.Response[0]?.Status).toBe(1);
    expect((await ask(contacts, { 'AirSync:ConversationMode': '1' }))?.Response[0]?.Status).toBe(103);
    expect((await ask(inbox, { 'AirSync:Options': [noOptions, { ...noOptions, Class: ['Contacts'] }] }))?.Status).toBe(4);
  });
});

describe('changes of the client', () => {
  it('MS-ASCMD_R748 MS-ASCMD_R957 MS-ASCMD_R3834 MS-ASCMD_R5255: an Add is answered with both ids, and never told back', async () => {
    await phone.syncAll(contacts);
    const answer = await phone.change(contacts, [add('c1', 'Archer')]);
    expect(answer.Responses).toEqual([['Add', { ClientId: 'c1', ServerId: expect.stringMatching(new RegExp(`^${contacts}:\\d+$`)) as string, Status: 1 }]]);
    expect(answer.Commands).toBeUndefined();
    expect(await phone.sync(contacts)).toBeUndefined();
  });

  it('MS-ASCMD_R3835: who changes nothing gets no Responses', async () => {
    await phone.sync(inbox, {}, '0');
    expect((await phone.sync(inbox))?.Responses).toBeUndefined();
  });

  it('another device hears of them', async () => {
    await phone.syncAll(contacts);
    const other = new TestDevice(eas, 'alice', { id: 'OTHER' });
    await other.folderSync('0');
    await other.syncAll(contacts);
    const id = (await phone.change(contacts, [add('c1', 'Archer')])).Responses?.[0]?.[1].ServerId ?? '';
    expect(kinds(await other.sync(contacts))).toEqual(['Add']);
    await other.change(contacts, [['Change', { ServerId: id, ApplicationData: contact('Baker') }]]);
    expect((await phone.sync(contacts))?.Commands?.map(([kind, command]) => [kind, 'ApplicationData' in command ? command.ApplicationData['Contacts:LastName'] : ''])).toEqual([['Change', 'Baker']]);
    await other.change(contacts, [['Delete', { ServerId: id }]]);
    expect((await phone.sync(contacts))?.Commands).toEqual([['Delete', { ServerId: id }]]);
  });

  it.each<[string, SyncExtras, 'deleteditems' | 'recoverableitemsdeletions']>([
    ['MS-ASCMD_R2161 MS-ASCMD_R5875: by default to Deleted Items', {}, 'deleteditems'],
    ['MS-ASCMD_R5874: so too with an empty DeletesAsMoves', { DeletesAsMoves: '' }, 'deleteditems'],
    ['MS-ASCMD_R2160: so too with 1', { DeletesAsMoves: '1' }, 'deleteditems'],
    ['MS-ASCMD_R2158: with 0 for good', { DeletesAsMoves: '0' }, 'recoverableitemsdeletions'],
  ])('a Delete moves: %s', async (_what, extras, folder) => {
    const [first] = await phone.syncAll(inbox);
    const before = await countIn(folder);
    await phone.change(inbox, [['Delete', { ServerId: first?.[1].ServerId ?? '' }]], extras);
    expect(await countIn(folder)).toBe(before + 1);
  });

  it('MS-ASCMD_R5433: a Fetch brings the item whole', async () => {
    const [first] = await phone.syncAll(inbox, options({ 'AirSyncBase:BodyPreference': [{ Type: 1, TruncationSize: 1 }] }));
    const answer = await phone.change(inbox, [['Fetch', { ServerId: first?.[1].ServerId ?? '' }]]);
    const [[kind, fetched] = []] = answer.Responses ?? [];
    expect([kind, fetched?.Status, fetched && 'ApplicationData' in fetched ? fetched.ApplicationData?.['AirSyncBase:Body']?.Truncated : 'none']).toEqual(['Fetch', 1, undefined]);
  });

  it.each<[string, ClientCommand, string, number]>([
    ['MS-ASCMD_R4447: a Fetch of what there is not', ['Fetch', { ServerId: '1:1' }], 'inbox', 8],
    ['MS-ASCMD_R5256 MS-ASCMD_R4419: a Change of what there is not', ['Change', { ServerId: 'x', ApplicationData: { 'Email:Read': true } }], 'inbox', 8],
    ['a Delete of what there is not', ['Delete', { ServerId: 'x' }], 'inbox', 8],
    ['MS-ASCMD_R755: an Add of mail', ['Add', { ClientId: 'c', ApplicationData: { 'Email:Subject': 'x' } }], 'inbox', 6],
  ])('%s has a status of its own', async (_what, command, _folder, status) => {
    await phone.syncAll(inbox);
    const answer = await phone.change(inbox, [command]);
    expect([answer.Status, answer.Responses?.map(([kind, { Status }]) => [kind, Status])]).toEqual([1, [[command[0], status]]]);
  });

  it('what fails does not stop the rest', async () => {
    await phone.syncAll(contacts);
    const answer = await phone.change(contacts, [['Delete', { ServerId: 'x' }], add('c1', 'After')]);
    expect(answer.Responses?.map(([, { Status }]) => Status)).toEqual([8, 1]);
  });
});

describe('conflicts', () => {
  const conflict = async (extras: SyncExtras) => {
    await phone.syncAll(contacts, extras);
    const id = (await phone.change(contacts, [add('c1', 'Before')])).Responses?.[0]?.[1].ServerId ?? '';
    await phone.sync(contacts);
    await session().updateItem(Number(id.split(':')[1]) as never, { properties: { PidTagSurname: 'Server' } });
    const answer = await phone.change(contacts, [['Change', { ServerId: id, ApplicationData: contact('Client') }]]);
    const [item] = await session().items([Number(id.split(':')[1]) as never]);
    return { statuses: answer.Responses?.map(([, { Status }]) => Status), commands: kinds(answer), name: item && 'bag' in item ? item.bag.get('PidTagSurname') : undefined };
  };

  it.each<[string, SyncExtras, object]>([
    ['MS-ASCMD_R2066 MS-ASCMD_R4444: by default the server wins', {}, { statuses: [7], commands: ['Change'], name: 'Server' }],
    ['MS-ASCMD_R2068 MS-ASCMD_R2069: so too with 1', options({ Conflict: [1] }), { statuses: [7], commands: ['Change'], name: 'Server' }],
    ['MS-ASCMD_R2067: with 0 the client wins', options({ Conflict: [0] }), { statuses: undefined, commands: [], name: 'Client' }],
    ['MS-ASCMD_R2075: of two the last holds', options({ Conflict: [1, 0] }), { statuses: undefined, commands: [], name: 'Client' }],
  ])('%s', async (_what, extras, expected) => {
    expect(await conflict(extras)).toEqual(expected);
  });
});

describe('requests that are wrong as a whole', () => {
  it.each<[string, () => Promise<{ Status?: number | undefined } | undefined>, number]>([
    ['MS-ASCMD_R4415 MS-ASCMD_R4430 MS-ASCMD_R4431 MS-ASCMD_R5778 MS-ASCMD_R5779: no collection', async () => (await phone.command(SyncRequest, SyncResponse, {})).value, 4],
    ['MS-ASCMD_R4545: no id', async () => send([{ SyncKey: '0' }]), 4],
    ['no key', async () => send([{ CollectionId: inbox }]), 4],
    ['MS-ASCMD_R5838: GetChanges with key 0', async () => send([{ CollectionId: inbox, SyncKey: '0', GetChanges: '1' }]), 4],
    ['MS-ASCMD_R3128: an empty GetChanges with key 0', async () => send([{ CollectionId: inbox, SyncKey: '0', GetChanges: '' }]), 4],
    ['MS-ASCMD_R756: something for the recipient information', async () => send([{ CollectionId: 'RI', SyncKey: '1', Commands: [add('c', 'x')] }]), 4],
    ['MS-ASCMD_R2117: conversations of contacts', async () => send([{ CollectionId: contacts, SyncKey: '0', ConversationMode: '1' }]), 4],
    ['MS-ASCMD_R930: options of one class twice', async () => send([{ CollectionId: inbox, SyncKey: '0', Options: [{ ...noOptions, Class: ['Email'] }, { ...noOptions, Class: ['Email'] }] }]), 4],
    ['MS-ASCMD_R935: options of two classes', async () => send([{ CollectionId: inbox, SyncKey: '0', Options: [{ ...noOptions, Class: ['Email'] }, { ...noOptions, Class: ['Calendar'] }] }]), 4],
    ['MS-ASCMD_R5659: more than 200 commands', async () => send([{ CollectionId: contacts, SyncKey: '1', Commands: Array.from({ length: 201 }, () => ['Fetch', { ServerId: 'x' }] as const) }]), 4],
    ['MS-ASCMD_R5412: a body part of another type than HTML', async () => send([{ CollectionId: inbox, SyncKey: '0', ...options({ 'AirSyncBase:BodyPartPreference': [{ Type: 3 }] }) }]), 164],
    ['before the hierarchy', async () => send([{ CollectionId: '1', SyncKey: '0' }], {}, new TestDevice(eas, 'alice', { id: 'FRESH' })), 12],
  ])('%s', async (_what, act, status) => {
    expect(await act()).toEqual({ Status: status });
  });

  it.each([['MS-ASCMD_R3129 MS-ASCMD_R5555: absent', undefined], ['MS-ASCMD_R5839: 0', '0' as const]])('GetChanges with key 0 may be %s', async (_what, GetChanges) => {
    expect((await send([{ CollectionId: inbox, SyncKey: '0', GetChanges }]))?.Collections?.[0]?.Status).toBe(1);
  });

  it('MS-ASCMD_R934 MS-ASCMD_R907: text messages stand beside mail', async () => {
    expect((await send([{ CollectionId: inbox, SyncKey: '0', Options: [{ ...noOptions, Class: ['Email'] }, { ...noOptions, Class: ['SMS'] }] }]))?.Collections?.[0]?.Status).toBe(1);
  });

  it('a collection that there is not is status 12', async () => {
    expect((await send([{ CollectionId: '999', SyncKey: '0' }]))?.Collections).toEqual([{ CollectionId: '999', SyncKey: '0', Status: 12 }]);
  });

  it('MS-ASCMD_R2058: no commands in Commands is no error', async () => {
    await phone.syncAll(contacts);
    expect((await phone.sync(contacts, { Commands: [] }))?.Status ?? 1).toBe(1);
  });

  it('before 12.1 a collection has a class, and its answer too', async () => {
    const old = new TestDevice(eas, 'alice', { version: '12.0', id: 'OLD' });
    await old.folderSync('0');
    expect(await send([{ CollectionId: inbox, SyncKey: '0' }], {}, old)).toEqual({ Status: 4 });
    expect((await send([{ Class: 'Email', CollectionId: inbox, SyncKey: '0' }], {}, old))?.Collections?.[0]).toMatchObject({ Class: 'Email', Status: 1 });
  });
});
