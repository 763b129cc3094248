import { fileAsMappings, type Item } from '@fauxchange/mailbox';
import { contactTexts } from '../src/mapping/contacts/contact-texts.ts';
import type { ApplicationData } from '../src/schema/application-data.ts';
import { noOptions, TestDevice, type SyncExtras } from './support/client.ts';
import { addItem, changeItem, dataOf, statusOfAdd, useFolder } from './support/items.ts';

const at = useFolder('Contacts');

const text = { Type: 1, TruncationSize: undefined, AllOrNone: undefined, Preview: undefined } as const;
const plain = (TruncationSize?: number): SyncExtras => ({ Options: [{ ...noOptions, 'AirSyncBase:BodyPreference': [{ ...text, TruncationSize }] }] });
const jpeg = (bytes: number): string => Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(bytes - 4, 7)]).toString('base64');

/** Microsoft's statements by element: that it is what it says, and that it can be ghosted. */
const requirements: Readonly<Record<string, readonly [means: string, ghosted: string]>> = {
  'Contacts2:AccountName': ['MS-ASCNTC_R97', 'MS-ASCNTC_R100'], 'Contacts:AssistantName': ['MS-ASCNTC_R112', 'MS-ASCNTC_R115'], 'Contacts:AssistantPhoneNumber': ['MS-ASCNTC_R117', 'MS-ASCNTC_R120'], 'Contacts:BusinessAddressCity': ['MS-ASCNTC_R130', 'MS-ASCNTC_R133'],
  'Contacts:BusinessAddressCountry': ['MS-ASCNTC_R135', 'MS-ASCNTC_R138'], 'Contacts:BusinessAddressPostalCode': ['MS-ASCNTC_R140', 'MS-ASCNTC_R700'], 'Contacts:BusinessAddressState': ['MS-ASCNTC_R143', 'MS-ASCNTC_R146'], 'Contacts:BusinessAddressStreet': ['MS-ASCNTC_R148', 'MS-ASCNTC_R151'],
  'Contacts:BusinessFaxNumber': ['MS-ASCNTC_R153', 'MS-ASCNTC_R156'], 'Contacts:BusinessPhoneNumber': ['MS-ASCNTC_R158', 'MS-ASCNTC_R161'], 'Contacts:Business2PhoneNumber': ['MS-ASCNTC_R163', 'MS-ASCNTC_R166'], 'Contacts:CarPhoneNumber': ['MS-ASCNTC_R168', 'MS-ASCNTC_R171'],
  'Contacts2:CompanyMainPhone': ['MS-ASCNTC_R195', 'MS-ASCNTC_R198'], 'Contacts:CompanyName': ['MS-ASCNTC_R200', 'MS-ASCNTC_R203'], 'Contacts2:CustomerId': ['MS-ASCNTC_R205', 'MS-ASCNTC_R208'], 'Contacts:Department': ['MS-ASCNTC_R209', 'MS-ASCNTC_R212'], 'Contacts:FirstName': ['MS-ASCNTC_R238', 'MS-ASCNTC_R241'],
  'Contacts2:GovernmentId': ['MS-ASCNTC_R243', 'MS-ASCNTC_R246'], 'Contacts:HomeAddressCity': ['MS-ASCNTC_R248', 'MS-ASCNTC_R251'], 'Contacts:HomeAddressCountry': ['MS-ASCNTC_R253', 'MS-ASCNTC_R256'], 'Contacts:HomeAddressPostalCode': ['MS-ASCNTC_R258', 'MS-ASCNTC_R261'],
  'Contacts:HomeAddressState': ['MS-ASCNTC_R263', 'MS-ASCNTC_R266'], 'Contacts:HomeAddressStreet': ['MS-ASCNTC_R268', 'MS-ASCNTC_R271'], 'Contacts:HomeFaxNumber': ['MS-ASCNTC_R273', 'MS-ASCNTC_R276'], 'Contacts:HomePhoneNumber': ['MS-ASCNTC_R278', 'MS-ASCNTC_R281'],
  'Contacts:Home2PhoneNumber': ['MS-ASCNTC_R283', 'MS-ASCNTC_R286'], 'Contacts2:IMAddress': ['MS-ASCNTC_R288', 'MS-ASCNTC_R291'], 'Contacts2:IMAddress2': ['MS-ASCNTC_R293', 'MS-ASCNTC_R296'], 'Contacts2:IMAddress3': ['MS-ASCNTC_R298', 'MS-ASCNTC_R301'], 'Contacts:JobTitle': ['MS-ASCNTC_R303', 'MS-ASCNTC_R306'],
  'Contacts:LastName': ['MS-ASCNTC_R308', 'MS-ASCNTC_R311'], 'Contacts2:ManagerName': ['MS-ASCNTC_R313', 'MS-ASCNTC_R316'], 'Contacts:MiddleName': ['MS-ASCNTC_R318', 'MS-ASCNTC_R321'], 'Contacts2:MMS': ['MS-ASCNTC_R323', 'MS-ASCNTC_R326'], 'Contacts:MobilePhoneNumber': ['MS-ASCNTC_R328', 'MS-ASCNTC_R331'],
  'Contacts2:NickName': ['MS-ASCNTC_R333', 'MS-ASCNTC_R336'], 'Contacts:OfficeLocation': ['MS-ASCNTC_R338', 'MS-ASCNTC_R341'], 'Contacts:OtherAddressCity': ['MS-ASCNTC_R343', 'MS-ASCNTC_R346'], 'Contacts:OtherAddressCountry': ['MS-ASCNTC_R348', 'MS-ASCNTC_R351'],
  'Contacts:OtherAddressPostalCode': ['MS-ASCNTC_R353', 'MS-ASCNTC_R356'], 'Contacts:OtherAddressState': ['MS-ASCNTC_R358', 'MS-ASCNTC_R361'], 'Contacts:OtherAddressStreet': ['MS-ASCNTC_R363', 'MS-ASCNTC_R366'], 'Contacts:PagerNumber': ['MS-ASCNTC_R368', 'MS-ASCNTC_R371'],
  'Contacts:RadioPhoneNumber': ['MS-ASCNTC_R385', 'MS-ASCNTC_R388'], 'Contacts:Spouse': ['MS-ASCNTC_R390', 'MS-ASCNTC_R393'], 'Contacts:Suffix': ['MS-ASCNTC_R395', 'MS-ASCNTC_R398'], 'Contacts:Title': ['MS-ASCNTC_R400', 'MS-ASCNTC_R403'], 'Contacts:WebPage': ['MS-ASCNTC_R405', 'MS-ASCNTC_R408'],
  'Contacts:YomiCompanyName': ['MS-ASCNTC_R417', 'MS-ASCNTC_R420'], 'Contacts:YomiFirstName': ['MS-ASCNTC_R422', 'MS-ASCNTC_R425'], 'Contacts:YomiLastName': ['MS-ASCNTC_R427', 'MS-ASCNTC_R430'],
};
interface Row {
  readonly element: keyof ApplicationData;
  readonly property: Parameters<Item['bag']['get']>[0] | undefined;
  readonly means: string;
  readonly ghosted: string;
  readonly value: unknown;
  readonly kept: unknown;
}
const rows: readonly Row[] = [
  ...contactTexts.map(([element, property]): Row => {
    const [means = 'own', ghosted = 'own'] = requirements[element] ?? [];
    return { element, property, means, ghosted, value: `a ${element} & more`, kept: `a ${element} & more` };
  }),
  { element: 'Contacts:Email1Address', property: 'PidLidEmail1EmailAddress', means: 'MS-ASCNTC_R214', ghosted: 'MS-ASCNTC_R217', value: '"Bob B." <bob@example.test>', kept: 'bob@example.test' },
  { element: 'Contacts:Email2Address', property: 'PidLidEmail2EmailAddress', means: 'MS-ASCNTC_R221', ghosted: 'MS-ASCNTC_R224', value: 'two@example.test', kept: 'two@example.test' },
  { element: 'Contacts:Email3Address', property: 'PidLidEmail3EmailAddress', means: 'MS-ASCNTC_R226', ghosted: 'MS-ASCNTC_R229', value: 'what may be any text', kept: 'what may be any text' },
  { element: 'Contacts:FileAs', property: 'PidLidFileUnder', means: 'MS-ASCNTC_R231', ghosted: 'MS-ASCNTC_R234', value: 'B, Bob', kept: 'B, Bob' },
  { element: 'Contacts:Anniversary', property: 'PidTagWeddingAnniversary', means: 'MS-ASCNTC_R107', ghosted: 'MS-ASCNTC_R110', value: '2001-05-06T07:00:00.000Z', kept: Date.UTC(2001, 4, 6, 7) },
  { element: 'Contacts:Birthday', property: 'PidTagBirthday', means: 'MS-ASCNTC_R122', ghosted: 'MS-ASCNTC_R125', value: '1980-01-02T00:00:00.000Z', kept: Date.UTC(1980, 0, 2) },
  { element: 'Contacts:Categories', property: 'PidNameKeywords', means: 'MS-ASCNTC_R1030', ghosted: 'MS-ASCNTC_R177', value: ['Family', 'Red'], kept: ['Family', 'Red'] },
  { element: 'Contacts:Children', property: 'PidTagChildrensNames', means: 'MS-ASCNTC_R10040', ghosted: 'MS-ASCNTC_R188', value: ['Ann', 'Ben'], kept: ['Ann', 'Ben'] },
];
const whole = Object.fromEntries(rows.map(({ element, value }) => [element, value])) as ApplicationData;

describe('every element of a contact', () => {
  let added: ApplicationData;
  let inTheMailbox: Item;
  let afterGhostedChange: ApplicationData;
  let afterWholeChange: ApplicationData;
  // One contact serves all rows: each looks at its own element.
  beforeEach(async () => {
    if (added) return;
    await at.phone.syncAll(at.collection, {});
    await at.phone.sync(at.collection, { Supported: {} }, '0');
    await at.phone.sync(at.collection);
    const serverId = await addItem(at.phone, at.collection, whole);
    added = await dataOf(at.eas, 'Contacts', serverId);
    inTheMailbox = await at.itemOf(serverId);
    await changeItem(at.phone, at.collection, serverId, {});
    afterGhostedChange = await dataOf(at.eas, 'Contacts', serverId);
    const other = new TestDevice(at.eas, 'alice', { id: 'OTHER' });
    await other.collectionId('Contacts');
    await other.syncAll(at.collection);
    await changeItem(other, at.collection, serverId, {});
    afterWholeChange = await dataOf(at.eas, 'Contacts', serverId);
  });
  it.each(rows)('$means: $element is told as it was given, and kept as the model has it', ({ element, property, value, kept }) => {
    expect(added[element]).toEqual(value);
    if (property) expect(inTheMailbox.bag.get(property)).toEqual(kept);
  });
  it.each(rows)('MS-ASCNTC_R$ghosted MS-ASCMD_R5909 MS-ASCMD_R5911: $element stays when all is ghosted and it is left out', ({ element, value }) => expect(afterGhostedChange[element]).toEqual(value));
  it.each(rows.filter(({ element }) => element !== 'Contacts:FileAs'))('MS-ASCMD_R5906 MS-ASCMD_R5912: $element goes when it is left out and nothing was ghosted', ({ element }) => expect(afterWholeChange[element]).toBeUndefined());
});

describe('lists', () => {
  const names = (count: number): readonly string[] => Array.from({ length: count }, (_, index) => `n${index}`);
  it('MS-ASCNTC_R183 MS-ASCNTC_R194 MS-ASCNTC_R190: up to 300 categories and 300 children are kept', async () => {
    const data = await dataOf(at.eas, 'Contacts', await addItem(at.phone, at.collection, { 'Contacts:FileAs': 'many', 'Contacts:Categories': names(300), 'Contacts:Children': names(300) }));
    expect([data['Contacts:Categories'], data['Contacts:Children']]).toEqual([names(300), names(300)]);
  });
  it.each([['Contacts:Categories'], ['Contacts:Children']] as const)('more than 300 of %s are refused', async (element) => {
    expect(await statusOfAdd(at.phone, at.collection, { [element]: names(301) })).toBe(6);
  });
  it('an empty list takes them away', async () => {
    const serverId = await addItem(at.phone, at.collection, { 'Contacts:FileAs': 'x', 'Contacts:Categories': ['a'], 'Contacts:Children': ['b'] });
    await changeItem(at.phone, at.collection, serverId, { 'Contacts:FileAs': 'x', 'Contacts:Categories': [], 'Contacts:Children': [] });
    const data = await dataOf(at.eas, 'Contacts', serverId);
    expect([data['Contacts:Categories'], data['Contacts:Children']]).toEqual([undefined, undefined]);
  });
});

describe('the picture', () => {
  it('MS-ASCNTC_R373 MS-ASCNTC_R381 MS-ASCNTC_R1021: one of 36 KB, which is 48 KB of base64, is kept as it is', async () => {
    const picture = jpeg(36 * 1024);
    expect(picture).toHaveLength(48 * 1024);
    const serverId = await addItem(at.phone, at.collection, { 'Contacts:FileAs': 'with', 'Contacts:Picture': picture });
    expect((await dataOf(at.eas, 'Contacts', serverId))['Contacts:Picture']).toBe(picture);
    const [photo] = (await at.itemOf(serverId)).attachments;
    expect([photo?.isContactPhoto, photo?.size, (await at.itemOf(serverId)).bag.get('PidLidHasPicture')]).toEqual([true, 36 * 1024, true]);
  });
  it('MS-ASCNTC_R384: a larger one is refused with 6', async () => expect(await statusOfAdd(at.phone, at.collection, { 'Contacts:Picture': jpeg(36 * 1024 + 3) })).toBe(6));
  it('what is no base64 is refused with 6', async () => expect(await statusOfAdd(at.phone, at.collection, { 'Contacts:Picture': 'no picture!' })).toBe(6));
  it('is changed, and taken away by an empty one', async () => {
    const serverId = await addItem(at.phone, at.collection, { 'Contacts:FileAs': 'with', 'Contacts:Picture': jpeg(100) });
    await changeItem(at.phone, at.collection, serverId, { 'Contacts:FileAs': 'with', 'Contacts:Picture': jpeg(200) });
    expect((await dataOf(at.eas, 'Contacts', serverId))['Contacts:Picture']).toBe(jpeg(200));
    await changeItem(at.phone, at.collection, serverId, { 'Contacts:FileAs': 'with', 'Contacts:Picture': '' });
    expect([(await dataOf(at.eas, 'Contacts', serverId))['Contacts:Picture'], (await at.itemOf(serverId)).attachments]).toEqual([undefined, []]);
  });
});

describe('notes of a contact', () => {
  const note = { Type: 1, Data: 'He likes long notes, and so do I.' };
  const contact: ApplicationData = { 'Contacts:FileAs': 'noted', 'AirSyncBase:Body': note };
  it('MS-ASCNTC_R1120: are its body', async () => {
    const serverId = await addItem(at.phone, at.collection, contact);
    expect((await dataOf(at.eas, 'Contacts', serverId, { extras: plain() }))['AirSyncBase:Body']?.Data).toBe(note.Data);
  });
  it('MS-ASCNTC_R512 MS-ASCNTC_R460: are cut where the client asks for it, until it asks for them whole', async () => {
    const serverId = await addItem(at.phone, at.collection, contact);
    expect((await dataOf(at.eas, 'Contacts', serverId, { extras: plain(8) }))['AirSyncBase:Body']).toMatchObject({ Type: 1, Truncated: true, Data: 'He likes' });
    const whole = (await dataOf(at.eas, 'Contacts', serverId, { extras: plain() }))['AirSyncBase:Body'];
    expect([whole?.Data, whole?.Truncated]).toEqual([note.Data, undefined]);
  });
  it('MS-ASCNTC_R461: stay when a Change has no body', async () => {
    const serverId = await addItem(at.phone, at.collection, contact);
    await changeItem(at.phone, at.collection, serverId, { 'Contacts:FileAs': 'renamed' });
    expect(await dataOf(at.eas, 'Contacts', serverId, { extras: plain() })).toMatchObject({ 'Contacts:FileAs': 'renamed', 'AirSyncBase:Body': { Data: note.Data } });
  });
});

describe('ghosting', () => {
  it('MS-ASCNTC_R499 MS-ASCMD_R5907: what is not in Supported keeps its value, what is there goes', async () => {
    const serverId = await addItem(at.phone, at.collection, { 'Contacts:FileAs': 'g', 'Contacts:JobTitle': 'cook', 'Contacts:AssistantName': 'Al' });
    await at.phone.sync(at.collection, { Supported: { 'Contacts:AssistantName': true } }, '0');
    await at.phone.sync(at.collection);
    await changeItem(at.phone, at.collection, serverId, { 'Contacts:FirstName': 'Gus' });
    expect(await dataOf(at.eas, 'Contacts', serverId)).toMatchObject({ 'Contacts:FileAs': 'g', 'Contacts:JobTitle': 'cook', 'Contacts:FirstName': 'Gus' });
    expect((await dataOf(at.eas, 'Contacts', serverId))['Contacts:AssistantName']).toBeUndefined();
  });
});

describe('names', () => {
  it.each([
    ['Last, First without a FileAs', { 'Contacts:FirstName': 'Ada', 'Contacts:LastName': 'Byron' }, 'Byron, Ada', 'Ada Byron'],
    ['the company where there is no name', { 'Contacts:CompanyName': 'Contoso' }, 'Contoso', 'Contoso'],
    ['FileAs as it was given', { 'Contacts:FirstName': 'Ada', 'Contacts:LastName': 'Byron', 'Contacts:FileAs': 'the Countess' }, 'the Countess', 'Ada Byron'],
  ] as const)('are filed by %s', async (_what, data, filed, shown) => {
    const serverId = await addItem(at.phone, at.collection, data);
    expect((await dataOf(at.eas, 'Contacts', serverId))['Contacts:FileAs']).toBe(filed);
    expect((await at.itemOf(serverId)).bag.get('PidTagDisplayName')).toBe(shown);
  });
  it('follow their parts', async () => {
    const serverId = await addItem(at.phone, at.collection, { 'Contacts:FirstName': 'Ada', 'Contacts:LastName': 'Byron' });
    await changeItem(at.phone, at.collection, serverId, { 'Contacts:FirstName': 'Ada', 'Contacts:LastName': 'Lovelace', 'Contacts:FileAs': 'Lovelace, Ada' });
    expect((await at.itemOf(serverId)).bag.get('PidTagDisplayName')).toBe('Ada Lovelace');
  });
  it('one made in the model arrives by Sync, a list of people does not', async () => {
    await at.phone.syncAll(at.collection);
    const draft = { isRead: true, isAssociated: false, recipients: [], attachments: [] } as const;
    const folderId = at.session.mailbox.wellKnown('contacts') as Item['folderId'];
    await at.session.createItem(folderId, { ...draft, itemClass: 'IPM.Contact', properties: { PidTagGivenName: 'Max', PidLidFileUnder: 'Max', PidLidFileUnderId: fileAsMappings.None } });
    await at.session.createItem(folderId, { ...draft, itemClass: 'IPM.DistList', properties: { PidTagDisplayName: 'friends' } });
    const told = await at.phone.sync(at.collection);
    expect(told?.Commands?.map(([kind, command]) => [kind, 'ApplicationData' in command && command.ApplicationData['Contacts:FirstName']])).toEqual([['Add', 'Max']]);
  });
  it.each([['Contacts:Birthday', 'yesterday'], ['Contacts:Anniversary', '2026-02-30T00:00:00.000Z']] as const)('%s that is no day is refused with 6', async (element, value) => {
    expect(await statusOfAdd(at.phone, at.collection, { [element]: value })).toBe(6);
  });
});

describe('the recipient information cache', () => {
  it('MS-ASCNTC_R219 MS-ASCNTC_R236 MS-ASCNTC_R410 MS-ASCNTC_R1010: tells addresses, names and ranks of those who were written to, and no alias', async () => {
    const send = async (to: string): Promise<void> => void (await at.session.send({
      itemClass: 'IPM.Note', isRead: true, isAssociated: false, attachments: [], recipients: [{ type: 'to', name: to, address: `${to}@example.test`, addressType: 'SMTP' }], properties: { PidTagSubject: 'x' },
    }, { saveIn: { session: at.session, folderId: at.session.mailbox.wellKnown('sentitems') as Item['folderId'] } }));
    for (const to of ['carol', 'carol', 'dave']) await send(to);
    const told = new Map((await at.phone.syncAll('RI')).map(([, command]) => ('ApplicationData' in command ? [String(command.ApplicationData['Contacts:FileAs']), command.ApplicationData] : ['', {}])));
    const carol = [...told.values()].find((data) => data['Contacts:Email1Address']?.includes('carol@example.test'));
    const dave = [...told.values()].find((data) => data['Contacts:Email1Address']?.includes('dave@example.test'));
    expect(Object.keys(carol ?? {}).sort()).toEqual(['Contacts:Email1Address', 'Contacts:FileAs', 'Contacts:WeightedRank']);
    expect(Number(carol?.['Contacts:WeightedRank'])).toBeGreaterThan(Number(dave?.['Contacts:WeightedRank']));
    await send('dave');
    expect((await at.phone.sync('RI'))?.Commands).toMatchObject([['Change', { ApplicationData: { 'Contacts:WeightedRank': Number(dave?.['Contacts:WeightedRank']) + 1 } }]]);
  });
  it('MS-ASCNTC_R415: a contact elsewhere has no rank', async () => {
    expect(await dataOf(at.eas, 'Contacts', await addItem(at.phone, at.collection, { 'Contacts:FileAs': 'r' }))).not.toHaveProperty(['Contacts:WeightedRank']);
  });
  it('is not there before 14.0', async () => {
    const old = new TestDevice(at.eas, 'alice', { version: '12.1', id: 'OLD' });
    await expect(old.collectionId('RecipientInfo')).rejects.toThrow('no folder');
  });
});
