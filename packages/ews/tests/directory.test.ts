import { createEwsEmulator, type EwsEmulator } from '../src/index.ts';
import { Answer, EwsClient, idOf } from './support/client.ts';
import { escapeXml } from './support/soap.ts';
import { allBelow, below, child, names, textAt } from './support/xml.ts';

let ews: EwsEmulator;
let alice: EwsClient;
beforeAll(async () => {
  ews = await createEwsEmulator();
  alice = new EwsClient(ews);
});
afterAll(() => ews.close());

describe('ResolveNames', () => {
  const resolve = (text: string, attributes = 'ReturnFullContactData="false"'): Promise<Answer> => alice.call(`<m:ResolveNames ${attributes}><m:UnresolvedEntry>${escapeXml(text)}</m:UnresolvedEntry></m:ResolveNames>`);
  const addresses = (answer: Answer): string[] => answer.all('Mailbox').map((one) => textAt(one, 'EmailAddress') ?? '');

  it.each<[string, string, string[]]>([
    ['a first name', 'alice', ['alice@example.test']],
    ['a surname', 'Baker', ['bob@example.test']],
    ['the beginning of a name', 'Chaud', ['carol@example.test']],
    ['without accents', 'Durrenmatt', ['dave@example.test']],
    ['an address', 'bob@example.test', ['bob@example.test']],
    ['an address with a prefix, as DavMail asks', 'smtp:bob', ['bob@example.test']],
    ['exactly', '=Bob Baker', ['bob@example.test']],
    ['a second address', 'a.archer@example.test', ['alice@example.test']],
    ['a group', 'Stations', ['team@example.test']],
    ['a room', 'Barometer', ['room2@example.test']],
    ['a contact outside', 'frank', ['frank@contoso.test']],
  ])('%s: %s', async (_what, text, expected) => {
    const answer = await resolve(text);
    expect([answer.codes, addresses(answer)]).toEqual([['NoError'], expected]);
  });

  it('several are a warning, with all of them', async () => {
    const answer = await resolve('Bo');
    expect(answer.codes).toEqual(['Warning ErrorNameResolutionMultipleResults']);
    expect(addresses(answer).sort()).toEqual(['bob@example.test', 'room1@example.test']);
    expect(answer.first('ResolutionSet').attributes).toMatchObject({ TotalItemsInView: '2', IncludesLastItemInRange: 'true' });
    expect(names(answer.messages[0] ?? answer.body)).toEqual(['MessageText', 'ResponseCode', 'DescriptiveLinkKey', 'ResolutionSet']);
  });

  it.each([['nobody at all'], ['svc'], ['Alarms'], ['smtp:zzz']])('none: %s', async (text) => {
    const answer = await resolve(text);
    expect([answer.codes, answer.messages[0]?.attributes['ResponseClass']]).toEqual([['ErrorNameResolutionNoResults'], 'Error']);
  });

  it.each([
    ['alice', ['Alice Archer', 'alice@example.test', 'SMTP', 'Mailbox']], ['Stations', ['Stations Team', 'team@example.test', 'SMTP', 'PublicDL']], ['frank', ['Frank Fischer', 'frank@contoso.test', 'SMTP', 'Contact']],
  ])('%s is told with its kind', async (text, told) => {
    const mailbox = (await resolve(text)).ok().first('Mailbox');
    expect(['Name', 'EmailAddress', 'RoutingType', 'MailboxType'].map((name) => textAt(mailbox, name))).toEqual(told);
  });

  it('ReturnFullContactData tells the entry of the address book', async () => {
    const contact = (await resolve('alice', 'ReturnFullContactData="true" SearchScope="ActiveDirectory"')).ok().first('Contact');
    expect(['DisplayName', 'GivenName', 'Surname', 'JobTitle', 'Department', 'OfficeLocation', 'CompanyName', 'ContactSource'].map((name) => textAt(contact, name))).toEqual(['Alice Archer', 'Alice', 'Archer', 'Head of Stations', 'Field', 'Lighthouse 2', 'Example Weather', 'ActiveDirectory']);
    expect(allBelow(contact, 'Entry').map(({ attributes, text }) => [attributes['Key'], text])).toEqual(expect.arrayContaining([['EmailAddress1', 'SMTP:alice@example.test'], ['BusinessPhone', '+44 20 7946 0101']]));
    expect((await resolve('alice')).ok().all('Contact')).toEqual([]);
  });
});

describe('ExpandDL', () => {
  const expand = (address: string): Promise<Answer> => alice.call(`<m:ExpandDL><m:Mailbox><t:EmailAddress>${address}</t:EmailAddress></m:Mailbox></m:ExpandDL>`);
  it('tells the members', async () => {
    const answer = (await expand('team@example.test')).ok();
    expect(answer.texts('EmailAddress').sort()).toEqual(['alice@example.test', 'bob@example.test', 'carol@example.test']);
    expect(answer.first('DLExpansion').attributes).toEqual({ TotalItemsInView: '3', IncludesLastItemInRange: 'true' });
  });
  it('one level at a time: a group in the group stays a group', async () => {
    const members = (await expand('everyone@example.test')).ok().all('Mailbox').map((one) => [textAt(one, 'EmailAddress'), textAt(one, 'MailboxType')]);
    expect(members.sort()).toEqual([['dave@example.test', 'Mailbox'], ['frank@contoso.test', 'Contact'], ['team@example.test', 'PublicDL']]);
  });
  it.each([['bob@example.test'], ['nobody@example.test']])('%s is no group', async (address) => {
    expect((await expand(address)).codes).toEqual(['ErrorNameResolutionNoResults']);
  });
});

describe('ConvertId', () => {
  const convert = (format: string, sources: string): Promise<Answer> => alice.call(`<m:ConvertId DestinationFormat="${format}"><m:SourceIds>${sources}</m:SourceIds></m:ConvertId>`);
  const source = (format: string, id: string, mailbox = 'alice@example.test'): string => `<t:AlternateId Format="${format}" Id="${escapeXml(id)}" Mailbox="${mailbox}"/>`;
  const formats = ['EwsLegacyId', 'EwsId', 'EntryId', 'HexEntryId', 'StoreId', 'OwaId'];
  const converted = async (to: string, from: string, id: string): Promise<string> => (await convert(to, source(from, id))).ok().first('AlternateId').attributes['Id'] ?? '';

  it.each(formats.flatMap((from) => formats.map((to) => [from, to])))('%s to %s and back', async (from, to) => {
    for (const { id } of [await alice.idBySubject('inbox', 'Morning briefing'), await alice.folderId('inbox')]) {
      const start = await converted(from, 'EwsId', id);
      const there = await converted(to, from, start);
      expect(await converted(from, to, there)).toBe(start);
      expect(await converted('EwsId', to, there)).toBe(id);
    }
  });

  it.each([['EntryId', /^[A-Za-z0-9+/]+=*$/], ['HexEntryId', /^[0-9A-F]{140}$/], ['OwaId', /^[A-Za-z0-9%._-]+$/], ['StoreId', /^[A-Za-z0-9+/]+=*$/]])('%s looks like one', async (format, pattern) => {
    expect(await converted(format, 'EwsId', (await alice.idBySubject('inbox', 'Morning briefing')).id)).toMatch(pattern);
  });

  it('EntryId is the value of PR_ENTRYID', async () => {
    const id = await alice.idBySubject('inbox', 'Morning briefing');
    const item = await alice.item(id, 'IdOnly', ['<t:ExtendedFieldURI PropertyTag="0xfff" PropertyType="Binary"/>']);
    expect(await converted('EntryId', 'EwsId', id.id)).toBe(textAt(item, 'ExtendedProperty', 'Value'));
  });

  it('tells whose the id is, whatever was said: DavMail learns its address from it', async () => {
    const { id } = await alice.folderId('inbox');
    const answer = (await convert('EwsId', source('EwsId', id, 'blah@blah.com'))).ok();
    expect(answer.first('AlternateId').attributes).toMatchObject({ Id: id, Format: 'EwsId', Mailbox: 'alice@example.test' });
  });

  it.each([
    ['an id that is none', source('EwsId', 'DUMMY', 'DUMMY'), 'ErrorInvalidIdMalformed'],
    ['an empty one', source('EwsId', ''), 'ErrorInvalidIdEmpty'],
    ['hexadecimal that is none', source('HexEntryId', '0xyz'), 'ErrorInvalidIdMalformed'],
    ['an OWA id with a broken escape', source('OwaId', '%'), 'ErrorInvalidIdMalformed'],
    ['bytes that are no entry id', source('EntryId', 'AAAA'), 'ErrorInvalidIdMalformed'],
  ])('refuses %s', async (_what, sources, code) => {
    expect((await convert('EntryId', sources)).codes).toEqual([code]);
  });

  it('answers each source', async () => {
    const { id } = await alice.folderId('inbox');
    expect((await convert('EntryId', source('EwsId', id) + source('EwsId', 'x') + source('EwsId', id))).codes).toEqual(['NoError', 'ErrorInvalidIdMalformed', 'NoError']);
  });
});

describe('GetServerTimeZones', () => {
  const zones = (attributes: string, ...ids: string[]): Promise<Answer> => alice.call(`<m:GetServerTimeZones${attributes}>${ids.length > 0 ? `<m:Ids>${ids.map((id) => `<t:Id>${id}</t:Id>`).join('')}</m:Ids>` : ''}</m:GetServerTimeZones>`);

  it('all of Windows, by name only when so asked', async () => {
    const answer = (await zones(' ReturnFullTimeZoneData="false"')).ok();
    const ids = answer.all('TimeZoneDefinition').map(({ attributes }) => attributes['Id']);
    expect(ids.length).toBeGreaterThan(130);
    expect(ids).toEqual(expect.arrayContaining(['UTC', 'W. Europe Standard Time', 'Pacific Standard Time', 'Tokyo Standard Time']));
    expect(answer.all('Periods')).toEqual([]);
  });

  it.each(['', ' ReturnFullTimeZoneData="true"'])('with all data by default, which ews-javascript-api needs (%s)', async (attributes) => {
    const zone = (await zones(attributes, 'W. Europe Standard Time')).ok().first('TimeZoneDefinition');
    expect(names(zone)).toEqual(['Periods', 'TransitionsGroups', 'Transitions']);
    const periods = allBelow(below(zone, 'Periods'), 'Period').map(({ attributes: { Bias, Name } }) => [Bias, Name]);
    expect(periods).toEqual(expect.arrayContaining([['-PT60M', 'Standard'], ['-PT120M', 'Daylight']].map(([bias, name]) => [expect.stringMatching(new RegExp(`^${bias}$|^-PT${bias === '-PT60M' ? 1 : 2}H$`)), name])));
    const [first] = below(zone, 'Transitions').children;
    expect([first?.name, first && child(first, 'To')?.attributes['Kind']]).toEqual(['Transition', 'Group']);
    expect(below(zone, 'Transitions').children.length).toBe(below(zone, 'TransitionsGroups').children.length);
  });

  it('those asked for; unknown ones are left out', async () => {
    const answer = (await zones('', 'UTC', 'Middle-earth Standard Time', 'Tokyo Standard Time')).ok();
    expect(answer.all('TimeZoneDefinition').map(({ attributes }) => attributes['Id']).sort()).toEqual(['Tokyo Standard Time', 'UTC']);
  });
});

it('ids of a reset emulator of the same seed are the same', async () => {
  const before = idOf((await alice.getFolder('inbox', 'IdOnly')).ok().first('FolderId')).id;
  await ews.reset();
  expect((await alice.folderId('inbox')).id).toBe(before);
});
