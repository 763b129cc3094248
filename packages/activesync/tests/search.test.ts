import { decodeDocument, encodeDocument, type ProtocolVersion, type ValueOf } from '@fauxchange/wbxml';
import type { ActiveSyncEmulator } from '../src/index.ts';
import { FindRequest, FindResponse } from '../src/schema/find.ts';
import { SearchRequest, SearchResponse, type QueryNode, type SearchOptions, type SearchStore } from '../src/schema/search.ts';
import { eachTest, TestDevice } from './support/client.ts';
import { sessionOf } from './support/items.ts';
import { fromXml } from './support/requests.ts';

let eas: ActiveSyncEmulator;
let phone: TestDevice;
eachTest({ provisioning: 'none' }, (emulator) => {
  eas = emulator;
  phone = new TestDevice(eas);
});

const noOptions: SearchOptions = { 'AirSync:MIMESupport': [], 'AirSyncBase:BodyPreference': [], 'AirSyncBase:BodyPartPreference': [], Range: [], DeepTraversal: [], RebuildResults: [] };
const noQuery: SearchStore['Query'] = { And: [], Or: [], FreeText: [], 'AirSync:Class': [], 'AirSync:CollectionId': [], ConversationId: [], EqualTo: [], GreaterThan: [], LessThan: [] };
const send = async (...stores: readonly SearchStore[]) => (await phone.command(SearchRequest, SearchResponse, { Store: stores })).value;
const store = async (Name: string, query: Partial<SearchStore['Query']>, options?: Partial<SearchOptions>) =>
  (await send({ Name, Query: { ...noQuery, ...query }, Options: options && { ...noOptions, ...options } }))?.Response?.Store;
const gal = (text: string, options?: Partial<SearchOptions>) => store('GAL', { $: text }, options);
const and = (...nodes: readonly QueryNode[]): Partial<SearchStore['Query']> => ({ And: [nodes] });
const mailbox = (query: Partial<SearchStore['Query']>, options?: Partial<SearchOptions>) => store('Mailbox', query, options);
const deliver = (subject: string, text = 'Hi'): Promise<void> => eas.organization.deliver(`From: zoe@elsewhere.test\r\nSubject: ${subject}\r\n\r\n${text}\r\n`, { to: ['alice@example.test'] });

describe('the address list', () => {
  it('MS-ASCMD_R5711 MS-ASCMD_R5287 MS-ASCMD_R420 MS-ASCMD_R4327 MS-ASCMD_R3846 MS-ASCMD_R3691: who is found, with what is known', async () => {
    const found = await gal('bob');
    expect(found).toEqual({
      Status: 1, Range: '0-0', Total: 1,
      Result: [{ Properties: expect.objectContaining({ 'GAL:DisplayName': expect.stringContaining('Bob') as string, 'GAL:Alias': 'bob', 'GAL:EmailAddress': 'bob@example.test' }) as object }],
    });
    const [frank] = (await gal('frank'))?.Result ?? [];
    expect(Object.keys(frank?.Properties ?? {})).not.toContain('GAL:Office');
  });

  it('MS-ASCMD_R421 MS-ASCMD_R426 MS-ASCMD_R3699: by the beginning, without case, in the order of names', async () => {
    const names = async (text: string) => (await gal(text))?.Result.map(({ Properties }) => Properties?.['GAL:DisplayName'] ?? '');
    expect(await names('ROOM')).toEqual([...((await names('room')) ?? [])].sort((a, b) => a.localeCompare(b, 'en')));
    expect(await names('oom')).toEqual([]);
  });

  it('MS-ASCMD_R419 MS-ASCMD_R431 MS-ASCMD_R3729: as many as are asked for', async () => {
    const all = await gal('room');
    expect(all?.Total).toBe(3);
    const one = await gal('room', { Range: ['1-1'] });
    expect([one?.Range, one?.Total, one?.Result.map(({ Properties }) => Properties?.['GAL:DisplayName'])]).toEqual(['1-1', 3, [all?.Result[1]?.Properties?.['GAL:DisplayName']]]);
    expect((await gal('room', { Range: ['0-0'] }))?.Result.length).toBe(1);
  });

  it('MS-ASCMD_R3847: nobody is no Result', async () => {
    expect(await gal('nobody-at-all')).toEqual({ Status: 1, Result: [] });
  });

  it('MS-ASCMD_R3674 MS-ASCMD_R2135 MS-ASCMD_R4371 MS-ASCMD_R4372: pictures', async () => {
    expect((await gal('alice', { Picture: {} }))?.Result[0]?.Properties?.['GAL:Picture']).toEqual({ Status: 1, Data: expect.any(Uint8Array) as Uint8Array });
  });

  it.each<[string, string, SearchOptions['Picture'], number]>([
    ['MS-ASCMD_R4373: none', 'bob', {}, 173],
    ['MS-ASCMD_R4374 MS-ASCMD_R3310: too large', 'alice', { MaxSize: 10 }, 174],
    ['MS-ASCMD_R4375 MS-ASCMD_R3311: too many', 'alice', { MaxPictures: 0 }, 175],
  ])('%s', async (_what, who, Picture, status) => {
    expect((await gal(who, { Picture }))?.Result[0]?.Properties?.['GAL:Picture']).toEqual({ Status: status });
  });
});

describe('a mailbox', () => {
  beforeEach(async () => {
    await phone.folderSync('0');
  });

  it('MS-ASCMD_R3849 MS-ASCMD_R3851 MS-ASCMD_R3862 MS-ASCMD_R1322: what is found, with ids and properties', async () => {
    await deliver('Zebra crossing');
    const found = await mailbox(and(['AirSync:Class', 'Email'], ['FreeText', 'zebra']));
    expect([found?.Status, found?.Total, found?.Range]).toEqual([1, 1, '0-0']);
    expect(found?.Result).toEqual([{ 'AirSync:Class': 'Email', LongId: expect.stringMatching(/^[\w-]+$/) as string, 'AirSync:CollectionId': await phone.collectionId('Inbox'), Properties: expect.objectContaining({ 'Email:Subject': 'Zebra crossing' }) as object }]);
    for (const name of Object.keys(found?.Result[0]?.Properties ?? {})) expect(name).not.toMatch(/^GAL:/);
  });

  it('MS-ASCMD_R3850: nothing is an empty Result', async () => {
    expect(await mailbox(and(['FreeText', 'there is no such text']))).toEqual({ Status: 1, Result: [{}] });
  });

  it('MS-ASCMD_R922: without a class every class is searched', async () => {
    const session = sessionOf(eas);
    const notes = await session.distinguished('notes');
    await session.createItem(notes.id, { itemClass: 'IPM.StickyNote', recipients: [], attachments: [], isRead: true, isAssociated: false, properties: { PidTagSubject: 'Zebra note' } });
    await deliver('Zebra mail');
    expect(new Set((await mailbox(and(['FreeText', 'zebra'])))?.Result.map((one) => one['AirSync:Class']))).toEqual(new Set(['Email', 'Notes']));
    expect((await mailbox(and(['AirSync:Class', 'Notes'], ['FreeText', 'zebra'])))?.Total).toBe(1);
  });

  it('MS-ASCMD_R2031 MS-ASCMD_R2146 MS-ASCMD_R5856: folders below are searched when asked for', async () => {
    const session = sessionOf(eas);
    const inbox = await session.distinguished('inbox');
    const below = await session.createFolder(inbox.id, { displayName: 'Below', folderClass: 'IPF.Note' });
    await deliver('Zebra below');
    const { items } = await session.query([inbox.id], { limit: 1 });
    await session.moveItems(items.map(({ id }) => id), { session, folderId: below.id });
    const query = and(['AirSync:CollectionId', await phone.collectionId('Inbox')], ['FreeText', 'zebra']);
    expect((await mailbox(query))?.Total).toBeUndefined();
    expect((await mailbox(query, { DeepTraversal: [true] }))?.Total).toBe(1);
  });

  it('by conversation and by time', async () => {
    await deliver('Zebra');
    const session = sessionOf(eas);
    const inbox = await session.distinguished('inbox');
    const [item] = (await session.query([inbox.id], { limit: 1 })).items;
    const received = new Date(Number(item?.bag.get('PidTagMessageDeliveryTime'))).getTime();
    const at = (ms: number): string => new Date(received + ms).toISOString();
    const time = { 'Email:DateReceived': true } as const;
    expect((await mailbox(and(['FreeText', 'zebra'], ['GreaterThan', { ...time, Value: at(-1000) }], ['LessThan', { ...time, Value: at(1000) }])))?.Total).toBe(1);
    expect((await mailbox(and(['FreeText', 'zebra'], ['GreaterThan', { ...time, Value: at(1000) }])))?.Total).toBeUndefined();
  });

  it.each<[string, Partial<SearchStore['Query']>, number]>([
    ['MS-ASCMD_R923: a class outside of And', { 'AirSync:Class': ['Email'] }, 8],
    ['MS-ASCMD_R2032: a folder outside of And', { 'AirSync:CollectionId': ['1'] }, 8],
    ['MS-ASCMD_R3105: a text outside of And', { FreeText: ['zebra'] }, 8],
    ['MS-ASCMD_R2086: a conversation outside of And', { ConversationId: [new Uint8Array(16)] }, 8],
    ['Or', { Or: [[['FreeText', 'a']]] }, 8],
    ['MS-ASCMD_R4329: a class that there is not', and(['AirSync:Class', 'Post'], ['FreeText', 'a']), 2],
    ['nothing to look for', and(['AirSync:Class', 'Email']), 2],
    ['MS-ASCMD_R5815: two conversations', and(['ConversationId', new Uint8Array(16)], ['ConversationId', new Uint8Array(16)]), 2],
    ['a time that is none', and(['GreaterThan', { 'Email:DateReceived': true, Value: 'now' }]), 2],
    ['a folder that the device was not told of', and(['AirSync:CollectionId', '99'], ['FreeText', 'a']), 11],
  ])('%s is refused', async (_what, query, status) => {
    expect(await mailbox(query)).toEqual({ Status: status, Result: [] });
  });

  it.each([
    ['MS-ASEMAIL_R68: mail', '<e:Subject>zebra</e:Subject>'],
    ['MS-ASTASK_R364: tasks', '<t:Subject>zebra</t:Subject>'],
  ])('%s is not searched by its elements', async (_what, element) => {
    const response = await phone.post('Search', fromXml(`<s:Search><s:Store><s:Name>Mailbox</s:Name><s:Query><s:And>${element}</s:And></s:Query></s:Store></s:Search>`));
    expect(decodeDocument(new Uint8Array(await response.arrayBuffer()), SearchResponse)).toEqual({ Status: 1, Response: { Store: { Status: 2, Result: [] } } });
  });

  it('MS-ASCMD_R920: takes every class that there is', async () => {
    for (const Class of ['Tasks', 'Email', 'Calendar', 'Contacts', 'Notes', 'SMS']) expect((await mailbox(and(['AirSync:Class', Class], ['FreeText', 'zebra'])))?.Status).toBe(1);
  });

  it('MS-ASCMD_R3723 MS-ASCMD_R2143 MS-ASCMD_R3374 MS-ASCMD_R3747 MS-ASCMD_R4535: of what stands twice the last holds', async () => {
    await deliver('Zebra one');
    await deliver('Zebra two');
    const Options = { ...noOptions, Range: ['0-9', '0-0'], DeepTraversal: [true, true] as const, RebuildResults: [true, true] as const, 'AirSync:MIMESupport': [2, 0] };
    const answer = await send({ Name: 'GAL', Query: { ...noQuery, $: 'bob' } }, { Name: 'Mailbox', Query: { ...noQuery, ...and(['FreeText', 'zebra']) }, Options });
    expect([answer?.Status, answer?.Response?.Store.Range, answer?.Response?.Store.Total]).toEqual([1, '0-0', 2]);
  });
});

describe('what is refused', () => {
  it.each([
    ['a range that is none', 'GAL', { Range: ['9-1'] }, 2],
    ['a store that there is not', 'Elsewhere', {}, 2],
    ['files', 'DocumentLibrary', {}, 13],
    ['a mailbox before its hierarchy', 'Mailbox', {}, 11],
  ])('%s', async (_what, Name, options, status) => {
    expect(await store(Name, Name === 'Mailbox' ? and(['FreeText', 'a']) : { $: 'x' }, options)).toEqual({ Status: status, Result: [] });
  });
});

describe('Find', () => {
  const find = async (ExecuteSearch: ValueOf<typeof FindRequest>['ExecuteSearch'], version: ProtocolVersion = '16.1') => {
    phone = new TestDevice(eas, 'alice', { version });
    await phone.folderSync('0');
    return (await phone.command(FindRequest, FindResponse, { SearchId: '6b29fc40-ca47-1067-b31d-00dd010662da', ExecuteSearch })).value;
  };

  it('MS-ASCMD_R1002501 MS-ASCMD_R131999 MS-ASCMD_R132000 MS-ASCMD_R132004 MS-ASCMD_R61641062 MS-ASCMD_R72172509 MS-ASCMD_R72172520: the address list', async () => {
    const found = await find({ GALSearchCriterion: { Query: 'room', Options: { Range: '0-1' } } });
    expect([found?.Status, found?.Response?.Status, found?.Response?.Range, found?.Response?.Total]).toEqual([1, 1, '0-1', 3]);
    const names = found?.Response?.Result.map(({ Properties }) => [Properties['GAL:DisplayName'], Properties['GAL:Alias']]) ?? [];
    expect(names).toEqual([...names].sort(([a = ''], [b = '']) => a.localeCompare(b, 'en')));
    expect(names.every(([name, alias]) => name !== undefined && alias !== undefined)).toBe(true);
  });

  it('MS-ASCMD_R38391805: nobody is no Result', async () => {
    expect((await find({ GALSearchCriterion: { Query: 'nobody-at-all' } }))?.Response).toMatchObject({ Status: 1, Result: [], Total: 0 });
  });

  it('a mailbox: a few facts of each, by the keyword query language', async () => {
    await deliver('Zebra crossing', 'Stripes everywhere');
    const found = await find({ MailBoxSearchCriterion: { Query: { 'AirSync:Class': 'Email', FreeText: 'subject:zebra' }, Options: { Range: '0-10', DeepTraversal: true } } });
    expect(found?.Response).toMatchObject({ 'ItemOperations:Store': 'Mailbox', Status: 1, Range: '0-0', Total: 1 });
    expect(found?.Response?.Result[0]).toMatchObject({
      'AirSync:Class': 'Email', 'AirSync:ServerId': expect.stringMatching(/^\d+:\d+$/) as string,
      Properties: { 'Email:Subject': 'Zebra crossing', 'Email:Read': false, HasAttachments: false, 'Email2:IsDraft': false, Preview: expect.stringContaining('Stripes') as string },
    });
  });

  it.each<[string, ValueOf<typeof FindRequest>['ExecuteSearch'], [number, number | undefined]]>([
    ['MS-ASCMD_R72172512 MS-ASCMD_R72172521: a range that is none', { GALSearchCriterion: { Query: 'a', Options: { Range: 'x' } } }, [2, 2]],
    ['MS-ASCMD_R72172518: a range that does not begin with 0', { GALSearchCriterion: { Query: 'a', Options: { Range: '1-2' } } }, [1, 4]],
    ['MS-ASCMD_R72172515: a folder that the device was not told of', { MailBoxSearchCriterion: { Query: { 'AirSync:CollectionId': '99', FreeText: 'a' } } }, [3, undefined]],
    ['no criterion', {}, [2, undefined]],
  ])('%s', async (_what, execute, expected) => {
    const answer = await find(execute);
    expect([answer?.Status, answer?.Response?.Status]).toEqual(expected);
  });

  it('is not there before 16.1', async () => {
    phone = new TestDevice(eas, 'alice', { version: '16.0' });
    const body = encodeDocument(FindRequest, { SearchId: 'x', ExecuteSearch: { GALSearchCriterion: { Query: 'a' } } });
    const answer = await phone.post('Find', body);
    expect(decodeDocument(new Uint8Array(await answer.arrayBuffer()), FindResponse)).toEqual({ Status: 138 });
  });
});
