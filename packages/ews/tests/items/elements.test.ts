import { createClock } from '@fauxchange/kernel';
import { createEwsEmulator, type EwsEmulator } from '../../src/index.ts';
import { EwsClient, idOf, setField, type Id } from '../support/client.ts';
import { escapeXml, itemRef, mailbox } from '../support/soap.ts';
import { below, child, names, textAt, type XmlElement } from '../support/xml.ts';
import { forms } from '../support/forms.ts';

// The elements of ItemType, [MS-OXWSCORE] 2.2.4.24: set where they can be, else caused, and read back.
let ews: EwsEmulator;
let alice: EwsClient;
let bob: EwsClient;
beforeAll(async () => {
  ews = await createEwsEmulator({ clock: createClock({ at: Date.UTC(2026, 0, 5, 9), frozen: true }) });
  [alice, bob] = [new EwsClient(ews), new EwsClient(ews, 'bob')];
});
afterEach(() => ews.reset());
afterAll(() => ews.close());

const asked = ['item:ReminderNextTime', 'item:UniqueBody', 'item:NormalizedBody', 'item:RetentionDate', 'item:Preview', 'item:TextBody', 'item:StoreEntryId'];
const file = '<t:FileAttachment><t:Name>a.txt</t:Name><t:Content>aGVsbG8=</t:Content></t:FileAttachment>';
const inner = '<t:ItemAttachment><t:Name>inner</t:Name><t:Message><t:Subject>inner</t:Subject></t:Message></t:ItemAttachment>';

/** A generic item with everything that a client may say of it. */
const everything = `<t:ItemClass>IPM.Note.Mine</t:ItemClass><t:Subject>subject &amp; more</t:Subject><t:Sensitivity>Private</t:Sensitivity><t:Body BodyType="Text">words</t:Body><t:Attachments>${file}${inner}</t:Attachments>
<t:Categories><t:String>One</t:String><t:String>Two</t:String></t:Categories><t:Importance>High</t:Importance><t:InReplyTo>&lt;a@b.test&gt;</t:InReplyTo>
<t:ReminderDueBy>2026-02-01T08:00:00Z</t:ReminderDueBy><t:ReminderIsSet>true</t:ReminderIsSet><t:ReminderMinutesBeforeStart>15</t:ReminderMinutesBeforeStart>
<t:Culture>de-CH</t:Culture><t:Flag><t:FlagStatus>Flagged</t:FlagStatus><t:StartDate>2026-01-06T00:00:00Z</t:StartDate><t:DueDate>2026-01-07T00:00:00Z</t:DueDate></t:Flag><t:RetentionDate>2026-03-01T00:00:00Z</t:RetentionDate>`;
const created = async (): Promise<Id> => idOf((await alice.createItem(`<t:Item>${everything}</t:Item>`, { folder: 'notes' })).ok().first('ItemId'));

/** A message that Bob has from Alice, to him and Dave, with a copy to Carol and Bob's desk. */
async function received(content = '<t:Body BodyType="Text">words</t:Body>'): Promise<Id> {
  const to = ['bob@example.test', 'dave@example.test'].map(mailbox).join('');
  const cc = ['carol@example.test', 'desk@elsewhere.test'].map(mailbox).join('');
  (await alice.createItem(`<t:Message><t:Subject>from alice</t:Subject>${content}<t:ToRecipients>${to}</t:ToRecipients><t:CcRecipients>${cc}</t:CcRecipients></t:Message>`, { disposition: 'SendAndSaveCopy' })).ok();
  await ews.settle();
  return bob.idBySubject('inbox', 'from alice');
}
const base64 = (text: string): number => Buffer.from(text, 'base64').length;

describe('what was said of an item', () => {
  it.each<[string, string, RegExp, string]>([
    ['MS-OXWSCORE_R1310, MS-OXWSCORE_R72', 'ItemClass', forms.string, 'IPM.Note.Mine'],
    ['MS-OXWSCORE_R1311, MS-OXWSCORE_R73', 'Subject', forms.string, 'subject & more'],
    ['MS-OXWSCORE_R75', 'Sensitivity', /^(?:Normal|Personal|Private|Confidential)$/, 'Private'],
    ['MS-OXWSCORE_R1318, MS-OXWSCORE_R81', 'Importance', /^(?:Low|Normal|High)$/, 'High'],
    ['MS-OXWSCORE_R1319, MS-OXWSCORE_R82', 'InReplyTo', forms.string, '<a@b.test>'],
    ['MS-OXWSCORE_R1329, MS-OXWSCORE_R92', 'ReminderDueBy', forms.dateTime, '2026-02-01T08:00:00Z'],
    ['MS-OXWSCORE_R1330, MS-OXWSCORE_R1616', 'ReminderIsSet', forms.boolean, 'true'],
    ['MS-OXWSCORE_R1727, MS-OXWSCORE_R2283', 'ReminderNextTime', forms.dateTime, '2026-02-01T07:45:00Z'],
    ['MS-OXWSCORE_R1331, MS-OXWSCORE_R95', 'ReminderMinutesBeforeStart', forms.int, '15'],
    ['MS-OXWSCORE_R1337, MS-OXWSCORE_R102', 'Culture', forms.language, 'de-CH'],
    ['MS-OXWSCORE_R1353', 'RetentionDate', forms.dateTime, '2026-03-01T00:00:00Z'],
    ['MS-OXWSCORE_R1320, MS-OXWSCORE_R1607', 'IsSubmitted', forms.boolean, 'false'],
    ['MS-OXWSCORE_R1321, MS-OXWSCORE_R1608', 'IsDraft', forms.boolean, 'true'],
    ['MS-OXWSCORE_R1335, MS-OXWSCORE_R1620', 'HasAttachments', forms.boolean, 'true'],
    ['MS-OXWSCORE_R1339, MS-OXWSCORE_R2040', 'LastModifiedName', forms.string, 'Alice Archer'],
    ['MS-OXWSCORE_R1340', 'LastModifiedTime', forms.dateTime, '2026-01-05T09:00:00Z'],
    ['MS-OXWSCORE_R1327, MS-OXWSCORE_R2034', 'DateTimeCreated', forms.dateTime, '2026-01-05T09:00:00Z'],
    ['MS-OXWSCORE_R2285, MS-OXWSCORE_R1619', 'IsAssociated', forms.boolean, 'false'],
  ])('%s: %s', async (_ids, element, form, value) => {
    const told = textAt(await alice.item(await created(), 'AllProperties', asked), element);
    expect(told).toMatch(form);
    expect(told).toBe(value);
  });

  it.each<[string, string, string, readonly string[]]>([
    ['MS-OXWSCORE_R1317, MS-OXWSCORE_R80, MS-OXWSCDATA_R1541: the categories are texts', 'Categories', 'String', ['One', 'Two']],
    ['MS-OXWSCORE_R1346, MS-OXWSCORE_R1502, MS-OXWSCORE_R1042: the flag has its status', 'Flag', 'FlagStatus', ['Flagged']],
    ['MS-OXWSCORE_R1043: the flag has its start', 'Flag', 'StartDate', ['2026-01-06T00:00:00Z']],
    ['MS-OXWSCORE_R1044: the flag has its end', 'Flag', 'DueDate', ['2026-01-07T00:00:00Z']],
  ])('%s', async (_ids, element, part, values) => {
    const told = below(await alice.item(await created()), element);
    expect(told.children.filter(({ name }) => name === part).map(({ text }) => text)).toEqual(values);
    expect([['String', 'String'], ['FlagStatus', 'StartDate', 'DueDate']]).toContainEqual(names(told));
    if (part.endsWith('Date')) expect(values[0]).toMatch(forms.dateTime);
  });

  it('MS-OXWSCORE_R1045: the flag of what is complete has the time of that', async () => {
    const id = await created();
    (await alice.updateItem(id, setField('item:Flag', '<t:Flag><t:FlagStatus>Complete</t:FlagStatus><t:CompleteDate>2026-01-08T00:00:00Z</t:CompleteDate></t:Flag>', 'Item'))).ok();
    const flag = below(await alice.item(id), 'Flag');
    expect([names(flag), textAt(flag, 'CompleteDate')]).toEqual([['FlagStatus', 'CompleteDate'], '2026-01-08T00:00:00Z']);
    expect(textAt(flag, 'CompleteDate')).toMatch(forms.dateTime);
  });

  it('MS-OXWSCORE_R1314, MS-OXWSCORE_R2281, MS-OXWSCDATA_R1229, MS-OXWSCDATA_R1633, MS-OXWSCDATA_R1634: attachments are a choice of items and files, as many as there are', async () => {
    const attachments = below(await alice.item(await created()), 'Attachments');
    expect(attachments.children.map((one) => [one.name, textAt(one, 'Name')])).toEqual([['FileAttachment', 'a.txt'], ['ItemAttachment', 'inner']]);
    const [aFile, anItem] = attachments.children as [XmlElement, XmlElement];
    expect(names(aFile)).toEqual(['AttachmentId', 'Name', 'Size', 'LastModifiedTime', 'IsInline', 'IsContactPhoto']);
    expect(names(anItem)).toEqual(['AttachmentId', 'Name', 'Size', 'LastModifiedTime', 'IsInline']);
    const answer = await alice.call(`<m:GetAttachment><m:AttachmentIds>${attachments.children.map((one) => `<t:AttachmentId Id="${idOf(below(one, 'AttachmentId')).id}"/>`).join('')}</m:AttachmentIds></m:GetAttachment>`);
    expect([answer.ok().texts('Content'), answer.texts('Subject')]).toEqual([['aGVsbG8='], ['inner']]);
  });

  it('MS-OXWSCORE_R100, MS-OXWSCORE_R1621: without attachments HasAttachments is false, with one it is true', async () => {
    const told = async (content: string): Promise<string | undefined> => textAt(await alice.item(await alice.createMessage(content)), 'HasAttachments');
    expect([await told('<t:Subject>none</t:Subject>'), await told(`<t:Attachments>${file}</t:Attachments>`)]).toEqual(['false', 'true']);
  });

  it('MS-OXWSCORE_R94, MS-OXWSCORE_R1617: without a reminder ReminderIsSet is false, with one it is true', async () => {
    expect([textAt(await alice.item(await alice.createMessage()), 'ReminderIsSet'), textAt(await alice.item(await created()), 'ReminderIsSet')]).toEqual(['false', 'true']);
  });

  it('MS-OXWSCORE_R1316, MS-OXWSCORE_R79, MS-OXWSCORE_R2028: the size is in bytes', async () => {
    const size = async (body: string): Promise<number> => {
      const told = textAt(await alice.item(await alice.createMessage(`<t:Body BodyType="Text">${body}</t:Body>`)), 'Size') ?? '';
      expect(told).toMatch(forms.int);
      return Number(told);
    };
    expect((await size('x'.repeat(6000))) - (await size('x'.repeat(1000)))).toBeGreaterThanOrEqual(5000);
  });

  it.each([[255, 255], [256, 255], [4000, 255]])('MS-OXWSCORE_R74: of a subject of %d characters %d are kept', async (given, kept) => {
    const subject = textAt(await alice.item(await alice.createMessage(`<t:Subject>${'s'.repeat(given)}</t:Subject>`)), 'Subject') ?? '';
    expect([subject.length, subject.endsWith('...')]).toEqual([kept, given > kept]);
  });

  it('MS-OXWSCORE_R106, MS-OXWSCORE_R1618: an item that goes with the folder says so', async () => {
    const id = await alice.createMessage('<t:ItemClass>IPM.Configuration.Mine</t:ItemClass><t:IsAssociated>true</t:IsAssociated>');
    expect(textAt(await alice.item(id), 'IsAssociated')).toBe('true');
    expect((await alice.findItem('inbox', { attributes: 'Traversal="Associated"' })).ok().all('ItemId').map((one) => idOf(one).id)).toEqual([id.id]);
    expect((await alice.findItem('inbox')).ok().all('ItemId').map((one) => idOf(one).id)).not.toContain(id.id);
  });

  it('StoreEntryId is not the client\'s to say: at creation it is ignored, in an update refused', async () => {
    const item = await alice.item(await alice.createMessage('<t:StoreEntryId>AQIDBAU=</t:StoreEntryId>'), 'IdOnly', asked);
    expect(base64(textAt(item, 'StoreEntryId') ?? '')).toBe(70);
    expect((await alice.updateItem(idOf(below(item, 'ItemId')), setField('item:StoreEntryId', '<t:StoreEntryId>AQIDBAU=</t:StoreEntryId>'))).codes).toEqual(['ErrorInvalidPropertySet']);
  });
});

describe('ids', () => {
  it('MS-OXWSCORE_R1308, MS-OXWSCORE_R70, MS-OXWSCORE_R2015, MS-OXWSCORE_R1385, MS-OXWSCORE_R156, MS-OXWSCORE_R1386, MS-OXWSCORE_R158: ItemId is the item\'s own, with the change key of now', async () => {
    const [one, other] = [await created(), await created()];
    const { attributes, children } = below(await alice.item(one), 'ItemId');
    expect([attributes, children]).toEqual([{ Id: one.id, ChangeKey: one.changeKey }, []]);
    expect(other.id).not.toBe(one.id);
    const changed = idOf((await alice.updateItem(one, setField('item:Subject', '<t:Subject>x</t:Subject>', 'Item'))).ok().first('ItemId'));
    expect([changed.id, changed.changeKey === one.changeKey]).toEqual([one.id, false]);
    expect(idOf(below(await alice.item(one), 'ItemId'))).toEqual(changed);
  });

  it('MS-OXWSCORE_R153: ItemId stands wherever a base item id does, beside the other kinds', async () => {
    const series = '<t:CalendarItem><t:Subject>daily</t:Subject><t:Start>2026-02-02T10:00:00Z</t:Start><t:End>2026-02-02T10:30:00Z</t:End><t:Recurrence><t:DailyRecurrence><t:Interval>1</t:Interval></t:DailyRecurrence><t:NumberedRecurrence><t:StartDate>2026-02-02Z</t:StartDate><t:NumberOfOccurrences>3</t:NumberOfOccurrences></t:NumberedRecurrence></t:Recurrence></t:CalendarItem>';
    const master = idOf((await alice.call(`<m:CreateItem SendMeetingInvitations="SendToNone"><m:Items>${series}</m:Items></m:CreateItem>`)).ok().first('ItemId'));
    const ids = `${itemRef(master)}<t:OccurrenceItemId RecurringMasterId="${master.id}" InstanceIndex="2"/>`;
    const answer = await alice.call(`<m:GetItem><m:ItemShape><t:BaseShape>Default</t:BaseShape></m:ItemShape><m:ItemIds>${ids}</m:ItemIds></m:GetItem>`);
    expect(answer.ok().texts('Start')).toEqual(['2026-02-02T10:00:00Z', '2026-02-03T10:00:00Z']);
  });

  it('MS-OXWSCORE_R1309, MS-OXWSCORE_R71, MS-OXWSCDATA_R1628, MS-OXWSCDATA_R1629: ParentFolderId is the id of the folder', async () => {
    const { attributes, children } = below(await alice.item(await created()), 'ParentFolderId');
    expect([Object.keys(attributes), children]).toEqual([['Id', 'ChangeKey'], []]);
    expect([attributes['Id'], attributes['ChangeKey']]).toEqual([(await alice.folderId('notes')).id, expect.stringMatching(forms.base64)]);
  });

  it('MS-OXWSCORE_R1344, MS-OXWSCORE_R2288: messages of a conversation have its id', async () => {
    const conversation = async (id: Id): Promise<Readonly<Record<string, string>>> => below(await bob.item(id), 'ConversationId').attributes;
    const first = await received();
    const answer = idOf((await bob.createItem(`<t:ReplyToItem><t:ReferenceItemId Id="${first.id}" ChangeKey="${first.changeKey}"/></t:ReplyToItem>`)).ok().first('ItemId'));
    const own = await conversation(first);
    expect(Object.keys(own)).toEqual(['Id']);
    expect(await conversation(answer)).toEqual(own);
    expect(await conversation(await bob.createMessage('<t:Subject>another</t:Subject>'))).not.toEqual(own);
  });

  it('MS-OXWSCORE_R1348, MS-OXWSCORE_R2047: InstanceKey is binary, of each item its own', async () => {
    const keys = [];
    for (const id of [await created(), await created()]) keys.push(textAt(await alice.item(id), 'InstanceKey') ?? '');
    for (const key of keys) expect(key).toMatch(forms.base64);
    expect([keys.map((key) => base64(key) > 0), new Set(keys).size]).toEqual([[true, true], 2]);
  });

  it('MS-OXWSCORE_R1342, MS-OXWSCORE_R2338: the query string for reading in a browser names the item', async () => {
    const id = await created();
    const query = textAt(await alice.item(id), 'WebClientReadFormQueryString') ?? '';
    expect(new URLSearchParams(query).get('ItemID')).toBe(id.id);
  });
});

describe('what came', () => {
  it.each<[string, string, RegExp, string]>([
    ['MS-OXWSCORE_R1315, MS-OXWSCORE_R2026', 'DateTimeReceived', forms.dateTime, '2026-01-05T09:00:00Z'],
    ['MS-OXWSCORE_R1326, MS-OXWSCORE_R2032', 'DateTimeSent', forms.dateTime, '2026-01-05T09:00:00Z'],
    ['MS-OXWSCORE_R1333, MS-OXWSCORE_R96, MS-OXWSCORE_R97', 'DisplayCc', forms.string, 'Carol Chaudhry; desk@elsewhere.test'],
    ['MS-OXWSCORE_R1334, MS-OXWSCORE_R98, MS-OXWSCORE_R99, MS-OXWSCORE_R2036', 'DisplayTo', forms.string, 'Bob Baker; Dave Dürrenmatt'],
    ['MS-OXWSCORE_R1609', 'IsDraft', forms.boolean, 'false'],
    ['MS-OXWSCORE_R1322, MS-OXWSCORE_R1611', 'IsFromMe', forms.boolean, 'false'],
    ['MS-OXWSCORE_R1323, MS-OXWSCORE_R1613', 'IsResend', forms.boolean, 'false'],
    ['MS-OXWSCORE_R1324, MS-OXWSCORE_R1614', 'IsUnmodified', forms.boolean, 'true'],
  ])('%s: %s', async (_ids, element, form, value) => {
    const told = textAt(await bob.item(await received()), element);
    expect(told).toMatch(form);
    expect(told).toBe(value);
  });

  it('MS-OXWSCORE_R84: IsDraft is true of what was saved and false of what was sent', async () => {
    expect([textAt(await alice.item(await created()), 'IsDraft'), textAt(await bob.item(await received()), 'IsDraft')]).toEqual(['true', 'false']);
  });

  it('MS-OXWSCORE_R85: IsFromMe is true of what one sent to oneself', async () => {
    (await alice.send('note to me', ['alice@example.test', 'bob@example.test'])).ok();
    await ews.settle();
    const told = async (client: EwsClient): Promise<string | undefined> => textAt(await client.item(await client.idBySubject('inbox', 'note to me')), 'IsFromMe');
    expect([await told(alice), await told(bob)]).toEqual(['true', 'false']);
  });

  it('MS-OXWSCORE_R86: IsResend is true of what says that it is sent again', async () => {
    const flags = (value: number): string => `<t:ExtendedProperty><t:ExtendedFieldURI PropertyTag="0xe07" PropertyType="Integer"/><t:Value>${value}</t:Value></t:ExtendedProperty>`;
    const told = async (value: number): Promise<string | undefined> => textAt(await alice.item(await alice.createMessage(flags(value))), 'IsResend');
    expect([await told(0x88), await told(0x08)]).toEqual(['true', 'false']);
  });

  it('MS-OXWSCORE_R87, MS-OXWSCORE_R1615: IsUnmodified is false of what was changed', async () => {
    const id = await received();
    const told = async (): Promise<string | undefined> => textAt(await bob.item(id), 'IsUnmodified');
    expect(await told()).toBe('true');
    (await bob.updateItem(id, setField('item:Categories', '<t:Categories><t:String>x</t:String></t:Categories>'))).ok();
    expect(await told()).toBe('false');
  });

  it('MS-OXWSCORE_R1325, MS-OXWSCORE_R88, MS-OXWSCORE_R20301, MS-OXWSCORE_R122, MS-OXWSCORE_R1367, MS-OXWSCORE_R124, MS-OXWSCDATA_R1674: the headers, each by name, as many as there are', async () => {
    const headers = child(await bob.item(await received()), 'InternetMessageHeaders')?.children ?? [];
    expect(headers.length).toBeGreaterThan(3);
    for (const { name, attributes, text, children } of headers) expect([name, Object.keys(attributes), children, text.length > 0]).toEqual(['InternetMessageHeader', ['HeaderName'], [], true]);
    const told = (wanted: string): string | undefined => headers.find(({ attributes }) => attributes['HeaderName'] === wanted)?.text;
    expect([told('Subject'), told('From'), told('To')]).toEqual(['from alice', expect.stringContaining('<alice@example.test>'), expect.stringContaining('<bob@example.test>')]);
  });
});

describe('when, and by whom', () => {
  const start = Date.UTC(2026, 0, 5, 9);
  afterEach(() => ews.clock.set(start));
  const times = (item: XmlElement, ...elements: string[]): (string | undefined)[] => elements.map((name) => textAt(item, name));
  const at = (hour: number): string => `2026-01-05T${String(hour).padStart(2, '0')}:00:00Z`;

  it('MS-OXWSCORE_R90, MS-OXWSCORE_R105: an item that is changed keeps when it was created and tells when it was last modified', async () => {
    const id = await created();
    await ews.clock.set(start + 3_600_000);
    (await alice.updateItem(id, setField('item:Subject', '<t:Subject>x</t:Subject>', 'Item'))).ok();
    await ews.clock.set(start + 7_200_000);
    expect(times(await alice.item(id), 'DateTimeCreated', 'LastModifiedTime')).toEqual([at(9), at(10)]);
  });

  it('MS-OXWSCORE_R89, MS-OXWSCORE_R78: a draft that is sent later tells when it was sent, and when received', async () => {
    const draft = await alice.createMessage(`<t:Subject>later</t:Subject><t:ToRecipients>${mailbox('bob@example.test')}</t:ToRecipients>`, 'drafts');
    await ews.clock.set(start + 3_600_000);
    (await alice.call(`<m:SendItem SaveItemToFolder="true"><m:ItemIds>${itemRef(draft)}</m:ItemIds></m:SendItem>`)).ok();
    await ews.settle();
    await ews.clock.set(start + 7_200_000);
    const got = await bob.idBySubject('inbox', 'later');
    (await bob.updateItem(got, setField('item:Categories', '<t:Categories><t:String>x</t:String></t:Categories>'))).ok();
    expect(times(await bob.item(got), 'DateTimeSent', 'DateTimeReceived', 'LastModifiedTime')).toEqual([at(10), at(10), at(11)]);
  });

  it('MS-OXWSCORE_R104: LastModifiedName is who did it, not whose mailbox it is', async () => {
    const id = await bob.createMessage('<t:Subject>x</t:Subject>', 'inbox/support@example.test');
    expect(textAt(await bob.item(id), 'LastModifiedName')).toBe('Bob Baker');
  });
});

describe('bodies', () => {
  const html = '<html><body><p>Hello &amp; <b>welcome</b></p></body></html>';
  const withBody = (type: string): Promise<Id> => alice.createMessage(`<t:Body BodyType="${type}">${type === 'HTML' ? escapeXml(html) : 'Hello &amp; welcome'}</t:Body>`);
  const bodyIn = async (element: string, type: string): Promise<[Readonly<Record<string, string>>, string]> => {
    const { attributes, text, children } = below(await alice.item(await withBody(type), 'AllProperties', asked), element);
    expect(children).toEqual([]);
    return [attributes, text.trim()];
  };

  it.each([
    ['MS-OXWSCORE_R76, MS-OXWSCORE_R1679, MS-OXWSCDATA_R1665, MS-OXWSCDATA_R1097', 'Body', 'HTML'],
    ['MS-OXWSCORE_R1680', 'Body', 'Text'],
    ['MS-OXWSCORE_R1345, MS-OXWSCORE_R1681', 'UniqueBody', 'HTML'],
    ['MS-OXWSCORE_R1682', 'UniqueBody', 'Text'],
    ['MS-OXWSCORE_R1349', 'NormalizedBody', 'HTML'],
    ['MS-OXWSCORE_R1683', 'NormalizedBody', 'Text'],
  ])('%s: %s as %s', async (_ids, element, type) => {
    const [attributes, text] = await bodyIn(element, type);
    expect([attributes, text]).toEqual([{ BodyType: type, IsTruncated: 'false' }, type === 'HTML' ? html : 'Hello & welcome']);
  });

  it.each(['HTML', 'Text'])('MS-OXWSCORE_R1731, MS-OXWSCORE_R2061: TextBody of a body as %s is text', async (type) => {
    expect(await bodyIn('TextBody', type)).toEqual([{ BodyType: 'Text' }, 'Hello & welcome']);
  });

  it('MS-OXWSCORE_R2290: UniqueBody of an answer is the answer without what it answers', async () => {
    const id = await received();
    const answer = idOf((await bob.createItem(`<t:ReplyToItem><t:ReferenceItemId Id="${id.id}" ChangeKey="${id.changeKey}"/><t:NewBodyContent BodyType="Text">news</t:NewBodyContent></t:ReplyToItem>`)).ok().first('ItemId'));
    const item = await bob.item(answer, 'IdOnly', ['item:Body', 'item:UniqueBody']);
    expect([textAt(item, 'Body'), textAt(item, 'UniqueBody')?.trim()]).toEqual([expect.stringMatching(/news[\s\S]*words/), 'news']);
  });

  it('MS-OXWSCORE_R2051: Preview is how the text begins, in one line', async () => {
    const id = await alice.createMessage(`<t:Body BodyType="Text">${'seven\nwords '.repeat(40)}</t:Body>`);
    const preview = textAt(await alice.item(id, 'IdOnly', asked), 'Preview') ?? '';
    expect('seven words '.repeat(40).startsWith(preview)).toBe(true);
    expect(preview.length).toBeGreaterThanOrEqual(250);
  });
});
