import { base64, binary, choices, decodeAny, decodeDocument, document, emptyTag, encodeDocument, flag, integer, lazy, list, optional, repeated, struct, text, textOrBinary } from '../src/index.ts';
import type { Shape, ValueOf } from '../src/index.ts';

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const assertType = <T extends true>(): T | undefined => undefined;

const applicationData = struct('AirSync', {
  'Email:Subject': optional(text()), 'Email:Read': optional(flag()), 'AirSyncBase:Type': integer(), 'Email2:ConversationId': optional(binary()),
  'Email:Categories': optional(list('Email', 'Category', text())), 'Contacts:Picture': optional(base64()), 'Email:To': optional(repeated(text())),
});
const commands = choices('AirSync', { Add: struct('AirSync', { ClientId: text(), ApplicationData: applicationData }), Delete: struct('AirSync', { ServerId: text() }), Fetch: optional(text(), { since: '14.0' }) });
const Sync = document('AirSync:Sync', struct('AirSync', {
  Collections: optional(list('AirSync', 'Collection', struct('AirSync', {
    SyncKey: text(), Class: optional(text({ oneOf: ['Email', 'Calendar'] }), { until: '12.1' }), GetChanges: optional(flag({ whenEmpty: true })),
    MoreAvailable: optional(emptyTag()), Options: repeated(text(), { max: 2 }), Commands: optional(commands),
  }), { min: 1 })),
  WindowSize: optional(integer({ min: 1, max: 512 })),
}));
const Policy = document('Provision:Provision', struct('Provision', { Data: optional(struct('Provision', { EASProvisionDoc: optional(text()) }, { text: true })) }));
const SendMail = document('ComposeMail:SendMail', struct('ComposeMail', { Mime: textOrBinary() }, { ordered: true }));

interface Query { $?: string | undefined; And?: Query | undefined; 'AirSync:Class'?: string | undefined }
const query: Shape<Query> = struct('Search', { And: optional(lazy(() => query)), 'AirSync:Class': optional(text()) }, { text: true });

type SyncRequest = ValueOf<typeof Sync>;
type Collection = NonNullable<SyncRequest['Collections']>[number];
type Command = NonNullable<Collection['Commands']>[number];

it('infers values from shapes', () => {
  assertType<Equal<SyncRequest['WindowSize'], number | undefined>>();
  assertType<Equal<Collection['SyncKey'], string>>();
  assertType<Equal<Collection['Class'], 'Email' | 'Calendar' | undefined>>();
  assertType<Equal<Collection['GetChanges'], boolean | undefined>>();
  assertType<Equal<Collection['MoreAvailable'], true | undefined>>();
  assertType<Equal<Collection['Options'], readonly string[]>>();
  assertType<Equal<ValueOf<typeof applicationData>['Email:Categories'], readonly string[] | undefined>>();
  assertType<Equal<ValueOf<typeof applicationData>['Email:To'], readonly string[] | undefined>>();
  assertType<Equal<ValueOf<typeof applicationData>['Contacts:Picture'], Uint8Array | undefined>>();
  assertType<Equal<ValueOf<typeof applicationData>['AirSyncBase:Type'], number>>();
  assertType<Equal<Command[0], 'Add' | 'Delete' | 'Fetch'>>();
  assertType<Equal<ValueOf<typeof Policy>, { Data?: { EASProvisionDoc?: string | undefined; $?: string | undefined } | undefined }>>();
  assertType<Equal<ValueOf<typeof SendMail>, { Mime: string | Uint8Array }>>();
  const member = optional(text());
  assertType<Equal<ValueOf<typeof member>, string>>();
  const required: Collection = { SyncKey: '0', Options: [] };
  expect([required, member]).toBeDefined();
  expect(decodeDocument(encodeDocument(SendMail, { Mime: 'From: a' }), SendMail)).toEqual({ Mime: 'From: a' });
});

it('narrows pairs and roots', () => {
  const value: SyncRequest = { Collections: [{ SyncKey: '1', Options: ['x'], Commands: [['Add', { ClientId: '7', ApplicationData: { 'AirSyncBase:Type': 1, 'Email:Subject': 'Hi' } }], ['Delete', { ServerId: '1:1' }], ['Fetch', 'f']] }] };
  const decoded = decodeAny(encodeDocument(Sync, value), { 'AirSync:Sync': Sync, 'Provision:Provision': Policy });
  if (decoded.root !== 'AirSync:Sync') throw new Error(decoded.value.Data?.$);
  const told: string[] = [];
  for (const command of decoded.value.Collections?.[0]?.Commands ?? []) {
    if (command[0] === 'Add') told.push(command[1].ClientId, command[1].ApplicationData['Email:Subject'] ?? '');
    else if (command[0] === 'Delete') told.push(command[1].ServerId);
    else told.push(command[1]);
  }
  for (const [name, pair] of decoded.value.Collections?.[0]?.Commands ?? []) if (name === 'Delete') told.push(pair.ServerId);
  expect(told).toEqual(['7', 'Hi', '1:1', 'f', '1:1']);
  expect(decodeDocument(encodeDocument(Sync, value), Sync)).toEqual(value);
});

it('refuses what is no name, no member, no value', () => {
  // @ts-expect-error no element of the page
  struct('AirSync', { Sync: text(), Synck: text() });
  // @ts-expect-error no element of that page
  struct('AirSync', { 'Email:Sync': text() });
  // @ts-expect-error no element of the page
  list('AirSync', 'Collektion', text());
  // @ts-expect-error no shape
  struct('AirSync', { Sync: 'text' });
  // @ts-expect-error no root
  expect(() => document('AirSync:Zync', text())).not.toThrow();
  const wrong = (): unknown[] => [
    // @ts-expect-error a member too many
    encodeDocument(Sync, { WindowSize: 1, WindowsSize: 2 }),
    // @ts-expect-error a member too many, deeper
    encodeDocument(Sync, { Collections: [{ SyncKey: '1', Options: [], Klass: 'x' }] }),
    // @ts-expect-error one that is missing
    encodeDocument(Sync, { Collections: [{ Options: [] }] }),
    // @ts-expect-error the value of another name
    encodeDocument(Sync, { Collections: [{ SyncKey: '1', Options: [], Commands: [['Delete', { ClientId: '7' }]] }] }),
    // @ts-expect-error none of those named
    encodeDocument(Sync, { Collections: [{ SyncKey: '1', Options: [], Class: 'Tasks' }] }),
  ];
  expect(wrong).toThrow();
});
