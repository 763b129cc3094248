import { encode, serverEid, tagOf, type PropertyValue } from '@fauxchange/mapi-wire';
import { createExchange, type Exchange } from '../src/index.ts';
import { EwsUser, Phone, text, texts } from './support/both.ts';
import { Outlook, tag } from './support/outlook.ts';
import { expectValidAnswers } from './support/server.ts';

let exchange: Exchange;
let outlook: Outlook;
let alice: EwsUser;
let bob: EwsUser;
beforeAll(async () => {
  exchange = await createExchange();
});
beforeEach(async () => {
  await exchange.reset();
  [alice, bob] = [new EwsUser(exchange, 'alice'), new EwsUser(exchange, 'bob')];
  outlook = await new Outlook(exchange, 'alice').connect();
});
afterEach(() => expectValidAnswers(exchange));
afterAll(() => exchange.close());

async function addBob(message: number): Promise<void> {
  await outlook.rop('RopModifyRecipients', {
    RecipientColumns: [], RecipientRows: [{ RowId: 0, RecipientType: 1, RecipientRow: { RecipientFlags: 0x0003 | 0x8 | 0x10 | 0x200, EmailAddress: 'bob@example.test', DisplayName: 'Bob Baker', RecipientProperties: [] } }],
  }, message);
}

describe('mail', () => {
  it('made by ROPs is what EWS and ActiveSync show', async () => {
    const message = await outlook.create('inbox', [[tag.messageClass, 'IPM.Note'], [tag.subject, 'From Outlook'], [tag.body, 'Seen everywhere.'], [tag.importance, 2], [tag.flags, 1]]);
    await addBob(message);
    await outlook.save(message);
    const [id = ''] = await alice.find('inbox', 'From Outlook');
    const seen = await alice.get(id);
    expect([text(seen, 'Subject'), text(seen, 'Importance'), text(seen, 'DisplayTo'), text(seen, 'IsRead'), texts(seen, 'EmailAddress').includes('bob@example.test')]).toEqual(['From Outlook', 'High', 'Bob Baker', 'true', true]);
    expect(seen).toContain('Seen everywhere.');
    const phone = new Phone(exchange, 'alice');
    await phone.connect();
    const synced = await phone.syncAll('Inbox');
    expect(synced).toContain('From Outlook');
    expect(texts(synced, 'Importance')).toContain('2');
  });

  it('made by EWS is what ROPs read, and its changes go back', async () => {
    await bob.send('alice@example.test', 'From bob');
    const message = await outlook.open('inbox', 'From bob');
    expect(await outlook.values(message, [tag.subject, tag.senderName, tag.body, tag.hasAttachments])).toEqual(['From bob', 'Bob Baker', expect.stringContaining('Hi') as string, false]);
    await outlook.set(message, [[tag.importance, 0], [tag.subject, 'Changed by Outlook']]);
    await outlook.save(message);
    const [id = ''] = await alice.find('inbox', 'Changed by Outlook');
    expect(text(await alice.get(id), 'Importance')).toBe('Low');
    await alice.set(id, 'item:Importance', '<t:Importance>High</t:Importance>');
    expect(await outlook.values(await outlook.open('inbox', 'Changed by Outlook'), [tag.importance])).toEqual([2]);
  });

  it('submitted by ROPs arrives, and goes where the client wants what was sent', async () => {
    const [sentItems] = await outlook.values(await outlook.folder('sentitems'), [tag.entryId]);
    const message = await outlook.create('outbox', [[tag.messageClass, 'IPM.Note'], [tag.subject, 'Submitted'], [tag.body, 'Hi'], [tag.sentMailEntryId, sentItems as PropertyValue]]);
    await addBob(message);
    await outlook.rop('RopSubmitMessage', { SubmitFlags: 0 }, message);
    await exchange.settle();
    expect((await bob.find('inbox', 'Submitted')).length).toBe(1);
    expect((await alice.find('sentitems', 'Submitted')).length).toBe(1);
  });

  it('sent by EWS ends a NotificationWait, and is told by RopNotify', async () => {
    await outlook.rop('RopRegisterNotification', { NotificationTypes: 0x2, WantWholeStore: false, FolderId: outlook.folderId('inbox'), MessageId: 0n }, 0);
    const waiting = outlook.wait();
    await bob.send('alice@example.test', 'Wake up');
    expect(await waiting).toBe(1);
    await outlook.values(await outlook.folder('inbox'), [tag.displayName]);
    expect(outlook.notified).toMatchObject([{ name: 'RopNotify', body: { NotificationData: { FolderId: outlook.folderId('inbox'), MessageClass: 'IPM.Note' } } }]);
  });

  it('deleted by ROPs is gone for EWS, and the other way round', async () => {
    await bob.send('alice@example.test', 'One');
    await bob.send('alice@example.test', 'Two');
    const rows = await outlook.contents('inbox', [tag.mid, tag.subject]);
    const mid = rows.find(([, subject]) => subject === 'One')?.[0] as bigint;
    await outlook.rop('RopDeleteMessages', { WantAsynchronous: false, NotifyNonRead: false, MessageIds: [mid] }, await outlook.folder('inbox'));
    expect(await alice.find('inbox', 'One')).toEqual([]);
    const [id = ''] = await alice.find('inbox', 'Two');
    await alice.call(`<m:DeleteItem DeleteType="HardDelete"><m:ItemIds>${id}</m:ItemIds></m:DeleteItem>`);
    expect((await outlook.contents('inbox', [tag.subject])).flat()).not.toContain('Two');
  });
});

describe('rules', () => {
  const contains = (text: string) => ({ kind: 'Content', FuzzyLevelLow: 1, FuzzyLevelHigh: 1, PropertyTag: tag.subject, TaggedValue: { tag: tag.subject, value: text } });

  it('written by ModifyRules run at delivery, and GetInboxRules lists them', async () => {
    const [target] = [outlook.folderId('deleteditems')];
    const FolderEID = encode(serverEid, { FolderId: target, MessageId: 0n, Instance: 0 });
    await outlook.rop('RopModifyRules', {
      ModifyRulesFlags: 0,
      RulesData: [{ RuleDataFlags: 1, PropertyValues: [
        { tag: tagOf(0x6676, 0x3), value: 10 }, { tag: tagOf(0x6677, 0x3), value: 1 }, { tag: tagOf(0x6682, 0x1f), value: 'Junk it' }, { tag: tagOf(0x6681, 0x1f), value: 'RuleOrganizer' }, { tag: tagOf(0x6683, 0x3), value: 0 },
        { tag: tagOf(0x6679, 0xfd), value: contains('lottery') as never },
        { tag: tagOf(0x6680, 0xfe), value: [{ kind: 'Move', ActionFlavor: 0, ActionFlags: 0, FolderInThisStore: true, StoreEID: new Uint8Array(0), FolderEID }] as never },
      ] }],
    }, await outlook.folder('inbox'));
    await bob.send('alice@example.test', 'You won the lottery');
    await bob.send('alice@example.test', 'Something else');
    expect([(await alice.find('inbox', 'You won the lottery')).length, (await alice.find('deleteditems', 'You won the lottery')).length, (await alice.find('inbox', 'Something else')).length]).toEqual([0, 1, 1]);
    const listed = await alice.call('<m:GetInboxRules/>');
    expect([texts(listed, 'DisplayName'), texts(listed, 'IsEnabled')]).toEqual([['Junk it'], ['true']]);
    expect(texts(listed, 'String')).toEqual(['lottery']);
  });

  it('made by EWS are read by GetRulesTable', async () => {
    await alice.call('<m:UpdateInboxRules><m:RemoveOutlookRuleBlob>true</m:RemoveOutlookRuleBlob><m:Operations><t:CreateRuleOperation><t:Rule><t:DisplayName>By EWS</t:DisplayName><t:Priority>1</t:Priority><t:IsEnabled>true</t:IsEnabled><t:Conditions><t:ContainsSubjectStrings><t:String>parcel</t:String></t:ContainsSubjectStrings></t:Conditions><t:Exceptions/><t:Actions><t:MarkAsRead>true</t:MarkAsRead></t:Actions></t:Rule></t:CreateRuleOperation></m:Operations></m:UpdateInboxRules>');
    const { opened: table } = await outlook.rop('RopGetRulesTable', { TableFlags: 0x40 }, await outlook.folder('inbox'));
    const columns = [tagOf(0x6682, 0x1f), tagOf(0x6677, 0x3)];
    await outlook.rop('RopSetColumns', { SetColumnsFlags: 0, PropertyTags: columns }, table);
    const { body } = await outlook.rop('RopQueryRows', { QueryRowsFlags: 0, ForwardRead: true, RowCount: 10 }, table, columns);
    expect(body.RowCount).toBe(1);
    expect(Buffer.from(body.RowData).toString('utf16le', 1)).toContain('By EWS');
  });
});
