import { attempt, base64, binary, choices, decodeAny, decodeDocument, document, emptyTag, encodeChunks, encodeDocument, flag, integer, lazy, list, optional, repeated, ShapeViolation, struct, text, textOrBinary, WbxmlEncodeError } from '../src/index.ts';
import type { Document, ProtocolVersion, Shape, ViolationKind } from '../src/index.ts';
import { bytes, caught, hex } from './bytes.ts';

const header = '03016a00';

interface Query { $?: string | undefined; And?: Query | undefined; 'AirSync:Class'?: string | undefined }
const query: Shape<Query> = struct('Search', { And: optional(lazy(() => query)), 'AirSync:Class': optional(text()) }, { text: true });
const Search = document('Search:Query', query);

const Collection = struct('AirSync', {
  SyncKey: text({ maxLength: 4 }), Class: optional(text({ oneOf: ['Email', 'SMS'] }), { until: '12.1' }), GetChanges: optional(flag({ whenEmpty: true })), MoreAvailable: optional(emptyTag()),
  Options: repeated(struct('AirSync', { FilterType: optional(integer({ min: 0, max: 8 })), 'AirSyncBase:BodyPreference': optional(repeated(text(), { min: 2 })) }), { max: 2 }),
  Commands: optional(choices('AirSync', { Add: struct('AirSync', { ClientId: text({ minLength: 1 }) }), Delete: struct('AirSync', { ServerId: text({ pattern: /^\d+:\d+$/g }) }), SoftDelete: optional(emptyTag(), { since: '14.0' }) }, { min: 1, max: 4 })),
});
const Sync = document('AirSync:Sync', struct('AirSync', {
  Collections: optional(list('AirSync', 'Collection', Collection, { min: 1, max: 2 })), Wait: optional(integer()), 'Email2:ConversationId': optional(binary()), 'ComposeMail:Mime': optional(textOrBinary()), 'Contacts:Picture': optional(base64()),
}));
const Ordered = document('Ping:Ping', struct('Ping', { Status: integer(), HeartbeatInterval: optional(integer()), Folders: repeated(text()) }, { ordered: true }));

const collections = (content: string): string => `${header} 45 5c ${content} 01 01`;
const collection = (content: string): string => collections(`4f ${content} 01`);
const key = "4b 03 '7' 00 01";

type Vector = readonly [what: string, document: Document<unknown>, notation: string, value: unknown];
const as = <T>(what: string, shape: Document<T>, notation: string, value: NoInfer<T>): Vector => [what, shape, notation, value];

describe('bytes, value, the same bytes', () => {
  it.each<Vector>([
    as('nothing', Sync, `${header} 05`, {}),
    as('text, and an array that is empty', Sync, collection(key), { Collections: [{ SyncKey: '7', Options: [] }] }),
    as('empty text', Sync, collection('0b'), { Collections: [{ SyncKey: '', Options: [] }] }),
    as('a flag, an empty tag', Sync, collection(`${key} 53 03 '0' 00 01 14`), { Collections: [{ SyncKey: '7', GetChanges: false, MoreAvailable: true, Options: [] }] }),
    as('elements of other pages', Sync, collection(`${key} 57 58 03 '2' 00 01 00 11 45 03 'a' 00 01 45 03 'b' 00 01 01 00 00 17`), { Collections: [{ SyncKey: '7', Options: [{ FilterType: 2, 'AirSyncBase:BodyPreference': ['a', 'b'] }, {}] }] }),
    as('pairs in their order', Sync, collection(`${key} 56 49 4d 03 '1:2' 00 01 01 47 4c 03 'c' 00 01 01 21 49 4d 03 '1:3' 00 01 01 01`), {
      Collections: [{ SyncKey: '7', Options: [], Commands: [['Delete', { ServerId: '1:2' }], ['Add', { ClientId: 'c' }], ['SoftDelete', true], ['Delete', { ServerId: '1:3' }]] }],
    }),
    as('integers', Sync, `${header} 45 64 03 '-12' 00 01 01`, { Wait: -12 }),
    as('opaque content', Sync, `${header} 45 00 16 49 c3 03 000102 01 01`, { 'Email2:ConversationId': new Uint8Array([0, 1, 2]) }),
    as('text where text or bytes may be', Sync, `${header} 45 00 15 50 03 'From: a' 00 01 01`, { 'ComposeMail:Mime': 'From: a' }),
    as('bytes where text or bytes may be', Sync, `${header} 45 00 15 50 c3 02 c3bc 01 01`, { 'ComposeMail:Mime': new Uint8Array([0xc3, 0xbc]) }),
    as('base64', Sync, `${header} 45 00 01 7c 03 'AAEC/w==' 00 01 01`, { 'Contacts:Picture': new Uint8Array([0, 1, 2, 255]) }),
    as('children and text', Search, `${header} 00 0f 49 03 'x' 00 53 53 03 'y' 00 01 00 00 50 03 'Email' 00 01 01 01`, { $: 'x', And: { And: { $: 'y' }, 'AirSync:Class': 'Email' } }),
  ])('%s', (_, shape, notation, value) => {
    const document = bytes(notation);
    expect(decodeDocument(document, shape)).toEqual(value);
    expect(hex(encodeDocument(shape, value))).toBe(hex(document));
  });

  it.each<Vector>([
    as('a tag with content that has none', Sync, collection(`4b 01 54 01 53 01`), { Collections: [{ SyncKey: '', MoreAvailable: true, GetChanges: true, Options: [] }] }),
    as('the empty tag of a flag that says so', Sync, collection(`${key} 13`), { Collections: [{ SyncKey: '7', GetChanges: true, Options: [] }] }),
    as('white space between children', Sync, `${header} 45 03 0d0a20 00 5c 4f ${key} 03 '  ' 00 01 c3 01 20 01 01`, { Collections: [{ SyncKey: '7', Options: [] }] }),
    as('text that is opaque, or in pieces', Sync, collection("4b c3 02 c3bc 03 'a' 00 01"), { Collections: [{ SyncKey: 'üa', Options: [] }] }),
    as('bytes that are text, or in pieces', Sync, `${header} 45 00 16 49 03 'ab' 00 c3 01 63 01 01`, { 'Email2:ConversationId': bytes("'abc'") }),
    as('bytes that are not there', Sync, `${header} 45 00 16 09 01`, { 'Email2:ConversationId': new Uint8Array(0) }),
    as('text or bytes that are not there', Sync, `${header} 45 00 15 10 01`, { 'ComposeMail:Mime': '' }),
    as('text and bytes', Sync, `${header} 45 00 15 50 03 'a' 00 c3 01 62 01 01`, { 'ComposeMail:Mime': bytes("'ab'") }),
    as('integers as XSD has them', Sync, `${header} 45 64 03 ' +007 ' 00 01 01`, { Wait: 7 }),
    as('minus zero is zero', Sync, `${header} 45 64 03 '-0' 00 01 01`, { Wait: 0 }),
    as('base64 with white space', Sync, `${header} 45 00 01 7c 03 'AAEC' 0d0a '/w = =' 00 01 01`, { 'Contacts:Picture': new Uint8Array([0, 1, 2, 255]) }),
    as('members in any order', Sync, `${header} 45 64 03 '1' 00 01 5c 4f 57 58 03 '0' 00 01 01 ${key} 17 01 01 01`, { Wait: 1, Collections: [{ SyncKey: '7', Options: [{ FilterType: 0 }, {}] }] }),
    as('text in pieces around children', Search, `${header} 00 0f 49 03 'x' 00 13 03 'y' 00 01`, { $: 'xy', And: {} }),
  ])('%s is read', (_, shape, notation, value) => {
    expect(decodeDocument(bytes(notation), shape)).toStrictEqual(value);
  });

  it('bytes are views of the document', () => {
    const whole = bytes(`${header} 45 00 16 49 c3 03 000102 01 01`);
    expect(decodeDocument(whole, Sync)['Email2:ConversationId']?.buffer).toBe(whole.buffer);
  });
});

describe('violations', () => {
  it.each<[string, Document<unknown>, string, ViolationKind, string, string, number]>([
    ['another document', Sync, `${header} 00 0d 05`, 'root', '/Ping', 'Ping:Ping', 6],
    ['an element that is not declared', Sync, `${header} 45 16 01`, 'unexpected', '/Sync/Commands', 'AirSync:Commands', 5],
    ['an element of another page with the same name', Sync, `${header} 45 00 02 0f 01`, 'unexpected', '/Sync/DateReceived', 'Email:DateReceived', 7],
    ['a child of text', Sync, collection('4b 0c 01'), 'unexpected', '/Sync/Collections/Collection[1]/SyncKey/ClientId', 'AirSync:ClientId', 8],
    ['a child of an empty tag', Sync, collection(`${key} 54 0c 01`), 'unexpected', '/Sync/Collections/Collection[1]/MoreAvailable/ClientId', 'AirSync:ClientId', 13],
    ['a child of bytes', Sync, `${header} 45 00 16 49 0a 01 01`, 'unexpected', '/Sync/ConversationId/ConversationIndex', 'Email2:ConversationIndex', 8],
    ['another child of a list', Sync, collections(`4f ${key} 01 0c`), 'unexpected', '/Sync/Collections/ClientId', 'AirSync:ClientId', 13],
    ['another child of choices', Sync, collection(`${key} 56 08 01`), 'unexpected', '/Sync/Collections/Collection[1]/Commands/Change', 'AirSync:Change', 13],
    ['a required element that is missing', Sync, collections(`4f ${key} 01 4f 14 01`), 'missing', '/Sync/Collections/Collection[2]/SyncKey', 'AirSync:SyncKey', 15],
    ['a required element of an empty tag', Sync, collections('0f'), 'missing', '/Sync/Collections/Collection[1]/SyncKey', 'AirSync:SyncKey', 6],
    ['a list that is too short', Sync, collections(''), 'missing', '/Sync/Collections/Collection[1]', 'AirSync:Collection', 6],
    ['repeated elements that are too few', Sync, collection(`${key} 57 00 11 05 01`), 'missing', '/Sync/Collections/Collection[1]/Options[1]/BodyPreference[2]', 'AirSyncBase:BodyPreference', 16],
    ['choices that are too few', Sync, collection(`${key} 16`), 'missing', '/Sync/Collections/Collection[1]/Commands/Add', 'AirSync:Add', 12],
    ['an element that stands twice', Sync, collection(`${key} 0b`), 'repeated', '/Sync/Collections/Collection[1]/SyncKey', 'AirSync:SyncKey', 12],
    ['repeated elements that are too many', Sync, collection(`${key} 17 17 17`), 'repeated', '/Sync/Collections/Collection[1]/Options[3]', 'AirSync:Options', 14],
    ['a list that is too long', Sync, collections(`4f ${key} 01 4f ${key} 01 0f`), 'repeated', '/Sync/Collections/Collection[3]', 'AirSync:Collection', 20],
    ['text that is too long', Sync, collection("4b 03 '12345' 00 01"), 'value', '/Sync/Collections/Collection[1]/SyncKey', 'AirSync:SyncKey', 7],
    ['text that is too short', Sync, collection(`${key} 56 47 0c 01 01`), 'value', '/Sync/Collections/Collection[1]/Commands/Add[1]/ClientId', 'AirSync:ClientId', 14],
    ['text of no such pattern', Sync, collection(`${key} 56 49 4d 03 '1:1' 00 01 01 49 4d 03 'x' 00 01 01 01`), 'value', '/Sync/Collections/Collection[1]/Commands/Delete[2]/ServerId', 'AirSync:ServerId', 23],
    ['an integer that is too large', Sync, collection(`${key} 57 58 03 '9' 00 01 01`), 'value', '/Sync/Collections/Collection[1]/Options[1]/FilterType', 'AirSync:FilterType', 13],
    ['an integer that is none', Sync, `${header} 45 64 03 '1.0' 00 01 01`, 'value', '/Sync/Wait', 'AirSync:Wait', 5],
    ['an integer of hexadecimal digits', Sync, `${header} 45 64 03 '0x10' 00 01 01`, 'value', '/Sync/Wait', 'AirSync:Wait', 5],
    ['an integer that a number cannot hold', Sync, `${header} 45 64 03 '9007199254740993' 00 01 01`, 'value', '/Sync/Wait', 'AirSync:Wait', 5],
    ['an integer that is not there', Sync, `${header} 45 24 01`, 'value', '/Sync/Wait', 'AirSync:Wait', 5],
    ['a flag that is a word', Sync, collection(`${key} 53 03 'true' 00 01`), 'value', '/Sync/Collections/Collection[1]/GetChanges', 'AirSync:GetChanges', 12],
    ['base64 that is none', Sync, `${header} 45 00 01 7c 03 'AA*=' 00 01 01`, 'value', '/Sync/Picture', 'Contacts:Picture', 7],
    ['base64 that is cut', Sync, `${header} 45 00 01 7c 03 'AAE' 00 01 01`, 'value', '/Sync/Picture', 'Contacts:Picture', 7],
    ['text where children are', Sync, `${header} 45 03 'x' 00 01`, 'content', '/Sync', 'AirSync:Sync', 5],
    ['text in a list', Sync, collections("03 'x' 00"), 'content', '/Sync/Collections', 'AirSync:Collections', 6],
    ['bytes where text is', Sync, collection('4b c3 01 e9 01'), 'value', '/Sync/Collections/Collection[1]/SyncKey', 'AirSync:SyncKey', 8],
    ['bytes where children are', Sync, `${header} 45 c3 01 e9 01`, 'content', '/Sync', 'AirSync:Sync', 5],
    ['opaque content where children are', Sync, `${header} 45 c3 01 78 01`, 'content', '/Sync', 'AirSync:Sync', 5],
    ['text in an empty tag', Sync, collection(`${key} 54 03 '1' 00 01`), 'content', '/Sync/Collections/Collection[1]/MoreAvailable', 'AirSync:MoreAvailable', 13],
    ['the wrong order', Ordered, `${header} 00 0d 45 48 03 '9' 00 01 47 03 '1' 00 01 01`, 'order', '/Ping/Status', 'Ping:Status', 12],
  ])('%s', (_, shape, notation, kind, path, element, offset) => {
    const error = caught(() => decodeDocument(bytes(notation), shape));
    expect(error).toBeInstanceOf(ShapeViolation);
    expect(error).toMatchObject({ kind, path, element, offset });
    expect((error as Error).message).toContain(path);
  });

  it('bytes that are no WBXML are told of first, wherever they are', () => {
    const before = bytes(`${header} 45 16 4b 3f 01 01`);
    expect(caught(() => decodeDocument(before, Sync))).toMatchObject({ name: 'WbxmlError', code: 'unknown-token', offset: 7 });
    expect(caught(() => decodeDocument(bytes(`${header} 00 0d 05 00`), Sync))).toMatchObject({ name: 'WbxmlError', code: 'trailing' });
  });

  it('one of several documents by its root', () => {
    const both = { 'AirSync:Sync': Sync, 'Ping:Ping': Ordered };
    expect(decodeAny(bytes(`${header} 00 0d 45 47 03 '1' 00 01 01`), both)).toEqual({ root: 'Ping:Ping', value: { Status: 1, Folders: [] } });
    expect(caught(() => decodeAny(bytes(`${header} 00 07 16`), both))).toMatchObject({ kind: 'root', element: 'FolderHierarchy:FolderSync', offset: 6 });
  });

  it('bounds the depth of a shape that contains itself', () => {
    const deep = bytes(`${header} 00 0f 49 ${'53'.repeat(100)} ${'01'.repeat(101)}`);
    expect(caught(() => decodeDocument(deep, Search))).toMatchObject({ name: 'WbxmlError', code: 'too-deep' });
    expect(decodeDocument(deep, Search, { limits: { depth: 101 } })).toBeDefined();
  });

  it('is not fooled by names of every object', () => {
    for (const name of ['constructor', 'toString', '__proto__']) expect(caught(() => encodeDocument(Ordered, { Status: 1, Folders: [], [name]: 'x' } as never))).toMatchObject({ path: `/Ping/${name}` });
  });
});

describe('versions', () => {
  const Item = document('AirSync:ApplicationData', struct('Email', {
    Body: optional(text()), Location: optional(text()), Flag: optional(emptyTag()), Subject: optional(text(), { since: '12.1', until: '14.0' }), 'AirSyncBase:Preview': text(), 'Email2:Bcc': repeated(text(), { min: 1 }),
  }));
  const all = { Body: 'b', Location: 'l', Flag: true, Subject: 's', 'AirSyncBase:Preview': 'p', 'Email2:Bcc': ['x'] } as const;
  const known: Readonly<Record<ProtocolVersion, object>> = {
    '2.5': { Body: 'b', Location: 'l', 'Email2:Bcc': [] },
    '12.0': { Location: 'l', Flag: true, 'Email2:Bcc': [] },
    '12.1': { Location: 'l', Flag: true, Subject: 's', 'Email2:Bcc': [] },
    '14.0': { Location: 'l', Flag: true, Subject: 's', 'AirSyncBase:Preview': 'p', 'Email2:Bcc': [] },
    '14.1': { Location: 'l', Flag: true, 'AirSyncBase:Preview': 'p', 'Email2:Bcc': [] },
    '16.0': { Flag: true, 'AirSyncBase:Preview': 'p', 'Email2:Bcc': ['x'] },
    '16.1': { Flag: true, 'AirSyncBase:Preview': 'p', 'Email2:Bcc': ['x'] },
  };

  it.each(Object.entries(known) as [ProtocolVersion, object][])('%s gets what it knows, and requires no more', (version, expected) => {
    expect(decodeDocument(encodeDocument(Item, all, { version }), Item, { version })).toEqual(expected);
  });

  it.each<[ProtocolVersion, string, string]>([
    ['12.1', "54 03 's' 00 01 00 11 58", 'AirSyncBase:Preview'], ['16.0', "61 03 'l' 00 01", 'Email:Location'], ['14.1', "54 03 's' 00 01", 'Email:Subject'],
  ])('%s does not expect an element of another version', (version, content, element) => {
    expect(caught(() => decodeDocument(bytes(`${header} 5d 00 02 ${content} ${element.startsWith('AirSyncBase') ? "03 'p' 00 01" : ''} 01`), Item, { version }))).toMatchObject({ kind: 'unexpected', element });
  });

  it('the members of choices and lists have versions too', () => {
    const value = { Collections: [{ SyncKey: '1', Options: [], Commands: [['SoftDelete', true], ['Add', { ClientId: 'c' }]] as const }] };
    expect(decodeDocument(encodeDocument(Sync, value, { version: '12.1' }), Sync, { version: '12.1' }).Collections?.[0]?.Commands).toEqual([['Add', { ClientId: 'c' }]]);
    expect(caught(() => decodeDocument(encodeDocument(Sync, value), Sync, { version: '12.1' }))).toMatchObject({ kind: 'unexpected', element: 'AirSync:SoftDelete' });
  });

  it('there is no other', () => {
    expect(() => encodeDocument(Ordered, { Status: 1, Folders: [] }, { version: '15.0' as ProtocolVersion })).toThrow(RangeError);
  });
});

describe('values that are not of the shape', () => {
  const wrong = (value: unknown): unknown => caught(() => encodeDocument(Sync, value as never));
  const inCollection = (value: object): unknown => ({ Collections: [{ SyncKey: '1', Options: [] }, { SyncKey: '1', Options: [], ...value }] });
  it.each<[string, unknown, string]>([
    ['no object', 5, '/Sync'], ['null', null, '/Sync'], ['a stranger', { Waits: 1 }, '/Sync/Waits'], ['text where none is', { $: 'x' }, '/Sync/$'],
    ['no string', inCollection({ SyncKey: 5 }), '/Sync/Collections/Collection[2]/SyncKey'], ['a long string', inCollection({ SyncKey: '12345' }), '/Sync/Collections/Collection[2]/SyncKey'],
    ['no integer', { Wait: 1.5 }, '/Sync/Wait'], ['no number', { Wait: '1' }, '/Sync/Wait'], ['no boolean', inCollection({ GetChanges: 1 }), '/Sync/Collections/Collection[2]/GetChanges'],
    ['an empty tag that is not there', inCollection({ MoreAvailable: false }), '/Sync/Collections/Collection[2]/MoreAvailable'],
    ['no bytes', { 'Email2:ConversationId': [1] }, '/Sync/ConversationId'], ['neither text nor bytes', { 'ComposeMail:Mime': 5 }, '/Sync/Mime'], ['no bytes for base64', { 'Contacts:Picture': 'AAEC' }, '/Sync/Picture'],
    ['a member that is missing', { Collections: [{ Options: [] }] }, '/Sync/Collections/Collection[1]/SyncKey'], ['no array', inCollection({ Options: {} }), '/Sync/Collections/Collection[2]/Options'],
    ['an array that is too long', inCollection({ Options: [{}, {}, {}] }), '/Sync/Collections/Collection[2]/Options'], ['no list', { Collections: {} }, '/Sync/Collections'],
    ['an array that is too short', inCollection({ Options: [{ 'AirSyncBase:BodyPreference': ['a'] }] }), '/Sync/Collections/Collection[2]/Options[1]/AirSyncBase:BodyPreference'],
    ['a list that is too short', { Collections: [] }, '/Sync/Collections'], ['no pairs', inCollection({ Commands: [5] }), '/Sync/Collections/Collection[2]/Commands'],
    ['a pair of another name', inCollection({ Commands: [['Change', {}]] }), '/Sync/Collections/Collection[2]/Commands'],
    ['a value in a pair', inCollection({ Commands: [['Add', { ClientId: 'x' }], ['Add', { ClientId: '' }]] }), '/Sync/Collections/Collection[2]/Commands/Add[2]/ClientId'],
  ])('%s', (_, value, path) => {
    expect(wrong(value)).toBeInstanceOf(WbxmlEncodeError);
    expect(wrong(value)).toMatchObject({ path });
  });

  it('mixed content of a wrong type', () => {
    expect(caught(() => encodeDocument(Search, { $: 5 } as never))).toMatchObject({ path: '/Query/$' });
  });

  it('an array that must not be empty and is not given', () => {
    const Folders = document('Ping:Folders', struct('Ping', { Folder: repeated(text(), { min: 1 }) }));
    expect(caught(() => encodeDocument(Folders, {} as never))).toMatchObject({ path: '/Folders/Folder' });
    expect(caught(() => encodeDocument(Folders, { Folder: [] }))).toMatchObject({ path: '/Folders/Folder' });
  });

  it('members are written in the declared order, whatever the order of the value', () => {
    const value = { Folders: ['b', 'a'], HeartbeatInterval: undefined, Status: 1 };
    expect(hex(encodeDocument(Ordered, value))).toBe(hex(bytes(`${header} 00 0d 45 47 03 '1' 00 01 49 03 'b' 00 01 49 03 'a' 00 01 01`)));
    expect(decodeDocument(encodeDocument(Ordered, value), Ordered)).toEqual({ Folders: ['b', 'a'], Status: 1 });
  });

  it('a declaration that cannot be', () => {
    const declare = (shape: Shape<unknown>): unknown => caught(() => encodeDocument(document('Ping:Ping', shape), {} as never));
    expect(declare(struct('Ping', { Pong: text() } as never))).toMatchObject({ name: 'TypeError', message: expect.stringContaining('Ping:Pong') });
    expect(declare(struct('Ping', { Status: text(), 'Ping:Status': text() }))).toMatchObject({ name: 'TypeError', message: expect.stringContaining('twice') });
  });
});

describe('an element whose violations are its own affair', () => {
  const Body = struct('AirSyncBase', { Type: integer({ max: 4 }), Data: optional(text()) }, { ordered: true });
  const Commands = document('AirSync:Commands', choices('AirSync', { Add: struct('AirSync', { ClientId: text(), ApplicationData: attempt(struct('AirSync', { 'AirSyncBase:Body': Body, 'Email:Read': optional(flag()) })) }) }));
  const Loose = document('AirSync:Commands', choices('AirSync', { Add: struct('AirSync', { ClientId: text(), ApplicationData: struct('AirSync', { 'AirSyncBase:Body': optional(struct('AirSyncBase', { Data: repeated(text()), Type: repeated(text()) })), 'Email:Read': optional(text()), 'Email:Subject': optional(text()) }) }) }));
  const data = (value: object): unknown => {
    const rest = { ClientId: '2', ApplicationData: { 'AirSyncBase:Body': { Type: ['1'], Data: [] } } };
    const read = decodeDocument(encodeDocument(Loose, [['Add', { ClientId: '1', ApplicationData: value as never }], ['Add', rest]]), Commands);
    expect(read[1]).toEqual(['Add', { ClientId: '2', ApplicationData: { 'AirSyncBase:Body': { Type: 1 } } }]);
    return read[0]?.[1].ApplicationData;
  };

  it.each<[what: string, value: object, path: string, kind: ViolationKind]>([
    ['a value', { 'AirSyncBase:Body': { Type: ['9'], Data: [] } }, '/Commands/Add[1]/ApplicationData/Body/Type', 'value'],
    ['an order', { 'AirSyncBase:Body': { Data: ['x'], Type: ['1'] } }, '/Commands/Add[1]/ApplicationData/Body/Type', 'order'],
    ['a number', { 'AirSyncBase:Body': { Data: [], Type: ['1', '2'] }, 'Email:Read': '1' }, '/Commands/Add[1]/ApplicationData/Body/Type', 'repeated'],
    ['a place', { 'AirSyncBase:Body': { Data: [], Type: ['1'] }, 'Email:Subject': 'x' }, '/Commands/Add[1]/ApplicationData/Subject', 'unexpected'],
    ['what is missing', { 'Email:Read': '1' }, '/Commands/Add[1]/ApplicationData/Body', 'missing'],
  ])('%s', (_what, value, path, kind) => {
    const violation = data(value);
    expect(violation).toBeInstanceOf(ShapeViolation);
    expect(violation).toMatchObject({ path, kind });
  });

  it('nothing, and a good one', () => {
    expect(data({})).toBeInstanceOf(ShapeViolation);
    expect(data({ 'AirSyncBase:Body': { Data: [], Type: ['2'] }, 'Email:Read': '0' })).toEqual({ 'AirSyncBase:Body': { Type: 2 }, 'Email:Read': false });
  });
});

it('large content is a chunk of its own', () => {
  const Mime = new Uint8Array(40_000).fill(0x61);
  const chunks = encodeChunks(Sync, { 'ComposeMail:Mime': Mime });
  expect(chunks).toContain(Mime);
  expect(hex(Buffer.concat(chunks))).toBe(hex(encodeDocument(Sync, { 'ComposeMail:Mime': Mime })));
  expect(encodeChunks(Sync, {})).toHaveLength(1);
});
