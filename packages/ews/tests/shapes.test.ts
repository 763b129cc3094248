import { createClock } from '@fauxchange/kernel';
import { createEwsEmulator, type EwsEmulator } from '../src/index.ts';
import { deleteField, EwsClient, idOf, setField, type Id } from './support/client.ts';
import { escapeXml, folderRef, itemRef, shape } from './support/soap.ts';
import { allBelow, names, textAt } from './support/xml.ts';

let ews: EwsEmulator;
let alice: EwsClient;
beforeAll(async () => {
  ews = await createEwsEmulator({ clock: createClock({ at: Date.UTC(2026, 0, 5, 9, 0, 0, 123), frozen: true }) });
  alice = new EwsClient(ews);
});
afterEach(() => ews.reset());
afterAll(() => ews.close());

const plain = '<t:Subject>plain</t:Subject><t:Body BodyType="Text">words</t:Body><t:ToRecipients><t:Mailbox><t:EmailAddress>bob@example.test</t:EmailAddress></t:Mailbox></t:ToRecipients><t:From><t:Mailbox><t:EmailAddress>alice@example.test</t:EmailAddress></t:Mailbox></t:From>';
const received = (): Promise<Id> => alice.idBySubject('inbox', 'Station 12 reads too high');
const post = async (): Promise<Id> => idOf((await alice.createItem('<t:PostItem><t:Subject>posted</t:Subject><t:Body BodyType="Text">words</t:Body></t:PostItem>', { disposition: null })).ok().first('ItemId'));

describe('base shapes', () => {
  const defaultOfMessage = ['ItemId', 'Subject', 'Sensitivity', 'Body', 'Size', 'DateTimeSent', 'DateTimeCreated', 'ResponseObjects', 'HasAttachments', 'IsAssociated', 'ToRecipients', 'IsReadReceiptRequested', 'IsDeliveryReceiptRequested', 'From', 'IsRead'];
  const allOfMessage = [
    'ItemId', 'ParentFolderId', 'ItemClass', 'Subject', 'Sensitivity', 'Body', 'Attachments', 'DateTimeReceived', 'Size', 'Importance', 'IsSubmitted', 'IsDraft', 'IsFromMe', 'IsResend', 'IsUnmodified',
    'InternetMessageHeaders', 'DateTimeSent', 'DateTimeCreated', 'ResponseObjects', 'ReminderIsSet', 'ReminderMinutesBeforeStart', 'DisplayCc', 'DisplayTo', 'HasAttachments', 'EffectiveRights',
    'LastModifiedTime', 'IsAssociated', 'WebClientReadFormQueryString', 'ConversationId', 'Flag', 'InstanceKey', 'Sender', 'ToRecipients', 'CcRecipients', 'IsReadReceiptRequested', 'IsDeliveryReceiptRequested',
    'ConversationIndex', 'ConversationTopic', 'From', 'InternetMessageId', 'IsRead', 'ReceivedBy', 'ReceivedRepresenting',
  ];
  const notInTables = ['Body', 'Attachments', 'InternetMessageHeaders', 'ResponseObjects', 'ToRecipients', 'CcRecipients'];
  const without = (elements: readonly string[]): string[] => elements.filter((name) => !notInTables.includes(name));

  it.each([
    ['MS-OXWSCDATA_R62, MS-OXWSMSG_R127', 'IdOnly', ['ItemId']],
    ['MS-OXWSCDATA_R61', 'Default', defaultOfMessage],
    ['MS-OXWSCDATA_R59, MS-OXWSMSG_R198', 'AllProperties', allOfMessage],
  ])('%s: GetItem %s of a received message has these elements, in this order', async (_ids, base, elements) => {
    expect(names(await alice.item(await received(), base))).toEqual(elements);
  });

  it.each([
    ['IdOnly', ['ItemId']],
    ['Default', without(defaultOfMessage)],
    ['AllProperties', without(allOfMessage)],
  ])('FindItem %s has no body, no recipients, no attachments', async (base, elements) => {
    const answer = (await alice.findItem('inbox', { base, paths: base === 'IdOnly' ? [] : ['item:Subject'] })).ok();
    const { id } = await received();
    const found = answer.first('Items').children.find((item) => allBelow(item, 'ItemId').some((one) => idOf(one).id === id));
    expect(found && names(found)).toEqual(elements);
  });

  it.each([
    ['IdOnly', ['ItemId']],
    ['Default', ['ItemId', 'Subject', 'Sensitivity', 'Body', 'Size', 'DateTimeCreated', 'ResponseObjects', 'HasAttachments', 'IsAssociated', 'IsRead']],
    ['AllProperties', [
      'ItemId', 'ParentFolderId', 'ItemClass', 'Subject', 'Sensitivity', 'Body', 'Size', 'Importance', 'IsSubmitted', 'IsDraft', 'IsFromMe', 'IsResend', 'IsUnmodified', 'DateTimeCreated', 'ResponseObjects',
      'ReminderIsSet', 'ReminderMinutesBeforeStart', 'DisplayCc', 'DisplayTo', 'HasAttachments', 'EffectiveRights', 'LastModifiedName', 'LastModifiedTime', 'IsAssociated', 'WebClientReadFormQueryString', 'ConversationId', 'Flag', 'InstanceKey',
      'ConversationIndex', 'ConversationTopic', 'IsRead',
    ]],
  ])('GetItem %s of a post', async (base, elements) => {
    const item = await alice.item(await post(), base);
    const optional = ['DateTimeReceived', 'DateTimeSent', 'PostedTime', 'InternetMessageId', 'From', 'Sender'];
    expect([item.name, names(item).filter((name) => !optional.includes(name))]).toEqual(['PostItem', elements]);
  });

  it('ids are long and opaque, change keys decode as base64', async () => {
    const { id, changeKey } = await received();
    expect(id.length).toBeGreaterThanOrEqual(140);
    expect(Buffer.from(changeKey, 'base64').toString('base64')).toBe(changeKey);
  });

  it('additional properties are added to the base shape', async () => {
    const item = await alice.item(await received(), 'IdOnly', ['item:Preview', 'item:TextBody', 'item:UniqueBody', 'item:NormalizedBody', 'item:IconIndex', 'item:Culture', 'item:WebClientEditFormQueryString', 'item:StoreEntryId', 'item:DisplayBcc']);
    expect(names(item)).toEqual(expect.arrayContaining(['ItemId', 'UniqueBody', 'StoreEntryId', 'NormalizedBody', 'Preview', 'TextBody', 'WebClientEditFormQueryString']));
    expect(textAt(item, 'Preview')).toMatch(/^Alice, station 12 has been reading/);
  });

  it.each(['folder:DisplayName'])('a property of folders asked of an item: %s', async (uri) => {
    const answer = await alice.getItem(await received(), 'IdOnly', [uri]);
    expect(answer.codes).toEqual(['ErrorInvalidPropertyRequest']);
    expect(answer.first('FieldURI').attributes).toEqual({ FieldURI: uri });
  });

  it.each([
    ['Exchange2007_SP1', ['ErrorInvalidPropertyRequest']],
    ['Exchange2010', ['NoError']],
  ])('a property of another kind of item asked of a message by %s', async (version, codes) => {
    const body = `<m:GetItem><m:ItemShape>${shape('IdOnly', ['calendar:Start'])}</m:ItemShape><m:ItemIds>${itemRef(await received())}</m:ItemIds></m:GetItem>`;
    expect((await alice.call(body, { version })).codes).toEqual(codes);
  });

  it.each(['item:TextBody', 'item:MimeContent', 'item:UniqueBody'])('FindItem with %s: ErrorInvalidPropertyForOperation', async (uri) => {
    expect((await alice.findItem('inbox', { paths: [uri] })).codes).toEqual(['ErrorInvalidPropertyForOperation']);
  });

  it('FindItem with IncludeMimeContent: ErrorInvalidPropertyForOperation', async () => {
    const answer = await alice.call(`<m:FindItem Traversal="Shallow"><m:ItemShape>${shape('IdOnly', [], '<t:IncludeMimeContent>true</t:IncludeMimeContent>')}</m:ItemShape><m:ParentFolderIds>${folderRef('inbox')}</m:ParentFolderIds></m:FindItem>`);
    expect(answer.codes).toEqual(['ErrorInvalidPropertyForOperation']);
  });

  it('FindItem shows no more than 255 characters of a text', async () => {
    await alice.createMessage(`<t:Subject>long</t:Subject><t:ExtendedProperty><t:ExtendedFieldURI PropertyTag="0x6645" PropertyType="String"/><t:Value>${'x'.repeat(1000)}</t:Value></t:ExtendedProperty>`);
    const answer = (await alice.findItem('inbox', { paths: ['<t:ExtendedFieldURI PropertyTag="0x6645" PropertyType="String"/>'] })).ok();
    expect(answer.texts('Value').map(({ length }) => length)).toEqual([255]);
    const whole = await alice.item(await alice.idBySubject('inbox', 'long'), 'IdOnly', ['<t:ExtendedFieldURI PropertyTag="0x6645" PropertyType="String"/>']);
    expect(textAt(whole, 'ExtendedProperty', 'Value')).toHaveLength(1000);
  });
});

describe('bodies', () => {
  const html = '<html><head><style>p{color:red}</style></head><body><p onclick="evil()">Hello &amp; <b>welcome</b></p><script>evil()</script></body></html>';
  const withHtml = (): Promise<Id> => alice.createMessage(`<t:Subject>h</t:Subject><t:Body BodyType="HTML">${escapeXml(html)}</t:Body>`);
  const body = async (id: Id, more: string): Promise<[string | undefined, string]> => {
    const item = await alice.item(id, 'IdOnly', ['item:Body'], more);
    const [found] = allBelow(item, 'Body');
    return [found?.attributes['BodyType'], found?.text ?? ''];
  };

  it.each([
    ['MS-OXWSCDATA_R15', 'Best', 'HTML', html],
    ['MS-OXWSCDATA_R17', 'HTML', 'HTML', html],
    ['MS-OXWSCDATA_R18', 'Text', 'Text', expect.stringMatching(/^Hello & welcome\s*$/)],
  ])('%s: an HTML body as %s is %s', async (_id, asked, type, content) => {
    expect(await body(await withHtml(), `<t:BodyType>${asked}</t:BodyType>`)).toEqual([type, content]);
  });

  it.each([
    ['Best', 'Text', 'words'],
    ['Text', 'Text', 'words'],
    ['HTML', 'HTML', expect.stringMatching(/^<html>[\s\S]*words/)],
  ])('a text body as %s is %s', async (asked, type, content) => {
    expect(await body(await alice.createMessage(plain), `<t:BodyType>${asked}</t:BodyType>`)).toEqual([type, content]);
  });

  it('MS-OXWSCDATA_R21193, MS-OXWSCDATA_R21194: FilterHtmlContent takes scripts out, and only then', async () => {
    const id = await withHtml();
    const [, filtered] = await body(id, '<t:FilterHtmlContent>true</t:FilterHtmlContent>');
    expect(filtered).not.toMatch(/script|onclick|evil/);
    expect(filtered).toContain('welcome');
    expect((await body(id, '<t:FilterHtmlContent>false</t:FilterHtmlContent>'))[1]).toBe(html);
  });

  it('an item without body has an empty one', async () => {
    expect(await body(await alice.createMessage('<t:Subject>none</t:Subject>'), '')).toEqual(['Text', '']);
  });

  it('MaximumBodySize cuts and says so', async () => {
    const item = await alice.item(await alice.createMessage(plain), 'IdOnly', ['item:Body'], '<t:BodyType>Text</t:BodyType><t:MaximumBodySize>3</t:MaximumBodySize>');
    expect(allBelow(item, 'Body').map(({ text, attributes }) => [text, attributes['IsTruncated']])).toEqual([['wor', 'true']]);
  });

  it.each([
    ['every kind of character', 'a < b & c > d "quoted" \'single\' é 日本 👋 \u00a0 tab\there'],
    ['entities in data', '&lt; &amp; &#65; &nbsp; ]]>'],
    ['blanks at the ends', '  blank  '],
  ])('a body comes back as it went: %s', async (_what, content) => {
    expect((await body(await alice.createMessage(`<t:Body BodyType="Text">${escapeXml(content)}</t:Body>`), ''))[1]).toBe(content);
  });
});

describe('MIME', () => {
  const mime = ['From: Odd <odd@elsewhere.test>', 'To: alice@example.test', 'Subject: =?utf-8?Q?Gr=C3=BC=C3=9Fe?=', 'Message-ID: <verbatim@elsewhere.test>', 'Date: Mon, 5 Jan 2026 08:00:00 +0000', 'X-Odd:   kept  as   it is', 'MIME-Version: 1.0', 'Content-Type: text/plain; charset=utf-8', 'Content-Transfer-Encoding: 8bit', '', 'körper', ''].join('\r\n');
  const create = (): Promise<Id> => alice.createMessage(`<t:MimeContent CharacterSet="UTF-8">${Buffer.from(mime).toString('base64')}</t:MimeContent>`);
  const mimeOf = async (id: Id): Promise<string> => {
    const item = await alice.item(id, 'IdOnly', [], '<t:IncludeMimeContent>true</t:IncludeMimeContent>');
    return Buffer.from(textAt(item, 'MimeContent') ?? '', 'base64').toString();
  };

  it('MS-OXWSCORE_R69, MS-OXWSCDATA_R21188: comes back verbatim, and fills the properties', async () => {
    const id = await create();
    expect(await mimeOf(id)).toBe(mime);
    const item = await alice.item(id);
    expect(['Subject', 'InternetMessageId', 'Body'].map((name) => textAt(item, name)?.trim())).toEqual(['Grüße', '<verbatim@elsewhere.test>', 'körper']);
    expect(allBelow(item, 'InternetMessageHeader').find(({ attributes }) => attributes['HeaderName'] === 'X-Odd')?.text).toMatch(/^kept/);
  });

  it('MS-OXWSCORE_R114, MS-OXWSCDATA_R21189: has its character set, and is there only when asked for', async () => {
    const id = await create();
    expect((await alice.getItem(id, 'IdOnly', [], '<t:IncludeMimeContent>true</t:IncludeMimeContent>')).ok().first('MimeContent').attributes).toEqual({ CharacterSet: 'UTF-8' });
    for (const more of ['', '<t:IncludeMimeContent>false</t:IncludeMimeContent>']) expect((await alice.getItem(id, 'AllProperties', [], more)).ok().all('MimeContent')).toEqual([]);
  });

  it('is rendered anew once a property that it carries has changed', async () => {
    const id = await create();
    (await alice.updateItem(id, setField('item:Subject', '<t:Subject>Changed</t:Subject>'))).ok();
    expect(await mimeOf(id)).toMatch(/^Subject: Changed\r$/m);
    expect(await mimeOf(id)).toMatch(/^Content-Type: /m);
  });

  it('is rendered for what never was MIME', async () => {
    const text = await mimeOf(await alice.createMessage(plain));
    expect(text).toMatch(/^Subject: plain\r$/m);
    expect(text).toMatch(/^To: .*bob@example\.test/m);
    expect(text).toContain('words');
  });
});

describe('extended properties', () => {
  const set = '11111111-2222-3333-4444-555566667777';
  const cases: readonly (readonly [string, string, string, string | readonly string[]])[] = [
    ['String', 'PropertyTag="0x6645"', 'String', 'text & more'],
    ['Integer', `PropertySetId="${set}" PropertyName="n"`, 'Integer', '-42'],
    ['Short', `PropertySetId="${set}" PropertyName="n"`, 'Short', '-7'],
    ['Long', `PropertySetId="${set}" PropertyName="n"`, 'Long', '9007199254740993'],
    ['Boolean', `PropertySetId="${set}" PropertyId="5"`, 'Boolean', 'true'],
    ['Double', `PropertySetId="${set}" PropertyName="n"`, 'Double', '1.5'],
    ['Float', `PropertySetId="${set}" PropertyName="n"`, 'Float', '0.5'],
    ['Currency', `PropertySetId="${set}" PropertyName="n"`, 'Currency', '120000'],
    ['ApplicationTime', `PropertySetId="${set}" PropertyName="n"`, 'ApplicationTime', '2.5'],
    ['SystemTime', `PropertySetId="${set}" PropertyName="n"`, 'SystemTime', '2026-01-05T09:00:00Z'],
    ['Binary', `PropertySetId="${set}" PropertyName="n"`, 'Binary', 'AQIDBA=='],
    ['CLSID', `PropertySetId="${set}" PropertyName="n"`, 'CLSID', '0e9a1c5d-1111-2222-3333-444455556666'],
    ['StringArray', 'DistinguishedPropertySetId="PublicStrings" PropertyName="many"', 'StringArray', ['a', 'b']],
    ['IntegerArray', `PropertySetId="${set}" PropertyName="n"`, 'IntegerArray', ['1', '-2']],
    ['BinaryArray', `PropertySetId="${set}" PropertyName="n"`, 'BinaryArray', ['AQI=', 'Aw==']],
    ['SystemTimeArray', `PropertySetId="${set}" PropertyName="n"`, 'SystemTimeArray', ['2026-01-05T09:00:00Z']],
    ['ShortArray', `PropertySetId="${set}" PropertyName="n"`, 'ShortArray', ['1']],
    ['LongArray', `PropertySetId="${set}" PropertyName="n"`, 'LongArray', ['1', '2']],
    ['DoubleArray', `PropertySetId="${set}" PropertyName="n"`, 'DoubleArray', ['1.5']],
    ['FloatArray', `PropertySetId="${set}" PropertyName="n"`, 'FloatArray', ['1.5']],
    ['CurrencyArray', `PropertySetId="${set}" PropertyName="n"`, 'CurrencyArray', ['7']],
    ['CLSIDArray', `PropertySetId="${set}" PropertyName="n"`, 'CLSIDArray', ['0e9a1c5d-1111-2222-3333-444455556666']],
    ['ApplicationTimeArray', `PropertySetId="${set}" PropertyName="n"`, 'ApplicationTimeArray', ['1.5']],
    ['Common, by number', 'DistinguishedPropertySetId="Common" PropertyId="34160"', 'Integer', '1'],
    ['InternetHeaders', 'DistinguishedPropertySetId="InternetHeaders" PropertyName="x-mine"', 'String', 'head'],
  ];
  const uri = (attributes: string, type: string): string => `<t:ExtendedFieldURI ${attributes} PropertyType="${type}"/>`;
  const values = (value: string | readonly string[]): string => (typeof value === 'string' ? `<t:Value>${escapeXml(value)}</t:Value>` : `<t:Values>${value.map((one) => `<t:Value>${one}</t:Value>`).join('')}</t:Values>`);

  it.each(cases)('MS-OXWSCORE_R101: %s is set, told, found and removed', async (_what, attributes, type, value) => {
    const path = uri(attributes, type);
    const property = `<t:ExtendedProperty>${path}${values(value)}</t:ExtendedProperty>`;
    const id = await alice.createMessage(`<t:Subject>x</t:Subject>${property}`);
    const told = async (): Promise<string[]> => allBelow(await alice.item(id, 'IdOnly', [path]), 'Value').map(({ text }) => text);
    expect(await told()).toEqual([value].flat());
    const exists = (await alice.findItem('inbox', { more: `<m:Restriction><t:Exists>${path}</t:Exists></m:Restriction>` })).ok();
    expect(exists.all('ItemId').map((one) => idOf(one).id)).toEqual([id.id]);
    if (typeof value === 'string' && type !== 'Binary') {
      const equal = (await alice.findItem('inbox', { more: `<m:Restriction><t:IsEqualTo>${path}<t:FieldURIOrConstant><t:Constant Value="${escapeXml(value)}"/></t:FieldURIOrConstant></t:IsEqualTo></m:Restriction>` })).ok();
      expect(equal.all('ItemId').map((one) => idOf(one).id)).toEqual([id.id]);
    }
    (await alice.updateItem(id, deleteField(path))).ok();
    expect(await told()).toEqual([]);
    (await alice.updateItem(id, setField(path, property))).ok();
    expect(await told()).toEqual([value].flat());
  });

  it.each([
    ['hexadecimal without leading zeros', '0x37'], ['with them', '0x0037'], ['decimal', '55'],
  ])('a tag is a number, however written: %s', async (_what, tag) => {
    const item = await alice.item(await alice.createMessage(plain), 'IdOnly', [uri(`PropertyTag="${tag}"`, 'String')]);
    expect(textAt(item, 'ExtendedProperty', 'Value')).toBe('plain');
  });

  it.each([
    ['PR_SUBJECT', 'PropertyTag="0x37"', 'String', 'plain'],
    ['PR_MESSAGE_CLASS', 'PropertyTag="0x1a"', 'String', 'IPM.Note'],
    ['PR_SENSITIVITY', 'PropertyTag="0x36"', 'Integer', '0'],
    ['PR_MESSAGE_FLAGS', 'PropertyTag="0xe07"', 'Integer', /^\d+$/],
    ['PR_ENTRYID', 'PropertyTag="0xfff"', 'Binary', /^[A-Za-z0-9+/]+=*$/],
    ['PR_CHANGE_KEY', 'PropertyTag="0x65e2"', 'Binary', /^[A-Za-z0-9+/]+=*$/],
    ['PR_MESSAGE_DELIVERY_TIME', 'PropertyTag="0xe06"', 'SystemTime', /^2026-01-05T09:00:00Z$/],
    ['PR_CREATION_TIME', 'PropertyTag="0x3007"', 'SystemTime', '2026-01-05T09:00:00Z'],
    ['PR_URL_COMP_NAME', 'PropertyTag="0x10f3"', 'String', 'plain.EML'],
  ])('a field of the item is the property of its tag: %s', async (_what, attributes, type, value) => {
    const item = await alice.item(await alice.createMessage(plain), 'IdOnly', [uri(attributes, type)]);
    const found = textAt(item, 'ExtendedProperty', 'Value');
    if (value instanceof RegExp) expect(found).toMatch(value);
    else expect(found).toBe(value);
  });

  it('DavMail changes a subject through its tag', async () => {
    const id = await alice.createMessage(plain);
    const path = uri('PropertyTag="0x37"', 'String');
    (await alice.updateItem(id, setField(path, `<t:ExtendedProperty>${path}<t:Value>renamed</t:Value></t:ExtendedProperty>`))).ok();
    expect(textAt(await alice.item(id), 'Subject')).toBe('renamed');
  });

  it.each([
    ['a tag and a set', `PropertyTag="0x37" PropertySetId="${set}"`, 'String', 'ErrorInvalidExtendedProperty'],
    ['a set alone', `PropertySetId="${set}"`, 'String', 'ErrorInvalidExtendedProperty'],
    ['a name and a number', `PropertySetId="${set}" PropertyName="a" PropertyId="1"`, 'String', 'ErrorInvalidExtendedProperty'],
    ['a negative number', `PropertySetId="${set}" PropertyId="-1"`, 'String', 'ErrorInvalidExtendedProperty'],
    ['an empty name', `PropertySetId="${set}" PropertyName=""`, 'String', 'ErrorInvalidExtendedProperty'],
    ['two sets', `DistinguishedPropertySetId="Common" PropertySetId="${set}" PropertyName="a"`, 'String', 'ErrorInvalidExtendedProperty'],
    ['nothing', '', 'String', 'ErrorInvalidExtendedProperty'],
    ['the tag of a named property', 'PropertyTag="0x8001"', 'String', 'ErrorNoPropertyTagForCustomProperties'],
    ['an object', 'PropertyTag="0x3701"', 'Object', 'ErrorUnsupportedMapiPropertyType'],
    ['an error', 'PropertyTag="0x3701"', 'Error', 'ErrorUnsupportedMapiPropertyType'],
  ])('refuses %s', async (_what, attributes, type, code) => {
    expect((await alice.getItem(await received(), 'IdOnly', [uri(attributes, type)])).codes).toEqual([code]);
  });

  it.each([
    ['Integer', 'many'], ['Integer', '99999999999'], ['Short', '70000'], ['Boolean', 'perhaps'], ['SystemTime', 'noon'], ['SystemTime', '2026-02-30T00:00:00Z'], ['SystemTime', '99999-01-01T00:00:00Z'], ['SystemTime', '0001-01-01T00:00:00+14:00'], ['CLSID', 'x'], ['Binary', '?'], ['Double', 'x'], ['Long', '1.5'], ['Long', '99999999999999999999'],
  ])('a value that is no %s: %s', async (type, value) => {
    const answer = await alice.createItem(`<t:Message><t:ExtendedProperty>${uri(`PropertySetId="${set}" PropertyName="n"`, type)}<t:Value>${value}</t:Value></t:ExtendedProperty></t:Message>`);
    expect(answer.codes).toEqual(['ErrorInvalidExtendedPropertyValue']);
  });
});

describe('times', () => {
  it.each([
    ['Seconds', '2026-01-05T09:00:00Z', 'MS-OXWSCORE_R1670'],
    ['Milliseconds', '2026-01-05T09:00:00.123Z', 'MS-OXWSCORE_R1671'],
  ])('DateTimePrecision %s: %s (%s)', async (precision, time) => {
    const { id } = await alice.createMessage(plain);
    const answer = await alice.call(`<m:GetItem><m:ItemShape>${shape('IdOnly', ['item:DateTimeCreated'])}</m:ItemShape><m:ItemIds><t:ItemId Id="${id}"/></m:ItemIds></m:GetItem>`, { header: `<t:DateTimePrecision>${precision}</t:DateTimePrecision>` });
    expect(answer.ok().texts('DateTimeCreated')).toEqual([time]);
  });

  it.each([
    ['2026-07-01T12:00:00', undefined, '2026-07-01T12:00:00Z'],
    ['2026-07-01T12:00:00', 'W. Europe Standard Time', '2026-07-01T10:00:00Z'],
    ['2026-01-01T12:00:00', 'W. Europe Standard Time', '2026-01-01T11:00:00Z'],
    ['2026-07-01T12:00:00+05:30', 'W. Europe Standard Time', '2026-07-01T06:30:00Z'],
    ['2026-07-01T12:00:00.000+00:00', undefined, '2026-07-01T12:00:00Z'],
    ['2026-07-01T12:00:00Z', 'Pacific Standard Time', '2026-07-01T12:00:00Z'],
  ])('TimeZoneContext: %s in %s is %s', async (local, zone, utc) => {
    const header = zone === undefined ? '' : `<t:TimeZoneContext><t:TimeZoneDefinition Id="${zone}"/></t:TimeZoneContext>`;
    const made = await alice.call(`<m:CreateItem MessageDisposition="SaveOnly"><m:Items><t:Message><t:ReminderDueBy>${local}</t:ReminderDueBy></t:Message></m:Items></m:CreateItem>`, { header });
    expect(textAt(await alice.item(idOf(made.ok().first('ItemId'))), 'ReminderDueBy')).toBe(utc);
  });
});
