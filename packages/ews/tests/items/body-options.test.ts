import { createClock } from '@fauxchange/kernel';
import { createEwsEmulator, type EwsEmulator } from '../../src/index.ts';
import { EwsClient, idOf, setField, type Answer, type Id } from '../support/client.ts';
import { escapeXml, itemRef, shape } from '../support/soap.ts';
import { allBelow, below, names, textAt } from '../support/xml.ts';
import { forms } from '../support/forms.ts';

// What ItemResponseShapeType and the headers ask of the form of an item: [MS-OXWSCDATA] 2.2.4.44.
let ews: EwsEmulator;
let alice: EwsClient;
beforeAll(async () => {
  ews = await createEwsEmulator({ clock: createClock({ at: Date.UTC(2026, 0, 5, 9, 0, 0, 123), frozen: true }) });
  alice = new EwsClient(ews);
});
afterEach(() => ews.reset());
afterAll(() => ews.close());

const picture = 'http://pictures.test/a.png?x=1&amp;y=2';
const html = `<html><head><meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1"></head><body><p>Hello <a href="http://x.test/">there</a></p><img src="${picture}"><img src="cid:mast"><script>evil()</script></body></html>`;
const attached = '<t:Attachments><t:FileAttachment><t:Name>mast.png</t:Name><t:ContentId>mast</t:ContentId><t:IsInline>true</t:IsInline><t:Content>aGVsbG8=</t:Content></t:FileAttachment></t:Attachments>';
const withHtml = (): Promise<Id> => alice.createMessage(`<t:Subject>h</t:Subject><t:Body BodyType="HTML">${escapeXml(html)}</t:Body>${attached}`);
const bodyOf = async (id: Id, more = '', element = 'Body'): Promise<string> => textAt(await alice.item(id, 'IdOnly', [`item:${element}`], more), element) ?? '';

describe('HTML', () => {
  it.each<[string, string, (body: string) => unknown, unknown]>([
    ['MS-OXWSCDATA_R21195: ConvertHtmlCodePageToUTF8 true', '<t:ConvertHtmlCodePageToUTF8>true</t:ConvertHtmlCodePageToUTF8>', (body) => /charset=([\w-]+)/.exec(body)?.[1], 'utf-8'],
    ['MS-OXWSCDATA_R21196: ConvertHtmlCodePageToUTF8 false', '<t:ConvertHtmlCodePageToUTF8>false</t:ConvertHtmlCodePageToUTF8>', (body) => /charset=([\w-]+)/.exec(body)?.[1], 'iso-8859-1'],
    ['MS-OXWSCDATA_R2149905: BlockExternalImages true', '<t:BlockExternalImages>true</t:BlockExternalImages>', (body) => body.match(/<img [^>]*>/g), [`<img blockedimagesrc="${picture}">`, '<img src="cid:mast">']],
    ['MS-OXWSCDATA_R2149906: BlockExternalImages false', '<t:BlockExternalImages>false</t:BlockExternalImages>', (body) => body.match(/<img [^>]*>/g), [`<img src="${picture}">`, '<img src="cid:mast">']],
    ['MS-OXWSCDATA_R2149908: AddBlankTargetToLinks true', '<t:AddBlankTargetToLinks>true</t:AddBlankTargetToLinks>', (body) => /<a [^>]*>/.exec(body)?.[0], '<a href="http://x.test/" target="_blank">'],
    ['MS-OXWSCDATA_R2149909: AddBlankTargetToLinks false', '<t:AddBlankTargetToLinks>false</t:AddBlankTargetToLinks>', (body) => /<a [^>]*>/.exec(body)?.[0], '<a href="http://x.test/">'],
    ['MS-OXWSCDATA_R2119413: FilterHtmlContent true', '<t:FilterHtmlContent>true</t:FilterHtmlContent>', (body) => [body.includes('evil'), body.includes('Hello')], [false, true]],
    ['FilterHtmlContent false', '<t:FilterHtmlContent>false</t:FilterHtmlContent>', (body) => [body.includes('evil'), body.includes('Hello')], [true, true]],
  ])('%s', async (_what, more, look, expected) => {
    expect(look(await bodyOf(await withHtml(), more))).toEqual(expected);
  });

  it('MS-OXWSCDATA_R1193: whether HTML is filtered is what FilterHtmlContent says', async () => {
    const id = await withHtml();
    const filtered = async (value: boolean): Promise<boolean> => !(await bodyOf(id, `<t:FilterHtmlContent>${value}</t:FilterHtmlContent>`)).includes('<script');
    expect([await filtered(true), await filtered(false)]).toEqual([true, false]);
  });

  it('MS-OXWSCDATA_R1195, MS-OXWSCDATA_R21498: ConvertHtmlCodePageToUTF8 is true where it is left out', async () => {
    const id = await withHtml();
    const charset = async (more: string): Promise<string | undefined> => /charset=([\w-]+)/.exec(await bodyOf(id, more))?.[1];
    const asked = (value: boolean): string => `<t:ConvertHtmlCodePageToUTF8>${value}</t:ConvertHtmlCodePageToUTF8>`;
    expect([await charset(''), await charset(asked(true)), await charset(asked(false))]).toEqual(['utf-8', 'utf-8', 'iso-8859-1']);
  });

  it('MS-OXWSCDATA_R2149904: InlineImageUrlTemplate is where inline pictures are', async () => {
    const id = await withHtml();
    const attachment = idOf(below(await alice.item(id), 'AttachmentId')).id;
    const body = await bodyOf(id, '<t:InlineImageUrlTemplate>https://owa.test/get?id={id}&amp;x=1</t:InlineImageUrlTemplate>');
    expect(body.match(/<img [^>]*>/g)).toEqual([`<img src="${picture}">`, `<img src="https://owa.test/get?id=${encodeURIComponent(attachment)}&amp;x=1">`]);
  });

  it.each([
    ['MS-OXWSCORE_R1357, MS-OXWSCORE_R1358, MS-OXWSCORE_R2059: with blocked pictures', 'true', 'HTML', 'true'],
    ['MS-OXWSCORE_R1622, MS-OXWSCORE_R1623: without', 'false', 'HTML', 'false'],
    ['in a body as text', 'true', 'Text', 'false'],
  ])('BlockStatus and HasBlockedImages %s', async (_what, blocks, type, expected) => {
    const item = await alice.item(await withHtml(), 'IdOnly', ['item:BlockStatus', 'item:HasBlockedImages'], `<t:BodyType>${type}</t:BodyType><t:BlockExternalImages>${blocks}</t:BlockExternalImages>`);
    expect([names(item), textAt(item, 'BlockStatus'), textAt(item, 'HasBlockedImages')]).toEqual([['ItemId', 'BlockStatus', 'HasBlockedImages'], expected, expected]);
    expect(textAt(item, 'BlockStatus')).toMatch(forms.boolean);
  });

  it('nothing to block: BlockStatus and HasBlockedImages are false', async () => {
    const item = await alice.item(await alice.createMessage('<t:Body BodyType="HTML">&lt;p>plain&lt;/p></t:Body>'), 'IdOnly', ['item:BlockStatus', 'item:HasBlockedImages'], '<t:BlockExternalImages>true</t:BlockExternalImages>');
    expect([textAt(item, 'BlockStatus'), textAt(item, 'HasBlockedImages')]).toEqual(['false', 'false']);
  });
});

describe('bodies', () => {
  it('MS-OXWSCDATA_R1190: BodyType is the form of Body, and of the others where they have none of their own', async () => {
    const id = await withHtml();
    const types = async (more: string): Promise<(string | undefined)[]> => {
      const item = await alice.item(id, 'IdOnly', ['item:Body', 'item:UniqueBody', 'item:NormalizedBody'], more);
      return ['Body', 'UniqueBody', 'NormalizedBody'].map((name) => below(item, name).attributes['BodyType']);
    };
    expect(await types('<t:BodyType>Text</t:BodyType>')).toEqual(['Text', 'Text', 'Text']);
    expect(await types('<t:BodyType>HTML</t:BodyType>')).toEqual(['HTML', 'HTML', 'HTML']);
    expect(await types('<t:BodyType>Text</t:BodyType><t:UniqueBodyType>HTML</t:UniqueBodyType><t:NormalizedBodyType>Best</t:NormalizedBodyType>')).toEqual(['Text', 'HTML', 'HTML']);
  });

  it.each([['5', 'true', 'hello'], ['100', 'false', 'hello world']])('MS-OXWSCDATA_R4003: with MaximumBodySize %s IsTruncated is %s', async (size, truncated, text) => {
    const item = await alice.item(await alice.createMessage('<t:Body BodyType="Text">hello world</t:Body>'), 'IdOnly', ['item:Body'], `<t:BodyType>Text</t:BodyType><t:MaximumBodySize>${size}</t:MaximumBodySize>`);
    const { attributes, text: told } = below(item, 'Body');
    expect(attributes['IsTruncated']).toMatch(forms.boolean);
    expect([attributes['IsTruncated'], told]).toEqual([truncated, text]);
  });

  it('MS-OXWSCDATA_R1197: what AdditionalProperties ask for is there beside the base shape', async () => {
    const id = await withHtml();
    expect(names(await alice.item(id, 'IdOnly'))).toEqual(['ItemId']);
    expect(names(await alice.item(id, 'IdOnly', ['item:Subject', 'item:Body', 'message:IsRead']))).toEqual(['ItemId', 'Subject', 'Body', 'IsRead']);
  });

  it('MS-OXWSCDATA_R1185: BaseShape says how much there is', async () => {
    const id = await withHtml();
    const counts = [];
    for (const base of ['IdOnly', 'Default', 'AllProperties']) counts.push(names(await alice.item(id, base)).length);
    const [idOnly = 0, byDefault = 0, all = 0] = counts;
    expect([idOnly, byDefault > idOnly, all > byDefault]).toEqual([1, true, true]);
  });
});

describe('MIME', () => {
  const mime = (id: Id, value: boolean): Promise<Answer> => alice.getItem(id, 'IdOnly', [], `<t:IncludeMimeContent>${value}</t:IncludeMimeContent>`);
  const decoded = (text: string): string => Buffer.from(text, 'base64').toString();

  it('MS-OXWSCORE_R1307, MS-OXWSCORE_R1362, MS-OXWSCORE_R69, MS-OXWSCDATA_R1188: MimeContent is base64 and names its character set', async () => {
    const id = await withHtml();
    const { attributes, text, children } = (await mime(id, true)).ok().first('MimeContent');
    expect([attributes, children]).toEqual([{ CharacterSet: 'UTF-8' }, []]);
    expect(text).toMatch(forms.base64);
    expect(decoded(text)).toMatch(/^Subject: h\r$/m);
    expect((await mime(id, false)).ok().all('MimeContent')).toEqual([]);
  });

  const rfc822 = Buffer.from('Subject: from MIME\r\nContent-Type: text/plain\r\n\r\nbody').toString('base64');
  it.each([
    ['Message', 'SaveOnly'],
    ['PostItem', null],
  ])('MS-OXWSCORE_R2012: a %s takes MIME content', async (kind, disposition) => {
    const made = idOf((await alice.createItem(`<t:${kind}><t:MimeContent>${rfc822}</t:MimeContent></t:${kind}>`, { disposition, folder: 'inbox' })).ok().first('ItemId'));
    const item = await alice.item(made);
    expect([item.name, textAt(item, 'Subject'), textAt(item, 'Body')?.trim()]).toEqual([kind, 'from MIME', 'body']);
  });

  it('MS-OXWSCORE_R2012: an appointment takes it as iCalendar', async () => {
    const calendar = ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:test', 'BEGIN:VEVENT', 'UID:one', 'SUMMARY:from MIME', 'DTSTART:20260202T100000Z', 'DTEND:20260202T103000Z', 'END:VEVENT', 'END:VCALENDAR', ''].join('\r\n');
    const made = (await alice.call(`<m:CreateItem SendMeetingInvitations="SendToNone"><m:Items><t:CalendarItem><t:MimeContent>${Buffer.from(calendar).toString('base64')}</t:MimeContent></t:CalendarItem></m:Items></m:CreateItem>`)).ok();
    const item = await alice.item(idOf(made.first('ItemId')));
    expect([item.name, textAt(item, 'Subject'), textAt(item, 'Start')]).toEqual(['CalendarItem', 'from MIME', '2026-02-02T10:00:00Z']);
  });

  it.each([
    ['Contact', '<t:DisplayName>Ada</t:DisplayName>', 'contacts'],
    ['Task', '<t:Subject>todo</t:Subject>', 'tasks'],
    ['DistributionList', '<t:DisplayName>all</t:DisplayName>', 'contacts'],
  ])('MS-OXWSCORE_R23091: a %s has MIME content', async (kind, content, folder) => {
    const made = idOf((await alice.createItem(`<t:${kind}>${content}</t:${kind}>`, { folder, disposition: null })).ok().first('ItemId'));
    const answer = (await mime(made, true)).ok();
    expect(answer.first('Items').children.map(({ name }) => name)).toEqual([kind]);
    expect(decoded(answer.texts('MimeContent')[0] ?? '')).toMatch(/^Content-Type: /m);
  });

  it.each([
    ['Contact', '<t:DisplayName>Ada</t:DisplayName>', 'contacts'],
    ['Task', '<t:Subject>todo</t:Subject>', 'tasks'],
    ['DistributionList', '<t:DisplayName>all</t:DisplayName>', 'contacts'],
  ])('MS-OXWSCORE_R2012: a %s takes none', async (kind, content, folder) => {
    const answer = await alice.createItem(`<t:${kind}><t:MimeContent>${rfc822}</t:MimeContent>${content}</t:${kind}>`, { folder, disposition: null });
    expect(answer.codes).toEqual(['ErrorUnsupportedMimeConversion']);
    const made = idOf((await alice.createItem(`<t:${kind}>${content}</t:${kind}>`, { folder, disposition: null })).ok().first('ItemId'));
    const changed = await alice.updateItem(made, setField('item:MimeContent', `<t:MimeContent>${rfc822}</t:MimeContent>`, kind));
    // exchangelib completes a task by writing its MIME content back.
    expect(changed.codes).toEqual([kind === 'Task' ? 'NoError' : 'ErrorUnsupportedMimeConversion']);
    expect(textAt(await alice.item(made), 'Subject')).not.toBe('from MIME');
  });
});

describe('times', () => {
  const get = async (header: string): Promise<string[]> => {
    const id = await alice.createMessage();
    const answer = await alice.call(`<m:GetItem><m:ItemShape>${shape('IdOnly', ['item:DateTimeCreated', 'item:LastModifiedTime'])}</m:ItemShape><m:ItemIds>${itemRef(id)}</m:ItemIds></m:GetItem>`, { header });
    return ['DateTimeCreated', 'LastModifiedTime'].flatMap((name) => allBelow(answer.ok().body, name).map(({ text }) => text));
  };
  it.each([
    ['MS-OXWSCORE_R1670: seconds', '<t:DateTimePrecision>Seconds</t:DateTimePrecision>', '2026-01-05T09:00:00Z'],
    ['MS-OXWSCORE_R1671: milliseconds', '<t:DateTimePrecision>Milliseconds</t:DateTimePrecision>', '2026-01-05T09:00:00.123Z'],
    ['seconds where nothing is said', '', '2026-01-05T09:00:00Z'],
  ])('%s', async (_what, header, time) => {
    expect(await get(header)).toEqual([time, time]);
  });

  it('MS-OXWSCORE_R1162, MS-OXWSCORE_R1256, MS-OXWSCDATA_R1816, MS-OXWSCDATA_R132502: the header DateTimePrecision decides between its two values, and takes no other', async () => {
    const asked = (value: string): string => `<t:DateTimePrecision>${value}</t:DateTimePrecision>`;
    expect([await get(asked('Seconds')), await get(asked('Milliseconds'))].map(([time = '']) => time.length)).toEqual([20, 24]);
    const answer = await alice.call(`<m:GetItem><m:ItemShape>${shape('IdOnly')}</m:ItemShape><m:ItemIds>${itemRef(await alice.createMessage())}</m:ItemIds></m:GetItem>`, { header: asked('Hours') });
    expect([answer.status, answer.fault]).toEqual([500, 'ErrorSchemaValidation']);
  });
});
