import { createClock } from '@fauxchange/kernel';
import { createEwsEmulator, type EwsEmulator } from '../../src/index.ts';
import { CalendarClient } from '../support/calendar.ts';
import { deleteField, EwsClient, idOf, setField } from '../support/client.ts';
import { forms } from '../support/forms.ts';
import { mailbox } from '../support/soap.ts';
import { below, child, names, textAt, type XmlElement } from '../support/xml.ts';

let ews: EwsEmulator;
let alice: EwsClient;
let bob: EwsClient;
let carol: EwsClient;
beforeAll(async () => {
  ews = await createEwsEmulator({ clock: createClock({ at: Date.UTC(2026, 0, 5, 9), frozen: true }) });
  [alice, bob, carol] = [new EwsClient(ews), new EwsClient(ews, 'bob'), new EwsClient(ews, 'carol')];
});
afterEach(() => ews.reset());
afterAll(() => ews.close());

const message = (content: string): string => `<t:Message><t:Subject>Test</t:Subject>${content}</t:Message>`;
const addresses = (item: XmlElement, name: string): (string | undefined)[] => (child(item, name)?.children ?? []).map((one) => textAt(one, 'EmailAddress'));
const received = async (client: EwsClient, subject: string): Promise<XmlElement> => {
  await ews.settle();
  return client.item(await client.idBySubject('inbox', subject));
};

describe('people of a message', () => {
  const element = (name: string, ...people: string[]): string => `<t:${name}>${people.map(mailbox).join('')}</t:${name}>`;
  it.each([
    ['MS-OXWSMSG_R26, MS-OXWSMSG_R27, MS-OXWSMSG_R28', 'Sender', ['carol@example.test']],
    ['MS-OXWSMSG_R30, MS-OXWSMSG_R32', 'ToRecipients', ['bob@example.test', 'x@elsewhere.test']],
    ['MS-OXWSMSG_R33, MS-OXWSMSG_R34, MS-OXWSMSG_R35', 'CcRecipients', ['carol@example.test', 'x@elsewhere.test']],
    ['MS-OXWSMSG_R36, MS-OXWSMSG_R37, MS-OXWSMSG_R38', 'BccRecipients', ['dave@example.test', 'x@elsewhere.test']],
    ['MS-OXWSMSG_R53, MS-OXWSMSG_R54, MS-OXWSMSG_R55', 'From', ['bob@example.test']],
    ['MS-OXWSMSG_R69, MS-OXWSMSG_R70, MS-OXWSMSG_R71', 'ReplyTo', ['reply@elsewhere.test', 'bob@example.test']],
  ])('%s: %s is read and written, and may be left out', async (_requirements, name, people) => {
    const written = (await alice.createItem(message(element(name, ...people)))).ok();
    const item = await alice.item(idOf(written.first('ItemId')));
    expect(addresses(item, name)).toEqual(people);
    expect(child(item, name)?.children.map((one) => one.name)).toEqual(people.map(() => 'Mailbox'));
    const without = await alice.createItem(message(''));
    expect([without.codes, without.messages[0]?.attributes['ResponseClass']]).toEqual([['NoError'], 'Success']);
  });

  it.each(['ToRecipients', 'CcRecipients', 'BccRecipients', 'From', 'ReplyTo'])('%s is changed and taken away', async (name) => {
    const id = await alice.createMessage(element(name, 'bob@example.test'));
    const changed = idOf((await alice.updateItem(id, setField(`message:${name}`, element(name, 'carol@example.test')))).ok().first('ItemId'));
    expect(addresses(await alice.item(changed), name)).toEqual(['carol@example.test']);
    const removed = idOf((await alice.updateItem(changed, deleteField(`message:${name}`))).ok().first('ItemId'));
    expect(addresses(await alice.item(removed), name)).toEqual([]);
  });

  it('the recipients of a message get it, each as what he is', async () => {
    (await alice.createItem(message(element('ToRecipients', 'bob@example.test') + element('CcRecipients', 'carol@example.test') + element('BccRecipients', 'dave@example.test') + element('ReplyTo', 'reply@elsewhere.test')), { disposition: 'SendAndSaveCopy' })).ok();
    for (const client of [bob, carol, new EwsClient(ews, 'dave')]) {
      const item = await received(client, 'Test');
      expect(['ToRecipients', 'CcRecipients', 'BccRecipients', 'ReplyTo', 'From', 'Sender'].map((name) => addresses(item, name))).toEqual([['bob@example.test'], ['carol@example.test'], [], ['reply@elsewhere.test'], ['alice@example.test'], ['alice@example.test']]);
    }
  });

  it.each([
    ['MS-OXWSMSG_R2512', 'Sender'], ['MS-OXWSMSG_R2912', 'ToRecipients'],
  ])('%s: in %s the MailboxType Mailbox is that of somebody of the directory who has mail', async (_requirement, name) => {
    (await alice.send('Typed', ['bob@example.test'])).ok();
    const [who] = child(await received(bob, 'Typed'), name)?.children ?? [];
    expect([who && names(who), who && textAt(who, 'MailboxType')]).toEqual([['Name', 'EmailAddress', 'RoutingType', 'MailboxType'], 'Mailbox']);
    const entry = ews.organization.directory.byAddress((who && textAt(who, 'EmailAddress')) ?? '');
    expect([entry?.displayName, ews.organization.mailboxByAddress(entry?.primarySmtpAddress ?? '')?.owner.id]).toEqual([who && textAt(who, 'Name'), entry?.id]);
    const outside = await alice.item(await alice.createMessage(element(name, 'x@elsewhere.test')));
    expect(textAt(child(outside, name)?.children[0] ?? outside, 'MailboxType')).toBe('OneOff');
  });

  it.each([
    ['MS-OXWSMSG_R2516', 'Sender'], ['MS-OXWSMSG_R2916', 'ToRecipients'],
  ])('%s: in %s an EmailAddress has a character at least', async (_requirement, name) => {
    expect((await alice.createItem(message(element(name, '')))).fault).toBe('ErrorSchemaValidation');
    expect(addresses(await alice.item(await alice.createMessage(element(name, 'b'))), name)).toEqual(['b']);
  });
});

describe('receipts, reading and replies', () => {
  it.each([
    ['MS-OXWSMSG_R39, MS-OXWSMSG_R40, MS-OXWSMSG_R41', 'IsReadReceiptRequested', 'false'],
    ['MS-OXWSMSG_R43, MS-OXWSMSG_R45', 'IsDeliveryReceiptRequested', 'false'],
    ['MS-OXWSMSG_R59, MS-OXWSMSG_R60', 'IsRead', 'true'],
    ['MS-OXWSMSG_R62, MS-OXWSMSG_R63, MS-OXWSMSG_R64', 'IsResponseRequested', undefined],
  ])('%s: %s is a truth value, read and written, and may be left out', async (_requirements, name, initially) => {
    const without = await alice.createItem(message(''));
    expect([without.codes, without.messages[0]?.attributes['ResponseClass']]).toEqual([['NoError'], 'Success']);
    let id = idOf(without.first('ItemId'));
    expect(textAt(await alice.item(id), name)).toBe(initially);
    for (const value of ['false', 'true', 'false']) {
      id = idOf((await alice.updateItem(id, setField(`message:${name}`, `<t:${name}>${value}</t:${name}>`))).ok().first('ItemId'));
      expect(textAt(await alice.item(id), name)).toBe(value);
    }
  });

  it.each([
    ['IsReadReceiptRequested', 'REPORT.IPM.Note.IPNRN'],
    ['IsDeliveryReceiptRequested', 'REPORT.IPM.Note.DR'],
  ])('%s true: a report of class %s comes back', async (name, itemClass) => {
    const classes = async (): Promise<string[]> => (await alice.findItem('inbox', { paths: ['item:ItemClass'] })).ok().texts('ItemClass').filter((one) => one.startsWith('REPORT'));
    const before = (await classes()).length;
    (await alice.createItem(message(`<t:ToRecipients>${mailbox('bob@example.test')}</t:ToRecipients><t:${name}>true</t:${name}>`), { disposition: 'SendAndSaveCopy' })).ok();
    await ews.settle();
    const id = await bob.idBySubject('inbox', 'Test');
    (await bob.updateItem(id, setField('message:IsRead', '<t:IsRead>true</t:IsRead>'))).ok();
    await ews.settle();
    expect((await classes()).length - before).toBe(1);
    expect(await classes()).toContain(itemClass);
  });

  it('MS-OXWSMSG_R66, MS-OXWSMSG_R67: References is the header of that name, and may be left out', async () => {
    const id = await alice.createMessage('<t:Subject>Re</t:Subject><t:References>&lt;one@b.test&gt; &lt;two@b.test&gt;</t:References>');
    const item = await alice.item(id, 'AllProperties', [], '<t:IncludeMimeContent>true</t:IncludeMimeContent>');
    expect(textAt(item, 'References')).toBe('<one@b.test> <two@b.test>');
    expect(Buffer.from(textAt(item, 'MimeContent') ?? '', 'base64').toString()).toMatch(/^References: <one@b.test>\s+<two@b.test>\r$/m);
    const without = await alice.createItem(message(''));
    expect([without.codes, without.messages[0]?.attributes['ResponseClass']]).toEqual([['NoError'], 'Success']);
  });
});

describe('what only the server says', () => {
  it.each([
    ['MS-OXWSMSG_R48', 'ConversationIndex', forms.base64], ['MS-OXWSMSG_R51', 'ConversationTopic', /^Test$/], ['MS-OXWSMSG_R57', 'InternetMessageId', /^<.+@.+>$/],
  ])('%s: %s is not for the client to send, and is there', async (_requirement, name, form) => {
    const sent = await alice.createItem(message(`<t:ToRecipients>${mailbox('bob@example.test')}</t:ToRecipients>`), { disposition: 'SendAndSaveCopy' });
    expect([sent.codes, sent.messages[0]?.attributes['ResponseClass']]).toEqual([['NoError'], 'Success']);
    expect(textAt(await received(bob, 'Test'), name)).toMatch(form);
  });

  const voting = '<t:VotingInformation><t:VotingResponse>Yes</t:VotingResponse></t:VotingInformation>';
  it.each([
    ['MS-OXWSMSG_R49', 'ConversationIndex', '<t:ConversationIndex>AAAA</t:ConversationIndex>'],
    ['MS-OXWSMSG_R52', 'ConversationTopic', '<t:ConversationTopic>x</t:ConversationTopic>'],
    ['MS-OXWSMSG_R58', 'InternetMessageId', '<t:InternetMessageId>&lt;x@b.test&gt;</t:InternetMessageId>'],
    ['MS-OXWSMSG_R72001', 'ReceivedBy', `<t:ReceivedBy>${mailbox('carol@example.test')}</t:ReceivedBy>`],
    ['MS-OXWSMSG_R73001', 'ReceivedRepresenting', `<t:ReceivedRepresenting>${mailbox('carol@example.test')}</t:ReceivedRepresenting>`],
    ['MS-OXWSMSG_R73008', 'ApprovalRequestData', '<t:ApprovalRequestData><t:IsUndecidedApprovalRequest>true</t:IsUndecidedApprovalRequest></t:ApprovalRequestData>'],
    ['MS-OXWSMSG_R73009', 'VotingInformation', voting],
    ['MS-OXWSMSG_R73010', 'ReminderMessageData', '<t:ReminderMessageData><t:ReminderText>x</t:ReminderText></t:ReminderMessageData>'],
  ])('%s: %s is read-only', async (_requirement, name, element) => {
    (await alice.send('Fixed', ['bob@example.test'])).ok();
    const before = await received(bob, 'Fixed');
    const refused = await bob.updateItem(idOf(below(before, 'ItemId')), setField(`message:${name}`, element));
    expect([refused.codes, refused.messages[0]?.attributes['ResponseClass'], refused.first('FieldURI').attributes['FieldURI']]).toEqual([['ErrorInvalidPropertySet'], 'Error', `message:${name}`]);
    expect(child(await received(bob, 'Fixed'), name)).toEqual(child(before, name));
  });

  it('an element that has no path is refused without one', async () => {
    const refused = await alice.createItem(message('<t:SenderSMTPAddress>x@elsewhere.test</t:SenderSMTPAddress>'));
    expect([refused.codes, refused.all('FieldURI')]).toEqual([['ErrorInvalidPropertySet'], []]);
  });

  it('MS-OXWSMSG_R72, MS-OXWSMSG_R73, MS-OXWSMSG_R196, MS-OXWSMSG_R197: ReceivedBy is the delegate and ReceivedRepresenting the principal', async () => {
    const delegate = '<t:DelegateUser><t:UserId><t:PrimarySmtpAddress>carol@example.test</t:PrimarySmtpAddress></t:UserId><t:DelegatePermissions><t:CalendarFolderPermissionLevel>Editor</t:CalendarFolderPermissionLevel></t:DelegatePermissions><t:ReceiveCopiesOfMeetingMessages>true</t:ReceiveCopiesOfMeetingMessages></t:DelegateUser>';
    (await bob.call(`<m:AddDelegate>${mailbox('bob@example.test').replaceAll('t:Mailbox', 'm:Mailbox')}<m:DelegateUsers>${delegate}</m:DelegateUsers><m:DeliverMeetingRequests>DelegatesAndMe</m:DeliverMeetingRequests></m:AddDelegate>`)).ok();
    const invitation = `<t:Subject>Delegated</t:Subject><t:Start>2026-02-02T10:00:00Z</t:Start><t:End>2026-02-02T11:00:00Z</t:End><t:RequiredAttendees><t:Attendee>${mailbox('bob@example.test')}</t:Attendee></t:RequiredAttendees>`;
    await new CalendarClient(alice).create(invitation, { send: 'SendToAllAndSaveCopy' });
    const copy = await received(carol, 'Delegated');
    for (const [name, address] of [['ReceivedBy', 'carol@example.test'], ['ReceivedRepresenting', 'bob@example.test']] as const) {
      const person = below(copy, name);
      expect([names(person), names(below(person, 'Mailbox')), textAt(person, 'Mailbox', 'EmailAddress')]).toEqual([['Mailbox'], ['Name', 'EmailAddress', 'RoutingType', 'MailboxType'], address]);
    }
  });
});
