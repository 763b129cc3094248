import { createEwsEmulator, type EwsEmulator } from '../src/index.ts';
import { Answer, EwsClient, idOf, type Id } from './support/client.ts';
import { escapeXml, itemRef } from './support/soap.ts';
import { allBelow, below, child, names, textAt, type XmlElement } from './support/xml.ts';

let ews: EwsEmulator;
let alice: EwsClient;
beforeAll(async () => {
  ews = await createEwsEmulator();
  alice = new EwsClient(ews);
});
afterEach(() => ews.reset());
afterAll(() => ews.close());

const content = (text: string): string => Buffer.from(text).toString('base64');
const file = (name: string, text: string, more = ''): string => `<t:FileAttachment><t:Name>${name}</t:Name>${more}<t:Content>${content(text)}</t:Content></t:FileAttachment>`;
const item = (name: string, element: string): string => `<t:ItemAttachment><t:Name>${name}</t:Name>${element}</t:ItemAttachment>`;
const create = (parent: Id | { id: string }, ...attachments: string[]): Promise<Answer> => alice.call(`<m:CreateAttachment><m:ParentItemId Id="${parent.id}"/><m:Attachments>${attachments.join('')}</m:Attachments></m:CreateAttachment>`);
const get = (ids: string | readonly string[], shape = ''): Promise<Answer> =>
  alice.call(`<m:GetAttachment>${shape && `<m:AttachmentShape>${shape}</m:AttachmentShape>`}<m:AttachmentIds>${[ids].flat().map((id) => `<t:AttachmentId Id="${id}"/>`).join('')}</m:AttachmentIds></m:GetAttachment>`);
const remove = (...ids: string[]): Promise<Answer> => alice.call(`<m:DeleteAttachment><m:AttachmentIds>${ids.map((id) => `<t:AttachmentId Id="${id}"/>`).join('')}</m:AttachmentIds></m:DeleteAttachment>`);
const idsOf = (answer: Answer): string[] => answer.all('AttachmentId').map((one) => idOf(one).id);
const attachmentsOf = async (id: { id: string }): Promise<readonly XmlElement[]> => child(await alice.item(id as Id), 'Attachments')?.children ?? [];
const made = async (parent: { id: string }, attachment: string): Promise<string> => idsOf((await create(parent, attachment)).ok())[0] as string;

describe('CreateAttachment', () => {
  it('MS-OXWSATT_R144, MS-OXWSATT_R145, MS-OXWSATT_R53201, MS-OXWSATT_R43, MS-OXWSATT_R45: attaches a file and tells the new change key of its item', async () => {
    const parent = await alice.createMessage();
    const answer = (await create(parent, file('a.txt', 'hello', '<t:ContentType>text/plain</t:ContentType><t:ContentId>cid</t:ContentId>'))).ok();
    expect(answer.messages.map(({ attributes }) => attributes['ResponseClass'])).toEqual(['Success']);
    const { attributes } = answer.first('AttachmentId');
    expect(attributes['RootItemId']).toBe(parent.id);
    expect(attributes['RootItemChangeKey']).not.toBe(parent.changeKey);
    const whole = await alice.item(parent);
    expect([idOf(below(whole, 'ItemId')).changeKey, textAt(whole, 'HasAttachments')]).toEqual([attributes['RootItemChangeKey'], 'true']);
    const [told] = await attachmentsOf(parent);
    expect(told && [told.name, names(told), textAt(told, 'Name'), textAt(told, 'ContentType'), textAt(told, 'ContentId'), textAt(told, 'Size')]).toEqual(
      ['FileAttachment', ['AttachmentId', 'Name', 'ContentType', 'ContentId', 'Size', 'LastModifiedTime', 'IsInline', 'IsContactPhoto'], 'a.txt', 'text/plain', 'cid', '5'],
    );
  });

  it('MS-OXWSATT_R458: several in one request, each with its own id', async () => {
    const parent = await alice.createMessage();
    const answer = (await create(parent, file('a', '1'), file('b', '2'), item('c', '<t:Message><t:Subject>inner</t:Subject></t:Message>'))).ok();
    expect(new Set(idsOf(answer)).size).toBe(3);
    expect((await attachmentsOf(parent)).map((one) => [one.name, textAt(one, 'Name')])).toEqual([['FileAttachment', 'a'], ['FileAttachment', 'b'], ['ItemAttachment', 'c']]);
  });

  it.each([
    ['MS-OXWSATT_R83, MS-OXWSATT_R532', 'Message', '<t:Message><t:Subject>inner</t:Subject><t:Body BodyType="Text">words</t:Body><t:ToRecipients><t:Mailbox><t:EmailAddress>bob@example.test</t:EmailAddress></t:Mailbox></t:ToRecipients></t:Message>'],
    ['MS-OXWSATT_R99', 'PostItem', '<t:PostItem><t:Subject>inner</t:Subject></t:PostItem>'],
    ['MS-OXWSATT_R81', 'Message', '<t:Item><t:Subject>inner</t:Subject></t:Item>'],
  ])('MS-OXWSATT_R141, MS-OXWSATT_R14201, %s: an attached %s is no item of a folder', async (_ids, kind, element) => {
    const parent = await alice.createMessage();
    const id = await made(parent, item('x', element));
    const answer = (await get(id)).ok();
    const inner = answer.first('ItemAttachment').children.find(({ name }) => name === kind);
    expect(inner && textAt(inner, 'Subject')).toBe('inner');
    expect(inner && names(inner)).not.toContain('ItemId');
    expect(await alice.subjects('inbox')).not.toContain('inner');
  });

  it('attachments come with a new item too, and CreateItem tells their ids', async () => {
    const answer = (await alice.createItem(`<t:Message><t:Subject>with</t:Subject><t:Attachments>${file('a.txt', 'hello')}${file('b.txt', 'world')}</t:Attachments></t:Message>`)).ok();
    expect((await get(idsOf(answer))).ok().texts('Content').map((one) => Buffer.from(one, 'base64').toString())).toEqual(['hello', 'world']);
  });

  it('into an attached item', async () => {
    const parent = await alice.createMessage();
    const inner = await made(parent, item('inner', '<t:Message><t:Subject>inner</t:Subject></t:Message>'));
    const innermost = await made({ id: inner }, file('deep.txt', 'deep'));
    expect((await get(innermost)).ok().texts('Content')).toEqual([content('deep')]);
    expect(allBelow((await get(inner)).ok().body, 'FileAttachment').map((one) => textAt(one, 'Name'))).toEqual(['deep.txt']);
    (await remove(innermost)).ok();
    expect(allBelow((await get(inner)).ok().body, 'FileAttachment')).toEqual([]);
  });

  it.each([
    ['MS-OXWSATT_R78002: an item attachment without item', item('x', ''), 'ErrorMissingItemForCreateItemAttachment'],
    ['a file without a name', `<t:FileAttachment><t:Content>AAAA</t:Content></t:FileAttachment>`, 'ErrorRequiredPropertyMissing'],
  ])('MS-OXWSATT_R145001: refuses %s', async (_what, attachment, code) => {
    const answer = await create(await alice.createMessage(), attachment);
    expect([answer.codes, answer.messages[0]?.attributes['ResponseClass']]).toEqual([[code], 'Error']);
  });

  it('into items within items, until they are too deep', async () => {
    const root = await alice.createMessage();
    let parent: { id: string } = root;
    let code = 'NoError';
    for (let depth = 0; depth < 50 && code === 'NoError'; depth++) {
      const answer = await create(parent, item(`${depth}`, `<t:Message><t:Subject>${depth}</t:Subject></t:Message>`));
      [code = ''] = answer.codes;
      if (code === 'NoError') parent = { id: idsOf(answer)[0] ?? '' };
    }
    expect(code).toBe('ErrorAttachmentNestLevelLimitExceeded');
    expect((await get(parent.id)).codes).toEqual(['NoError']);
  });

  it.each([
    ['an item that is not there', async () => { const id = await alice.createMessage(); await alice.deleteItem(id); return id; }, 'ErrorItemNotFound'],
    ['a folder', async () => alice.folderId('inbox'), 'ErrorCannotUseFolderIdForItemId'],
    ['a file', async () => ({ id: await made(await alice.createMessage(), file('a', '1')) }), 'ErrorInvalidIdNotAnItemAttachmentId'],
  ])('cannot attach to %s', async (_what, parent, code) => {
    expect((await create(await parent(), file('a', '1'))).codes).toEqual([code]);
  });
});

describe('GetAttachment', () => {
  it.each([
    ['empty', ''], ['text', 'words\r\nand more\n'], ['every byte', Buffer.from(Array.from({ length: 256 }, (_, n) => n)).toString('latin1')], ['a megabyte', 'x'.repeat(1_048_576)],
  ])('MS-OXWSATT_R260: gives the bytes back: %s', async (_what, text) => {
    const bytes = Buffer.from(text, 'latin1');
    const parent = await alice.createMessage();
    const id = await made(parent, `<t:FileAttachment><t:Name>f</t:Name><t:Content>${bytes.toString('base64')}</t:Content></t:FileAttachment>`);
    const answer = (await get(id)).ok();
    expect(Buffer.from(answer.texts('Content')[0] ?? '', 'base64').equals(bytes)).toBe(true);
    expect(answer.texts('Size')).toEqual([String(bytes.length)]);
  });

  it('MS-OXWSATT_R476, MS-OXWSATT_R474001: answers each id; a bad one in the middle fails alone', async () => {
    const parent = await alice.createMessage();
    const [a, b] = [await made(parent, file('a', '1')), await made(parent, file('b', '2'))];
    const answer = await get([a, 'rubbish', parent.id, b]);
    expect(answer.codes).toEqual(['NoError', 'ErrorInvalidIdMalformed', 'ErrorInvalidAttachmentId', 'NoError']);
    expect(answer.messages.map(({ attributes }) => attributes['ResponseClass'])).toEqual(['Success', 'Error', 'Error', 'Success']);
  });

  const html = '<html><body><p>Hi</p><script>evil()</script></body></html>';
  const withHtml = async (): Promise<string> => made(await alice.createMessage(), item('x', `<t:Message><t:Subject>inner</t:Subject><t:Body BodyType="HTML">${escapeXml(html)}</t:Body></t:Message>`));
  it.each<[string, string, [string, string | RegExp]]>([
    ['MS-OXWSATT_R478: as text', '<t:BodyType>Text</t:BodyType>', ['Text', /^Hi\s*$/]],
    ['MS-OXWSATT_R479002: unfiltered', '<t:BodyType>HTML</t:BodyType><t:FilterHtmlContent>false</t:FilterHtmlContent>', ['HTML', html]],
    ['MS-OXWSATT_R479001: filtered', '<t:BodyType>HTML</t:BodyType><t:FilterHtmlContent>true</t:FilterHtmlContent>', ['HTML', /^(?!.*script).*Hi/s]],
  ])('AttachmentShape %s', async (_what, shape, [type, text]) => {
    const body = (await get(await withHtml(), shape)).ok().first('Body');
    expect(body.attributes['BodyType']).toBe(type);
    expect(body.text).toEqual(typeof text === 'string' ? text : expect.stringMatching(text));
  });

  it.each([['true', 1, 'MS-OXWSATT_R477'], ['false', 0, 'MS-OXWSATT_R477, MS-OXWSATT_R3111']])('IncludeMimeContent %s: MIME %d time(s) (%s)', async (value, count) => {
    const answer = (await get(await withHtml(), `<t:IncludeMimeContent>${value}</t:IncludeMimeContent>`)).ok();
    const mimes = answer.texts('MimeContent').map((one) => Buffer.from(one, 'base64').toString());
    expect(mimes).toHaveLength(count);
    for (const mime of mimes) expect(mime).toMatch(/^Subject: inner\r$/m);
  });

  it('MS-OXWSATT_R475, MS-OXWSATT_R549: additional properties of the attached item', async () => {
    const answer = (await get(await withHtml(), '<t:AdditionalProperties><t:FieldURI FieldURI="item:TextBody"/></t:AdditionalProperties>')).ok();
    expect([answer.texts('TextBody'), (await get(await withHtml())).ok().texts('TextBody')]).toEqual([[expect.stringMatching(/^Hi/)], []]);
  });

  it('the nested message of the seed, and the file in it', async () => {
    const [told] = await attachmentsOf(await alice.idBySubject('inbox', 'FW: Complaint of a gull'));
    expect(told?.name).toBe('ItemAttachment');
    const nested = (await get(idOf(below(told as XmlElement, 'AttachmentId')).id)).ok();
    expect(nested.texts('Subject')).toEqual(['Complaint of a gull']);
    const feather = nested.all('FileAttachment')[0] as XmlElement;
    expect(Buffer.from((await get(idOf(below(feather, 'AttachmentId')).id)).ok().texts('Content')[0] ?? '', 'base64').toString()).toBe('one feather\r\n');
  });

  it('an inline picture has its cid', async () => {
    const pictures = await attachmentsOf(await alice.idBySubject('inbox', 'Picture of the new mast'));
    expect(pictures.map((one) => [textAt(one, 'Name'), textAt(one, 'ContentId') ?? null, textAt(one, 'IsInline')])).toEqual([['mast.png', 'mast@example.test', 'true'], ['mast-list.txt', null, 'false']]);
  });

  it('what bob may not read, he may not get', async () => {
    const id = await made(await alice.createMessage(), file('a', 'secret'));
    const answer = await new EwsClient(ews, 'bob').call(`<m:GetAttachment><m:AttachmentIds><t:AttachmentId Id="${id}"/></m:AttachmentIds></m:GetAttachment>`);
    expect(answer.codes).toEqual([expect.stringMatching(/^Error(AccessDenied|ItemNotFound)$/)]);
    expect(answer.xml).not.toContain(content('secret'));
  });
});

describe('DeleteAttachment', () => {
  it('MS-OXWSATT_R204, MS-OXWSATT_R466, MS-OXWSATT_R443, MS-OXWSATT_R446: takes it away, and tells the item and its new change key', async () => {
    const parent = await alice.createMessage();
    const [a, b] = [await made(parent, file('a', '1')), await made(parent, file('b', '2'))];
    const answer = (await remove(a)).ok();
    const { attributes } = answer.first('RootItemId');
    const whole = await alice.item(parent);
    expect(attributes).toEqual({ RootItemId: parent.id, RootItemChangeKey: idOf(below(whole, 'ItemId')).changeKey });
    expect((await attachmentsOf(parent)).map((one) => idOf(below(one, 'AttachmentId')).id)).toEqual([b]);
  });

  it('MS-OXWSATT_R467: a second time it is not there', async () => {
    const parent = await alice.createMessage();
    const [a, b] = [await made(parent, file('a', '1')), await made(parent, file('b', '2'))];
    expect((await remove(a, a, b)).codes).toEqual(['NoError', 'ErrorInvalidAttachmentId', 'NoError']);
    expect(textAt(await alice.item(parent), 'HasAttachments')).toBe('false');
  });

  it('the ids of attachments do not come again', async () => {
    const parent = await alice.createMessage();
    const first = await made(parent, file('a', '1'));
    const second = await made(parent, file('b', '2'));
    (await remove(second)).ok();
    const third = await made(parent, file('c', '3'));
    expect([first, third].includes(second)).toBe(false);
  });
});

describe('sent attachments', () => {
  it('arrive, as files and as a message', async () => {
    const bob = new EwsClient(ews, 'bob');
    const draft = await alice.createMessage('<t:Subject>parcel</t:Subject><t:ToRecipients><t:Mailbox><t:EmailAddress>bob@example.test</t:EmailAddress></t:Mailbox></t:ToRecipients>', 'drafts');
    await create(draft, file('a.txt', 'hello'), item('inner', '<t:Message><t:Subject>inner</t:Subject></t:Message>'));
    const now = idOf(below(await alice.item(draft, 'IdOnly'), 'ItemId'));
    (await alice.call(`<m:SendItem SaveItemToFolder="true"><m:ItemIds>${itemRef(now)}</m:ItemIds></m:SendItem>`)).ok();
    await ews.settle();
    const received = await bob.item(await bob.idBySubject('inbox', 'parcel'));
    expect(below(received, 'Attachments').children.map((one) => [one.name, textAt(one, 'Name')])).toEqual([['FileAttachment', 'a.txt'], ['ItemAttachment', 'inner']]);
  });
});
