import { createClock } from '@fauxchange/kernel';
import { createEwsEmulator, type EwsEmulator } from '../src/index.ts';
import { EwsClient } from './support/client.ts';
import { folderRef } from './support/soap.ts';
import { names, textAt } from './support/xml.ts';

let ews: EwsEmulator;
let alice: EwsClient;
beforeAll(async () => {
  ews = await createEwsEmulator({ clock: createClock({ at: Date.UTC(2026, 0, 5, 9), frozen: true }) });
  alice = new EwsClient(ews);
});
afterEach(() => ews.reset());
afterAll(() => ews.close());

const paths = (...uris: string[]): string => (uris.length > 0 ? `<t:AdditionalProperties>${uris.map((uri) => `<t:FieldURI FieldURI="persona:${uri}"/>`).join('')}</t:AdditionalProperties>` : '');
const find = ({ shape = '', page = 'MaxEntriesReturned="100" Offset="0" BasePoint="Beginning"', more = '', folder = 'directory', query = '' } = {}): string =>
  `<m:FindPeople>${shape && `<m:PersonaShape>${shape}</m:PersonaShape>`}<m:IndexedPageItemView ${page}/>${more}${folder && `<m:ParentFolderId>${folderRef(folder)}</m:ParentFolderId>`}${query && `<m:QueryString>${query}</m:QueryString>`}</m:FindPeople>`;

/** Contacts through the model: FindPeople asks only for their properties. */
async function addContact(given: string, surname: string, address: string): Promise<void> {
  const mailbox = ews.organization.mailboxByAddress('alice@example.test');
  const session = mailbox?.openAsSystem();
  const folder = await session?.distinguished('contacts');
  await session?.createItem(folder?.id as never, {
    itemClass: 'IPM.Contact', recipients: [], attachments: [], isRead: true, isAssociated: false,
    properties: { PidTagDisplayName: `${given} ${surname}`, PidTagGivenName: given, PidTagSurname: surname, PidLidEmail1EmailAddress: address, PidLidEmail1AddressType: 'SMTP', PidTagMobileTelephoneNumber: '+1 555 0110', PidTagCompanyName: 'Contoso' },
  });
}

describe('FindPeople', () => {
  it('finds in the directory by the beginning of a name', async () => {
    const answer = (await alice.call(find({ query: 'al', shape: `<t:BaseShape>IdOnly</t:BaseShape>${paths('DisplayName', 'Title')}` }))).ok();
    expect(answer.all('Persona').map((one) => [names(one), textAt(one, 'DisplayName'), textAt(one, 'Title')])).toEqual([[['PersonaId', 'DisplayName', 'Title'], 'Alice Archer', 'Head of Stations']]);
    expect(answer.texts('TotalNumberOfPeopleInView')).toEqual(['1']);
  });

  it('takes the Traversal that exchangelib sends, though no schema has it', async () => {
    (await alice.call(find({ query: 'alice' }).replace('<m:FindPeople>', '<m:FindPeople Traversal="Shallow">'))).ok();
    expect((await alice.call(find({ query: 'alice' }).replace('<m:FindPeople>', '<m:FindPeople Depth="Shallow">'))).fault).toBe('ErrorSchemaValidation');
    const told = (await alice.call(find({ query: 'alice' }).replace('<m:QueryString>', '<m:QueryString ResetCache="true" ReturnHighlightTerms="true" ReturnDeletedItems="false">'))).ok();
    expect(told.texts('DisplayName')).toEqual(['Alice Archer']);
  });

  it('tells the properties of the documentation unasked', async () => {
    const answer = (await alice.call(find({ query: 'alice' }))).ok();
    expect(names(answer.first('Persona'))).toEqual(['PersonaId', 'DisplayName', 'DisplayNameFirstLast', 'DisplayNameLastFirst', 'FileAs', 'GivenName', 'Surname', 'EmailAddress', 'EmailAddresses', 'RelevanceScore']);
    expect(textAt(answer.first('Persona'), 'FileAs')).toBe('Archer, Alice');
  });

  it('pages in the order of names and leaves out who is hidden', async () => {
    const all = (await alice.call(find())).ok().texts('DisplayName');
    expect(all).toEqual([...all].sort((a, b) => a.localeCompare(b)));
    expect(all).not.toContain('Service Account');
    const page = (await alice.call(find({ page: 'MaxEntriesReturned="2" Offset="1" BasePoint="Beginning"' }))).ok();
    expect([page.texts('DisplayName'), page.texts('TotalNumberOfPeopleInView'), page.texts('FirstLoadedRowIndex')]).toEqual([all.slice(1, 3), [String(all.length)], ['1']]);
  });

  it('searches by restriction and sorts as asked', async () => {
    const restriction = '<m:Restriction><t:Contains ContainmentMode="Substring" ContainmentComparison="IgnoreCase"><t:FieldURI FieldURI="persona:CompanyName"/><t:Constant Value="weather"/></t:Contains></m:Restriction>';
    const order = '<m:SortOrder><t:FieldOrder Order="Descending"><t:FieldURI FieldURI="persona:Surname"/></t:FieldOrder></m:SortOrder>';
    expect((await alice.call(find({ more: restriction + order }))).ok().texts('Surname')).toEqual(['Dürrenmatt', 'Chaudhry', 'Baker', 'Archer']);
  });

  it('finds contacts of a folder, and with the directory where none is named', async () => {
    await addContact('Terry', 'Adams', 'terry@litware.test');
    await addContact('Alice', 'Privately', 'alice@home.test');
    expect((await alice.call(find({ folder: 'contacts' }))).ok().texts('DisplayName')).toEqual(['Alice Privately', 'Terry Adams']);
    expect((await alice.call(find({ folder: 'contacts', query: 'adams' }))).ok().texts('DisplayName')).toEqual(['Terry Adams']);
    expect((await alice.call(find({ folder: '', query: 'alice' }))).ok().texts('DisplayName')).toEqual(['Alice Archer', 'Alice Privately']);
  });

  it.each([
    ['no row at all', find({ page: 'MaxEntriesReturned="0" Offset="0" BasePoint="Beginning"' }), 'ErrorInvalidPagingMaxRows'],
    ['neither folder nor query', find({ folder: '' }), 'ErrorInvalidArgument'],
    ["another's contacts", find({ folder: 'contacts/bob@example.test' }), 'ErrorFolderNotFound'],
  ])('refuses %s', async (_what, request, code) => {
    expect((await alice.call(request)).codes).toEqual([code]);
  });
});

describe('GetPersona', () => {
  const get = (id: string): string => `<m:GetPersona><m:PersonaId Id="${id}"/></m:GetPersona>`;
  it('tells all of somebody of the directory, by id or by address', async () => {
    const id = (await alice.call(find({ query: 'alice' }))).ok().first('PersonaId').attributes['Id'] ?? '';
    const answer = (await alice.call(get(id))).ok();
    expect(['DisplayNames', 'Titles', 'BusinessPhoneNumbers', 'Emails1'].map((name) => answer.all(name).length)).toEqual([1, 1, 1, 1]);
    expect(answer.first('Attribution').children.find(({ name }) => name === 'DisplayName')?.text).toBe('GAL');
    const byAddress = (await alice.call('<m:GetPersona><m:EmailAddress><t:EmailAddress>alice@example.test</t:EmailAddress></m:EmailAddress></m:GetPersona>')).ok();
    expect(byAddress.first('PersonaId').attributes['Id']).toBe(id);
  });
  it('tells all of a contact, and where it comes from', async () => {
    await addContact('Brian', 'Johnson', 'brian@contoso.test');
    const id = (await alice.call(find({ folder: 'contacts' }))).ok().first('PersonaId').attributes['Id'] ?? '';
    const answer = (await alice.call(get(id))).ok();
    expect([textAt(answer.first('MobilePhones'), 'PhoneNumberAttributedValue', 'Value', 'Number'), answer.first('FolderId').attributes['Id']]).toEqual(['+1 555 0110', (await alice.folderId('contacts')).id]);
    const bob = new EwsClient(ews, 'bob');
    expect((await bob.call(get(id))).codes).toEqual(['ErrorItemNotFound']);
  });
  it.each([
    ['a malformed id', get('AAQkADEz'), 'ErrorInvalidIdMalformed'], ['an empty id', get(''), 'ErrorInvalidIdEmpty'],
    ['an id of nobody', get(Buffer.from([0, 5, 16, 0, ...Array<number>(16).fill(0)]).toString('base64')), 'ErrorItemNotFound'],
    ['an address of nobody', '<m:GetPersona><m:EmailAddress><t:EmailAddress>x@example.test</t:EmailAddress></m:EmailAddress></m:GetPersona>', 'ErrorItemNotFound'],
    ['nothing to go by', '<m:GetPersona/>', 'ErrorInvalidArgument'],
  ])('refuses %s', async (_what, request, code) => {
    expect((await alice.call(request)).codes).toEqual([code]);
  });
});

describe('photos', () => {
  const get = (email: string): string => `<m:GetUserPhoto><m:Email>${email}</m:Email><m:SizeRequested>HR48x48</m:SizeRequested></m:GetUserPhoto>`;
  const set = (email: string, content: string): string => `<m:SetUserPhoto><m:Email>${email}</m:Email><m:Content>${content}</m:Content></m:SetUserPhoto>`;
  const url = (query: string): string => `${ews.endpoint}/s/GetUserPhoto?${query}`;
  const png = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC';

  it('MS-OXWSCONT_R302024, MS-OXWSCONT_R302025, MS-OXWSCONT_R302056, MS-OXWSCONT_R30205601, MS-OXWSCONT_R302058: GetUserPhoto tells the photo to everybody', async () => {
    const answer = await new EwsClient(ews, 'dave').call(get('alice@example.test'));
    expect([answer.body.name, answer.body.attributes['ResponseClass'], answer.texts('ResponseCode')]).toEqual(['GetUserPhotoResponse', 'Success', ['NoError']]);
    const [picture = ''] = answer.texts('PictureData');
    expect([answer.texts('HasChanged'), Buffer.from(picture, 'base64').toString('hex', 0, 3), Buffer.from(picture, 'base64').toString('base64')]).toEqual([['true'], 'ffd8ff', picture]);
  });
  it('GetUserPhoto of who has none is an error, of nobody a fault', async () => {
    expect((await alice.call(get('bob@example.test'))).codes).toEqual(['ErrorItemNotFound']);
    const answer = await alice.call(get('x@example.test'));
    expect([answer.status, answer.fault]).toEqual([500, 'ErrorNonExistentMailbox']);
  });
  it('MS-OXWSCONT_R302081: SetUserPhoto sets and replaces the own photo', async () => {
    const bob = new EwsClient(ews, 'bob');
    const answer = await bob.call(set('bob@example.test', png));
    expect([answer.status, answer.body.name]).toEqual([200, 'SetUserPhotoResponse']);
    expect((await alice.call(get('bob@example.test'))).ok().texts('PictureData')).toEqual([png]);
    expect((await alice.call(set('alice@example.test', png))).status).toBe(200);
    expect((await bob.call(get('alice@example.test'))).ok().texts('PictureData')).toEqual([png]);
  });
  it.each([
    ["another's photo", 'bob@example.test', png, 'ErrorAccessDenied'], ['what is no picture', 'alice@example.test', 'AAAA', 'ErrorInvalidArgument'],
    ['what is not base64', 'alice@example.test', '***', 'ErrorInvalidArgument'], ['the photo of nobody', 'x@example.test', png, 'ErrorNonExistentMailbox'],
  ])('SetUserPhoto refuses %s', async (_what, email, content, code) => {
    expect((await alice.call(set(email, content))).fault).toBe(code);
  });

  it('is had by URL, once', async () => {
    const headers = { Authorization: alice.authorization };
    const first = await fetch(url('email=alice@example.test&size=HR96x96'), { headers });
    expect([first.status, first.headers.get('content-type'), Buffer.from(await first.arrayBuffer()).toString('hex', 0, 3)]).toEqual([200, 'image/jpeg', 'ffd8ff']);
    const etag = first.headers.get('etag') ?? '';
    expect((await fetch(url('email=alice@example.test&size=HR96x96'), { headers: { ...headers, 'If-None-Match': etag } })).status).toBe(304);
    await alice.call(set('alice@example.test', png));
    expect((await fetch(url('email=alice@example.test&size=HR96x96'), { headers: { ...headers, 'If-None-Match': etag } })).status).toBe(200);
  });
  it.each([['email=bob@example.test&size=HR48x48', 404], ['email=x@example.test', 404], ['size=HR48x48', 400], ['email=alice@example.test&size=HR7x7', 400]])('%s: %i', async (query, status) => {
    expect((await fetch(url(query), { headers: { Authorization: alice.authorization } })).status).toBe(status);
  });
  it('by URL is for who has signed in', async () => {
    expect((await fetch(url('email=alice@example.test'))).status).toBe(401);
  });
});
