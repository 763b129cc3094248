import { htmlOfBody, textOfBody } from '@fauxchange/mailbox';
import { errorCode } from '@fauxchange/mapi-wire';
import type { PropertyName } from '@fauxchange/properties';
import { createMapiHttpEmulator, type MapiHttpEmulator } from '../src/index.ts';
import { Behind } from './support/items.ts';
import { folder, MessageKit, type Values } from './support/message-kit.ts';
import { RopClient } from './support/rop-client.ts';

let mapi: MapiHttpEmulator;
let kit: MessageKit;
let alice: Behind;
beforeAll(async () => {
  mapi = await createMapiHttpEmulator();
});
beforeEach(async () => {
  await mapi.reset();
  kit = await new MessageKit(new RopClient(mapi)).logOn();
  alice = new Behind(mapi);
});
afterAll(() => mapi.close());

const bytes = (text: string): Uint8Array => new Uint8Array(Buffer.from(text));
/** RTF that is not compressed, as [MS-OXRTFCP] 2.1.3.1 has it: sizes, `MELA`, no checksum. */
function stored(rtf: string): Uint8Array {
  const head = Buffer.alloc(16);
  head.writeUInt32LE(rtf.length + 12, 0);
  head.writeUInt32LE(rtf.length, 4);
  head.write('MELA', 8, 'latin1');
  return new Uint8Array(Buffer.concat([head, Buffer.from(rtf, 'latin1')]));
}
const textOf = (value: unknown): string => Buffer.from(value as Uint8Array).toString('utf8');

describe('values are kept', () => {
  it.each<[string, Values]>([
    ['MS-OXCMSG_R72: low importance', { PidTagImportance: 0 }], ['MS-OXCMSG_R73: normal importance', { PidTagImportance: 1 }], ['MS-OXCMSG_R74: high importance', { PidTagImportance: 2 }],
    ['MS-OXCMSG_R78: urgent', { PidTagPriority: 1 }], ['MS-OXCMSG_R79: normal priority', { PidTagPriority: 0 }], ['MS-OXCMSG_R80: not urgent', { PidTagPriority: -1 }],
    ['MS-OXCMSG_R84: not sensitive', { PidTagSensitivity: 0 }], ['MS-OXCMSG_R86: personal', { PidTagSensitivity: 1 }], ['MS-OXCMSG_R87: private', { PidTagSensitivity: 2 }], ['MS-OXCMSG_R88: confidential', { PidTagSensitivity: 3 }],
    ['MS-OXCMSG_R2008', { PidLidSideEffects: 0x1 }], ['MS-OXCMSG_R2009', { PidLidSideEffects: 0x8 }], ['MS-OXCMSG_R2010', { PidLidSideEffects: 0x10 }], ['MS-OXCMSG_R2011', { PidLidSideEffects: 0x20 }],
    ['MS-OXCMSG_R2012', { PidLidSideEffects: 0x40 }], ['MS-OXCMSG_R2013', { PidLidSideEffects: 0x100 }], ['MS-OXCMSG_R2014', { PidLidSideEffects: 0x400 }], ['MS-OXCMSG_R2015', { PidLidSideEffects: 0x800 }],
    ['MS-OXCMSG_R2016', { PidLidSideEffects: 0x1000 }], ['MS-OXCMSG_R2017', { PidLidSideEffects: 0x2000 }], ['MS-OXCMSG_R2018', { PidLidSideEffects: 0x4000 }],
    ['MS-OXCMSG_R1654: not to be archived', { PidLidAgingDontAgeMe: true }], ['MS-OXCMSG_R1655: to be archived', { PidLidAgingDontAgeMe: false }], ['MS-OXCMSG_R1797: may be forwarded', { PidTagAlternateRecipientAllowed: true }],
    ['MS-OXCMSG_R1198: another agent\'s', { PidTagResponsibility: true }], ['MS-OXCMSG_R1199: nobody else\'s', { PidTagResponsibility: false }],
    ['MS-OXCMSG_R1208: Content-Base', { PidNameContentBase: 'https://elsewhere.test/' }], ['MS-OXCMSG_R1210: Accept-Language', { PidNameAcceptLanguage: 'de' }], ['MS-OXCMSG_R2038: Content-Type', { PidNameContentType: 'text/html' }],
    ['MS-OXCMSG_R1214: the sender\'s domain', { PidTagPurportedSenderDomain: 'elsewhere.test' }], ['MS-OXCMSG_R218102: labels', { PidNameMSIPLabels: 'MSIP_Label_1=Enabled' }],
    ['MS-OXCMSG_R2076 MS-OXCMSG_R2077: a name of the body, absolute', { PidTagBodyContentLocation: 'https://elsewhere.test/a' }], ['MS-OXCMSG_R2077: or relative', { PidTagBodyContentLocation: 'a/b' }],
    ['MS-OXCMSG_R2194', { PidTagArchiveTag: bytes('0123456789abcdef') }], ['MS-OXCMSG_R2113', { PidTagPolicyTag: bytes('0123456789abcdef') }], ['MS-OXCMSG_R2119', { PidTagRetentionPeriod: 7 }],
    ['MS-OXCMSG_R2131', { PidTagStartDateEtc: bytes('0123456789ab') }], ['MS-OXCMSG_R2165', { PidTagArchivePeriod: 7 }], ['a date of retention', { PidTagRetentionDate: 132_000_000_000_000_000n }],
    ['MS-OXCMSG_R2155 MS-OXCMSG_R2149', { PidTagRetentionFlags: 0x2 }], ['MS-OXCMSG_R2156 MS-OXCMSG_R2149', { PidTagRetentionFlags: 0x4 }], ['MS-OXCMSG_R2159 MS-OXCMSG_R2149', { PidTagRetentionFlags: 0x20 }], ['MS-OXCMSG_R2160 MS-OXCMSG_R2149', { PidTagRetentionFlags: 0x40 }], ['MS-OXCMSG_R1909 MS-OXCMSG_R2149', { PidTagRetentionFlags: 0x80 }], ['MS-OXCMSG_R1911 MS-OXCMSG_R2149', { PidTagRetentionFlags: 0x100 }],
    ['a tag that nobody knows', { '0x6001:String': 'ä', '0x6002:MultipleInteger32': [1, 2], '0x6003:Guid': '00112233-4455-6677-8899-aabbccddeeff' }],
    ['a name that nobody knows', { '{00112233-4455-6677-8899-aabbccddeeff}:mine:String': 'x', '{00112233-4455-6677-8899-aabbccddeeff}:0x0001:Floating64': 1.5 }],
    ['one bit, many bits', { '0x6004:Boolean': true, '0x6005:Integer64': -1n, '0x6006:Currency': 12_345n, '0x6007:MultipleString': ['a', 'b'], '0x6008:MultipleBinary': [bytes('x')], '0x6009:Integer16': -5, '0x600a:Floating32': 0.5 }],
  ])('%s', async (_id, values) => {
    const id = await kit.saved(values);
    expect(await kit.stored(id, Object.keys(values) as PropertyName[])).toEqual(Object.values(values));
  });

  it.each<[string, PropertyName]>([['MS-OXCMSG_R91', 'PidLidSmartNoAttach'], ['MS-OXCMSG_R1108', 'PidTagAutoForwarded']])('%s: %s that is not set is not there, so that clients take it as false', async (_id, name) => {
    expect(await kit.cells(await kit.open(await kit.saved()), name)).toEqual([{ error: errorCode.NotFound }]);
  });
});

it.each<[string, Values]>([
  ['MS-OXCMSG_R2195', { PidTagArchiveTag: bytes('0123456789abcdef') }], ['MS-OXCMSG_R2114', { PidTagPolicyTag: bytes('0123456789abcdef') }], ['MS-OXCMSG_R2120', { PidTagRetentionPeriod: 7 }], ['MS-OXCMSG_R2166', { PidTagArchivePeriod: 7 }],
  ['MS-OXCMSG_R2154 MS-OXCMSG_R2150', { PidTagRetentionFlags: 0x1 }], ['MS-OXCMSG_R2157', { PidTagRetentionFlags: 0x8 }], ['MS-OXCMSG_R2158', { PidTagRetentionFlags: 0x10 }],
])('%s: %j of a folder', async (_ids, values) => {
  await kit.set(await kit.folder(folder.inbox), values);
  expect(await kit.get(await kit.folder(folder.inbox), ...Object.keys(values) as PropertyName[])).toEqual(Object.values(values));
});

describe('a subject', () => {
  const parts = ['PidTagSubject', 'PidTagSubjectPrefix', 'PidTagNormalizedSubject'] as const;
  it.each<[string, Values, readonly string[]]>([
    ['MS-OXCMSG_R58 MS-OXCMSG_R64 MS-OXCMSG_R1238 MS-OXCMSG_R1239: is a prefix and the rest', { PidTagSubjectPrefix: 'RE: ', PidTagNormalizedSubject: 'Lunch' }, ['RE: Lunch', 'RE: ', 'Lunch']],
    ['MS-OXCMSG_R58 MS-OXCMSG_R64: is cut where a prefix is', { PidTagSubject: 'FW: Lunch' }, ['FW: Lunch', 'FW: ', 'Lunch']],
    ['MS-OXCMSG_R1801: has no prefix where none is', { PidTagSubject: 'Lunch' }, ['Lunch', '', 'Lunch']],
    ['MS-OXCMSG_R1802: has an empty one where that is said', { PidTagSubject: 'RE: Lunch', PidTagSubjectPrefix: '' }, ['RE: Lunch', '', 'RE: Lunch']],
    ['all three', { PidTagSubject: 'AW: Essen', PidTagSubjectPrefix: 'AW: ', PidTagNormalizedSubject: 'Essen' }, ['AW: Essen', 'AW: ', 'Essen']],
    ['a prefix that the rule does not know', { PidTagSubjectPrefix: 'Antwort: ', PidTagNormalizedSubject: 'Essen' }, ['Antwort: Essen', 'Antwort: ', 'Essen']],
    ['the rest alone', { PidTagNormalizedSubject: 'Lunch' }, ['Lunch', '', 'Lunch']],
  ])('%s', async (_id, values, expected) => {
    const message = await kit.create();
    await kit.set(message, values);
    expect(await kit.get(message, ...parts)).toEqual(expected);
    expect(await kit.stored(await kit.save(message), parts)).toEqual(expected);
  });

  it('that is changed forgets its parts; a part that is changed keeps the other', async () => {
    const message = await kit.create({ PidTagSubjectPrefix: 'RE: ', PidTagNormalizedSubject: 'Lunch' });
    await kit.save(message);
    await kit.set(message, { PidTagNormalizedSubject: 'Dinner' });
    expect(await kit.get(message, ...parts)).toEqual(['RE: Dinner', 'RE: ', 'Dinner']);
    await kit.set(message, { PidTagSubject: 'Tea' });
    expect(await kit.get(message, ...parts)).toEqual(['Tea', '', 'Tea']);
    await kit.save(message);
    await kit.set(message, { PidTagSubjectPrefix: 'FW: ' });
    expect(await kit.stored(await kit.save(message), parts)).toEqual(['FW: Tea', 'FW: ', 'Tea']);
  });
});

describe('a body', () => {
  const native = async (id: bigint) => (await kit.stored(id, ['PidTagNativeBody', 'PidTagRtfInSync']));
  const html = '<html><body><p>Grüße &amp; more</p></body></html>';

  it('MS-OXCMSG_R2058 MS-OXCMSG_R1714: none', async () => expect(await native(await kit.saved())).toEqual([0, undefined]));

  it('MS-OXCMSG_R2059: of text is RTF, too, and no HTML', async () => {
    const id = await kit.saved({ PidTagBody: 'Grüße\r\n' });
    const [text, rich, rtf] = await kit.stored(id, ['PidTagBody', 'PidTagHtml', 'PidTagRtfCompressed']);
    const [again] = await kit.stored(await kit.saved({ PidTagRtfCompressed: rtf as Uint8Array }), ['PidTagBody']);
    expect([await native(id), text, rich, String(again).trim()]).toEqual([[1, false], 'Grüße\r\n', undefined, 'Grüße']);
  });

  it('MS-OXCMSG_R2061 MS-OXCMSG_R2082: of HTML is text and RTF, too', async () => {
    const id = await kit.saved({ PidTagHtml: bytes(html), PidTagInternetCodepage: 65_001 });
    const [text, rich] = await kit.stored(id, ['PidTagBody', 'PidTagHtml']);
    expect([await native(id), String(text).trim(), textOf(rich)]).toEqual([[3, false], 'Grüße & more', html]);
  });

  it('MS-OXCMSG_R2060 MS-OXCMSG_R2068: of RTF is in sync', async () => {
    const rtf = stored('{\\rtf1\\ansi Hello\\par }');
    const id = await kit.saved({ PidTagRtfCompressed: rtf });
    const [text, rich, back] = await kit.stored(id, ['PidTagBody', 'PidTagHtml', 'PidTagRtfCompressed']);
    expect([await native(id), String(text).trim(), rich, back]).toEqual([[2, true], 'Hello', undefined, rtf]);
  });

  it('of RTF that encloses HTML is that HTML, for other protocols too', async () => {
    const [rtf] = await kit.stored(await kit.saved({ PidTagHtml: bytes(html), PidTagInternetCodepage: 65_001 }), ['PidTagRtfCompressed']);
    const id = await kit.saved({ PidTagRtfCompressed: rtf as Uint8Array });
    expect(textOf((await kit.stored(id, ['PidTagHtml']))[0])).toBe(html);
    expect(await htmlOfBody(await alice.item(id))).toBe(html);
  });

  it('of HTML is in the code page that the message says; other protocols read it as it is meant', async () => {
    const latin = new Uint8Array(Buffer.from('<p>Grüße</p>', 'latin1'));
    const id = await kit.saved({ PidTagHtml: latin, PidTagInternetCodepage: 1252 });
    expect(await kit.stored(id, ['PidTagHtml', 'PidTagInternetCodepage'])).toEqual([latin, 1252]);
    expect(await htmlOfBody(await alice.item(id))).toBe('<p>Grüße</p>');
  });

  it('that is written anew leaves nothing of the old one; one that is deleted neither', async () => {
    const message = await kit.create({ PidTagHtml: bytes(html) });
    await kit.save(message);
    await kit.set(message, { PidTagBody: 'New' });
    expect(await kit.get(message, 'PidTagBody', 'PidTagHtml', 'PidTagNativeBody')).toEqual(['New', undefined, 1]);
    const id = await kit.save(message);
    expect(await kit.stored(id, ['PidTagBody', 'PidTagHtml', 'PidTagNativeBody'])).toEqual(['New', undefined, 1]);
    await kit.remove(message, ['PidTagBody']);
    expect(await kit.get(message, 'PidTagBody', 'PidTagNativeBody')).toEqual([undefined, 0]);
    await kit.save(message);
    expect((await alice.item(id)).body).toBeUndefined();
  });
});

it('what MAPI has made is what the model shows to every protocol: recipients, bodies, attachments, categories', async () => {
  const message = await kit.create({ PidTagSubject: 'RE: All of it', PidTagMessageClass: 'IPM.Note.Mine', PidTagHtml: bytes('<p>Rich</p>'), PidTagBody: 'Plain', PidTagImportance: 2, PidNameKeywords: ['Red', 'Blue'], PidTagMessageFlags: 8 });
  await kit.address(message, [{ name: 'Bob', dn: kit.client.dn('bob') }, { type: 2, name: 'Zoë', smtp: 'zoe@elsewhere.test' }, { type: 3, name: 'Carol', smtp: 'carol@example.test' }]);
  await kit.attach(message, { PidTagAttachLongFilename: 'a.txt', PidTagAttachMethod: 1, PidTagAttachDataBinary: bytes('content'), PidTagAttachMimeTag: 'text/plain' });
  const item = await alice.item(await kit.save(message));
  expect(item).toMatchObject({ itemClass: 'IPM.Note.Mine', isRead: false, isAssociated: false, folderId: alice.mailbox.wellKnown('inbox') });
  expect(item.recipients.map(({ type, name, address, addressType }) => [type, name, address, addressType])).toEqual([
    ['to', 'Bob', kit.client.dn('bob'), 'EX'], ['cc', 'Zoë', 'zoe@elsewhere.test', 'SMTP'], ['bcc', 'Carol', 'carol@example.test', 'SMTP'],
  ]);
  expect([item.body?.native, await htmlOfBody(item), await textOfBody(item)]).toEqual(['html', '<p>Rich</p>', 'Plain']);
  const [attachment] = item.attachments;
  expect(attachment).toMatchObject({ kind: 'file', name: 'a.txt', contentType: 'text/plain', size: 7 });
  expect(attachment?.kind === 'file' && textOf(await attachment.content.read())).toBe('content');
  const get = (name: PropertyName) => item.bag.get(name);
  expect([get('PidTagSubject'), get('PidTagSubjectPrefix'), get('PidTagImportance'), get('PidNameKeywords'), get('PidTagDisplayTo'), get('PidTagDisplayCc'), get('PidTagDisplayBcc')]).toEqual(['RE: All of it', undefined, 2, ['Red', 'Blue'], 'Bob', 'Zoë', 'Carol']);
});

it('MS-OXCMSG_R1605: a class is one class in capitals or not', async () => {
  await kit.saved({ PidTagMessageClass: 'IPM.Sticky', PidTagSubject: 'Found' });
  const { opened } = await kit.client.ok('RopGetContentsTable', { TableFlags: 0 }, await kit.folder(folder.inbox));
  await kit.client.ok('RopSetColumns', { SetColumnsFlags: 0, PropertyTags: await kit.tags(['PidTagSubject']) }, opened);
  const tag = await kit.tag('PidTagMessageClass');
  await kit.client.ok('RopRestrict', { RestrictFlags: 0, RestrictionData: { kind: 'Property', RelOp: 4, PropTag: tag, TaggedValue: { tag, value: 'ipm.STICKY' } } } as never, opened);
  expect(await kit.client.rows(opened)).toEqual([[{ value: 'Found' }]]);
});
