import { binary, type PropertyName, type PropertyValue } from '@fauxchange/properties';
import { attachmentId, folderId, itemId } from '../ids.ts';
import { bagOf } from '../items/bag.ts';
import type { Attachment, Item, Properties, StoredBytes } from '../items/item.ts';
import { BytesInMemory } from '../store/memory/stored-bytes.ts';
import { itemTest } from './evaluate.ts';
import { groupItems } from './group.ts';
import type { ContainsMode, OrderSpec, Restriction } from './restriction.ts';
import { sortBy } from './sort.ts';
import { valueOf } from '../items/value-of.ts';

const bytes = (text: string): StoredBytes => new BytesInMemory(Buffer.from(text));
let nextId = 1;
const item = (properties: Properties, more: Partial<Item> = {}): Item => ({
  id: itemId(nextId++), folderId: folderId(1), cn: 1, contentCn: 1, readCn: 0, isRead: false, isAssociated: false, itemClass: 'IPM.Note', recipients: [], attachments: [], bag: bagOf(properties), ...more,
});
const file = (name: string, isInline = false): Attachment => ({ kind: 'file', id: attachmentId(1), name, contentType: '', isInline, lastModified: 0, size: 3, content: bytes('abc') });

const letter = item(
  {
    PidTagSubject: 'Re: Crème brûlée for the Party', PidTagImportance: 2, PidTagMessageDeliveryTime: 5_000, PidNameKeywords: ['Red', 'Blue Category'],
    PidTagReadReceiptRequested: true, PidTagSearchKey: binary.fromHex('ab00ff'), PidTagSenderName: 'Zoë', '0x6666:Integer64': 12n, '0x6667:MultipleInteger32': [3, 9], PidTagClientSubmitTime: 5_000,
  },
  {
    recipients: [{ type: 'to', name: 'Bob Ashe', address: 'bob@example.test', addressType: 'SMTP' }, { type: 'cc', name: 'Carol', address: 'carol@example.test', addressType: 'SMTP' }],
    attachments: [file('Recipe.PDF'), file('logo.png', true)],
    body: { native: 'html', html: bytes('<p class="sugar">Take <b>butter</b> and flour</p>') },
  },
);
const holds = (restriction: Restriction): boolean => itemTest(restriction)(letter);
const compare = (property: PropertyName, operator: 'eq' | 'ne' | 'lt' | 'le' | 'gt' | 'ge', value: PropertyValue): Restriction => ({ kind: 'compare', property, operator, value });
const contains = (text: string, mode: ContainsMode, more: { ignoreCase?: boolean; ignoreNonSpacing?: boolean; property?: PropertyName } = {}): Restriction => ({
  kind: 'contains', property: 'PidTagSubject', text, mode, ignoreCase: false, ignoreNonSpacing: false, ...more,
});

describe('comparisons', () => {
  it.each<[boolean, Restriction]>([
    [true, compare('PidTagImportance', 'eq', 2)], [false, compare('PidTagImportance', 'ne', 2)], [true, compare('PidTagImportance', 'gt', 1)], [false, compare('PidTagImportance', 'lt', 2)],
    [true, compare('PidTagImportance', 'le', 2)], [true, compare('PidTagImportance', 'ge', 2)], [false, compare('PidTagImportance', 'eq', '2')],
    [true, compare('PidTagReadReceiptRequested', 'eq', true)], [true, compare('PidTagReadReceiptRequested', 'ne', false)],
    [true, compare('PidTagSenderName', 'eq', 'zOË')], [false, compare('PidTagSenderName', 'eq', 'Zoe')], [true, compare('PidTagSubject', 'gt', 'qu')],
    [true, compare('PidTagSearchKey', 'eq', binary.fromHex('ab00ff'))], [false, compare('PidTagSearchKey', 'eq', binary.fromHex('ab00fe'))],
    [true, compare('0x6666:Integer64', 'eq', 12n)], [true, compare('0x6666:Integer64', 'lt', 13)],
    // One value of many is enough, for `ne` too.
    [true, compare('PidNameKeywords', 'eq', 'red')], [false, compare('PidNameKeywords', 'eq', 'Blue')], [true, compare('PidNameKeywords', 'ne', 'red')], [true, compare('0x6667:MultipleInteger32', 'gt', 8)],
    // What is absent compares with nothing ([MS-OXCDATA] 2.12.5).
    [false, compare('PidTagFlagStatus', 'eq', 0)], [false, compare('PidTagFlagStatus', 'ne', 0)], [true, { kind: 'not', restriction: compare('PidTagFlagStatus', 'eq', 0) }],
    // Computed ones.
    [true, compare('PidTagMessageClass', 'eq', 'ipm.note')], [true, compare('PidTagHasAttachments', 'eq', true)], [true, compare('PidTagRead', 'eq', false)], [true, compare('PidTagNormalizedSubject', 'eq', 'crème brûlée for the party')],
    [true, compare('PidTagDisplayTo', 'eq', 'Bob Ashe')],
    [true, { kind: 'compareProperties', left: 'PidTagClientSubmitTime', operator: 'le', right: 'PidTagMessageDeliveryTime' }],
    [false, { kind: 'compareProperties', left: 'PidTagClientSubmitTime', operator: 'ne', right: 'PidTagMessageDeliveryTime' }],
    [false, { kind: 'compareProperties', left: 'PidTagClientSubmitTime', operator: 'ne', right: 'PidTagCreationTime' }],
    [true, { kind: 'bitmask', property: 'PidTagMessageFlags', mask: 0x10, isZero: false }], [true, { kind: 'bitmask', property: 'PidTagMessageFlags', mask: 0x1, isZero: true }],
    [false, { kind: 'bitmask', property: 'PidTagFlagStatus', mask: 1, isZero: true }],
    [true, { kind: 'exists', property: 'PidTagImportance' }], [false, { kind: 'exists', property: 'PidTagFlagStatus' }],
    [true, { kind: 'size', property: 'PidTagSearchKey', operator: 'eq', bytes: 3 }], [true, { kind: 'size', property: 'PidTagSenderName', operator: 'eq', bytes: 8 }], [false, { kind: 'size', property: 'PidTagFlagStatus', operator: 'ge', bytes: 0 }],
    [true, { kind: 'always' }], [false, { kind: 'never' }],
    [true, { kind: 'and', restrictions: [] }], [false, { kind: 'or', restrictions: [] }],
    [false, { kind: 'and', restrictions: [{ kind: 'always' }, { kind: 'never' }] }], [true, { kind: 'or', restrictions: [{ kind: 'never' }, { kind: 'always' }] }],
  ])('%s: %j', (expected, restriction) => {
    expect(holds(restriction)).toBe(expected);
  });
});

describe('containment', () => {
  const loose = { ignoreCase: true, ignoreNonSpacing: true };
  it.each<[boolean, Restriction]>([
    [true, contains('brûlée', 'substring')], [false, contains('BRÛLÉE', 'substring')], [true, contains('BRÛLÉE', 'substring', { ignoreCase: true })],
    [false, contains('brulee', 'substring')], [true, contains('brulee', 'substring', { ignoreNonSpacing: true })], [true, contains('BRULEE', 'substring', loose)],
    [true, contains('Re: Cr', 'prefix')], [false, contains('Crème', 'prefix')], [true, contains('re: crème brûlée for the party', 'fullString', loose)], [false, contains('Re: Crème', 'fullString')],
    [true, contains('Part', 'prefixOnWords')], [false, contains('arty', 'prefixOnWords')], [true, contains('for the', 'exactPhrase')], [false, contains('for th', 'exactPhrase')], [true, contains('Party', 'exactPhrase')],
    [true, contains('', 'substring')], [false, contains('', 'substring', { property: 'PidTagInReplyToId' })],
    [true, contains('cat', 'prefixOnWords', { property: 'PidNameKeywords', ...loose })], [false, contains('purple', 'substring', { property: 'PidNameKeywords', ...loose })],
    [true, contains(binary.fromHex('00ff'), 'substring', { property: 'PidTagSearchKey', ...loose })], [false, contains('2', 'substring', { property: 'PidTagImportance' })],
    [true, { kind: 'recipient', types: ['to'], text: 'BOB@', mode: 'prefix', ignoreCase: true }], [false, { kind: 'recipient', types: ['cc', 'bcc'], text: 'bob', mode: 'substring', ignoreCase: true }],
    [true, { kind: 'recipient', types: ['cc'], text: 'Carol', mode: 'fullString', ignoreCase: false }],
    [true, { kind: 'attachment', text: '.pdf', mode: 'substring', ignoreCase: true }], [false, { kind: 'attachment', text: '.doc', mode: 'substring', ignoreCase: true }],
    ...['creme', 'butter and', 'zoe', 'bob@example', 'recipe'].map((text): [boolean, Restriction] => [true, { kind: 'anyText', text, mode: 'prefixOnWords' }]),
    [false, { kind: 'anyText', text: 'sugar', mode: 'substring' }], [false, { kind: 'anyText', text: 'utter', mode: 'prefixOnWords' }],
  ])('%s: %j', (expected, restriction) => {
    expect(holds(restriction)).toBe(expected);
  });

  it('is refused when too complex, before anything is tested', () => {
    let deep: Restriction = { kind: 'always' };
    for (let depth = 0; depth < 100_000; depth++) deep = { kind: 'not', restriction: deep };
    const wide: Restriction = { kind: 'or', restrictions: Array.from({ length: 5_000 }, () => ({ kind: 'never' })) };
    for (const restriction of [deep, wide]) expect(() => itemTest(restriction)).toThrow(expect.objectContaining({ code: 'RestrictionTooComplex' }));
    expect(holds({ kind: 'or', restrictions: Array.from({ length: 900 }, () => ({ kind: 'always' })) })).toBe(true);
  });
});

describe('order and groups', () => {
  const [a, b, c, d] = [
    item({ PidTagSubject: 'beta', PidTagImportance: 1, PidTagMessageDeliveryTime: 40 }), item({ PidTagSubject: 'Alpha', PidTagImportance: 2, PidTagMessageDeliveryTime: 30 }),
    item({ PidTagImportance: 1, PidTagMessageDeliveryTime: 20 }), item({ PidTagSubject: 'ÄLPHA', PidTagImportance: 2, PidTagMessageDeliveryTime: 10, PidNameKeywords: ['x', 'a'] }),
  ];
  const order = (...keys: string[]): OrderSpec => keys.map((key) => ({ property: key.slice(1) as PropertyName, descending: key.startsWith('-') }));

  it.each<[string[], Item[]]>([
    [['+PidTagSubject'], [c, b, d, a]], [['-PidTagSubject'], [a, d, b, c]], [['+PidTagImportance', '-PidTagMessageDeliveryTime'], [a, c, b, d]],
    [['-PidTagImportance', '+PidTagMessageDeliveryTime'], [d, b, c, a]], [['+PidNameKeywords'], [a, b, c, d]], [['+PidTagRead', '-PidTagMessageDeliveryTime'], [a, b, c, d]], [[], [a, b, c, d]],
  ])('%j', (keys, expected) => {
    expect(sortBy([d, c, b, a], order(...keys), valueOf).map(({ id }) => id)).toEqual(expected.map(({ id }) => id));
  });

  it('groups by a value, without case, and orders groups by an aggregate or by the value', () => {
    const groups = (grouping: Parameters<typeof groupItems>[1]): unknown[] => groupItems([a, b, c, d], grouping).map(({ value, items }) => [value, items.map(({ id }) => id)]);
    const ids = (...items: Item[]): unknown[] => items.map(({ id }) => id);
    expect(groups({ property: 'PidTagSubject', descending: false })).toEqual([[undefined, ids(c)], ['Alpha', ids(b, d)], ['beta', ids(a)]]);
    expect(groups({ property: 'PidTagSubject', descending: true })).toEqual([['beta', ids(a)], ['Alpha', ids(b, d)], [undefined, ids(c)]]);
    const aggregate = (use: 'min' | 'max'): Parameters<typeof groupItems>[1] => ({ property: 'PidTagImportance', descending: true, aggregate: { property: 'PidTagMessageDeliveryTime', use } });
    expect(groups(aggregate('max'))).toEqual([[1, ids(a, c)], [2, ids(b, d)]]);
    expect(groups({ ...aggregate('min'), descending: false })).toEqual([[2, ids(b, d)], [1, ids(a, c)]]);
  });
});
