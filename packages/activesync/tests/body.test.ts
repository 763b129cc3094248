import { decompressRtf, rtfToText } from '@fauxchange/mime';
import type { ProtocolVersion } from '@fauxchange/wbxml';
import type { ActiveSyncEmulator } from '../src/index.ts';
import type { ApplicationData } from '../src/schema/application-data.ts';
import { ItemOperationsRequest, ItemOperationsResponse } from '../src/schema/item-operations.ts';
import { decodeDocument, encodeDocument } from '@fauxchange/wbxml';
import { eachTest, TestDevice } from './support/client.ts';
import { sessionOf } from './support/items.ts';
import { deliver, fetchOptions, findBySubject, operate, optionsWith, shownByFetch, shownBySearch, shownBySync } from './support/mail.ts';

let eas: ActiveSyncEmulator;
let phone: TestDevice;
let inbox: string;
eachTest({ provisioning: 'none', seed: 'empty' }, async (emulator) => {
  eas = emulator;
  await open();
});

async function open(version: ProtocolVersion = '14.1'): Promise<void> {
  phone = new TestDevice(eas, 'alice', { version });
  inbox = await phone.collectionId('Inbox');
}

interface Wanted {
  readonly Type: number;
  readonly TruncationSize?: number;
  readonly AllOrNone?: boolean;
  readonly Preview?: number;
}
interface Preferences {
  readonly body?: readonly Wanted[];
  readonly part?: Wanted;
  readonly mime?: number;
}

const TEXT = 'The barometer falls, and the wind vane turns to the west.';
const HTML = `<html><body><p>${TEXT}</p></body></html>`;

/** The same message by each of the three commands that show one. */
async function byEach({ body = [], part, mime }: Preferences, subject = 'weather'): Promise<Readonly<Record<'sync' | 'fetch' | 'search', ApplicationData>>> {
  const shared = { 'AirSyncBase:BodyPreference': body, 'AirSyncBase:BodyPartPreference': part ? [part] : [] };
  const { serverId, data } = await findBySubject(phone, inbox, subject, optionsWith({ ...shared, MIMESupport: mime === undefined ? [] : [mime] }));
  return {
    sync: data,
    fetch: await shownByFetch(phone, inbox, serverId, { ...shared, 'AirSync:MIMESupport': mime }),
    search: (await shownBySearch(phone, inbox, 'barometer', { ...shared, 'AirSync:MIMESupport': mime === undefined ? [] : [mime] })).Properties,
  };
}

const each = (shown: Awaited<ReturnType<typeof byEach>>, read: (data: ApplicationData) => unknown): unknown => ({ sync: read(shown.sync), fetch: read(shown.fetch), search: read(shown.search) });
const everywhere = (value: unknown): unknown => ({ sync: value, fetch: value, search: value });
const bodyOf = (data: ApplicationData): unknown => data['AirSyncBase:Body'];
const partOf = (data: ApplicationData): unknown => data['AirSyncBase:BodyPart'];
const size = Buffer.byteLength(`${TEXT}\r\n`);
const whole = { Type: 1, EstimatedDataSize: size, Data: `${TEXT}\r\n` };

describe('BodyPreference', () => {
  beforeEach(() => deliver(eas, { subject: 'weather', text: TEXT }));

  it.each<[what: string, wanted: Wanted, expected: object]>([
    ['MS-ASAIRS_R373 MS-ASAIRS_R54 MS-ASAIRS_R53 MS-ASAIRS_R277 MS-ASAIRS_R304: AllOrNone, and it is all', { Type: 1, TruncationSize: 100, AllOrNone: true }, whole],
    ['MS-ASAIRS_R375 MS-ASAIRS_R376 MS-ASAIRS_R377 MS-ASAIRS_R78 MS-ASAIRS_R402: AllOrNone, and it is none', { Type: 1, TruncationSize: 2, AllOrNone: true }, { Type: 1, EstimatedDataSize: size, Truncated: true }],
    ['MS-ASAIRS_R55 MS-ASAIRS_R378 MS-ASAIRS_R379 MS-ASAIRS_R180 MS-ASAIRS_R276: truncated', { Type: 1, TruncationSize: 8, AllOrNone: false }, { Type: 1, EstimatedDataSize: size, Truncated: true, Data: 'The baro' }],
    ['MS-ASAIRS_R380 MS-ASAIRS_R381 MS-ASAIRS_R382: short enough', { Type: 1, TruncationSize: 100, AllOrNone: false }, whole],
    ['MS-ASAIRS_R73 MS-ASAIRS_R420 MS-ASAIRS_R421 MS-ASAIRS_R77: truncated without AllOrNone', { Type: 1, TruncationSize: 8 }, { Type: 1, EstimatedDataSize: size, Truncated: true, Data: 'The baro' }],
    ['MS-ASAIRS_R422 MS-ASAIRS_R423 MS-ASAIRS_R424: short enough without AllOrNone', { Type: 1, TruncationSize: 100 }, whole],
    ['MS-ASEMAIL_R1057: a size of 0 is no data', { Type: 1, TruncationSize: 0 }, { Type: 1, EstimatedDataSize: size, Truncated: true }],
  ])('%s', async (_what, wanted, expected) => {
    expect(each(await byEach({ body: [wanted] }), bodyOf)).toEqual(everywhere(expected));
  });

  it('MS-ASAIRS_R300 MS-ASAIRS_R401: without TruncationSize all of it, whatever AllOrNone', async () => {
    for (const AllOrNone of [true, false]) expect(each(await byEach({ body: [{ Type: 1, AllOrNone }] }), bodyOf)).toEqual(everywhere(whole));
  });

  it('MS-ASAIRS_R80: what may not be truncated gives way to the next preference', async () => {
    const shown = await byEach({ body: [{ Type: 2, TruncationSize: 8, AllOrNone: true }, { Type: 1, TruncationSize: 18 }] });
    expect(each(shown, bodyOf)).toEqual(everywhere({ Type: 1, EstimatedDataSize: size, Truncated: true, Data: TEXT.slice(0, 18) }));
  });

  it('MS-ASAIRS_R248 MS-ASAIRS_R250 MS-ASAIRS_R2644 MS-ASAIRS_R1001036: a preview beside HTML, none beside text', async () => {
    const preview = (data: ApplicationData): unknown => data['AirSyncBase:Body']?.Preview;
    expect(each(await byEach({ body: [{ Type: 2, Preview: 18 }] }), preview)).toEqual(everywhere(TEXT.slice(0, 18)));
    expect(each(await byEach({ body: [{ Type: 1, Preview: 18 }] }), bodyOf)).toEqual(everywhere(whole));
  });

  it('the native form wins over the order of the request', async () => {
    await deliver(eas, { subject: 'barometer in html', html: HTML });
    const types = async (subject: string): Promise<unknown> => (await findBySubject(phone, inbox, subject, optionsWith({ 'AirSyncBase:BodyPreference': [{ Type: 2 }, { Type: 1 }] }))).data['AirSyncBase:Body']?.Type;
    expect([await types('weather'), await types('barometer in html')]).toEqual([1, 2]);
  });

  it('MS-ASAIRS_R386 MS-ASAIRS_R105 MS-ASCON_R245: without any preference the body as it is', async () => {
    expect(each(await byEach({}), bodyOf)).toEqual(everywhere(whole));
    const [item] = (await phone.syncAll(inbox)).map(([, { ServerId }]) => ServerId);
    const session = sessionOf(eas);
    const folder = await session.distinguished('inbox');
    const [stored] = (await session.query([folder.id], { limit: 1 })).items;
    await session!.updateItem(stored!.id, { properties: { PidTagSubject: 'other' } });
    const [change] = (await phone.sync(inbox))?.Commands ?? [];
    expect(change).toEqual(['Change', { ServerId: item, ApplicationData: expect.objectContaining({ 'Email:Subject': 'other', 'AirSyncBase:Body': whole }) as unknown }]);
  });

  it('does not cut characters, and leaves out what XML forbids', async () => {
    await deliver(eas, { subject: 'odd', text: 'aé日👋\u0001\u000bz' });
    const data = async (TruncationSize: number): Promise<unknown> => (await findBySubject(phone, inbox, 'odd', optionsWith({ 'AirSyncBase:BodyPreference': [{ Type: 1, TruncationSize }] }))).data['AirSyncBase:Body']?.Data;
    expect([await data(2), await data(3), await data(9), await data(10), await data(99)]).toEqual(['a', 'aé', 'aé日', 'aé日👋', 'aé日👋z\r\n']);
  });
});

describe('forms of bodies', () => {
  it('MS-ASAIRS_R238 MS-ASAIRS_R241 MS-ASAIRS_R2411 MS-ASAIRS_R305: HTML as HTML', async () => {
    await deliver(eas, { subject: 'weather', html: HTML });
    const shown = await byEach({ body: [{ Type: 2 }] });
    expect(each(shown, (data) => [data['AirSyncBase:NativeBodyType'], data['AirSyncBase:Body']?.Type])).toEqual(everywhere([2, 2]));
    expect(shown.sync['AirSyncBase:Body']?.Data).toContain(TEXT);
  });

  it('MS-ASAIRS_R237: text is native text, and HTML when that is wanted', async () => {
    await deliver(eas, { subject: 'weather', text: TEXT });
    const { sync } = await byEach({ body: [{ Type: 2 }] });
    expect([sync['AirSyncBase:NativeBodyType'], sync['AirSyncBase:Body']?.Type]).toEqual([1, 2]);
    expect(sync['AirSyncBase:Body']?.Data).toMatch(/<html>[^]*The barometer falls/);
  });

  it.each<[what: string, mime: number | undefined, className: string, type: number]>([
    ['MS-ASAIRS_R307 MS-ASAIRS_R2412 MS-ASCMD_R3360 MS-ASCMD_R3363 MS-ASCMD_R3366 MS-ASCMD_R3384 MS-ASCMD_R3388 MS-ASCMD_R3410: all messages as MIME', 2, 'IPM.Note', 4],
    ['none', 0, 'IPM.Note', 2],
    ['not asked for', undefined, 'IPM.Note', 2],
    ['not signed', 1, 'IPM.Note', 2],
    ['MS-ASCMD_R3383 MS-ASCMD_R3408: signed', 1, 'IPM.Note.SMIME.MultipartSigned', 4],
  ])('MIMESupport: %s', async (_what, mime, className, type) => {
    await deliver(eas, { subject: 'weather', html: HTML });
    if (className !== 'IPM.Note') await changeFirst({ itemClass: className });
    const shown = await byEach({ body: [{ Type: 4 }], ...(mime !== undefined && { mime }) });
    expect(each(shown, (data) => [data['AirSyncBase:NativeBodyType'], data['AirSyncBase:Body']?.Type])).toEqual(everywhere([2, type]));
  });

  it('MS-ASCMD_R3367 MS-ASCMD_R3368 MS-ASCMD_R3387 MS-ASCMD_R3409: MIME whole, with its size, and said to be so', async () => {
    await deliver(eas, { subject: 'weather', text: TEXT });
    const shown = await byEach({ body: [{ Type: 4 }], mime: 2 });
    const { Data = '' } = shown.sync['AirSyncBase:Body'] ?? {};
    expect(Data).toMatch(/^Received: [^]*\r\nSubject: weather\r\n[^]*\r\n\r\nThe barometer [^]*\r\n$/);
    expect(each(shown, bodyOf)).toEqual(everywhere({ Type: 4, EstimatedDataSize: Buffer.byteLength(Data as string), Truncated: false, Data }));
  });

  it.each([[0, 0, 3418], [1, 4096, 3419], [2, 5120, 3420], [3, 7168, 3421], [4, 10_240, 3422], [5, 20_480, 3423], [6, 51_200, 3424], [7, 102_400, 3425], [8, undefined, 3426]].map(([step, length, id]) => [`MS-ASCMD_R${id}`, step, length] as const))('%s: MIMETruncation %d', async (_id, step, length) => {
    await deliver(eas, { subject: 'long', text: `${'x'.repeat(70)}\r\n`.repeat(1700) });
    const { data } = await findBySubject(phone, inbox, 'long', optionsWith({ 'AirSyncBase:BodyPreference': [{ Type: 4 }], MIMESupport: [2], MIMETruncation: [step as number] }));
    const { Data = '', EstimatedDataSize, Truncated } = data['AirSyncBase:Body'] ?? {};
    expect([Data.length, Truncated]).toEqual([length ?? EstimatedDataSize, length !== undefined]);
  });

  it('MS-ASCMD_R3404 MS-ASCMD_R3432: MIMESupport and MIMETruncation twice are no error', async () => {
    await deliver(eas, { subject: 'weather', text: TEXT });
    const { data } = await findBySubject(phone, inbox, 'weather', optionsWith({ 'AirSyncBase:BodyPreference': [{ Type: 4 }], MIMESupport: [0, 2], MIMETruncation: [0, 8] }));
    expect(data['AirSyncBase:Body']).toMatchObject({ Type: 4, Truncated: false });
  });

  it('MIME with bytes that are no UTF-8 comes as they are', async () => {
    const bytes = Buffer.concat([Buffer.from('From: zoe@elsewhere.test\r\nSubject: weather\r\nContent-Type: text/plain; charset=iso-8859-1\r\n\r\nbarometer '), Buffer.from([0xe9, 0x0d, 0x0a])]);
    await eas.organization.deliver(bytes, { to: ['alice@example.test'] });
    const { data } = await findBySubject(phone, inbox, 'weather', optionsWith({ 'AirSyncBase:BodyPreference': [{ Type: 4 }], MIMESupport: [2] }));
    expect(Buffer.from(data['AirSyncBase:Body']?.Data as Uint8Array).includes(0xe9)).toBe(true);
  });

  it('MS-ASAIRS_R179 MS-ASAIRS_R306: RTF, compressed, in base64', async () => {
    await deliver(eas, { subject: 'weather', text: TEXT });
    const shown = await byEach({ body: [{ Type: 3 }] });
    const text = (data: ApplicationData): string => rtfToText(decompressRtf(Buffer.from(data['AirSyncBase:Body']?.Data as string, 'base64')));
    expect(each(shown, (data) => [data['AirSyncBase:Body']?.Type, text(data)])).toEqual(everywhere([3, `${TEXT}\r\n`]));
  });

  it('MS-ASAIRS_R239: RTF that is native', async () => {
    await deliver(eas, { subject: 'weather', text: TEXT });
    const { compressRtf, textToRtf } = await import('@fauxchange/mime');
    await changeFirst({ body: { native: 'rtf', rtf: await session().keep(compressRtf(textToRtf('barometer in RTF'))) } });
    const { data } = await findBySubject(phone, inbox, 'weather', optionsWith({ 'AirSyncBase:BodyPreference': [{ Type: 1 }] }));
    expect([data['AirSyncBase:NativeBodyType'], data['AirSyncBase:Body']?.Data]).toEqual([3, 'barometer in RTF']);
  });
});

it('MS-ASAIRS_R11500 MS-ASAIRS_R406: what a client says of Truncated changes nothing', async () => {
  const contacts = await phone.collectionId('Contacts');
  await phone.sync(contacts, {}, '0');
  const add = (ClientId: string, Truncated?: boolean) => ['Add', { ClientId, ApplicationData: { 'Contacts:FileAs': ClientId, 'AirSyncBase:Body': { Type: 1, ...(Truncated !== undefined && { Truncated }), Data: 'note' } } }] as const;
  await phone.change(contacts, [add('none'), add('yes', true), add('no', false)] as never);
  const tablet = new TestDevice(eas, 'alice', { id: 'DEVICE2' });
  const shown = await shownBySync(tablet, await tablet.collectionId('Contacts'), optionsWith({ 'AirSyncBase:BodyPreference': [{ Type: 1 }] }));
  expect(shown.map(({ data }) => data['AirSyncBase:Body'])).toEqual(Array.from({ length: 3 }, () => ({ Type: 1, EstimatedDataSize: 4, Data: 'note' })));
});

it.each<[string, ProtocolVersion]>([['MS-ASAIRS_R1400 MS-ASAIRS_R1401', '16.0'], ['MS-ASAIRS_R14000918 MS-ASAIRS_R14010918', '16.1']])('%s: bodies of appointments are text or HTML in %s', async (_ids, version) => {
  await open(version);
  const calendar = await phone.collectionId('Calendar');
  const folder = await session().distinguished('calendar');
  const [start, end] = [Date.UTC(2026, 11, 7, 10), Date.UTC(2026, 11, 7, 11)];
  const text = await session().keep(Buffer.from('words'));
  await session().createItem(folder.id, { itemClass: 'IPM.Appointment', recipients: [], attachments: [], body: { native: 'text', text }, isRead: true, isAssociated: false, properties: { PidTagSubject: 'meeting', PidLidAppointmentStartWhole: start, PidLidAppointmentEndWhole: end } });
  const types: unknown[] = [];
  for (const Type of [1, 2, 3, 4]) types.push((await shownBySync(phone, calendar, optionsWith({ 'AirSyncBase:BodyPreference': [{ Type }], MIMESupport: [2] }))).map(({ data }) => data['AirSyncBase:Body']?.Type));
  expect(types).toEqual([[1], [2], [1], [1]]);
});

const session = () => sessionOf(eas);

async function changeFirst(changes: Parameters<ReturnType<typeof session>['updateItem']>[1]): Promise<void> {
  const folder = await session().distinguished('inbox');
  const { items } = await session().query([folder.id], { limit: 1 });
  for (const { id } of items) await session().updateItem(id, changes);
}

describe('BodyPartPreference', () => {
  beforeEach(() => deliver(eas, { subject: 'weather', html: HTML }));
  const partText = `<html><body><p>${TEXT}</p></body></html>`;
  const partSize = Buffer.byteLength(partText);
  const wholePart = { Status: 1, Type: 2, EstimatedDataSize: partSize, Data: partText };

  it.each<[what: string, part: Wanted, expected: object]>([
    ['MS-ASAIRS_R120 MS-ASAIRS_R271 MS-ASAIRS_R283 MS-ASAIRS_R294 MS-ASCON_R38 MS-ASCON_R39 MS-ASCON_R40 MS-ASCON_R234 MS-ASCON_R235 MS-ASCON_R236: whole', { Type: 2 }, wholePart],
    ['MS-ASAIRS_R63: AllOrNone, and it is none', { Type: 2, TruncationSize: 8, AllOrNone: true }, { Status: 1, Type: 2, EstimatedDataSize: partSize, Truncated: true }],
    ['MS-ASAIRS_R62 MS-ASAIRS_R392 MS-ASAIRS_R407 MS-ASAIRS_R408 MS-ASAIRS_R188 MS-ASAIRS_R282 MS-ASAIRS_R403 MS-ASCON_R239 MS-ASCON_R240: truncated without AllOrNone', { Type: 2, TruncationSize: 8 }, { Status: 1, Type: 2, EstimatedDataSize: partSize, Truncated: true, Data: partText.slice(0, 8) }],
    ['MS-ASAIRS_R409 MS-ASAIRS_R410 MS-ASAIRS_R411: short enough without AllOrNone', { Type: 2, TruncationSize: 200 }, wholePart],
    ['MS-ASAIRS_R253 MS-ASAIRS_R255 MS-ASAIRS_R256 MS-ASAIRS_R2599: with a preview', { Type: 2, Preview: 18 }, { ...wholePart, Preview: TEXT.slice(0, 18) }],
  ])('%s', async (_what, part, expected) => {
    expect(each(await byEach({ part }), partOf)).toEqual(everywhere(expected));
  });

  it('MS-ASAIRS_R400: without TruncationSize AllOrNone says nothing', async () => {
    for (const AllOrNone of [true, false]) expect(each(await byEach({ part: { Type: 2, AllOrNone } }), partOf)).toEqual(everywhere(wholePart));
  });

  it.each<[what: string, preferences: Preferences, body: boolean, part: boolean]>([
    ['MS-ASCON_R246 MS-ASCON_R237 MS-ASCON_R339 MS-ASCON_R340: body alone', { body: [{ Type: 2 }] }, true, false],
    ['MS-ASCON_R247: part alone', { part: { Type: 2 } }, false, true],
    ['MS-ASCON_R248 MS-ASCON_R243: both', { body: [{ Type: 2 }], part: { Type: 2 } }, true, true],
  ])('%s', async (_what, preferences, body, part) => {
    expect(each(await byEach(preferences), (data) => [bodyOf(data) !== undefined, partOf(data) !== undefined])).toEqual(everywhere([body, part]));
  });

  it('is what the message adds to the conversation', async () => {
    await deliver(eas, { subject: 'barometer again', html: '<html><body><p>New.</p><hr tabindex="-1"><div id="divRplyFwdMsg">From: Zoe</div><div>Old.</div></body></html>' });
    const { data } = await findBySubject(phone, inbox, 'barometer again', optionsWith({ 'AirSyncBase:BodyPartPreference': [{ Type: 2 }] }));
    expect(data['AirSyncBase:BodyPart']?.Data).toBe('<html><body><p>New.</p></body></html>');
  });

  it('of a conversation that is too large there is none: 176', async () => {
    const { binary } = await import('@fauxchange/properties');
    await changeFirst({ properties: { PidTagConversationIndex: binary.from(Buffer.alloc(22 + 5 * 201, 1)) } });
    const { data } = await findBySubject(phone, inbox, 'weather', optionsWith({ 'AirSyncBase:BodyPartPreference': [{ Type: 2 }] }));
    expect(data['AirSyncBase:BodyPart']).toEqual({ Status: 176, Type: 2, EstimatedDataSize: 0 });
  });

  it('MS-ASCON_R241 MS-ASCMD_R5412: of another type is refused with 164', async () => {
    const part = { 'AirSyncBase:BodyPartPreference': [{ Type: 3 }] };
    const { serverId } = await findBySubject(phone, inbox, 'weather');
    await expect(phone.sync(inbox, optionsWith(part))).rejects.toThrow('164');
    const answer = await operate(phone, [['Fetch', { Store: 'Mailbox', 'AirSync:CollectionId': inbox, 'AirSync:ServerId': serverId, Options: fetchOptions(part) }]]);
    expect([answer?.Status, answer?.Response?.Fetch[0]?.Status]).toEqual([1, 164]);
  });
});

it('MS-ASAIRS_R176 MS-ASAIRS_R244 MS-ASAIRS_R405: a multipart answer has the body behind the document, another has none', async () => {
  await deliver(eas, { subject: 'weather', text: TEXT });
  const { serverId } = await findBySubject(phone, inbox, 'weather');
  const request = [['Fetch', { Store: 'Mailbox', 'AirSync:CollectionId': inbox, 'AirSync:ServerId': serverId, Options: fetchOptions({ 'AirSyncBase:BodyPreference': [{ Type: 1 }] }) }]] as const;
  const inline = await operate(phone, request);
  expect(inline?.Response?.Fetch[0]?.Properties?.['AirSyncBase:Body']).toEqual(whole);
  const answer = await phone.post('ItemOperations', encodeDocument(ItemOperationsRequest, request, { version: '14.1' }), { 'MS-ASAcceptMultiPart': 'T' });
  expect(answer.headers.get('content-type')).toBe('application/vnd.ms-sync.multipart');
  const bytes = Buffer.from(await answer.arrayBuffer());
  const part = (number: number): Buffer => bytes.subarray(bytes.readUInt32LE(4 + 8 * number), bytes.readUInt32LE(4 + 8 * number) + bytes.readUInt32LE(8 + 8 * number));
  expect(bytes.readUInt32LE(0)).toBe(2);
  const value = decodeDocument(part(0), ItemOperationsResponse, { version: '14.1' });
  expect(value.Response?.Fetch[0]?.Properties?.['AirSyncBase:Body']).toEqual({ Type: 1, EstimatedDataSize: size, 'ItemOperations:Part': 1 });
  expect(part(1).toString()).toBe(`${TEXT}\r\n`);
});

it('2.5 has the text in elements of mail, truncated by steps', async () => {
  await open('2.5');
  await deliver(eas, { subject: 'weather', text: 'x'.repeat(2000) });
  await phone.sync(inbox, { Class: 'Email', Options: [] }, '0');
  const options = (Truncation: number): object => ({ Class: 'Email', ...optionsWith({ Truncation: [Truncation] }) });
  const { data } = await findBySubject(phone, inbox, 'weather', options(1));
  expect(data).toMatchObject({ 'Email:Body': 'x'.repeat(512), 'Email:BodySize': 2002, 'Email:BodyTruncated': true });
  expect(data).not.toHaveProperty('AirSyncBase:Body');
  const mime = await findBySubject(phone, inbox, 'weather', { Class: 'Email', ...optionsWith({ MIMESupport: [2] }) });
  expect(mime.data).toMatchObject({ 'Email:MIMEData': expect.stringContaining('Subject: weather') as string, 'Email:MIMETruncated': false });
});

it.each<[folder: string, kind: 'Contacts' | 'Tasks' | 'Calendar', data: ApplicationData]>([
  ['Contacts', 'Contacts', { 'Contacts:LastName': 'Gull' }],
  ['Tasks', 'Tasks', { 'Tasks:Subject': 'lamps' }],
  ['Calendar', 'Calendar', { 'Calendar:Subject': 'lamps', 'Calendar:UID': 'u1', 'Calendar:StartTime': '20260105T090000Z', 'Calendar:EndTime': '20260105T100000Z', 'Calendar:DtStamp': '20260105T080000Z' }],
])('2.5 has the text in elements of %s, from the client and back', async (folder, kind, data) => {
  await open('2.5');
  const collection = await phone.collectionId(folder);
  await phone.sync(collection, { Class: kind }, '0');
  await phone.sync(collection, { Class: kind });
  const added = await phone.sync(collection, { Class: kind, Commands: [['Add', { ClientId: 'c1', ApplicationData: { ...data, [`${kind}:Body`]: 'two\nlines' } }]] });
  expect(added?.Responses).toMatchObject([['Add', { Status: 1 }]]);
  phone = new TestDevice(eas, 'alice', { version: '2.5', id: 'OTHER' });
  await phone.folderSync('0');
  const [[, shown] = []] = await phone.syncAll(collection, { Class: kind });
  expect(shown).toMatchObject({ ApplicationData: { [`${kind}:Body`]: 'two\nlines', [`${kind}:BodyTruncated`]: false } });
});
