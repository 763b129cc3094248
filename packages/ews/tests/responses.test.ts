import { createClock } from '@fauxchange/kernel';
import fc from 'fast-check';
import { createEwsEmulator, type EwsEmulator } from '../src/index.ts';
import { EwsClient, idOf, setField, type Id } from './support/client.ts';
import { escapeXml, folderRef, itemRef, mailbox } from './support/soap.ts';
import { allBelow, below, child, names, textAt, type XmlElement } from './support/xml.ts';

let ews: EwsEmulator;
let alice: EwsClient;
let bob: EwsClient;
let carol: EwsClient;
beforeAll(async () => {
  ews = await createEwsEmulator({ clock: createClock({ at: Date.UTC(2026, 0, 5, 9), frozen: true }) });
  [alice, bob, carol] = [new EwsClient(ews), new EwsClient(ews, 'bob'), new EwsClient(ews, 'carol')];
  await alice.folderId('inbox');
}, 60_000);
afterEach(() => ews.reset());
afterAll(() => ews.close());

const people = (...addresses: string[]): string => addresses.map(mailbox).join('');
const addresses = (item: XmlElement, element: string): string[] => (child(item, element) ? allBelow(below(item, element), 'EmailAddress').map(({ text }) => text) : []);
const texts = (item: XmlElement, ...elements: string[]): (string | undefined)[] => elements.map((name) => textAt(item, name));
const verb = '<t:ExtendedFieldURI PropertyTag="0x1081" PropertyType="Integer"/>';
const verbTime = '<t:ExtendedFieldURI PropertyTag="0x1082" PropertyType="SystemTime"/>';
const icon = '<t:ExtendedFieldURI PropertyTag="0x1080" PropertyType="Integer"/>';
const extended = (item: XmlElement): string[] => allBelow(item, 'Value').map(({ text }) => text);

/** Bob writes to Alice and others; the id is that of Alice's copy. */
async function received(more = '', body = '<t:Body BodyType="Text">old words</t:Body>', attachments = ''): Promise<Id> {
  const message = `<t:Message><t:Subject>Plan</t:Subject>${body}${attachments}<t:ToRecipients>${people('alice@example.test', 'dave@example.test')}</t:ToRecipients><t:CcRecipients>${people('carol@example.test', 'x@elsewhere.test')}</t:CcRecipients>${more}</t:Message>`;
  (await bob.createItem(message, { disposition: 'SendAndSaveCopy' })).ok();
  await ews.settle();
  return alice.idBySubject('inbox', 'Plan');
}
const response = (kind: string, id: Id, content = '<t:NewBodyContent BodyType="Text">new words</t:NewBodyContent>', before = ''): string => `<t:${kind}>${before}<t:ReferenceItemId Id="${id.id}"${id.changeKey ? ` ChangeKey="${id.changeKey}"` : ''}/>${content}</t:${kind}>`;
const saved = async (kind: string, id: Id, content?: string, before?: string): Promise<XmlElement> => alice.item(idOf((await alice.createItem(response(kind, id, content, before))).ok().first('ItemId')));

describe('recipients and subjects', () => {
  it.each<[string, string, string, string[], string[]]>([
    ['ReplyToItem', 'RE: Plan', '', ['bob@example.test'], []],
    ['ReplyAllToItem', 'RE: Plan', '', ['bob@example.test', 'dave@example.test'], ['carol@example.test', 'x@elsewhere.test']],
    ['ForwardItem', 'FW: Plan', '', [], []],
    ['ForwardItem', 'FW: Plan', `<t:ToRecipients>${people('carol@example.test')}</t:ToRecipients>`, ['carol@example.test'], []],
    ['ReplyToItem', 'RE: Plan', `<t:ToRecipients>${people('carol@example.test')}</t:ToRecipients>`, ['carol@example.test'], []],
    ['ReplyToItem', 'Mine', '<t:Subject>Mine</t:Subject>', ['bob@example.test'], []],
  ])('%s: "%s" %s', async (kind, subject, before, to, cc) => {
    const item = await saved(kind, await received(), undefined, before);
    expect([item.name, ...texts(item, 'Subject', 'IsDraft', 'ConversationTopic'), addresses(item, 'ToRecipients'), addresses(item, 'CcRecipients')]).toEqual(['Message', subject, 'true', 'Plan', to, cc]);
    expect(idOf(below(item, 'ParentFolderId')).id).toBe((await alice.folderId('drafts')).id);
  });

  it('goes to the addresses for replies; a prefix is not repeated', async () => {
    const id = await received(`<t:ReplyTo>${people('desk@elsewhere.test')}</t:ReplyTo>`);
    const first = await saved('ReplyToItem', id);
    expect(addresses(first, 'ToRecipients')).toEqual(['desk@elsewhere.test']);
    (await alice.createItem(response('ReplyToItem', id, undefined, `<t:ToRecipients>${people('bob@example.test')}</t:ToRecipients>`), { disposition: 'SendAndSaveCopy' })).ok();
    await ews.settle();
    const back = idOf((await bob.createItem(response('ReplyToItem', await bob.idBySubject('inbox', 'RE: Plan')))).ok().first('ItemId'));
    expect(texts(await bob.item(back), 'Subject')).toEqual(['RE: Plan']);
  });

  it('whoever answers their own message to themselves is written to', async () => {
    (await alice.send('Note', ['alice@example.test'])).ok();
    await ews.settle();
    expect(addresses(await saved('ReplyAllToItem', await alice.idBySubject('inbox', 'Note')), 'ToRecipients')).toEqual(['alice@example.test']);
  });
});

describe('conversation', () => {
  it('an answer is of the conversation, one level down, and refers to the message', async () => {
    const original = await alice.item(await received());
    const item = await saved('ReplyToItem', idOf(below(original, 'ItemId')));
    const id = textAt(original, 'InternetMessageId');
    expect(texts(item, 'InReplyTo', 'References')).toEqual([id, id]);
    const [parent, index] = [original, item].map((one) => Buffer.from(textAt(one, 'ConversationIndex') as string, 'base64')) as [Buffer, Buffer];
    expect([index.length - parent.length, index.subarray(0, parent.length).equals(parent)]).toEqual([5, true]);
    expect(below(item, 'ConversationId').attributes['Id']).toBe(below(original, 'ConversationId').attributes['Id']);
  });

  it('an answer to an answer has the references of both', async () => {
    const id = await received();
    (await alice.createItem(response('ReplyToItem', id), { disposition: 'SendAndSaveCopy' })).ok();
    await ews.settle();
    const first = await bob.item(await bob.idBySubject('inbox', 'RE: Plan'));
    const second = await bob.item(idOf((await bob.createItem(response('ReplyToItem', idOf(below(first, 'ItemId'))))).ok().first('ItemId')));
    expect(textAt(second, 'References')).toBe(`${textAt(first, 'References')} ${textAt(first, 'InternetMessageId')}`);
    expect(Buffer.from(textAt(second, 'ConversationIndex') as string, 'base64')).toHaveLength(32);
  });
});

describe('body', () => {
  const header = ['From: Bob Baker [bob@example.test]', 'Sent: Monday, January 5, 2026 9:00 AM', 'To: Alice Archer; Dave Dunn', 'Cc: Carol Clark; x@elsewhere.test', 'Subject: Plan'];
  it('text: new words, a header block, the original', async () => {
    const item = await saved('ReplyToItem', await received());
    const { attributes, text } = below(item, 'Body');
    const lines = text.split(/\r?\n/);
    expect([attributes['BodyType'], lines[0], lines[2]]).toEqual(['Text', 'new words', '_'.repeat(40)]);
    expect(lines.slice(3, 8).map((line) => line.replace(/^(To|Cc): .*/, '$1'))).toEqual(header.map((line) => line.replace(/^(To|Cc): .*/, '$1')));
    expect(text).toMatch(/old words\s*$/);
  });

  it('HTML: what is new comes first in the body, the style of the original stays', async () => {
    const id = await received('', '<t:Body BodyType="HTML">&lt;html&gt;&lt;head&gt;&lt;style&gt;p{color:red}&lt;/style&gt;&lt;/head&gt;&lt;body bgcolor="white"&gt;&lt;p&gt;old &amp;lt;words&amp;gt;&lt;/p&gt;&lt;/body&gt;&lt;/html&gt;</t:Body>');
    const item = await saved('ForwardItem', id, '<t:NewBodyContent BodyType="HTML">&lt;p&gt;new words&lt;/p&gt;</t:NewBodyContent>');
    const { text } = below(item, 'Body');
    expect(text).toMatch(/<style>p\{color:red\}<\/style>[\s\S]*<body bgcolor="white">\s*<p>new words<\/p>[\s\S]*<b>From:<\/b> Bob Baker &lt;bob@example\.test&gt;[\s\S]*<p>old &lt;words&gt;<\/p>/);
    expect(text.match(/<body/g)).toHaveLength(1);
  });

  it('without new words the original is quoted in its own form; Body replaces all', async () => {
    const id = await received();
    expect(below(await saved('ReplyToItem', id, ''), 'Body').text).toContain('old words');
    expect(below(await saved('ReplyToItem', id, '', '<t:Body BodyType="Text">only this</t:Body>'), 'Body').text.trim()).toBe('only this');
  });

  it.each([['Text', 'new words'], ['HTML', '<html><body><p>new <b>words</b></p></body></html>']])('UniqueBody of %s has what is new', async (type, expected) => {
    const words = type === 'Text' ? 'new words' : '&lt;p&gt;new &lt;b&gt;words&lt;/b&gt;&lt;/p&gt;';
    const item = await saved('ReplyToItem', await received(), `<t:NewBodyContent BodyType="${type}">${words}</t:NewBodyContent>`);
    const shown = await alice.item(idOf(below(item, 'ItemId')), 'IdOnly', ['item:UniqueBody']);
    expect(below(shown, 'UniqueBody').text).toBe(expected);
  });

  it.each([
    ['Text', 'mine\r\n-----Original Message-----\r\nFrom: x', 'mine'], ['Text', 'mine\r\n\r\nOn Monday, Bob wrote:\r\n&gt; old', 'mine'], ['Text', 'mine\r\nall of it', 'mine\r\nall of it'],
    ['HTML', '&lt;div&gt;mine&lt;div class="gmail_quote"&gt;old&lt;/div&gt;&lt;/div&gt;', '<html><body><div>mine</div></body></html>'], ['HTML', '&lt;p&gt;mine&lt;br&gt;&lt;/p&gt;&lt;blockquote type="cite"&gt;old&lt;/blockquote&gt;', '<html><body><p>mine<br></p></body></html>'],
  ])('UniqueBody knows how other programs quote: %s %j', async (type, body, expected) => {
    const id = await alice.createMessage(`<t:Body BodyType="${type}">${body}</t:Body>`);
    expect(below(await alice.item(id, 'IdOnly', ['item:UniqueBody']), 'UniqueBody').text.replaceAll(/\r?\n/g, '\r\n')).toBe(expected);
  });
});

describe('attachments', () => {
  const attachments = '<t:Attachments><t:FileAttachment><t:Name>list.txt</t:Name><t:Content>AAAA</t:Content></t:FileAttachment><t:FileAttachment><t:Name>mast.png</t:Name><t:ContentType>image/png</t:ContentType><t:ContentId>mast@x</t:ContentId><t:IsInline>true</t:IsInline><t:Content>AAAA</t:Content></t:FileAttachment></t:Attachments>';
  it.each([['ForwardItem', ['list.txt', 'mast.png']], ['ReplyToItem', ['mast.png']]])('%s keeps %j', async (kind, expected) => {
    const id = await received('', '<t:Body BodyType="HTML">&lt;img src="cid:mast@x"&gt;</t:Body>', attachments);
    const item = await saved(kind, id, '<t:NewBodyContent BodyType="HTML">see</t:NewBodyContent>');
    expect(child(item, 'Attachments')?.children.map((one) => textAt(one, 'Name'))).toEqual(expected);
  });

  it('what is no mail is forwarded as an attachment', async () => {
    const task = idOf((await alice.createItem('<t:Task><t:Subject>Paint</t:Subject></t:Task>', { disposition: null })).ok().first('ItemId'));
    const item = await saved('ForwardItem', task);
    expect([textAt(item, 'Subject'), below(item, 'Attachments').children.map((one) => [one.name, textAt(one, 'Name')])]).toEqual(['FW: Paint', [['ItemAttachment', 'Paint']]]);
  });
});

describe('sending', () => {
  it.each([['ReplyToItem', '102', '261'], ['ReplyAllToItem', '103', '261'], ['ForwardItem', '104', '262']])('%s leaves its mark on the original: %s', async (kind, code, index) => {
    const id = await received();
    const before = kind === 'ForwardItem' ? `<t:ToRecipients>${people('carol@example.test')}</t:ToRecipients>` : '';
    const answer = (await alice.createItem(response(kind, id, undefined, before), { disposition: 'SendAndSaveCopy' })).ok();
    expect(answer.first('Items').children).toEqual([]);
    await ews.settle();
    const original = await alice.item({ id: id.id } as Id, 'IdOnly', ['item:IconIndex', verb, verbTime, icon]);
    expect([extended(original), textAt(original, 'IconIndex')]).toEqual([[code, '2026-01-05T09:00:00Z', index], kind === 'ForwardItem' ? 'MailForwarded' : 'MailReplied']);
    const [reader, subject] = kind === 'ForwardItem' ? [carol, 'FW: Plan'] : [bob, 'RE: Plan'];
    expect([await reader.subjects('inbox'), await alice.subjects('sentitems')]).toEqual([expect.arrayContaining([subject]), expect.arrayContaining([subject])]);
  });

  it('a draft marks the original once it is sent, and nobody sees how', async () => {
    const id = await received();
    const draft = idOf((await alice.createItem(response('ReplyToItem', id))).ok().first('ItemId'));
    expect(extended(await alice.item({ id: id.id } as Id, 'IdOnly', [verb]))).toEqual([]);
    (await alice.call(`<m:SendItem SaveItemToFolder="true"><m:ItemIds>${itemRef(draft)}</m:ItemIds></m:SendItem>`)).ok();
    await ews.settle();
    expect(extended(await alice.item({ id: id.id } as Id, 'IdOnly', [verb]))).toEqual(['102']);
    const status = '<t:ExtendedFieldURI DistinguishedPropertySetId="PublicStrings" PropertyName="ReplyForwardStatus" PropertyType="String"/>';
    expect(extended(await bob.item(await bob.idBySubject('inbox', 'RE: Plan'), 'IdOnly', [status]))).toEqual([]);
  });

  it('refuses what cannot be answered', async () => {
    const id = await received();
    const codes = async (item: string, disposition: string | null = 'SaveOnly'): Promise<string[]> => (await alice.createItem(item, { disposition })).codes;
    expect(await codes(response('ForwardItem', id), 'SendOnly')).toEqual(['ErrorInvalidRecipients']);
    expect(await codes(response('ReplyToItem', id), null)).toEqual(['ErrorMessageDispositionRequired']);
    expect(await codes('<t:ReplyToItem><t:NewBodyContent BodyType="Text">x</t:NewBodyContent></t:ReplyToItem>')).toEqual(['ErrorMissingInformationReferenceItemId']);
    expect(await codes(response('ReplyToItem', await alice.createMessage()))).toEqual(['ErrorInvalidReferenceItem']);
    (await alice.updateItem(id, setField('message:IsRead', '<t:IsRead>true</t:IsRead>'))).ok();
    expect(await codes(response('ReplyToItem', id))).toEqual(['ErrorStaleObject']);
    (await alice.deleteItem(id)).ok();
    expect(await codes(response('ReplyToItem', id))).toEqual(['ErrorItemNotFound']);
  });
});

describe('posts', () => {
  it('a post is answered by a post in its folder', async () => {
    const folder = await alice.createFolder('Board');
    const post = idOf((await alice.createItem('<t:PostItem><t:Subject>Boats</t:Subject><t:Body BodyType="Text">two</t:Body></t:PostItem>', { folder: folder.id, disposition: null })).ok().first('ItemId'));
    const item = await alice.item(idOf((await alice.createItem(response('PostReplyItem', post), { disposition: null })).ok().first('ItemId')));
    expect([item.name, ...texts(item, 'Subject', 'ConversationTopic'), idOf(below(item, 'ParentFolderId')).id, below(item, 'Body').text.trim()]).toEqual(['PostItem', 'RE: Boats', 'Boats', folder.id, 'new words\r\n\r\ntwo']);
    expect(textAt(item, 'PostedTime')).toBe('2026-01-05T09:00:00Z');
    expect((await alice.createItem('<t:PostItem><t:Subject>x</t:Subject></t:PostItem>', { folder: 'contacts', disposition: null })).codes).toEqual(['ErrorCannotCreatePostItemInNonMailFolder']);
  });
});

describe('notes, journal and classes that nobody knows', () => {
  it.each([['IPM.StickyNote', 'notes', 'Message'], ['IPM.Activity', 'journal', 'Item'], ['IPM.Something.Else', 'inbox', 'Item']])('%s in %s is shown as %s', async (itemClass, folder, kind) => {
    const id = idOf((await alice.createItem(`<t:Item><t:ItemClass>${itemClass}</t:ItemClass><t:Subject>s</t:Subject><t:Body BodyType="Text">b</t:Body></t:Item>`, { folder, disposition: null })).ok().first('ItemId'));
    const item = await alice.item(id);
    expect([item.name, ...texts(item, 'ItemClass', 'Subject', 'Body')]).toEqual([kind, itemClass, 's', 'b']);
    expect((await alice.findItem(folder)).ok().first('Items').children.map(({ name }) => name)).toContain(kind);
  });
});

describe('receipts', () => {
  const asking = '<t:IsReadReceiptRequested>true</t:IsReadReceiptRequested>';
  const read = (id: Id, suppress?: boolean) => alice.call(`<m:UpdateItem ConflictResolution="AlwaysOverwrite" MessageDisposition="SaveOnly"${suppress === undefined ? '' : ` SuppressReadReceipts="${suppress}"`}><m:ItemChanges><t:ItemChange>${itemRef(id)}<t:Updates>${setField('message:IsRead', '<t:IsRead>true</t:IsRead>')}</t:Updates></t:ItemChange></m:ItemChanges></m:UpdateItem>`);
  /** What bob has heard of his message. */
  const heard = async (): Promise<string[]> => {
    await ews.settle();
    return (await bob.subjects('inbox')).filter((subject) => /^(Read|Not read|Delivered): Plan$/.test(subject));
  };

  it('who asks for it hears once that the message was read', async () => {
    const id = await received(asking);
    expect(names(below(await alice.item(id), 'ResponseObjects'))).toContain('SuppressReadReceipt');
    (await read(id)).ok();
    expect(await heard()).toEqual(['Read: Plan']);
    const report = await bob.item(await bob.idBySubject('inbox', 'Read: Plan'));
    expect([report.name, textAt(report, 'ItemClass'), addresses(report, 'From')]).toEqual(['Message', 'REPORT.IPM.Note.IPNRN', ['alice@example.test']]);
    expect(below(report, 'Body').text).toMatch(/Subject: Plan[\s\S]*was read on Monday, January 5, 2026 9:00 AM/);
    (await alice.updateItem({ id: id.id } as Id, setField('message:IsRead', '<t:IsRead>false</t:IsRead>'))).ok();
    (await read({ id: id.id } as Id)).ok();
    expect(await heard()).toHaveLength(1);
    expect(textAt(await alice.item({ id: id.id } as Id), 'IsReadReceiptRequested')).toBe('true');
  });

  it.each<[string, (id: Id) => Promise<unknown>]>([
    ['reading with SuppressReadReceipts', (id) => read(id, true)],
    ['MS-OXWSMSG: SuppressReadReceipt before reading', async (id) => {
      (await alice.createItem(`<t:SuppressReadReceipt><t:ReferenceItemId Id="${id.id}" ChangeKey="${id.changeKey}"/></t:SuppressReadReceipt>`, { disposition: null })).ok();
      expect((await alice.createItem(`<t:SuppressReadReceipt><t:ReferenceItemId Id="${id.id}"/></t:SuppressReadReceipt>`, { disposition: null })).codes).toEqual(['ErrorReadReceiptNotPending']);
      return read({ id: id.id } as Id);
    }],
  ])('nobody hears of %s', async (_what, act) => {
    await act(await received(asking));
    expect(await heard()).toEqual([]);
  });

  it('who asks hears of messages read all at once, and of one deleted unread', async () => {
    await received(asking);
    (await alice.call(`<m:MarkAllItemsAsRead><m:ReadFlag>true</m:ReadFlag><m:SuppressReadReceipts>false</m:SuppressReadReceipts><m:FolderIds>${folderRef('inbox')}</m:FolderIds></m:MarkAllItemsAsRead>`)).ok();
    expect(await heard()).toEqual(['Read: Plan']);
    await ews.reset();
    (await alice.deleteItem(await received(asking))).ok();
    expect(await heard()).toEqual(['Not read: Plan']);
  });

  it('a message that asks for nothing is read in silence', async () => {
    (await read(await received())).ok();
    expect(await heard()).toEqual([]);
  });

  it('who asks hears where the message was delivered', async () => {
    await received('<t:IsDeliveryReceiptRequested>true</t:IsDeliveryReceiptRequested>');
    expect(await heard()).toEqual(['Delivered: Plan']);
    const report = await bob.item(await bob.idBySubject('inbox', 'Delivered: Plan'));
    expect([textAt(report, 'ItemClass'), below(report, 'Body').text]).toEqual(['REPORT.IPM.Note.DR', expect.stringMatching(/\(alice@example\.test\)[\s\S]*\(dave@example\.test\)[\s\S]*\(carol@example\.test\)/)]);
  });
});

it('random messages survive create, get, update, get, and their answers quote them', async () => {
  const value = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }).map((text) => text.replaceAll(/[^\P{C}]/gu, '').trim()).filter((text) => text !== '' && !text.includes(': '));
  const message = fc.record({
    Subject: value, Sensitivity: fc.constantFrom('Normal', 'Personal', 'Private', 'Confidential'), Body: value, Importance: fc.constantFrom('Low', 'Normal', 'High'),
    IsReadReceiptRequested: fc.constantFrom('true', 'false'), InternetMessageId: fc.uuid().map((id) => `<${id}@b.test>`), References: fc.uuid().map((id) => `<${id}@c.test>`),
  });
  const element = (name: string, text: string): string => `<t:${name}${name === 'Body' ? ' BodyType="Text"' : ''}>${escapeXml(text)}</t:${name}>`;
  const check = async (id: Id, expected: Readonly<Record<string, string>>): Promise<void> => {
    const item = await alice.item(id);
    expect(Object.fromEntries(Object.keys(expected).map((name) => [name, textAt(item, name)]))).toEqual(expected);
  };
  await fc.assert(fc.asyncProperty(message, message, async (first, second) => {
    const id = await alice.createMessage(Object.entries(first).map(([name, text]) => element(name, text)).join(''), 'drafts');
    await check(id, first);
    const { InternetMessageId: _, ...changes } = second;
    const uriOf = (name: string): string => `${['Subject', 'Sensitivity', 'Body', 'Importance'].includes(name) ? 'item' : 'message'}:${name}`;
    const updates = Object.entries(changes).map(([name, text]) => setField(uriOf(name), element(name, text))).join('');
    const updated = idOf((await alice.updateItem(id, updates)).ok().first('ItemId'));
    await check(updated, { ...changes, InternetMessageId: first.InternetMessageId });
    const forward = await saved('ForwardItem', updated);
    expect([textAt(forward, 'Subject'), textAt(forward, 'References'), textAt(forward, 'Body')]).toEqual([`FW: ${second.Subject}`, `${second.References} ${first.InternetMessageId}`, expect.stringContaining(second.Body)]);
  }), { numRuns: 15 });
}, 60_000);
