import { createClock } from '@fauxchange/kernel';
import { createEwsEmulator, type EwsEmulator } from '../src/index.ts';
import { Answer, EwsClient, idOf, type Id } from './support/client.ts';
import { escapeXml } from './support/soap.ts';
import { below, child, names, textAt, type XmlElement } from './support/xml.ts';

// The types of attachments, [MS-OXWSATT] 2.2.4, and what the operations on them answer, 3.1.4.
let ews: EwsEmulator;
let alice: EwsClient;
beforeAll(async () => {
  ews = await createEwsEmulator({ clock: createClock({ at: Date.UTC(2026, 0, 5, 9), frozen: true }) });
  alice = new EwsClient(ews);
});
afterEach(() => ews.reset());
afterAll(() => ews.close());

const file = (name: string, more = ''): string => `<t:FileAttachment><t:Name>${name}</t:Name>${more}<t:Content>aGVsbG8=</t:Content></t:FileAttachment>`;
const item = (element: string): string => `<t:ItemAttachment><t:Name>inner</t:Name>${element}</t:ItemAttachment>`;
const create = (parent: { id: string }, ...attachments: string[]): Promise<Answer> => alice.call(`<m:CreateAttachment><m:ParentItemId Id="${parent.id}"/><m:Attachments>${attachments.join('')}</m:Attachments></m:CreateAttachment>`);
const reference = (id: string): string => `<m:AttachmentIds><t:AttachmentId Id="${id}"/></m:AttachmentIds>`;
const get = (id: string, shape = ''): Promise<Answer> => alice.call(`<m:GetAttachment>${shape && `<m:AttachmentShape>${shape}</m:AttachmentShape>`}${reference(id)}</m:GetAttachment>`);
const remove = (id: string): Promise<Answer> => alice.call(`<m:DeleteAttachment>${reference(id)}</m:DeleteAttachment>`);
const attachmentIds = (answer: Answer): string[] => answer.all('AttachmentId').map((one) => idOf(one).id);
const made = async (parent: { id: string }, attachment: string): Promise<string> => attachmentIds((await create(parent, attachment)).ok())[0] as string;
const attachmentsOf = async (id: { id: string }): Promise<readonly XmlElement[]> => child(await alice.item(id as Id), 'Attachments')?.children ?? [];

describe('what is said of an attachment', () => {
  it.each([
    ['MS-OXWSATT_R59', 'Name', ''],
    ['MS-OXWSATT_R60', 'ContentType', '<t:ContentType>text/markdown</t:ContentType>'],
    ['MS-OXWSATT_R63, MS-OXWSATT_R64', 'ContentLocation', '<t:ContentLocation>http://www.example.test/pages/1</t:ContentLocation>'],
  ])('MS-OXWSATT_R38, MS-OXWSATT_R416, %s: a file has an id and its %s', async (_ids, element, more) => {
    const parent = await alice.createMessage();
    const id = await made(parent, file('notes.md', more));
    const expected = element === 'Name' ? 'notes.md' : /<t:\w+>(.*)<\/t:/.exec(more)?.[1];
    for (const told of [(await attachmentsOf(parent))[0], (await get(id)).ok().first('FileAttachment')]) {
      expect([told?.name, told && idOf(below(told, 'AttachmentId')).id, told && textAt(told, element)]).toEqual(['FileAttachment', id, expected]);
    }
  });

  it('MS-OXWSATT_R6201: two attachments have each its own content id', async () => {
    const parent = await alice.createMessage();
    (await create(parent, file('a', '<t:ContentId>one@here.test</t:ContentId>'), file('b', '<t:ContentId>two@here.test</t:ContentId>'))).ok();
    expect((await attachmentsOf(parent)).map((one) => textAt(one, 'ContentId'))).toEqual(['one@here.test', 'two@here.test']);
  });
});

describe('references', () => {
  const elements = [
    ['MS-OXWSATT_R104006', 'AttachLongPathName', 'http://files.test/plan.docx'],
    ['MS-OXWSATT_R104008', 'ProviderType', 'FilesTest'],
    ['ProviderEndpointUrl', 'ProviderEndpointUrl', 'http://files.test/'],
    ['MS-OXWSATT_R104012', 'AttachmentThumbnailUrl', 'http://files.test/thumb/plan'],
    ['MS-OXWSATT_R104014', 'AttachmentPreviewUrl', 'http://files.test/preview/plan'],
    ['MS-OXWSATT_R104016', 'PermissionType', '2'],
    ['OriginalPermissionType', 'OriginalPermissionType', '1'],
    ['MS-OXWSATT_R104018', 'AttachmentIsFolder', 'true'],
  ] as const;
  const plan = `<t:ReferenceAttachment><t:Name>plan.docx</t:Name>${elements.map(([, element, value]) => `<t:${element}>${value}</t:${element}>`).join('')}</t:ReferenceAttachment>`;

  it.each(elements)('%s: a reference has its %s', async (_id, element, value) => {
    const parent = await alice.createMessage();
    const id = await made(parent, plan);
    for (const told of [(await attachmentsOf(parent))[0], (await get(id)).ok().first('ReferenceAttachment')]) expect(told && [told.name, textAt(told, 'Name'), textAt(told, element)]).toEqual(['ReferenceAttachment', 'plan.docx', value]);
  });

  it('MS-OXWSATT_R104018: what is no folder says so', async () => {
    const id = await made(await alice.createMessage(), plan.replace('>true<', '>false<'));
    expect((await get(id)).ok().texts('AttachmentIsFolder')).toEqual(['false']);
  });

  it('MS-OXWSATT_R38002: a reference is attached beside other attachments, comes with new items too, and is deleted', async () => {
    const parent = idOf((await alice.createItem(`<t:Message><t:Attachments>${file('a')}${plan}</t:Attachments></t:Message>`)).ok().first('ItemId'));
    const told = await attachmentsOf(parent);
    expect(told.map(({ name }) => name)).toEqual(['FileAttachment', 'ReferenceAttachment']);
    (await remove(idOf(below(told[1] as XmlElement, 'AttachmentId')).id)).ok();
    expect((await attachmentsOf(parent)).map(({ name }) => name)).toEqual(['FileAttachment']);
  });

  it('a sent reference arrives', async () => {
    const to = '<t:ToRecipients><t:Mailbox><t:EmailAddress>bob@example.test</t:EmailAddress></t:Mailbox></t:ToRecipients>';
    (await alice.createItem(`<t:Message><t:Subject>see there</t:Subject><t:Attachments>${plan}</t:Attachments>${to}</t:Message>`, { disposition: 'SendOnly' })).ok();
    await ews.settle();
    const bob = new EwsClient(ews, 'bob');
    expect(textAt(below(await bob.item(await bob.idBySubject('inbox', 'see there')), 'ReferenceAttachment'), 'AttachLongPathName')).toBe('http://files.test/plan.docx');
  });
});

describe('attached items', () => {
  const times = '<t:Start>2026-02-02T10:00:00Z</t:Start><t:End>2026-02-02T10:30:00Z</t:End>';
  it.each<[string, string, string, string, Readonly<Record<string, string>>]>([
    ['MS-OXWSATT_R349, MS-OXWSATT_R83', 'Message', 'Message', '<t:Subject>inner</t:Subject><t:Importance>High</t:Importance><t:IsReadReceiptRequested>true</t:IsReadReceiptRequested>', { Subject: 'inner', Importance: 'High', IsReadReceiptRequested: 'true' }],
    ['MS-OXWSATT_R350, MS-OXWSATT_R85', 'CalendarItem', 'CalendarItem', `<t:Subject>inner</t:Subject>${times}<t:Location>Room</t:Location>`, { Subject: 'inner', Start: '2026-02-02T10:00:00Z', End: '2026-02-02T10:30:00Z', Location: 'Room' }],
    ['MS-OXWSATT_R351, MS-OXWSATT_R554', 'Contact', 'Contact', '<t:Subject>inner</t:Subject><t:GivenName>Ada</t:GivenName><t:Surname>Love</t:Surname>', { GivenName: 'Ada', Surname: 'Love' }],
    ['MS-OXWSATT_R356, MS-OXWSATT_R97', 'Task', 'Task', '<t:Subject>inner</t:Subject><t:DueDate>2026-02-02T00:00:00Z</t:DueDate><t:PercentComplete>50</t:PercentComplete>', { Subject: 'inner', PercentComplete: '50' }],
    ['MS-OXWSATT_R357, MS-OXWSATT_R99', 'PostItem', 'PostItem', '<t:Subject>inner</t:Subject>', { Subject: 'inner', ItemClass: 'IPM.Post' }],
    ['MS-OXWSATT_R81, MS-OXWSATT_R318014', 'Item', 'Message', '<t:Subject>inner</t:Subject>', { Subject: 'inner', ItemClass: 'IPM.Note' }],
  ])('MS-OXWSATT_R36, MS-OXWSATT_R532, MS-OXWSATT_R458, %s: %s comes back as %s', async (_ids, sent, kind, content, expected) => {
    const parent = await alice.createMessage();
    const told = (await get(await made(parent, item(`<t:${sent}>${content}</t:${sent}>`)))).ok().first('ItemAttachment');
    const inner = told.children.at(-1) as XmlElement;
    expect([inner.name, Object.fromEntries(Object.keys(expected).map((name) => [name, textAt(inner, name)]))]).toEqual([kind, expected]);
    expect((await attachmentsOf(parent)).map((one) => [one.name, textAt(one, 'Name')])).toEqual([['ItemAttachment', 'inner']]);
  });

  it.each(['MeetingMessage', 'MeetingRequest', 'MeetingResponse', 'MeetingCancellation'])('MS-OXWSATT_R318001: %s cannot be attached', async (kind) => {
    expect((await create(await alice.createMessage(), item(`<t:${kind}><t:Subject>x</t:Subject></t:${kind}>`))).codes).toEqual(['ErrorInvalidItemForOperationCreateItemAttachment']);
  });

  it('MS-OXWSATT_R547, MS-OXWSATT_R20001, MS-OXWSATT_R202: an attached item is in no folder, only in its item, and is deleted by the id that was retrieved there', async () => {
    const parent = await alice.createMessage('<t:Subject>parent</t:Subject>');
    await made(parent, item('<t:Message><t:Subject>only inside</t:Subject></t:Message>'));
    expect(await alice.subjects('inbox')).not.toContain('only inside');
    const [told] = await attachmentsOf(parent);
    const { id } = idOf(below(told as XmlElement, 'AttachmentId'));
    expect((await get(id)).ok().texts('Subject')).toEqual(['only inside']);
    expect((await alice.deleteItem({ id } as Id)).codes).toEqual([expect.stringMatching(/^Error/)]);
    (await remove(id)).ok();
    expect([await attachmentsOf(parent), (await get(id)).codes]).toEqual([[], ['ErrorInvalidAttachmentId']]);
  });
});

describe('answers', () => {
  const head = ['MessageText', 'ResponseCode', 'DescriptiveLinkKey'];
  it.each<[string, string, readonly string[], readonly string[], (id: string) => Promise<Answer>]>([
    ['MS-OXWSATT_R144, MS-OXWSATT_R145, MS-OXWSATT_R145001, MS-OXWSATT_R145002', 'CreateAttachment', ['ResponseCode', 'Attachments'], [...head, 'Attachments'], async (id) => create(id === '' ? { id: 'AAMk' } : await alice.createMessage(), file('b'))],
    ['MS-OXWSATT_R259, MS-OXWSATT_R260, MS-OXWSATT_R474001, MS-OXWSATT_R474002', 'GetAttachment', ['ResponseCode', 'Attachments'], [...head, 'Attachments'], (id) => get(id)],
    ['MS-OXWSATT_R203, MS-OXWSATT_R204, MS-OXWSATT_R465001, MS-OXWSATT_R465002, MS-OXWSATT_R509', 'DeleteAttachment', ['ResponseCode', 'RootItemId'], head, (id) => remove(id)],
  ])('%s: %s', async (_ids, operation, children, failed, call) => {
    const id = await made(await alice.createMessage(), file('a'));
    for (const [answer, responseClass, expected, code] of [[await call(id), 'Success', children, /^NoError$/], [await call(''), 'Error', failed, /^Error[A-Z]\w+$/]] as const) {
      expect(answer.body.name).toBe(`${operation}Response`);
      expect(answer.messages.map(({ name, attributes }) => [name, attributes])).toEqual([[`${operation}ResponseMessage`, { ResponseClass: responseClass }]]);
      expect([names(answer.messages[0] ?? answer.body), answer.codes]).toEqual([expected, [expect.stringMatching(code)]]);
    }
  });

  it('MS-OXWSATT_R457: ParentItemId is the item that gets the attachment, and no other', async () => {
    const [parent, other] = [await alice.createMessage(), await alice.createMessage()];
    const answer = (await create(parent, file('a'))).ok();
    expect(answer.first('AttachmentId').attributes['RootItemId']).toBe(parent.id);
    expect([(await attachmentsOf(parent)).length, (await attachmentsOf(other)).length]).toEqual([1, 0]);
  });

  it('MS-OXWSATT_R510001: RootItemId is the root item of the deleted attachment, however deep that was', async () => {
    const parent = await alice.createMessage();
    const inner = await made(parent, item('<t:Message><t:Subject>inner</t:Subject></t:Message>'));
    const { attributes, children } = (await remove(await made({ id: inner }, file('deep')))).ok().first('RootItemId');
    expect([children, attributes]).toEqual([[], { RootItemId: parent.id, RootItemChangeKey: idOf(below(await alice.item(parent), 'ItemId')).changeKey }]);
  });
});

describe('AttachmentShape', () => {
  const html = '<p>Hi</p><script>evil()</script>';
  const withHtml = async (): Promise<string> => made(await alice.createMessage(), item(`<t:Message><t:Subject>inner</t:Subject><t:Body BodyType="HTML">${escapeXml(html)}</t:Body></t:Message>`));

  it('MS-OXWSATT_R521, MS-OXWSCDATA_R1234: names further properties, each by its path', async () => {
    const extended = '<t:ExtendedFieldURI PropertyTag="0x37" PropertyType="String"/>';
    const id = await withHtml();
    const told = async (more: string): Promise<(string | undefined)[]> => {
      const inner = (await get(id, more)).ok().first('Message');
      return ['TextBody', 'ExtendedProperty'].map((name) => (child(inner, name) ? name : undefined));
    };
    expect(await told('<t:BodyType>Best</t:BodyType>')).toEqual([undefined, undefined]);
    expect(await told(`<t:AdditionalProperties><t:FieldURI FieldURI="item:TextBody"/>${extended}</t:AdditionalProperties>`)).toEqual(['TextBody', 'ExtendedProperty']);
  });

  it('MS-OXWSATT_R479, MS-OXWSATT_R318013: FilterHtmlContent says whether scripts are taken out', async () => {
    const id = await withHtml();
    const body = async (value: boolean): Promise<string> => (await get(id, `<t:FilterHtmlContent>${value}</t:FilterHtmlContent>`)).ok().first('Body').text;
    expect([(await body(true)).includes('script'), (await body(true)).includes('Hi'), await body(false)]).toEqual([false, true, html]);
  });
});
