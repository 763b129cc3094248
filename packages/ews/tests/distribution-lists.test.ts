import { createClock } from '@fauxchange/kernel';
import { createEwsEmulator, type EwsEmulator } from '../src/index.ts';
import { appendField, deleteField, EwsClient, idOf, setField, type Id } from './support/client.ts';
import { allBelow, below, child, textAt, type XmlElement } from './support/xml.ts';

let ews: EwsEmulator;
let alice: EwsClient;
beforeAll(async () => {
  ews = await createEwsEmulator({ clock: createClock({ at: Date.UTC(2026, 0, 5, 9), frozen: true }) });
  alice = new EwsClient(ews);
  await alice.folderId('contacts');
}, 60_000);
afterEach(() => ews.reset());
afterAll(() => ews.close());

const member = (address: string, more = ''): string => `<t:Member><t:Mailbox><t:Name>${address.split('@')[0]}</t:Name><t:EmailAddress>${address}</t:EmailAddress><t:RoutingType>SMTP</t:RoutingType>${more}</t:Mailbox></t:Member>`;
const create = async (content: string): Promise<Id> => idOf((await alice.createItem(`<t:DistributionList>${content}</t:DistributionList>`, { disposition: null })).ok().first('ItemId'));
const contact = async (content: string): Promise<Id> => idOf((await alice.createItem(`<t:Contact>${content}</t:Contact>`, { disposition: null })).ok().first('ItemId'));
const update = async (id: Id, updates: string): Promise<Id> => idOf((await alice.updateItem(id, updates, { disposition: null })).ok().first('ItemId'));
const addresses = (item: XmlElement): string[] => allBelow(item, 'EmailAddress').map(({ text }) => text);
const indexed = (key: string): string => `<t:IndexedFieldURI FieldURI="distributionlist:Members:Member" FieldIndex="${key}"/>`;

describe('members', () => {
  it('a list keeps its members with their kinds', async () => {
    const item = await alice.item(await create(`<t:DisplayName>Friends</t:DisplayName><t:Members>${member('x@elsewhere.test')}${member('bob@example.test')}${member('team@example.test')}</t:Members>`));
    expect([item.name, ...['ItemClass', 'Subject', 'DisplayName', 'FileAs', 'ContactSource'].map((name) => textAt(item, name))]).toEqual(['DistributionList', 'IPM.DistList', 'Friends', 'Friends', 'Friends', 'Store']);
    expect(below(item, 'Members').children.map((one) => [textAt(one, 'Mailbox', 'Name'), textAt(one, 'Mailbox', 'EmailAddress'), textAt(one, 'Mailbox', 'RoutingType'), textAt(one, 'Mailbox', 'MailboxType'), textAt(one, 'Status')])).toEqual([
      ['x', 'x@elsewhere.test', 'SMTP', 'OneOff', 'Normal'], ['bob', 'bob@example.test', 'SMTP', 'Mailbox', 'Normal'], ['team', 'team@example.test', 'SMTP', 'PublicDL', 'Normal'],
    ]);
    expect(new Set(below(item, 'Members').children.map(({ attributes }) => attributes['Key'])).size).toBe(3);
  });

  it('they are appended, replaced, asked for and removed one by one, and removed all', async () => {
    let id = await create(`<t:DisplayName>Friends</t:DisplayName><t:Members>${member('a@b.test')}</t:Members>`);
    id = await update(id, appendField('distributionlist:Members', `<t:Members>${member('c@d.test')}${member('e@f.test')}</t:Members>`, 'DistributionList'));
    const item = await alice.item(id);
    expect(addresses(item)).toEqual(['a@b.test', 'c@d.test', 'e@f.test']);
    const key = below(item, 'Members').children[1]?.attributes['Key'] as string;
    expect(addresses(await alice.item(id, 'IdOnly', [indexed(key)]))).toEqual(['c@d.test']);
    id = await update(id, deleteField(indexed(key)));
    expect(addresses(await alice.item(await update(id, deleteField(indexed(key)))))).toEqual(['a@b.test', 'e@f.test']);
    id = await update(id, setField('distributionlist:Members', `<t:Members>${member('g@h.test')}</t:Members>`, 'DistributionList'));
    expect(addresses(await alice.item(id))).toEqual(['g@h.test']);
    expect(child(await alice.item(await update(id, deleteField('distributionlist:Members'))), 'Members')).toBeUndefined();
  });

  it('a contact as member shows its own name and address; a list may be in a list', async () => {
    const who = await contact('<t:DisplayName>Ann Other</t:DisplayName><t:EmailAddresses><t:Entry Key="EmailAddress1">ann@b.test</t:Entry></t:EmailAddresses>');
    const inner = await create('<t:DisplayName>Inner</t:DisplayName>');
    const byId = (id: Id, type: string): string => `<t:Member><t:Mailbox><t:MailboxType>${type}</t:MailboxType><t:ItemId Id="${id.id}"/></t:Mailbox></t:Member>`;
    const item = await alice.item(await create(`<t:DisplayName>Outer</t:DisplayName><t:Members>${byId(who, 'Contact')}${byId(inner, 'PrivateDL')}</t:Members>`));
    expect(below(item, 'Members').children.map((one) => [textAt(one, 'Mailbox', 'Name'), textAt(one, 'Mailbox', 'EmailAddress'), textAt(one, 'Mailbox', 'MailboxType'), below(one, 'ItemId').attributes['Id']])).toEqual([
      ['Ann Other', 'ann@b.test', 'Contact', who.id], ['Inner', undefined, 'PrivateDL', inner.id],
    ]);
  });

  it('what MAPI sees: entry ids and one-offs of equal number, and a checksum', async () => {
    const property = (id: number, type: string): string => `<t:ExtendedFieldURI DistinguishedPropertySetId="Address" PropertyId="${id}" PropertyType="${type}"/>`;
    const item = await alice.item(await create(`<t:DisplayName>F</t:DisplayName><t:Members>${member('bob@example.test')}</t:Members>`), 'IdOnly', [property(0x8055, 'BinaryArray'), property(0x8054, 'BinaryArray'), property(0x804c, 'Integer')]);
    const [wrapped, oneOff, checksum] = allBelow(item, 'Value').map(({ text }) => text) as [string, string, string];
    const bytes = Buffer.from(wrapped, 'base64');
    expect([bytes.subarray(4, 21).toString('hex'), bytes.subarray(25, 41).toString('hex')]).toEqual(['c091add3519dcf11a4a900aa0047faa4b5', 'dca740c8c042101ab4b908002b2fe182']);
    expect(Buffer.from(oneOff, 'base64').toString('utf16le', 24)).toBe('bob\0SMTP\0bob@example.test\0');
    expect(Number(checksum)).not.toBe(0);
  });

  it.each([['nobody', '<t:Member><t:Mailbox><t:Name>x</t:Name></t:Mailbox></t:Member>', 'ErrorInvalidMailbox'], ['an id that is none', '<t:Member><t:Mailbox><t:ItemId Id="AAAA"/></t:Mailbox></t:Member>', 'ErrorInvalidIdMalformed']])(
    'refuses %s as member', async (_what, element, code) => {
      expect((await alice.createItem(`<t:DistributionList><t:Members>${element}</t:Members></t:DistributionList>`, { disposition: null })).codes).toEqual([code]);
    });
});

describe('ExpandDL', () => {
  it('expands a private list by its item', async () => {
    const id = await create(`<t:DisplayName>Friends</t:DisplayName><t:Members>${member('x@elsewhere.test')}${member('bob@example.test')}</t:Members>`);
    const answer = (await alice.call(`<m:ExpandDL><m:Mailbox><t:ItemId Id="${id.id}"/></m:Mailbox></m:ExpandDL>`)).ok();
    expect([answer.first('DLExpansion').attributes['TotalItemsInView'], answer.texts('EmailAddress')]).toEqual(['2', ['x@elsewhere.test', 'bob@example.test']]);
  });
  it('a contact is no list', async () => {
    const id = await contact('<t:Surname>x</t:Surname>');
    expect((await alice.call(`<m:ExpandDL><m:Mailbox><t:ItemId Id="${id.id}"/></m:Mailbox></m:ExpandDL>`)).codes).toEqual(['ErrorInvalidItemForOperationExpandDL']);
  });
});

describe('ResolveNames', () => {
  const resolve = (text: string, attributes = 'ReturnFullContactData="false"', parents = '') => alice.call(`<m:ResolveNames ${attributes}>${parents && `<m:ParentFolderIds>${parents}</m:ParentFolderIds>`}<m:UnresolvedEntry>${text}</m:UnresolvedEntry></m:ResolveNames>`);
  beforeEach(async () => {
    await contact('<t:DisplayName>Bobbie Outside</t:DisplayName><t:GivenName>Bobbie</t:GivenName><t:EmailAddresses><t:Entry Key="EmailAddress1">bobbie@b.test</t:Entry><t:Entry Key="EmailAddress2">second@b.test</t:Entry></t:EmailAddresses>');
    await create(`<t:DisplayName>Boat crew</t:DisplayName><t:Members>${member('a@b.test')}</t:Members>`);
  });

  it.each([
    ['Contacts', 'Bobbie', ['bobbie@b.test', 'second@b.test']], ['Contacts', 'outside', ['bobbie@b.test', 'second@b.test']], ['Contacts', 'smtp:second', ['bobbie@b.test', 'second@b.test']],
    ['ActiveDirectory', 'bob', ['bob@example.test']], ['ActiveDirectoryContacts', 'bob', ['bob@example.test', 'bobbie@b.test', 'second@b.test']],
    ['ContactsActiveDirectory', 'bob', ['bobbie@b.test', 'second@b.test', 'bob@example.test']],
  ])('the scope %s finds by "%s"', async (scope, text, expected) => {
    expect((await resolve(text, `ReturnFullContactData="false" SearchScope="${scope}"`)).texts('EmailAddress')).toEqual(expected);
  });

  it('a private list is found, and names its item', async () => {
    const answer = (await resolve('Boat', 'ReturnFullContactData="true" SearchScope="Contacts"')).ok();
    expect([textAt(answer.first('Mailbox'), 'Name'), textAt(answer.first('Mailbox'), 'MailboxType'), answer.all('ItemId').length]).toEqual(['Boat crew', 'PrivateDL', 1]);
  });

  it.each([['IdOnly', 0], ['Default', 1], ['AllProperties', 1]])('ContactDataShape %s', async (shape, companies) => {
    await contact('<t:DisplayName>Zoe</t:DisplayName><t:CompanyName>Contoso</t:CompanyName><t:EmailAddresses><t:Entry Key="EmailAddress1">zoe@b.test</t:Entry></t:EmailAddresses>');
    const answer = (await resolve('Zoe', `ReturnFullContactData="true" SearchScope="Contacts" ContactDataShape="${shape}"`)).ok();
    expect([answer.all('Contact').length, answer.all('CompanyName').length]).toEqual([1, companies]);
  });

  it('looks in the folder that it is told, and in one only', async () => {
    const parent = '<t:DistinguishedFolderId Id="quickcontacts"/>';
    expect((await resolve('Bobbie', 'ReturnFullContactData="false" SearchScope="Contacts"', parent)).codes).toEqual(['ErrorNameResolutionNoResults']);
    expect((await resolve('Bobbie', 'ReturnFullContactData="false"', parent + parent)).codes).toEqual(['ErrorResolveNamesOnlyOneContactsFolderAllowed']);
  });
});
