import { createClock } from '@fauxchange/kernel';
import fc from 'fast-check';
import { createEwsEmulator, type EwsEmulator } from '../src/index.ts';
import { deleteField, EwsClient, idOf, setField, type Id } from './support/client.ts';
import { escapeXml } from './support/soap.ts';
import { allBelow, below, child, names, textAt, type XmlElement } from './support/xml.ts';

let ews: EwsEmulator;
let alice: EwsClient;
beforeAll(async () => {
  ews = await createEwsEmulator({ clock: createClock({ at: Date.UTC(2026, 0, 5, 9), frozen: true }) });
  alice = new EwsClient(ews);
  // The first answer waits for the schema's validator.
  await alice.folderId('contacts');
}, 60_000);
afterEach(() => ews.reset());
afterAll(() => ews.close());

const create = async (content: string, folder?: string): Promise<Id> => idOf((await alice.createItem(`<t:Contact>${content}</t:Contact>`, { folder, disposition: null })).ok().first('ItemId'));
const contactOf = async (content: string): Promise<XmlElement> => alice.item(await create(content));
const indexed = (uri: string, index: string): string => `<t:IndexedFieldURI FieldURI="${uri}" FieldIndex="${index}"/>`;
const update = async (id: Id, updates: string): Promise<Id> => idOf((await alice.updateItem(id, updates, { disposition: null })).ok().first('ItemId'));
const strings = (element: XmlElement): string[] => element.children.map(({ text }) => text);

const simple: readonly (readonly [element: string, value: string, ids: string])[] = [
  ['FileAs', 'Under this', 'MS-OXWSCONT_R20'], ['DisplayName', 'Ann Other', 'MS-OXWSCONT_R24, MS-OXWSCONT_R25'], ['GivenName', 'Ann', 'MS-OXWSCONT_R26, MS-OXWSCONT_R27'], ['Initials', 'A.O.', 'MS-OXWSCONT_R28, MS-OXWSCONT_R29'],
  ['MiddleName', 'Mia', 'MS-OXWSCONT_R30, MS-OXWSCONT_R31'], ['Nickname', 'Annie', 'MS-OXWSCONT_R32, MS-OXWSCONT_R33'], ['CompanyName', 'Contoso & Söhne', 'MS-OXWSCONT_R36, MS-OXWSCONT_R37'], ['AssistantName', 'Bo', 'MS-OXWSCONT_R44, MS-OXWSCONT_R45'],
  ['Birthday', '1985-04-03T00:00:00Z', 'MS-OXWSCONT_R46, MS-OXWSCONT_R47'], ['BusinessHomePage', 'http://contoso.test/', 'MS-OXWSCONT_R48, MS-OXWSCONT_R49'], ['Department', 'Masts', 'MS-OXWSCONT_R56, MS-OXWSCONT_R57'],
  ['Generation', 'Jr.', 'MS-OXWSCONT_R58, MS-OXWSCONT_R59'], ['JobTitle', 'Keeper', 'MS-OXWSCONT_R62, MS-OXWSCONT_R63'], ['Manager', 'Cy', 'MS-OXWSCONT_R64, MS-OXWSCONT_R65'], ['Mileage', '12 km', 'MS-OXWSCONT_R66, MS-OXWSCONT_R67'],
  ['OfficeLocation', 'Lighthouse 2', 'MS-OXWSCONT_R68, MS-OXWSCONT_R69'], ['PostalAddressIndex', 'Home', 'MS-OXWSCONT_R70, MS-OXWSCONT_R71'], ['Profession', 'Sailor', 'MS-OXWSCONT_R72, MS-OXWSCONT_R73'],
  ['SpouseName', 'Di', 'MS-OXWSCONT_R74, MS-OXWSCONT_R75'], ['Surname', 'Other', 'MS-OXWSCONT_R76, MS-OXWSCONT_R77'], ['WeddingAnniversary', '2010-05-06T00:00:00Z', 'MS-OXWSCONT_R78, MS-OXWSCONT_R79'],
];
/** Keys of PhoneNumbers with the tags of the properties that [MS-OXOCNTC] 2.2.1.4 has for these numbers. */
const phones: readonly (readonly [key: string, tag: string, ids: string])[] = [
  ['AssistantPhone', '0x3A2E', 'MS-OXWSCONT_R157'], ['BusinessFax', '0x3A24', 'MS-OXWSCONT_R158'], ['BusinessPhone', '0x3A08', 'MS-OXWSCONT_R159'],
  ['BusinessPhone2', '0x3A1B', 'MS-OXWSCONT_R160'], ['Callback', '0x3A02', 'MS-OXWSCONT_R161'], ['CarPhone', '0x3A1E', 'MS-OXWSCONT_R162'],
  ['CompanyMainPhone', '0x3A57', 'MS-OXWSCONT_R163'], ['HomeFax', '0x3A25', 'MS-OXWSCONT_R164'], ['HomePhone', '0x3A09', 'MS-OXWSCONT_R165'],
  ['HomePhone2', '0x3A2F', 'MS-OXWSCONT_R166'], ['Isdn', '0x3A2D', 'MS-OXWSCONT_R167'], ['MobilePhone', '0x3A1C', 'MS-OXWSCONT_R168'],
  ['OtherFax', '0x3A23', 'MS-OXWSCONT_R169'], ['OtherTelephone', '0x3A1F', 'MS-OXWSCONT_R170'], ['Pager', '0x3A21', 'MS-OXWSCONT_R171'],
  ['PrimaryPhone', '0x3A1A', 'MS-OXWSCONT_R172'], ['RadioPhone', '0x3A1D', 'MS-OXWSCONT_R173'], ['Telex', '0x3A2C', 'MS-OXWSCONT_R174'],
  ['TtyTddPhone', '0x3A4B', 'MS-OXWSCONT_R175'],
];
const phoneKeys = phones.map(([key]) => key);
const parts = ['Street', 'City', 'State', 'CountryOrRegion', 'PostalCode'];

/** Every entry of a dictionary by its key: a text, or the texts of its parts. */
function entries(contact: XmlElement, dictionary: string): Record<string, string | Record<string, string>> {
  const found = child(contact, dictionary)?.children ?? [];
  return Object.fromEntries(found.map((entry) => [entry.attributes['Key'], entry.children.length > 0 ? Object.fromEntries(entry.children.map(({ name, text }) => [name, text])) : entry.text]));
}

describe('fields', () => {
  it.each(simple)('%s is kept as it was set, changed and removed (%s, %s)', async (element, value) => {
    const id = await create(`<t:${element}>${escapeXml(value)}</t:${element}>`);
    expect(textAt(await alice.item(id), element)).toBe(value);
    const bare = await create('<t:Surname>Bare</t:Surname>');
    const changed = await update(bare, setField(`contacts:${element}`, `<t:${element}>${escapeXml(value)}</t:${element}>`, 'Contact'));
    expect(textAt(await alice.item(changed), element)).toBe(value);
    const removed = await update(changed, deleteField(`contacts:${element}`));
    expect(textAt(await alice.item(removed), element)).toBe(element === 'PostalAddressIndex' ? 'None' : undefined);
    await update(removed, deleteField(`contacts:${element}`));
  });

  it.each([['Children', 'MS-OXWSCONT_R50, MS-OXWSCONT_R51'], ['Companies', 'MS-OXWSCONT_R52, MS-OXWSCONT_R53']])('%s are several (%s)', async (element) => {
    const id = await create(`<t:${element}><t:String>One</t:String><t:String>Two</t:String></t:${element}>`);
    const told = below(await alice.item(id), element);
    expect([names(told), strings(told)]).toEqual([['String', 'String'], ['One', 'Two']]);
    expect(child(await alice.item(await update(id, deleteField(`contacts:${element}`))), element)).toBeUndefined();
  });

  it('MS-OXWSCONT_R34, MS-OXWSCONT_R35, MS-OXWSCONT_R195, MS-OXWSCONT_R196, MS-OXWSCONT_R355, MS-OXWSCONT_R197, MS-OXWSCONT_R198, MS-OXWSCONT_R199, MS-OXWSCONT_R200, MS-OXWSCONT_R356, MS-OXWSCONT_R201, MS-OXWSCONT_R202, MS-OXWSCONT_R357, MS-OXWSCONT_R203, MS-OXWSCONT_R204, MS-OXWSCONT_R205, MS-OXWSCONT_R207, MS-OXWSCONT_R208: CompleteName tells the parts of the name', async () => {
    const item = await contactOf('<t:GivenName>Ann</t:GivenName><t:Initials>A.</t:Initials><t:MiddleName>Mia</t:MiddleName><t:Nickname>Annie</t:Nickname><t:Generation>Jr.</t:Generation><t:Surname>Other</t:Surname>');
    expect(Object.fromEntries(below(item, 'CompleteName').children.map(({ name, text }) => [name, text]))).toEqual({
      FirstName: 'Ann', MiddleName: 'Mia', LastName: 'Other', Suffix: 'Jr.', Initials: 'A.', FullName: 'Ann Mia Other Jr.', Nickname: 'Annie',
    });
    // They are the same as the fields of their own.
    expect(['GivenName', 'MiddleName', 'Surname', 'Generation', 'Initials', 'Nickname'].map((name) => textAt(item, name))).toEqual(['Ann', 'Mia', 'Other', 'Jr.', 'A.', 'Annie']);
  });

  it('MS-OXWSCONT_R193, MS-OXWSCONT_R194, MS-OXWSCONT_R209, MS-OXWSCONT_R210, MS-OXWSCONT_R211, MS-OXWSCONT_R212: title and phonetic names that come as properties are in CompleteName', async () => {
    const yomi = (id: number, value: string): string => `<t:ExtendedProperty><t:ExtendedFieldURI DistinguishedPropertySetId="Address" PropertyId="${id}" PropertyType="String"/><t:Value>${value}</t:Value></t:ExtendedProperty>`;
    const item = await contactOf(`<t:ExtendedProperty><t:ExtendedFieldURI PropertyTag="0x3A45" PropertyType="String"/><t:Value>Dr.</t:Value></t:ExtendedProperty>${yomi(0x802c, 'an')}${yomi(0x802d, 'ather')}<t:Surname>Other</t:Surname>`);
    expect(['Title', 'YomiFirstName', 'YomiLastName', 'FullName'].map((name) => textAt(item, 'CompleteName', name))).toEqual(['Dr.', 'an', 'ather', 'Dr. Other']);
  });

  it('AllProperties of a contact: defaults as Exchange has them', async () => {
    const item = await contactOf('<t:GivenName>Tanja</t:GivenName><t:Surname>Plate</t:Surname>');
    expect(['ItemClass', 'Subject', 'DisplayName', 'FileAs', 'FileAsMapping', 'HasPicture', 'IsDraft', 'DateTimeSent', 'PostalAddressIndex'].map((name) => textAt(item, name)))
      .toEqual(['IPM.Contact', 'Tanja Plate', 'Tanja Plate', 'Plate, Tanja', 'LastCommaFirst', 'false', 'true', '2026-01-05T09:00:00Z', 'None']);
    expect(idOf(below(item, 'ParentFolderId')).id).toBe((await alice.folderId('contacts')).id);
  });

  it('the Default shape of GetItem and FindItem', async () => {
    const id = await create('<t:FileAs>F</t:FileAs><t:CompanyName>C</t:CompanyName><t:EmailAddresses><t:Entry Key="EmailAddress1">a@b.test</t:Entry></t:EmailAddresses><t:PhoneNumbers><t:Entry Key="Pager">1</t:Entry></t:PhoneNumbers><t:JobTitle>J</t:JobTitle>');
    const expected = ['FileAs', 'CompleteName', 'CompanyName', 'EmailAddresses', 'PhoneNumbers', 'JobTitle'];
    expect(names(await alice.item(id, 'Default'))).toEqual(expect.arrayContaining(expected));
    const found = (await alice.findItem('contacts', { base: 'Default' })).ok().first('Items').children[0] as XmlElement;
    expect(names(found)).toEqual(expect.arrayContaining(expected));
    expect(names(found)).not.toContain('Body');
  });

  it('a photo is an attachment that says so', async () => {
    const id = await create('<t:Surname>Seen</t:Surname>');
    const attached = (await alice.call(`<m:CreateAttachment><m:ParentItemId Id="${id.id}"/><m:Attachments><t:FileAttachment><t:Name>ContactPicture.jpg</t:Name><t:IsContactPhoto>true</t:IsContactPhoto><t:Content>AAAA</t:Content></t:FileAttachment></m:Attachments></m:CreateAttachment>`)).ok();
    const item = await alice.item(id);
    expect([textAt(item, 'HasPicture'), textAt(below(item, 'FileAttachment'), 'IsContactPhoto')]).toEqual(['true', 'true']);
    (await alice.call(`<m:DeleteAttachment><m:AttachmentIds><t:AttachmentId Id="${attached.first('AttachmentId').attributes['Id']}"/></m:AttachmentIds></m:DeleteAttachment>`)).ok();
    expect(textAt(await alice.item(id), 'HasPicture')).toBe('false');
  });

  it.each([['CompleteName', '<t:CompleteName><t:FirstName>x</t:FirstName></t:CompleteName>', 'MS-OXWSCONT_R35001'], ['HasPicture', '<t:HasPicture>true</t:HasPicture>', 'MS-OXWSCONT_R81001'], ['ContactSource', '<t:ContactSource>Store</t:ContactSource>', '']])(
    '%s is read-only', async (name, element) => {
      const answer = await alice.createItem(`<t:Contact>${element}</t:Contact>`, { disposition: null });
      expect([answer.codes, answer.first('FieldURI').attributes['FieldURI']]).toEqual([['ErrorInvalidPropertySet'], `contacts:${name}`]);
    });
});

describe('file as', () => {
  const person = '<t:DisplayName>Shown</t:DisplayName><t:GivenName>Ann</t:GivenName><t:MiddleName>Mia</t:MiddleName><t:CompanyName>Contoso</t:CompanyName><t:Generation>Jr.</t:Generation><t:Surname>Other</t:Surname>';
  it.each([
    ['LastCommaFirst', 'Other, Ann Mia'], ['FirstSpaceLast', 'Ann Mia Other Jr.'], ['Company', 'Contoso'], ['LastCommaFirstCompany', 'Other, Ann Mia\r\nContoso'],
    ['CompanyLastFirst', 'Contoso\r\nOtherAnn Mia'], ['LastFirst', 'OtherAnn Mia'], ['LastFirstCompany', 'OtherAnn Mia\r\nContoso'], ['CompanyLastCommaFirst', 'Contoso\r\nOther, Ann Mia'],
    ['LastFirstSuffix', 'Other Ann Mia Jr.'], ['LastSpaceFirstCompany', 'Other Ann Mia\r\nContoso'], ['CompanyLastSpaceFirst', 'Contoso\r\nOther Ann Mia'], ['LastSpaceFirst', 'Other Ann Mia'],
    ['DisplayName', 'Shown'], ['FirstName', 'Ann'], ['LastFirstMiddleSuffix', 'OtherAnn Mia Jr.'], ['LastName', 'Other'], ['Empty', ''],
  ])('MS-OXWSCONT_R22: the mapping %s makes %j', async (mapping, expected) => {
    const item = await contactOf(`<t:FileAsMapping>${mapping}</t:FileAsMapping>${person}`);
    expect([textAt(item, 'FileAs'), textAt(item, 'FileAsMapping')]).toEqual([expected, mapping]);
  });

  it('MS-OXWSCONT_R133: Company shows the name of the company', async () => {
    expect(textAt(await contactOf(`<t:FileAsMapping>Company</t:FileAsMapping>${person}`), 'FileAs')).toBe('Contoso');
  });

  it('MS-OXWSCONT_R130: a text given is saved as it is, and stays when the name changes', async () => {
    const id = await create(`<t:FileAs>My words</t:FileAs>${person}`);
    const item = await alice.item(await update(id, setField('contacts:Surname', '<t:Surname>New</t:Surname>', 'Contact')));
    expect([textAt(item, 'FileAs'), textAt(item, 'FileAsMapping'), textAt(item, 'Surname')]).toEqual(['My words', 'None', 'New']);
  });

  it('a text given with a mapping stays as it is', async () => {
    const item = await contactOf(`<t:FileAs>My words</t:FileAs><t:FileAsMapping>LastCommaFirst</t:FileAsMapping>${person}`);
    expect([textAt(item, 'FileAs'), textAt(item, 'FileAsMapping')]).toEqual(['My words', 'LastCommaFirst']);
  });

  it.each(['GivenName', 'MiddleName', 'Surname'])('a %s of more than 255 characters is refused', async (name) => {
    const element = (length: number): string => `<t:${name}>${'x'.repeat(length)}</t:${name}>`;
    const id = await create(element(255));
    expect((await alice.updateItem(id, setField(`contacts:${name}`, element(256), 'Contact'), { disposition: null })).codes).toEqual(['ErrorPropertyUpdate']);
    expect(textAt(await alice.item(id), name)).toHaveLength(255);
    expect((await alice.createItem(`<t:Contact>${element(256)}</t:Contact>`, { folder: 'contacts', disposition: null })).codes).toEqual(['ErrorItemSavePropertyError']);
  });

  it('a mapping follows the name; the subject follows the display name', async () => {
    const id = await create(`<t:FileAsMapping>LastCommaFirst</t:FileAsMapping>${person}`);
    const changed = await update(id, setField('contacts:Surname', '<t:Surname>New</t:Surname>', 'Contact') + setField('contacts:DisplayName', '<t:DisplayName>Now</t:DisplayName>', 'Contact'));
    const item = await alice.item(changed);
    expect([textAt(item, 'FileAs'), textAt(item, 'Subject')]).toEqual(['New, Ann Mia', 'Now']);
  });
});

describe('dictionaries', () => {
  const all = `<t:EmailAddresses>${[1, 2, 3].map((n) => `<t:Entry Key="EmailAddress${n}">a${n}@b.test</t:Entry>`).join('')}</t:EmailAddresses>`
    + `<t:PhysicalAddresses>${['Business', 'Home', 'Other'].map((key) => `<t:Entry Key="${key}">${parts.map((part) => `<t:${part}>${part} of ${key}</t:${part}>`).join('')}</t:Entry>`).join('')}</t:PhysicalAddresses>`
    + `<t:PhoneNumbers>${phoneKeys.map((key) => `<t:Entry Key="${key}">+1 ${key}</t:Entry>`).join('')}</t:PhoneNumbers>`
    + `<t:ImAddresses>${[1, 2, 3].map((n) => `<t:Entry Key="ImAddress${n}">im${n}</t:Entry>`).join('')}</t:ImAddresses>`;
  const members: readonly (readonly [uri: string, index: string, container: string, part: string, was: string])[] = [
    ...[1, 2, 3].map((n) => ['contacts:EmailAddress', `EmailAddress${n}`, 'EmailAddresses', '', `a${n}@b.test`] as const),
    ...[1, 2, 3].map((n) => ['contacts:ImAddress', `ImAddress${n}`, 'ImAddresses', '', `im${n}`] as const),
    ...phoneKeys.map((key) => ['contacts:PhoneNumber', key, 'PhoneNumbers', '', `+1 ${key}`] as const),
    ...['Business', 'Home', 'Other'].flatMap((key) => parts.map((part) => [`contacts:PhysicalAddress:${part}`, key, 'PhysicalAddresses', part, `${part} of ${key}`] as const)),
  ];

  it.each([
    ['EmailAddresses', 'MS-OXWSCONT_R38, MS-OXWSCONT_R39, MS-OXWSCONT_R225, MS-OXWSCONT_R227, MS-OXWSCONT_R228, MS-OXWSCONT_R235, MS-OXWSCONT_R237, MS-OXWSCONT_R238, MS-OXWSCONT_R124, MS-OXWSCONT_R125, MS-OXWSCONT_R126', ['Key', 'Name', 'RoutingType', 'MailboxType'], { EmailAddress1: 'a1@b.test', EmailAddress2: 'a2@b.test', EmailAddress3: 'a3@b.test' }],
    ['ImAddresses', 'MS-OXWSCONT_R60, MS-OXWSCONT_R61, MS-OXWSCONT_R239, MS-OXWSCONT_R241, MS-OXWSCONT_R242, MS-OXWSCONT_R243, MS-OXWSCONT_R245, MS-OXWSCONT_R246, MS-OXWSCONT_R151, MS-OXWSCONT_R152, MS-OXWSCONT_R153', ['Key'], { ImAddress1: 'im1', ImAddress2: 'im2', ImAddress3: 'im3' }],
    ['PhoneNumbers', 'MS-OXWSCONT_R42, MS-OXWSCONT_R43, MS-OXWSCONT_R247, MS-OXWSCONT_R249, MS-OXWSCONT_R250, MS-OXWSCONT_R251, MS-OXWSCONT_R253, MS-OXWSCONT_R254', ['Key'], Object.fromEntries(phoneKeys.map((key) => [key, `+1 ${key}`]))],
  ])('%s keep every entry under its key (%s)', async (name, _requirements, attributes, expected) => {
    const item = await contactOf(all);
    const dictionary = below(item, name);
    expect(dictionary.children.map((entry) => [entry.name, Object.keys(entry.attributes), entry.children])).toEqual(Object.keys(expected).map(() => ['Entry', attributes, []]));
    expect(entries(item, name)).toEqual(expected);
  });

  it.each(phones)('the number under %s is that of the property %s (%s)', async (key, tag) => {
    const id = await create(`<t:PhoneNumbers><t:Entry Key="${key}">+1 555</t:Entry></t:PhoneNumbers>`);
    expect(entries(await alice.item(id), 'PhoneNumbers')).toEqual({ [key]: '+1 555' });
    expect(textAt(await alice.item(id, 'IdOnly', [`<t:ExtendedFieldURI PropertyTag="${tag}" PropertyType="String"/>`]), 'ExtendedProperty', 'Value')).toBe('+1 555');
  });

  it.each([
    ['MS-OXWSCONT_R187', 'Business'], ['MS-OXWSCONT_R188', 'Home'], ['MS-OXWSCONT_R189', 'Other'],
  ])('MS-OXWSCONT_R40, MS-OXWSCONT_R41, MS-OXWSCONT_R255, MS-OXWSCONT_R257, MS-OXWSCONT_R258, MS-OXWSCONT_R259, MS-OXWSCONT_R260, MS-OXWSCONT_R261, MS-OXWSCONT_R262, MS-OXWSCONT_R263, MS-OXWSCONT_R264, MS-OXWSCONT_R265, MS-OXWSCONT_R266, MS-OXWSCONT_R267, MS-OXWSCONT_R268, MS-OXWSCONT_R269, MS-OXWSCONT_R271, MS-OXWSCONT_R272, MS-OXWSCONT_R184, %s: the address under %s has its parts', async (_requirement, key) => {
    const item = await contactOf(`<t:PhysicalAddresses><t:Entry Key="${key}">${parts.map((part) => `<t:${part}>${part} of it</t:${part}>`).join('')}</t:Entry></t:PhysicalAddresses>`);
    expect(below(item, 'PhysicalAddresses').children.map((entry) => [entry.name, entry.attributes, entry.children.map((part) => [part.name, part.text])])).toEqual([['Entry', { Key: key }, parts.map((part) => [part, `${part} of it`])]]);
  });

  it('an e-mail address that comes alone is named by itself and is one of SMTP', async () => {
    expect(below(await contactOf(all), 'EmailAddresses').children[0]?.attributes).toEqual({ Key: 'EmailAddress1', Name: 'a1@b.test', RoutingType: 'SMTP', MailboxType: 'Contact' });
  });

  it('each member is asked for, changed and removed by its own path', async () => {
    let id = await create(all);
    for (const [uri, index, container, part, was] of members) {
      const alone = await alice.item(id, 'IdOnly', [indexed(uri, index)]);
      expect(entries(alone, container)).toEqual({ [index]: part ? { [part]: was } : was });
    }
    const value = (part: string): string => (part ? `<t:${part}>new</t:${part}>` : 'new');
    id = await update(id, members.map(([uri, index, container, part]) => setField(indexed(uri, index), `<t:${container}><t:Entry Key="${index}">${value(part)}</t:Entry></t:${container}>`, 'Contact')).join(''));
    const changed = await alice.item(id);
    for (const [, index, container, part] of members) expect(part ? (entries(changed, container)[index] as Record<string, string>)[part] : entries(changed, container)[index]).toBe('new');
    id = await update(id, members.map(([uri, index]) => deleteField(indexed(uri, index))).join(''));
    await update(id, members.map(([uri, index]) => deleteField(indexed(uri, index))).join(''));
    expect(['EmailAddresses', 'ImAddresses', 'PhoneNumbers', 'PhysicalAddresses'].map((name) => child(changed, name) !== undefined && allBelow(changed, name).length)).toEqual([1, 1, 1, 1]);
    const bare = await alice.item(id);
    expect(['EmailAddresses', 'ImAddresses', 'PhoneNumbers', 'PhysicalAddresses'].filter((name) => child(bare, name))).toEqual([]);
  });

  it('found and sorted by a member', async () => {
    for (const n of [2, 3, 1]) await create(`<t:DisplayName>P${n}</t:DisplayName><t:EmailAddresses><t:Entry Key="EmailAddress1">p${n}@b.test</t:Entry></t:EmailAddresses><t:PhoneNumbers><t:Entry Key="MobilePhone">${4 - n}</t:Entry></t:PhoneNumbers>`);
    const found = async (more: string): Promise<string[]> => (await alice.findItem('contacts', { paths: ['contacts:DisplayName'], more })).ok().texts('DisplayName');
    const where = (inner: string): string => `<m:Restriction>${inner}</m:Restriction>`;
    expect(await found(where(`<t:IsEqualTo>${indexed('contacts:EmailAddress', 'EmailAddress1')}<t:FieldURIOrConstant><t:Constant Value="p2@b.test"/></t:FieldURIOrConstant></t:IsEqualTo>`))).toEqual(['P2']);
    expect(await found(where(`<t:Contains ContainmentMode="Prefixed" ContainmentComparison="IgnoreCase">${indexed('contacts:EmailAddress', 'EmailAddress1')}<t:Constant Value="P3"/></t:Contains>`))).toEqual(['P3']);
    expect(await found(`<m:SortOrder><t:FieldOrder Order="Ascending">${indexed('contacts:PhoneNumber', 'MobilePhone')}</t:FieldOrder></m:SortOrder>`)).toEqual(['P3', 'P2', 'P1']);
  });

  it.each([
    ['MS-OXWSCONT_R180', 'None', []],
    ['MS-OXWSCONT_R181', 'Business', ['Street of Business', 'City of Business', 'State of Business', 'PostalCode of Business', 'Street of Business\r\nCity of Business, State of Business PostalCode of Business\r\nCountryOrRegion of Business']],
    ['MS-OXWSCONT_R182', 'Home', ['Street of Home', 'City of Home', 'State of Home', 'PostalCode of Home', 'Street of Home\r\nCity of Home, State of Home PostalCode of Home\r\nCountryOrRegion of Home']],
    ['MS-OXWSCONT_R183', 'Other', ['Street of Other', 'City of Other', 'State of Other', 'PostalCode of Other', 'Street of Other\r\nCity of Other, State of Other PostalCode of Other\r\nCountryOrRegion of Other']],
  ])('MS-OXWSCONT_R177, %s: the mailing address is the one that PostalAddressIndex %s names', async (_requirement, index, expected) => {
    const tags = ['0x3A29', '0x3A27', '0x3A28', '0x3A2A', '0x3A15'];
    const id = await create(`${all}<t:PostalAddressIndex>${index}</t:PostalAddressIndex>`);
    expect(textAt(await alice.item(id), 'PostalAddressIndex')).toBe(index);
    const item = await alice.item(id, 'IdOnly', tags.map((tag) => `<t:ExtendedFieldURI PropertyTag="${tag}" PropertyType="String"/>`));
    expect(allBelow(item, 'Value').map(({ text }) => text)).toEqual(expected);
  });

  it.each([
    ['another key than the path', indexed('contacts:PhoneNumber', 'Pager'), '<t:PhoneNumbers><t:Entry Key="Telex">1</t:Entry></t:PhoneNumbers>', 'ErrorUpdatePropertyMismatch'],
    ['another dictionary than the path', indexed('contacts:PhoneNumber', 'Pager'), '<t:ImAddresses><t:Entry Key="ImAddress1">1</t:Entry></t:ImAddresses>', 'ErrorUpdatePropertyMismatch'],
    ['another part than the path', indexed('contacts:PhysicalAddress:City', 'Home'), '<t:PhysicalAddresses><t:Entry Key="Home"><t:Street>1</t:Street></t:Entry></t:PhysicalAddresses>', 'ErrorUpdatePropertyMismatch'],
    ['a dictionary as a whole', '<t:FieldURI FieldURI="contacts:PhoneNumbers"/>', '<t:PhoneNumbers><t:Entry Key="Pager">1</t:Entry></t:PhoneNumbers>', 'ErrorInvalidPropertySet'],
  ])('refuses %s', async (_what, path, element, code) => {
    expect((await alice.updateItem(await create('<t:Surname>x</t:Surname>'), setField(path, element, 'Contact'), { disposition: null })).codes).toEqual([code]);
  });
  it('refuses indexes that there are not', async () => {
    const id = await create('<t:Surname>x</t:Surname>');
    expect((await alice.getItem(id, 'IdOnly', [indexed('contacts:PhoneNumber', 'Fog Horn')])).codes).toEqual(['ErrorInvalidPropertyRequest']);
    expect((await alice.updateItem(id, deleteField(indexed('contacts:PhoneNumber', 'Fog Horn')), { disposition: null })).codes).toEqual(['ErrorInvalidPropertyDelete']);
  });
});

describe('ContactsView', () => {
  it.each<[string, string[]]>([
    ['', ['Ann', 'Ben', 'Cid', 'Dan']], ['InitialName="Ben"', ['Ben', 'Cid', 'Dan']], ['InitialName="Bb" FinalName="Cid"', ['Ben', 'Cid']], ['FinalName="Ca"', ['Ann', 'Ben']],
    ['MaxEntriesReturned="2" InitialName="B"', ['Ben', 'Cid']], ['InitialName="E"', []],
  ])('%s shows part of the list', async (attributes, expected) => {
    for (const name of ['Cid', 'Ann', 'Dan', 'Ben']) await create(`<t:DisplayName>${name}</t:DisplayName>`);
    const answer = (await alice.findItem('contacts', { paths: ['contacts:DisplayName'], more: `<m:ContactsView ${attributes}/>` })).ok();
    expect(answer.texts('DisplayName')).toEqual(expected);
  });
  it('no rows are none to ask for', async () => {
    expect((await alice.findItem('contacts', { more: '<m:ContactsView MaxEntriesReturned="0"/>' })).codes).toEqual(['ErrorInvalidPagingMaxRows']);
  });
});

describe('folders', () => {
  it.each(['inbox', 'tasks', 'calendar', 'drafts'])('MS-OXWSCONT_R301001, MS-OXWSCDATA_R262: %s takes no contact', async (folder) => {
    const answer = await alice.createItem('<t:Contact><t:Surname>x</t:Surname></t:Contact>', { folder, disposition: null });
    expect(answer.codes).toEqual(['ErrorCannotCreateContactInNonContactFolder']);
  });
  it('a folder of contacts that was made takes them', async () => {
    const folder = await alice.createFolder('Friends', 'msgfolderroot', 'ContactsFolder');
    const item = await alice.item(await create('<t:Surname>Friend</t:Surname>', folder.id));
    expect([item.name, textAt(item, 'Surname')]).toEqual(['Contact', 'Friend']);
  });
});

it('random contacts survive create, get, update, get', async () => {
  const value = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }).map((text) => text.replaceAll(/[^\P{C}]/gu, '').trim()).filter((text) => text !== '');
  // Dates, a key and a URI are not any text.
  const texts = simple.map(([element]) => element).filter((element) => !['Birthday', 'WeddingAnniversary', 'PostalAddressIndex', 'BusinessHomePage'].includes(element));
  const contact = fc.record({ fields: fc.dictionary(fc.constantFrom(...texts), value), phones: fc.dictionary(fc.constantFrom(...phoneKeys), value) });
  const xml = (fields: Record<string, string>, phones: Record<string, string>): string => {
    const order = ['FileAs', 'DisplayName', 'GivenName', 'Initials', 'MiddleName', 'Nickname', 'CompanyName', 'PhoneNumbers', 'AssistantName', 'BusinessHomePage', 'Department', 'Generation', 'JobTitle', 'Manager', 'Mileage', 'OfficeLocation', 'Profession', 'SpouseName', 'Surname'];
    const list = Object.entries(phones).map(([key, one]) => `<t:Entry Key="${key}">${escapeXml(one)}</t:Entry>`).join('');
    return order.map((name) => (name === 'PhoneNumbers' ? list && `<t:PhoneNumbers>${list}</t:PhoneNumbers>` : fields[name] === undefined ? '' : `<t:${name}>${escapeXml(fields[name])}</t:${name}>`)).join('');
  };
  const check = async (id: Id, fields: Record<string, string>, phones: Record<string, string>): Promise<void> => {
    const item = await alice.item(id);
    expect(Object.fromEntries(Object.keys(fields).map((name) => [name, textAt(item, name)]))).toEqual(fields);
    expect(entries(item, 'PhoneNumbers')).toEqual(phones);
  };
  await fc.assert(fc.asyncProperty(contact, contact, async (first, second) => {
    const id = await create(xml(first.fields, first.phones));
    await check(id, first.fields, first.phones);
    const updates = Object.entries(second.fields).map(([name, one]) => setField(`contacts:${name}`, `<t:${name}>${escapeXml(one)}</t:${name}>`, 'Contact'))
      .concat(Object.entries(second.phones).map(([key, one]) => setField(indexed('contacts:PhoneNumber', key), `<t:PhoneNumbers><t:Entry Key="${key}">${escapeXml(one)}</t:Entry></t:PhoneNumbers>`, 'Contact')));
    if (updates.length === 0) return;
    await check(await update(id, updates.join('')), { ...first.fields, ...second.fields }, { ...first.phones, ...second.phones });
  }), { numRuns: 15 });
}, 60_000);
