import { createClock } from '@fauxchange/kernel';
import { createEwsEmulator, type EwsEmulator } from '../src/index.ts';
import { EwsClient, idOf, type Answer, type Id } from './support/client.ts';
import { folderRef, itemRef } from './support/soap.ts';
import { allBelow, below, child, names, textAt, type XmlElement } from './support/xml.ts';

let ews: EwsEmulator;
let alice: EwsClient;
beforeAll(async () => {
  ews = await createEwsEmulator({ clock: createClock({ at: Date.UTC(2026, 0, 5, 9), frozen: true }) });
  alice = new EwsClient(ews);
});
afterEach(() => ews.reset());
afterAll(() => ews.close());

const ref = (element: 'GroupId' | 'ContactId', id: string): string => `<m:${element} Id="${id}"/>`;
const call = (operation: string, content: string): Promise<Answer> => alice.call(`<m:${operation}>${content}</m:${operation}>`);
const addGroup = async (name: string): Promise<Id> => idOf((await call('AddImGroup', `<m:DisplayName>${name}</m:DisplayName>`)).ok().first('ExchangeStoreId'));
const newContact = (address: string, name: string, groupId = ''): Promise<Answer> =>
  call('AddNewImContactToGroup', `<m:ImAddress>${address}</m:ImAddress>${name && `<m:DisplayName>${name}</m:DisplayName>`}${groupId && ref('GroupId', groupId)}`);
const addContact = async (address: string, name: string, groupId = ''): Promise<Id> => idOf((await newContact(address, name, groupId)).ok().first('SourceId'));
const list = async (): Promise<Answer> => (await alice.call('<m:GetImItemList/>')).ok();
/** Groups with the ids of their members. */
async function groups(): Promise<Record<string, string[]>> {
  return Object.fromEntries((await list()).all('ImGroup').map((group) => [textAt(group, 'DisplayName'), allBelow(group, 'ItemId').map(({ attributes }) => attributes['Id'])]));
}
/** A well-formed id of nothing: that of a message which is gone. */
async function goneId(): Promise<string> {
  const gone = await alice.createMessage();
  (await alice.deleteItem(gone)).ok();
  return gone.id;
}

describe('groups', () => {
  it('a list has three of its own', async () => {
    const told = (await list()).all('ImGroup');
    expect(told.map((group) => [textAt(group, 'DisplayName'), textAt(group, 'GroupType'), names(group)])).toEqual([
      ['Other Contacts', 'IPM.DistList.MOC.OtherContacts', ['DisplayName', 'GroupType', 'ExchangeStoreId']],
      ['Tagged', 'IPM.DistList.MOC.Tagged', ['DisplayName', 'GroupType', 'ExchangeStoreId']],
      ['Favorites', 'IPM.DistList.MOC.Favorites', ['DisplayName', 'GroupType', 'ExchangeStoreId']],
    ]);
    expect(await groups()).toEqual({ 'Other Contacts': [], Tagged: [], Favorites: [] });
  });

  it('one is added, renamed, removed', async () => {
    const answer = (await call('AddImGroup', '<m:DisplayName>Crew</m:DisplayName>')).ok();
    expect([textAt(answer.first('ImGroup'), 'DisplayName'), textAt(answer.first('ImGroup'), 'GroupType'), answer.first('ExchangeStoreId').attributes['ChangeKey']]).toEqual(['Crew', 'IPM.DistList.MOC.UserGroup', 'EgAAAA==']);
    const { id } = idOf(answer.first('ExchangeStoreId'));
    (await call('SetImGroup', `${ref('GroupId', id)}<m:NewDisplayName>Watch</m:NewDisplayName>`)).ok();
    expect(Object.keys(await groups())).toEqual(['Other Contacts', 'Tagged', 'Favorites', 'Watch']);
    (await call('RemoveImGroup', ref('GroupId', id))).ok();
    expect(Object.keys(await groups())).toEqual(['Other Contacts', 'Tagged', 'Favorites']);
  });

  it('they are distribution lists of a folder that other operations see', async () => {
    const { id } = await addGroup('Crew');
    const found = (await alice.findItem('imcontactlist', { base: 'AllProperties' })).ok().first('Items').children;
    expect(found.map((item) => [item.name, textAt(item, 'ItemClass'), textAt(item, 'DisplayName')])).toContainEqual(['DistributionList', 'IPM.DistList.MOC.UserGroup', 'Crew']);
    const synced = (await alice.call(`<m:SyncFolderItems><m:ItemShape><t:BaseShape>IdOnly</t:BaseShape></m:ItemShape><m:SyncFolderId>${folderRef('imcontactlist')}</m:SyncFolderId><m:MaxChangesReturned>50</m:MaxChangesReturned></m:SyncFolderItems>`)).ok();
    expect(synced.all('ItemId').map(({ attributes }) => attributes['Id'])).toContain(id);
    const contact = await addContact('tony@contoso.test', 'Tony Smith', id);
    const item = await alice.item({ id } as Id);
    expect([textAt(below(item, 'Mailbox'), 'Name'), textAt(below(item, 'Mailbox'), 'MailboxType'), below(item, 'Mailbox').children.at(-1)?.attributes['Id']]).toEqual(['Tony Smith', 'Contact', contact.id]);
  });

  it('a group of the directory is added with its address, and removed', async () => {
    const add = (address: string): Promise<Answer> => call('AddDistributionGroupToImList', `<m:SmtpAddress>${address}</m:SmtpAddress><m:DisplayName>The team</m:DisplayName>`);
    const added = (await add('team@example.test')).ok().first('ImGroup');
    expect([textAt(added, 'DisplayName'), textAt(added, 'GroupType'), textAt(added, 'SmtpAddress')]).toEqual(['The team', 'IPM.DistList.MOC.DG', 'team@example.test']);
    const { id } = idOf(below(added, 'ExchangeStoreId'));
    expect((await add('team@example.test')).ok().first('ExchangeStoreId').attributes['Id']).toBe(id);
    expect(Object.keys(await groups())).toContain('The team');
    (await call('RemoveDistributionGroupFromImList', ref('GroupId', id))).ok();
    expect(Object.keys(await groups())).not.toContain('The team');
    const again = await call('RemoveDistributionGroupFromImList', ref('GroupId', id));
    expect([again.codes, again.texts('MessageText')]).toEqual([['ErrorItemNotFound'], ['The specified object was not found in the store.']]);
  });

  it.each(['nobody@example.test', 'bob@example.test', 'no address'])('%s is no distribution group', async (address) => {
    const answer = await call('AddDistributionGroupToImList', `<m:SmtpAddress>${address}</m:SmtpAddress><m:DisplayName>x</m:DisplayName>`);
    expect([answer.codes, answer.texts('MessageText')]).toEqual([['ErrorInvalidImDistributionGroupSmtpAddress'], ['The specified IM distribution group SMTP address is invalid.']]);
  });

  it('a name is taken only once, whatever its case, and its own too', async () => {
    const { id } = await addGroup('Crew');
    const answers = [await call('AddImGroup', '<m:DisplayName>crew</m:DisplayName>'), await call('SetImGroup', `${ref('GroupId', id)}<m:NewDisplayName>Crew</m:NewDisplayName>`), await call('AddImGroup', '<m:DisplayName>Favorites</m:DisplayName>')];
    for (const answer of answers) expect([answer.codes, answer.texts('MessageText')]).toEqual([['ErrorImGroupDisplayNameAlreadyExists'], ['An IM group with the specified display name already exists.']]);
    expect((await call('AddImGroup', '<m:DisplayName></m:DisplayName>')).fault).toBe('ErrorSchemaValidation');
  });

  it('there are at most 64', async () => {
    for (let n = 1; n <= 64; n++) await addGroup(`Group ${n}`);
    expect((await call('AddImGroup', '<m:DisplayName>one more</m:DisplayName>')).codes).toEqual(['ErrorImGroupLimitReached']);
    expect((await call('AddDistributionGroupToImList', '<m:SmtpAddress>team@example.test</m:SmtpAddress><m:DisplayName>t</m:DisplayName>')).codes).toEqual(['ErrorImGroupLimitReached']);
    expect(Object.keys(await groups())).toHaveLength(67);
  });
});

describe('contacts', () => {
  const of = (persona: XmlElement): unknown[] => ['PersonaType', 'CreationTime', 'DisplayName', 'DisplayNameFirstLast', 'DisplayNameLastFirst', 'FileAs', 'FileAsId', 'ImAddress', 'RelevanceScore'].map((name) => textAt(persona, name));

  it('a new one is told as a persona, and is in the group', async () => {
    const { id } = await addGroup('Crew');
    const persona = (await newContact('tony@contoso.test', 'Tony Smith', id)).ok().first('Persona');
    expect(names(persona)).toEqual([
      'PersonaId', 'PersonaType', 'CreationTime', 'DisplayName', 'DisplayNameFirstLast', 'DisplayNameLastFirst', 'FileAs', 'FileAsId', 'EmailAddress', 'EmailAddresses', 'ImAddress', 'RelevanceScore',
      'Attributions', 'DisplayNames', 'FileAsIds', 'Emails1', 'ImAddresses',
    ]);
    expect(of(persona)).toEqual(['Person', '2026-01-05T09:00:00Z', 'Tony Smith', 'Tony Smith', 'Tony Smith', '', 'None', 'tony@contoso.test', '2147483647']);
    expect(['DisplayName', 'IsWritable', 'IsQuickContact', 'IsHidden'].map((name) => textAt(below(below(persona, 'Attributions'), 'Attribution'), name))).toEqual(['Lync Contacts', 'false', 'true', 'false']);
    const contact = idOf(below(persona, 'SourceId'));
    expect((await groups())['Crew']).toEqual([contact.id]);
    const item = await alice.item(contact, 'IdOnly', ['item:ItemClass', 'contacts:DisplayName', 'item:ParentFolderId']);
    expect([item.name, textAt(item, 'DisplayName'), below(item, 'ParentFolderId').attributes['Id']]).toEqual(['Contact', 'Tony Smith', (await alice.folderId('quickcontacts')).id]);
  });

  it('one with a telephone alone has no name', async () => {
    const { id } = await addGroup('Crew');
    const persona = (await call('AddNewTelUriContactToGroup', `<m:TelUriAddress>tel:5625550100</m:TelUriAddress><m:ImContactSipUriAddress>sip:john@contoso.test</m:ImContactSipUriAddress><m:ImTelephoneNumber>5625550100</m:ImTelephoneNumber>${ref('GroupId', id)}`)).ok().first('Persona');
    expect(of(persona)).toEqual(['Person', '2026-01-05T09:00:00Z', '', '5625550100', '5625550100', '', 'None', undefined, '2147483647']);
    expect([textAt(below(persona, 'OtherTelephones'), 'PhoneNumberAttributedValue', 'Value', 'Number'), textAt(below(persona, 'OtherTelephones'), 'PhoneNumberAttributedValue', 'Value', 'Type')]).toEqual(['5625550100', 'Other']);
    expect((await groups())['Crew']).toEqual([below(persona, 'SourceId').attributes['Id']]);
  });

  it('without a group they go to Other Contacts; one that is there already is not made again', async () => {
    const first = await addContact('tony@contoso.test', '');
    const { id } = await addGroup('Crew');
    expect(await addContact('Tony@contoso.test', 'Another name', id)).toEqual(first);
    expect(await groups()).toEqual({ 'Other Contacts': [first.id], Tagged: [], Favorites: [], Crew: [first.id] });
    expect((await list()).all('Persona').map((persona) => textAt(persona, 'DisplayName'))).toEqual(['tony@contoso.test']);
  });

  it('one is put into further groups, taken out, and removed from the list', async () => {
    const [crew, watch] = [await addGroup('Crew'), await addGroup('Watch')];
    const [tony, ann] = [await addContact('tony@contoso.test', 'Tony', crew.id), await addContact('ann@contoso.test', 'Ann', crew.id)];
    for (let n = 0; n < 2; n++) (await call('AddImContactToGroup', ref('ContactId', tony.id) + ref('GroupId', watch.id))).ok();
    (await call('AddImContactToGroup', ref('ContactId', ann.id))).ok();
    expect(await groups()).toEqual({ 'Other Contacts': [ann.id], Tagged: [], Favorites: [], Crew: [tony.id, ann.id], Watch: [tony.id] });
    (await call('RemoveImContactFromGroup', ref('ContactId', tony.id) + ref('GroupId', crew.id))).ok();
    expect((await groups())['Crew']).toEqual([ann.id]);
    const again = await call('RemoveImContactFromGroup', ref('ContactId', tony.id) + ref('GroupId', crew.id));
    expect([again.codes, again.texts('MessageText')]).toEqual([['ErrorInvalidImContactId'], ['The specified Im Contact Id is invalid.']]);
    (await call('RemoveContactFromImList', ref('ContactId', tony.id))).ok();
    expect(await groups()).toEqual({ 'Other Contacts': [ann.id], Tagged: [], Favorites: [], Crew: [ann.id], Watch: [] });
    expect((await list()).all('Persona').map((persona) => textAt(persona, 'DisplayName'))).toEqual(['Ann']);
    expect((await alice.getItem(tony)).codes).toEqual(['ErrorItemNotFound']);
    expect((await call('RemoveContactFromImList', ref('ContactId', tony.id))).codes).toEqual(['ErrorItemNotFound']);
  });

  it('GetImItems tells what is asked, with extended properties, and leaves out what is neither', async () => {
    const crew = await addGroup('Crew');
    const tony = await addContact('tony@contoso.test', 'Tony', crew.id);
    const message = await alice.createMessage();
    const asked = `<m:ContactIds>${itemRef(tony)}${itemRef(message)}${itemRef({ id: await goneId() })}</m:ContactIds><m:GroupIds>${itemRef(message)}${itemRef({ id: crew.id })}</m:GroupIds><m:ExtendedProperties><t:ExtendedProperty PropertyTag="0x3001" PropertyType="String"/></m:ExtendedProperties>`;
    const answer = (await call('GetImItems', asked)).ok();
    expect(answer.all('ImGroup').map((group) => [textAt(group, 'DisplayName'), textAt(below(group, 'ExtendedProperty'), 'Value'), below(group, 'ItemId').attributes])).toEqual([['Crew', 'Crew', { Id: tony.id, ChangeKey: 'EQAAAA==' }]]);
    expect(answer.all('Persona').map((persona) => [textAt(persona, 'DisplayName'), textAt(below(persona, 'ExtendedPropertyAttributedValue'), 'Value', 'Value'), below(persona, 'ExtendedFieldURI').attributes])).toEqual([
      ['Tony', 'Tony', { PropertyTag: '0x3001', PropertyType: 'String' }],
    ]);
    const bare = (await call('GetImItems', `<m:ContactIds>${itemRef(tony)}</m:ContactIds>`)).ok();
    expect([bare.all('ImGroup'), bare.all('ExtendedProperties'), bare.all('Persona').length]).toEqual([[], [], 1]);
  });

  it('GetImItemList takes extended properties too; what an item has not is not told', async () => {
    await addContact('tony@contoso.test', 'Tony');
    const answer = (await call('GetImItemList', '<m:ExtendedProperties><t:ExtendedProperty PropertyTag="0x3a1f" PropertyType="String"/><t:ExtendedProperty DistinguishedPropertySetId="Address" PropertyId="32866" PropertyType="String"/></m:ExtendedProperties>')).ok();
    expect(answer.all('ExtendedPropertyAttributedValue').map((one) => textAt(one, 'Value', 'Value'))).toEqual(['tony@contoso.test']);
    expect((await call('GetImItemList', '<m:ExtendedProperties><t:ExtendedProperty PropertyType="String"/></m:ExtendedProperties>')).codes).toEqual(['ErrorInvalidExtendedProperty']);
  });

  it('there are at most a thousand', async () => {
    const session = ews.organization.mailboxByAddress('alice@example.test')?.openAsSystem();
    const folderId = session?.mailbox.wellKnown('quickcontacts');
    if (!session || folderId === undefined) throw new Error('alice has no quick contacts');
    for (let n = 0; n < 1000; n++) await session.createItem(folderId, { itemClass: 'IPM.Contact', properties: { PidTagDisplayName: `c${n}` }, recipients: [], attachments: [], isRead: true, isAssociated: false });
    expect((await newContact('tony@contoso.test', 'Tony')).codes).toEqual(['ErrorImContactLimitReached']);
    expect((await call('AddNewTelUriContactToGroup', '<m:TelUriAddress>tel:1</m:TelUriAddress><m:ImContactSipUriAddress>sip:x@y</m:ImContactSipUriAddress><m:ImTelephoneNumber>1</m:ImTelephoneNumber>')).codes).toEqual(['ErrorImContactLimitReached']);
  });
});

describe('ids that are none', () => {
  const tel = (groupId: string): string => `<m:TelUriAddress>tel:1</m:TelUriAddress><m:ImContactSipUriAddress>sip:x@y</m:ImContactSipUriAddress><m:ImTelephoneNumber>1</m:ImTelephoneNumber>${groupId}`;
  const im = (groupId: string): string => `<m:ImAddress>x@y.test</m:ImAddress>${groupId}`;
  it.each([
    ['RemoveImGroup', (id: string) => ref('GroupId', id), 'ErrorInvalidImGroupId', 'ErrorInvalidImGroupId'],
    ['SetImGroup', (id: string) => `${ref('GroupId', id)}<m:NewDisplayName>x</m:NewDisplayName>`, 'ErrorItemNotFound', 'ErrorInvalidImGroupId'],
    ['AddNewImContactToGroup', (id: string) => im(ref('GroupId', id)), 'ErrorItemNotFound', 'ErrorInvalidImGroupId'],
    ['AddNewTelUriContactToGroup', (id: string) => tel(ref('GroupId', id)), 'ErrorItemNotFound', 'ErrorInvalidImGroupId'],
    ['RemoveDistributionGroupFromImList', (id: string) => ref('GroupId', id), 'ErrorItemNotFound', 'ErrorInvalidImGroupId'],
    ['AddImContactToGroup', (id: string) => ref('ContactId', id), 'ErrorItemNotFound', 'ErrorInvalidImContactId'],
    ['RemoveContactFromImList', (id: string) => ref('ContactId', id), 'ErrorItemNotFound', 'ErrorInvalidImContactId'],
  ] as const)('%s', async (operation, request, gone, other) => {
    const code = async (id: string): Promise<string[]> => (await call(operation, request(id))).codes;
    expect(await code(await goneId())).toEqual([gone]);
    expect(await code((await alice.createMessage()).id)).toEqual([other]);
    expect(await code((await new EwsClient(ews, 'bob').createMessage()).id)).toEqual([other]);
    expect(await code('nonsense')).toEqual(['ErrorInvalidIdMalformed']);
    expect(await code('')).toEqual(['ErrorInvalidIdEmpty']);
  });

  it('GetImItems has no use for what is no id at all', async () => {
    expect((await call('GetImItems', '<m:GroupIds><t:ItemId Id="nonsense"/></m:GroupIds>')).codes).toEqual(['ErrorInvalidIdMalformed']);
  });

  it('the groups that the store has by itself are not removed; a group of people is no distribution group', async () => {
    const favorites = (await list()).all('ExchangeStoreId')[2]?.attributes['Id'] as string;
    expect((await call('RemoveImGroup', ref('GroupId', favorites))).codes).toEqual(['ErrorInvalidImGroupId']);
    expect((await call('SetImGroup', `${ref('GroupId', favorites)}<m:NewDisplayName>x</m:NewDisplayName>`)).codes).toEqual(['ErrorInvalidImGroupId']);
    expect((await call('RemoveDistributionGroupFromImList', ref('GroupId', (await addGroup('Crew')).id))).codes).toEqual(['ErrorInvalidImGroupId']);
  });

  it('a mailbox that is nowhere', async () => {
    await using elsewhere = await createEwsEmulator({ idSeed: 'elsewhere' });
    const { id } = await new EwsClient(elsewhere).createMessage();
    const answer = await call('AddNewImContactToGroup', im(ref('GroupId', id)));
    expect([answer.codes, answer.texts('MessageText'), answer.all('Value').map(({ attributes }) => attributes['Name'])]).toEqual([['ErrorNonExistentMailbox'], ['No mailbox with such guid.'], ['MailboxGuid']]);
  });
});

it.each(['true', 'false'])('SetImListMigrationCompleted remembers %s', async (isCompleted) => {
  const answer = (await call('SetImListMigrationCompleted', `<m:ImListMigrationCompleted>${isCompleted}</m:ImListMigrationCompleted>`)).ok();
  expect(names(answer.body)).toEqual(['ResponseCode']);
  const hidden = (await alice.findItem('root', { attributes: 'Traversal="Associated"', paths: ['item:ItemClass', '<t:ExtendedFieldURI PropertyTag="0x7c09" PropertyType="Binary"/>'] })).ok();
  const kept = hidden.first('Items').children.find((item) => textAt(item, 'ItemClass') === 'IPM.Configuration.ImListMigration') as XmlElement;
  expect(Buffer.from(textAt(child(kept, 'ExtendedProperty') as XmlElement, 'Value') ?? '', 'base64').toString()).toBe(isCompleted);
});
