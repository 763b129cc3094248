import { createClock } from '@fauxchange/kernel';
import { createEwsEmulator, type EwsEmulator } from '../src/index.ts';
import { appendField, deleteField, EwsClient, idOf, setField, type Id } from './support/client.ts';
import { folderRef, itemRef, mailbox } from './support/soap.ts';
import { allBelow, below, names, textAt } from './support/xml.ts';

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

const message = (content: string): string => `<t:Message>${content}</t:Message>`;
const to = (...people: string[]): string => `<t:ToRecipients>${people.map(mailbox).join('')}</t:ToRecipients>`;
const people = (element: Parameters<typeof below>[0], name: string): string[] => allBelow(below(element, name), 'EmailAddress').map(({ text }) => text);
const move = (operation: 'MoveItem' | 'CopyItem', folder: string, ids: readonly Id[], more = ''): string =>
  `<m:${operation}><m:ToFolderId>${folderRef(folder)}</m:ToFolderId><m:ItemIds>${ids.map(itemRef).join('')}</m:ItemIds>${more}</m:${operation}>`;

describe('CreateItem', () => {
  it('MS-OXWSCORE_R2169, MS-OXWSCORE_R2170, MS-OXWSMSG_R82: SaveOnly saves a draft and tells its id', async () => {
    const answer = (await alice.createItem(message('<t:Subject>draft</t:Subject>'))).ok();
    expect(answer.messages.map(({ attributes }) => attributes['ResponseClass'])).toEqual(['Success']);
    expect(answer.first('Items').children.map((item) => [item.name, names(item)])).toEqual([['Message', ['ItemId']]]);
    const item = await alice.item(idOf(answer.first('ItemId')));
    expect(['ItemClass', 'IsDraft', 'IsRead', 'Subject'].map((name) => textAt(item, name))).toEqual(['IPM.Note', 'true', 'true', 'draft']);
    expect(idOf(below(item, 'ParentFolderId')).id).toBe((await alice.folderId('drafts')).id);
  });

  it('MS-OXWSCORE_R298, MS-OXWSCORE_R299: several items go into the folder asked for', async () => {
    const answer = (await alice.createItem(message('<t:Subject>1</t:Subject>') + message('<t:Subject>2</t:Subject>'), { folder: 'notes' })).ok();
    expect(answer.messages).toHaveLength(2);
    expect((await alice.subjects('notes')).sort()).toEqual(['1', '2']);
  });

  it('MS-OXWSMSG_R83, MS-OXWSMSG_R84, MS-OXWSMSG_R203: SendOnly sends, keeps nothing, tells no id', async () => {
    const sentBefore = await alice.subjects('sentitems');
    const answer = (await alice.createItem(message(`<t:Subject>fly</t:Subject>${to('bob@example.test')}`), { disposition: 'SendOnly' })).ok();
    expect(answer.first('Items').children).toEqual([]);
    await ews.settle();
    expect(await bob.subjects('inbox')).toContain('fly');
    expect(await alice.subjects('sentitems')).toEqual(sentBefore);
  });

  it('MS-OXWSMSG_R85, MS-OXWSMSG_R86, MS-OXWSMSG_R204: SendAndSaveCopy sends, keeps a copy where asked, tells no id', async () => {
    const answer = (await alice.createItem(message(`<t:Subject>fly</t:Subject>${to('bob@example.test')}`), { disposition: 'SendAndSaveCopy', folder: 'notes' })).ok();
    expect(answer.first('Items').children).toEqual([]);
    await ews.settle();
    expect([await bob.subjects('inbox'), await alice.subjects('notes')]).toEqual([expect.arrayContaining(['fly']), ['fly']]);
    const copy = await alice.item(await alice.idBySubject('notes', 'fly'));
    expect(['IsDraft', 'IsRead', 'IsSubmitted', 'IsFromMe'].map((name) => textAt(copy, name))).toEqual(['false', 'true', 'false', 'false']);
  });

  it('MS-OXWSCORE_R1611: IsFromMe is false for what somebody else sent', async () => {
    (await alice.send('Not mine', ['bob@example.test'])).ok();
    await ews.settle();
    expect(textAt(await bob.item(await bob.idBySubject('inbox', 'Not mine')), 'IsFromMe')).toBe('false');
  });

  it('what bob receives is unread, from alice, at the time of the clock', async () => {
    (await alice.send('Look', ['bob@example.test'], '')).ok();
    await ews.settle();
    const item = await bob.item(await bob.idBySubject('inbox', 'Look'));
    expect(['IsRead', 'IsDraft', 'IsFromMe', 'DateTimeReceived', 'DateTimeSent', 'DisplayTo'].map((name) => textAt(item, name))).toEqual(['false', 'false', 'false', '2026-01-05T09:00:00Z', '2026-01-05T09:00:00Z', 'Bob Baker']);
    expect([people(item, 'From'), people(item, 'ToRecipients'), people(item, 'ReceivedBy')]).toEqual([['alice@example.test'], ['bob@example.test'], ['bob@example.test']]);
    expect(textAt(item, 'InternetMessageId')).toMatch(/^<.+@.+>$/);
  });

  it.each([
    ['Importance', 'Low', 'MS-OXWSCORE_R199'], ['Importance', 'Normal', 'MS-OXWSCORE_R200'], ['Importance', 'High', 'MS-OXWSCORE_R198'],
    ['Sensitivity', 'Normal', 'MS-OXWSCORE_R1651'], ['Sensitivity', 'Personal', 'MS-OXWSCORE_R1652'], ['Sensitivity', 'Private', 'MS-OXWSCORE_R1653'], ['Sensitivity', 'Confidential', 'MS-OXWSCORE_R1650'],
    ['IsReadReceiptRequested', 'true', 'MS-OXWSMSG_R42'], ['IsReadReceiptRequested', 'false', 'MS-OXWSMSG_R4200'],
    ['IsDeliveryReceiptRequested', 'true', 'MS-OXWSMSG_R46'], ['IsDeliveryReceiptRequested', 'false', 'MS-OXWSMSG_R4600'],
    ['IsRead', 'true', 'MS-OXWSMSG_R61'], ['IsRead', 'false', 'MS-OXWSMSG_R6100'],
    ['IsResponseRequested', 'true', 'MS-OXWSMSG_R65'], ['IsResponseRequested', 'false', 'MS-OXWSMSG_R6500'],
    ['References', '&lt;a@b.test&gt;', 'MS-OXWSMSG_R68'], ['InReplyTo', '&lt;a@b.test&gt;', 'MS-OXWSCORE_R82'], ['Culture', 'de-CH', 'MS-OXWSCORE_R102'],
  ])('%s %s is kept as it was set (%s)', async (element, value) => {
    const item = await alice.item(await alice.createMessage(`<t:${element}>${value}</t:${element}>`), 'AllProperties', ['item:Culture']);
    expect(textAt(item, element)).toBe(value.replaceAll('&lt;', '<').replaceAll('&gt;', '>'));
  });

  it('MS-OXWSMSG_R32, MS-OXWSMSG_R35, MS-OXWSMSG_R38, MS-OXWSMSG_R71, MS-OXWSMSG_R55: recipients, sender and reply addresses are kept', async () => {
    const everybody = `<t:Sender>${mailbox('alice@example.test')}</t:Sender>${to('bob@example.test', 'x@elsewhere.test')}<t:CcRecipients>${mailbox('carol@example.test')}</t:CcRecipients><t:BccRecipients>${mailbox('dave@example.test')}</t:BccRecipients><t:From>${mailbox('alice@example.test')}</t:From><t:ReplyTo>${mailbox('reply@elsewhere.test')}</t:ReplyTo>`;
    const item = await alice.item(await alice.createMessage(everybody));
    expect(['Sender', 'ToRecipients', 'CcRecipients', 'BccRecipients', 'From', 'ReplyTo'].map((name) => people(item, name))).toEqual([
      ['alice@example.test'], ['bob@example.test', 'x@elsewhere.test'], ['carol@example.test'], ['dave@example.test'], ['alice@example.test'], ['reply@elsewhere.test'],
    ]);
    expect(allBelow(below(item, 'ToRecipients'), 'MailboxType').map(({ text }) => text)).toEqual(['Mailbox', 'OneOff']);
    expect(textAt(item, 'DisplayCc')).toBe('carol@example.test');
  });

  it('MS-OXWSCORE_R80, MS-OXWSCORE_R1616: categories and reminders', async () => {
    const item = await alice.item(await alice.createMessage('<t:Categories><t:String>One</t:String><t:String>Two</t:String></t:Categories><t:ReminderDueBy>2026-02-01T08:00:00Z</t:ReminderDueBy><t:ReminderIsSet>true</t:ReminderIsSet><t:ReminderMinutesBeforeStart>15</t:ReminderMinutesBeforeStart>'));
    expect(below(item, 'Categories').children.map(({ text }) => text)).toEqual(['One', 'Two']);
    expect(['ReminderDueBy', 'ReminderIsSet', 'ReminderMinutesBeforeStart'].map((name) => textAt(item, name))).toEqual(['2026-02-01T08:00:00Z', 'true', '15']);
  });

  it('MS-OXWSCORE_R2020: a post goes to the inbox by default, with its class', async () => {
    const answer = (await alice.createItem('<t:PostItem><t:Subject>posted</t:Subject></t:PostItem>', { disposition: null })).ok();
    const item = await alice.item(idOf(answer.first('ItemId')));
    expect([item.name, textAt(item, 'ItemClass')]).toEqual(['PostItem', 'IPM.Post']);
    expect(idOf(below(item, 'ParentFolderId')).id).toBe((await alice.folderId('inbox')).id);
  });

  it('MS-OXWSCORE_R1618: an associated item is hidden from the folder and found by Traversal Associated', async () => {
    const { id } = await alice.createMessage('<t:ItemClass>IPM.Configuration.Mine</t:ItemClass><t:Subject>hidden</t:Subject><t:IsAssociated>true</t:IsAssociated>');
    expect(await alice.subjects('inbox')).not.toContain('hidden');
    const found = (await alice.findItem('inbox', { attributes: 'Traversal="Associated"' })).ok();
    expect(found.all('ItemId').map((one) => idOf(one).id)).toEqual([id]);
  });

  it.each([
    ['a message without MessageDisposition', message('<t:Subject>x</t:Subject>'), null, 'ErrorMessageDispositionRequired'],
    ['MS-OXWSMSG_R31: sending to nobody', message('<t:Subject>x</t:Subject>'), 'SendOnly', 'ErrorInvalidRecipients'],
    ['MS-OXWSCORE_R2023, MS-OXWSCDATA_R619: a class of another kind', message('<t:ItemClass>IPM.Appointment</t:ItemClass>'), 'SaveOnly', 'ErrorObjectTypeChanged'],
    ['an appointment without SendMeetingInvitations', '<t:CalendarItem><t:Subject>x</t:Subject></t:CalendarItem>', 'SaveOnly', 'ErrorSendMeetingInvitationsRequired'],
    ['MIME that is not base64', message('<t:MimeContent>%%%</t:MimeContent>'), 'SaveOnly', 'ErrorMimeContentInvalidBase64String'],
  ])('MS-OXWSCORE_R2171: refuses %s', async (_what, item, disposition, code) => {
    const answer = await alice.createItem(item, { disposition });
    expect([answer.codes, answer.messages[0]?.attributes['ResponseClass']]).toEqual([[code], 'Error']);
  });

  const readOnly: readonly (readonly [string, string])[] = [
    ['<t:ConversationIndex>AAAA</t:ConversationIndex>', 'MS-OXWSMSG_R49'], ['<t:ConversationTopic>x</t:ConversationTopic>', 'MS-OXWSMSG_R52'],
    [`<t:ReceivedBy>${mailbox('bob@example.test')}</t:ReceivedBy>`, 'MS-OXWSMSG_R72001'], [`<t:ReceivedRepresenting>${mailbox('bob@example.test')}</t:ReceivedRepresenting>`, 'MS-OXWSMSG_R73001'],
  ];
  it.each(readOnly)('%s is read-only: ErrorInvalidPropertySet names it (%s)', async (element) => {
    const answer = await alice.createItem(message(element));
    const name = /^<t:(\w+)/.exec(element)?.[1] ?? '';
    expect(answer.codes).toEqual(['ErrorInvalidPropertySet']);
    expect(answer.first('FieldURI').attributes['FieldURI']).toBe(`message:${name}`);
  });
});

describe('UpdateItem', () => {
  it('MS-OXWSCORE_R556, MS-OXWSCORE_R61, MS-OXWSCORE_R65: SetItemField sets; the answer has the new change key and no conflicts', async () => {
    const before = await alice.createMessage();
    const answer = (await alice.updateItem(before, setField('item:Subject', '<t:Subject>after</t:Subject>'))).ok();
    const after = idOf(answer.first('ItemId'));
    expect([after.id, textAt(answer.messages[0] ?? answer.body, 'ConflictResults', 'Count')]).toEqual([before.id, '0']);
    expect(after.changeKey).not.toBe(before.changeKey);
    expect(textAt(await alice.item(after), 'Subject')).toBe('after');
  });

  it('MS-OXWSCORE_R555: AppendToItemField appends to bodies and recipients', async () => {
    const id = await alice.createMessage(`<t:Body BodyType="Text">first</t:Body>${to('bob@example.test')}`);
    (await alice.updateItem(id, appendField('item:Body', '<t:Body BodyType="Text"> second</t:Body>') + appendField('message:ToRecipients', to('carol@example.test')))).ok();
    const item = await alice.item(id);
    expect([textAt(item, 'Body'), people(item, 'ToRecipients')]).toEqual(['first second', ['bob@example.test', 'carol@example.test']]);
  });

  it('MS-OXWSCORE_R557: DeleteItemField removes', async () => {
    const id = await alice.createMessage(`<t:Subject>gone</t:Subject><t:Body BodyType="Text">gone</t:Body><t:Categories><t:String>gone</t:String></t:Categories>${to('bob@example.test')}`);
    (await alice.updateItem(id, ['item:Subject', 'item:Body', 'item:Categories', 'message:ToRecipients'].map(deleteField).join(''))).ok();
    const item = await alice.item(id);
    expect(['Subject', 'Body', 'Categories', 'ToRecipients'].map((name) => textAt(item, name) ?? null)).toEqual([null, '', null, null]);
  });

  it('MS-OXWSCORE_R561: each item of a batch is changed by itself; a bad one in the middle stops nothing', async () => {
    const [a, c] = [await alice.createMessage(), await alice.createMessage()];
    const change = (id: string): string => `<t:ItemChange><t:ItemId Id="${id}"/><t:Updates>${setField('item:Subject', '<t:Subject>changed</t:Subject>')}</t:Updates></t:ItemChange>`;
    const answer = await alice.call(`<m:UpdateItem ConflictResolution="AutoResolve" MessageDisposition="SaveOnly"><m:ItemChanges>${change(a.id)}${change('AAMkbad')}${change(c.id)}</m:ItemChanges></m:UpdateItem>`);
    expect(answer.codes).toEqual(['NoError', 'ErrorInvalidIdMalformed', 'NoError']);
    expect((await alice.subjects('inbox')).filter((subject) => subject === 'changed')).toHaveLength(2);
  });

  it('IsRead and flags', async () => {
    const id = await alice.idBySubject('inbox', 'Morning briefing');
    (await alice.updateItem(id, setField('message:IsRead', '<t:IsRead>true</t:IsRead>') + setField('item:Flag', '<t:Flag><t:FlagStatus>Flagged</t:FlagStatus><t:StartDate>2026-01-06T00:00:00Z</t:StartDate><t:DueDate>2026-01-07T00:00:00Z</t:DueDate></t:Flag>'))).ok();
    const item = await alice.item(id);
    expect([textAt(item, 'IsRead'), textAt(item, 'Flag', 'FlagStatus'), textAt(item, 'Flag', 'DueDate')]).toEqual(['true', 'Flagged', '2026-01-07T00:00:00Z']);
    (await alice.updateItem(id, setField('item:Flag', '<t:Flag><t:FlagStatus>Complete</t:FlagStatus><t:CompleteDate>2026-01-08T00:00:00Z</t:CompleteDate></t:Flag>'))).ok();
    expect(textAt(await alice.item(id), 'Flag', 'CompleteDate')).toBe('2026-01-08T00:00:00Z');
    (await alice.updateItem(id, setField('item:Flag', '<t:Flag><t:FlagStatus>NotFlagged</t:FlagStatus></t:Flag>'))).ok();
    expect(textAt(await alice.item(id), 'Flag', 'FlagStatus')).toBe('NotFlagged');
  });

  it.each([
    ['MS-OXWSCORE_R2002: a completion of what is only flagged', '<t:FlagStatus>Flagged</t:FlagStatus><t:CompleteDate>2026-01-08T00:00:00Z</t:CompleteDate>'],
    ['MS-OXWSCORE_R2002: a start without an end', '<t:FlagStatus>Flagged</t:FlagStatus><t:StartDate>2026-01-08T00:00:00Z</t:StartDate>'],
    ['MS-OXWSCORE_R2002: an end without a start', '<t:FlagStatus>Flagged</t:FlagStatus><t:DueDate>2026-01-08T00:00:00Z</t:DueDate>'],
    ['MS-OXWSCORE_R2005: a completion of what is not flagged', '<t:FlagStatus>NotFlagged</t:FlagStatus><t:CompleteDate>2026-01-08T00:00:00Z</t:CompleteDate>'],
    ['MS-OXWSCORE_R2005: dates of what is not flagged', '<t:FlagStatus>NotFlagged</t:FlagStatus><t:StartDate>2026-01-08T00:00:00Z</t:StartDate><t:DueDate>2026-01-08T00:00:00Z</t:DueDate>'],
    ['MS-OXWSCORE_R2008: an end of what is complete', '<t:FlagStatus>Complete</t:FlagStatus><t:StartDate>2026-01-08T00:00:00Z</t:StartDate><t:DueDate>2026-01-08T00:00:00Z</t:DueDate>'],
  ])('MS-OXWSCORE_R2010: refuses %s', async (_what, content) => {
    expect((await alice.updateItem(await alice.createMessage(), setField('item:Flag', `<t:Flag>${content}</t:Flag>`))).codes).toEqual(['ErrorInvalidArgument']);
  });

  it.each([['Flagged', 2], ['NotFlagged', 0]])('Thunderbird sets %s with the FlagStatus in the namespace of messages', async (status, number) => {
    const id = await alice.createMessage();
    (await alice.updateItem(id, setField('item:Flag', '<t:Flag><t:FlagStatus>Complete</t:FlagStatus></t:Flag>'))).ok();
    const path = '<t:ExtendedFieldURI PropertyTag="4240" PropertyType="Integer"/>';
    const beside = `<t:SetItemField>${path}<t:Message><t:ExtendedProperty>${path}<t:Value>${number}</t:Value></t:ExtendedProperty></t:Message></t:SetItemField>`;
    (await alice.updateItem(id, setField('item:Flag', `<t:Flag><m:FlagStatus>${status}</m:FlagStatus></t:Flag>`) + beside)).ok();
    expect(textAt(await alice.item(id), 'Flag', 'FlagStatus')).toBe(status);
  });

  const stale = async (): Promise<Id> => {
    const id = await alice.createMessage();
    (await alice.updateItem(id, setField('item:Subject', '<t:Subject>newer</t:Subject>'))).ok();
    return id;
  };
  it.each([
    ['NeverOverwrite with a stale key', 'NeverOverwrite', stale, 'ErrorIrresolvableConflict'],
    ['NeverOverwrite with the key of now', 'NeverOverwrite', async () => alice.createMessage(), 'NoError'],
    ['NeverOverwrite without a key', 'NeverOverwrite', async () => ({ id: (await alice.createMessage()).id }) as Id, 'ErrorChangeKeyRequired'],
    ['AlwaysOverwrite with a stale key', 'AlwaysOverwrite', stale, 'NoError'],
    ['AutoResolve with a stale key, of another property', 'AutoResolve', stale, 'NoError'],
    ['a key that is none', 'AutoResolve', async () => ({ ...(await alice.createMessage()), changeKey: 'nonsense' }), 'ErrorInvalidChangeKey'],
    ['an item that is gone', 'AlwaysOverwrite', async () => { const id = await alice.createMessage(); await alice.deleteItem(id); return id; }, 'ErrorItemNotFound'],
    ['a folder id', 'AlwaysOverwrite', async () => alice.folderId('inbox'), 'ErrorCannotUseFolderIdForItemId'],
  ])('conflicts: %s', async (_what, conflict, id, code) => {
    const answer = await alice.updateItem(await id(), setField('item:Importance', '<t:Importance>High</t:Importance>'), { conflict });
    expect(answer.codes).toEqual([code]);
  });

  it.each([
    ['MS-OXWSCDATA_R335: two properties at once', setField('item:Subject', '<t:Subject>x</t:Subject><t:Importance>Low</t:Importance>'), 'ErrorIncorrectUpdatePropertyCount'],
    ['no property', setField('item:Subject', ''), 'ErrorIncorrectUpdatePropertyCount'],
    ['another property than it names', setField('item:Subject', '<t:Importance>Low</t:Importance>'), 'ErrorUpdatePropertyMismatch'],
    ['what is read-only', setField('item:Size', '<t:Size>3</t:Size>'), 'ErrorInvalidPropertySet'],
    ['appending to what does not grow', appendField('item:Subject', '<t:Subject>x</t:Subject>'), 'ErrorInvalidPropertyAppend'],
    ['deleting what must be', deleteField('item:ItemId'), 'ErrorInvalidPropertyDelete'],
    ['deleting a size', deleteField('item:Size'), 'ErrorInvalidPropertyDelete'],
    ['making it something else', setField('item:ItemClass', '<t:ItemClass>IPM.Contact</t:ItemClass>'), 'ErrorObjectTypeChanged'],
  ])('refuses %s', async (_what, updates, code) => {
    expect((await alice.updateItem(await alice.createMessage(), updates)).codes).toEqual([code]);
  });

  it('a message without MessageDisposition is refused', async () => {
    expect((await alice.updateItem(await alice.createMessage(), setField('item:Subject', '<t:Subject>x</t:Subject>'), { disposition: null })).codes).toEqual(['ErrorMessageDispositionRequired']);
  });

  it('SendAndSaveCopy changes and sends', async () => {
    const id = await alice.createMessage(`<t:Subject>not yet</t:Subject>${to('bob@example.test')}`, 'drafts');
    (await alice.updateItem(id, setField('item:Subject', '<t:Subject>now</t:Subject>'), { disposition: 'SendAndSaveCopy' })).ok();
    await ews.settle();
    expect([await bob.subjects('inbox'), await alice.subjects('sentitems'), await alice.subjects('drafts')]).toEqual([expect.arrayContaining(['now']), expect.arrayContaining(['now']), expect.not.arrayContaining(['now', 'not yet'])]);
  });
});

describe('DeleteItem', () => {
  it.each([
    ['MS-OXWSCORE_R1668', 'MoveToDeletedItems', 'deleteditems'],
    ['MS-OXWSCORE_R1669', 'SoftDelete', 'recoverableitemsdeletions'],
    ['MS-OXWSCORE_R1667', 'HardDelete', undefined],
  ])('%s: %s', async (_requirement, type, folder) => {
    const id = await alice.createMessage('<t:Subject>doomed</t:Subject>');
    (await alice.deleteItem(id, type)).ok();
    expect((await alice.getItem(id)).codes).toEqual(['ErrorItemNotFound']);
    const found = [];
    for (const name of ['inbox', 'deleteditems', 'recoverableitemsdeletions']) if ((await alice.subjects(name)).includes('doomed')) found.push(name);
    expect(found).toEqual(folder === undefined ? [] : [folder]);
  });

  it('MS-OXWSCORE_R341: one of a batch that is gone fails alone', async () => {
    const [a, b] = [await alice.createMessage(), await alice.createMessage()];
    expect((await alice.deleteItem([a, a, b])).codes).toEqual(['NoError', 'ErrorItemNotFound', 'NoError']);
  });

  it('a right that is missing stops the batch', async () => {
    const ids = (await carol.findItem('inbox/alice@example.test')).ok().all('ItemId').map(idOf).slice(0, 3);
    const answer = await carol.deleteItem(ids);
    expect(answer.codes).toEqual(['ErrorAccessDenied', 'Warning ErrorBatchProcessingStopped', 'Warning ErrorBatchProcessingStopped']);
  });
});

describe('MoveItem and CopyItem', () => {
  it('MS-OXWSCORE_R45, MS-OXWSCORE_R46: a moved item has a new id, the old one is gone', async () => {
    const before = await alice.createMessage('<t:Subject>moving</t:Subject>');
    const answer = (await alice.call(move('MoveItem', 'drafts', [before]))).ok();
    const after = idOf(answer.first('ItemId'));
    expect(after.id).not.toBe(before.id);
    expect((await alice.getItem([before, after], 'IdOnly')).codes).toEqual(['ErrorItemNotFound', 'NoError']);
    expect(idOf(below(await alice.item(after), 'ParentFolderId')).id).toBe((await alice.folderId('drafts')).id);
  });

  it('MS-OXWSCORE_R1600, MS-OXWSCORE_R1601: a copied item is in both', async () => {
    const original = await alice.createMessage('<t:Subject>twice</t:Subject>');
    (await alice.call(move('CopyItem', 'drafts', [original]))).ok();
    expect([(await alice.subjects('inbox')).includes('twice'), (await alice.subjects('drafts')).includes('twice')]).toEqual([true, true]);
  });

  it.each([['true', 1], ['false', 0]])('MS-OXWSCORE_R47, MS-OXWSCORE_R1230: ReturnNewItemIds %s tells %d', async (value, count) => {
    const id = await alice.createMessage();
    const answer = (await alice.call(move('MoveItem', 'drafts', [id], `<m:ReturnNewItemIds>${value}</m:ReturnNewItemIds>`))).ok();
    expect(answer.all('ItemId')).toHaveLength(count);
  });

  it.each([
    ['a folder that is not there', 'archiveinbox/bob@example.test', 'ErrorToFolderNotFound'],
  ])('refuses %s', async (_what, folder, code) => {
    expect((await alice.call(move('MoveItem', folder, [await alice.createMessage()]))).codes).toEqual([code]);
  });

  it('across mailboxes no id is told', async () => {
    const id = await bob.createMessage('<t:Subject>for support</t:Subject>');
    const answer = (await bob.call(move('MoveItem', 'inbox/support@example.test', [id]))).ok();
    expect(answer.all('ItemId')).toEqual([]);
    expect(await bob.subjects('inbox/support@example.test')).toContain('for support');
  });
});

describe('SendItem', () => {
  const send = (ids: readonly Id[], save: boolean, folder?: string): string =>
    `<m:SendItem SaveItemToFolder="${save}"><m:ItemIds>${ids.map(itemRef).join('')}</m:ItemIds>${folder ? `<m:SavedItemFolderId>${folderRef(folder)}</m:SavedItemFolderId>` : ''}</m:SendItem>`;
  const draft = (): Promise<Id> => alice.createMessage(`<t:Subject>draft</t:Subject>${to('bob@example.test')}`, 'drafts');

  it.each([
    ['MS-OXWSCORE_R1648', true, undefined, 'sentitems'],
    ['MS-OXWSCORE_R463', true, 'notes', 'notes'],
    ['MS-OXWSCORE_R1649', false, undefined, undefined],
  ])('%s, MS-OXWSCORE_R424: sends the draft; saved %s in %s', async (_requirement, save, asked, folder) => {
    (await alice.call(send([await draft()], save, asked))).ok();
    await ews.settle();
    expect(await bob.subjects('inbox')).toContain('draft');
    for (const name of ['drafts', 'sentitems', 'notes', 'outbox']) expect([name, (await alice.subjects(name)).includes('draft')]).toEqual([name, name === folder]);
  });

  it.each([
    ['without a change key', async () => ({ id: (await draft()).id }) as Id, 'ErrorChangeKeyRequired'],
    ['with a stale one', async () => { const id = await draft(); await alice.updateItem(id, setField('item:Subject', '<t:Subject>x</t:Subject>')); return id; }, 'ErrorStaleObject'],
    ['a post', async () => idOf((await alice.createItem('<t:PostItem><t:Subject>p</t:Subject></t:PostItem>', { disposition: null })).first('ItemId')), 'ErrorInvalidItemForOperationSendItem'],
    ['to nobody', async () => alice.createMessage(), 'ErrorMissingRecipients'],
  ])('refuses a draft %s', async (_what, id, code) => {
    expect((await alice.call(send([await id()], true))).codes).toEqual([code]);
  });

  it('refuses a folder for copies that are not kept', async () => {
    expect((await alice.call(send([await draft()], false, 'notes'))).codes).toEqual(['ErrorInvalidSendItemSaveSettings']);
  });

  it('as somebody without the right: ErrorSendAsDenied', async () => {
    const answer = await alice.createItem(message(`<t:Subject>not me</t:Subject>${to('carol@example.test')}<t:From>${mailbox('bob@example.test')}</t:From>`), { disposition: 'SendOnly' });
    expect(answer.codes).toEqual(['ErrorSendAsDenied']);
  });

  it.each([
    ['as the shared mailbox: From is it, and Sender too', 'support@example.test', 'bob', 'support@example.test'],
    ['on behalf of alice: Sender is carol', 'alice@example.test', 'carol', 'carol@example.test'],
  ])('%s', async (_what, from, user, sender) => {
    const client = new EwsClient(ews, user);
    (await client.createItem(message(`<t:Subject>for them</t:Subject>${to('dave@example.test')}<t:From>${mailbox(from)}</t:From>`), { disposition: 'SendOnly' })).ok();
    await ews.settle();
    const dave = new EwsClient(ews, 'dave');
    const item = await dave.item(await dave.idBySubject('inbox', 'for them'));
    expect([people(item, 'From'), people(item, 'Sender')]).toEqual([[from], [sender]]);
  });

  it('nobody of that address: a report of what could not be delivered comes back', async () => {
    (await alice.send('to a ghost', ['ghost@example.test', 'bob@example.test'])).ok();
    await ews.settle();
    expect(await bob.subjects('inbox')).toContain('to a ghost');
    const report = await alice.item(await alice.idBySubject('inbox', 'Undeliverable: to a ghost'));
    expect([report.name, textAt(report, 'ItemClass'), textAt(report, 'Body')]).toEqual(['Message', 'REPORT.IPM.Note.NDR', expect.stringContaining('ghost@example.test')]);
  });

  it('what leaves the organization is in the outbox, and groups are expanded', async () => {
    (await alice.send('to all', ['everyone@example.test'])).ok();
    await ews.settle();
    for (const name of ['bob', 'carol', 'dave']) expect(await new EwsClient(ews, name).subjects('inbox')).toContain('to all');
    expect(ews.organization.outbox.messages().map(({ from, to: recipients }) => [from, recipients])).toEqual([['alice@example.test', ['frank@contoso.test']]]);
  });
});

it('a message that is too large is refused, made or sent', async () => {
  const small = await createEwsEmulator({ maxMessageBytes: 10_000 });
  const client = new EwsClient(small);
  const large = message(`<t:Subject>large</t:Subject><t:Body BodyType="Text">${'x'.repeat(20_000)}</t:Body>${to('bob@example.test')}`);
  const codes = [];
  for (const disposition of ['SaveOnly', 'SendOnly']) codes.push(...(await client.createItem(large, { disposition })).codes);
  await small.close();
  expect(codes).toEqual(['ErrorMessageSizeExceeded', 'ErrorMessageSizeExceeded']);
});

describe('MarkAllItemsAsRead and MarkAsJunk', () => {
  it.each([['true', '0'], ['false', '27']])('MS-OXWSCORE_R1290: ReadFlag %s leaves %s unread', async (flag, unread) => {
    (await alice.call(`<m:MarkAllItemsAsRead><m:ReadFlag>${flag}</m:ReadFlag><m:SuppressReadReceipts>true</m:SuppressReadReceipts><m:FolderIds>${folderRef('inbox')}</m:FolderIds></m:MarkAllItemsAsRead>`)).ok();
    expect((await alice.getFolder('inbox')).texts('UnreadCount')).toEqual([unread]);
  });

  it.each([
    ['MS-OXWSCORE_R1920, MS-OXWSCORE_R1851', true, true, 'inbox', 'junkemail'],
    ['MS-OXWSCORE_R1921', true, false, 'inbox', 'inbox'],
    ['MS-OXWSCORE_R1922', false, true, 'junkemail', 'inbox'],
    ['MS-OXWSCORE_R1923', false, false, 'junkemail', 'junkemail'],
  ])('%s: junk %s, move %s from %s ends in %s', async (_requirement, isJunk, moves, from, into) => {
    const id = await alice.createMessage('<t:Subject>judged</t:Subject>', from);
    const answer = (await alice.call(`<m:MarkAsJunk IsJunk="${isJunk}" MoveItem="${moves}"><m:ItemIds>${itemRef(id)}</m:ItemIds></m:MarkAsJunk>`)).ok();
    const found = [];
    for (const folder of ['inbox', 'junkemail']) if ((await alice.subjects(folder)).includes('judged')) found.push(folder);
    expect(found).toEqual([into]);
    expect(answer.all('MovedItemId').map(idOf)).toEqual(moves ? [await alice.idBySubject(into, 'judged')] : []);
  });
});
