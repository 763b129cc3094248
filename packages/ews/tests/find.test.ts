import { createClock } from '@fauxchange/kernel';
import { createEwsEmulator, type EwsEmulator } from '../src/index.ts';
import { EwsClient } from './support/client.ts';
import { escapeXml, folderRef } from './support/soap.ts';
import { allBelow, child, textAt } from './support/xml.ts';

let ews: EwsEmulator;
let alice: EwsClient;
beforeAll(async () => {
  ews = await createEwsEmulator({ clock: createClock({ at: Date.UTC(2026, 0, 5, 9), frozen: true }) });
  alice = new EwsClient(ews);
});
afterAll(() => ews.close());

const field = (uri: string): string => (uri.startsWith('<') ? uri : `<t:FieldURI FieldURI="${uri}"/>`);
const constant = (value: string): string => `<t:FieldURIOrConstant><t:Constant Value="${escapeXml(value)}"/></t:FieldURIOrConstant>`;
const compare = (operator: string, uri: string, value: string): string => `<t:${operator}>${field(uri)}${constant(value)}</t:${operator}>`;
const contains = (uri: string, value: string, mode?: string, comparison?: string): string =>
  `<t:Contains${mode ? ` ContainmentMode="${mode}"` : ''}${comparison ? ` ContainmentComparison="${comparison}"` : ''}>${field(uri)}<t:Constant Value="${escapeXml(value)}"/></t:Contains>`;
const restrict = (expression: string): string => `<m:Restriction>${expression}</m:Restriction>`;
const sort = (...orders: readonly (readonly [string, string])[]): string => `<m:SortOrder>${orders.map(([uri, order]) => `<t:FieldOrder Order="${order}">${field(uri)}</t:FieldOrder>`).join('')}</m:SortOrder>`;
const tag = (number: string, type: string): string => `<t:ExtendedFieldURI PropertyTag="${number}" PropertyType="${type}"/>`;
const found = async (more: string, folder = 'inbox', after = ''): Promise<string[]> => (await alice.findItem(folder, { paths: ['item:Subject'], more, after })).ok().first('Items').children.map((item) => textAt(item, 'Subject') ?? '');

describe('restrictions', () => {
  it.each<[string, string, string[]]>([
    ['IsEqualTo a text, whatever its case', compare('IsEqualTo', 'item:Subject', 'TIMESHEET'), ['Timesheet', 'Timesheet']],
    ['IsNotEqualTo', compare('IsNotEqualTo', 'message:IsRead', 'true'), ['Morning briefing', 'Timesheet', 'תחזית ☔ und ein Gruß 👋', 'Empty', 'Re: Day out in March', 'AW: Quotation 2026-014']],
    ['IsEqualTo a Boolean written 0', compare('IsEqualTo', 'message:IsRead', '0'), ['Morning briefing', 'Timesheet', 'תחזית ☔ und ein Gruß 👋', 'Empty', 'Re: Day out in March', 'AW: Quotation 2026-014']],
    ['IsGreaterThan a time', compare('IsGreaterThan', 'item:DateTimeReceived', '2026-01-04T11:00:00Z'), ['Morning briefing', 'Timesheet']],
    ['IsGreaterThanOrEqualTo', compare('IsGreaterThanOrEqualTo', 'item:DateTimeReceived', '2026-01-04T11:00:00Z'), ['Morning briefing', 'Timesheet', 'Timesheet']],
    ['IsLessThan', compare('IsLessThan', 'item:DateTimeReceived', '2025-12-29T20:00:00Z'), ['Station 12 reads too high']],
    ['IsLessThanOrEqualTo', compare('IsLessThanOrEqualTo', 'item:DateTimeReceived', '2025-12-29T20:00:00Z'), ['RE: Station 12 reads too high', 'Station 12 reads too high']],
    ['a choice by its name', compare('IsEqualTo', 'item:Importance', 'High'), ['Mail server restarts tonight', 'Contract for signature']],
    ['a choice by its number, as ews-javascript-api writes it', compare('IsEqualTo', 'item:Importance', '2'), ['Mail server restarts tonight', 'Contract for signature']],
    ['a category: one of many', compare('IsEqualTo', 'item:Categories', 'Keys'), ['Keys to Lighthouse 2']],
    ['And', `<t:And>${compare('IsEqualTo', 'item:Subject', 'Timesheet')}${compare('IsEqualTo', 'message:IsRead', 'false')}</t:And>`, ['Timesheet']],
    ['Or', `<t:Or>${compare('IsEqualTo', 'item:Subject', 'Empty')}${compare('IsEqualTo', 'item:Subject', 'Your birthday')}</t:Or>`, ['Empty', 'Your birthday']],
    ['Not', `<t:And>${contains('item:Subject', 'Timesheet')}<t:Not>${compare('IsEqualTo', 'message:IsRead', 'true')}</t:Not></t:And>`, ['Timesheet']],
    ['Contains FullString', contains('item:Subject', 'empty', 'FullString', 'IgnoreCase'), ['Empty']],
    ['Contains FullString, Exact', contains('item:Subject', 'empty', 'FullString', 'Exact'), []],
    ['Contains Prefixed', contains('item:Subject', 're:', 'Prefixed', 'IgnoreCase'), ['Re: Day out in March', 'Re: Day out in March', 'RE: Station 12 reads too high', 'RE: Station 12 reads too high']],
    ['Contains Substring', contains('item:Subject', 'lighthouse', 'Substring', 'IgnoreCase'), ['Keys to Lighthouse 2']],
    ['Contains PrefixOnWords', contains('item:Subject', 'light', 'PrefixOnWords', 'IgnoreCase'), ['Keys to Lighthouse 2']],
    ['Contains ExactPhrase', contains('item:Subject', 'out in march', 'ExactPhrase', 'IgnoreCase'), ['Re: Day out in March', 'Re: Day out in March', 'Day out in March']],
    ['Contains IgnoreNonSpacingCharacters', contains('item:Subject', 'fur den', 'Substring', 'IgnoreCaseAndNonSpacingCharacters'), ['Zeichnung für den Mast']],
    ['Contains in the sender', contains('message:From', 'Frank', 'Substring', 'IgnoreCase'), ['Keys for station 9', 'AW: Quotation 2026-014', 'Quotation 2026-014']],
    ['Contains in a recipient', contains('message:ToRecipients', 'team', 'Substring', 'IgnoreCase'), ['Mail server restarts tonight']],
    ['Contains in what is displayed of Cc', contains('item:DisplayCc', 'Carol', 'Substring', 'IgnoreCase'), ['Forecast for the first week of January, which is long, so that those who show only the beginning of a subject have to cut it somewhere sensible', 'RE: Station 12 reads too high', 'Station 12 reads too high']],
    ['Contains in a body', contains('item:Body', 'wind vanes', 'Substring', 'IgnoreCase'), ['Quotation 2026-014']],
    ['Exists', `<t:Exists>${field('item:Categories')}</t:Exists>`, ['Timesheet', 'Keys to Lighthouse 2', 'Quotation 2026-014', 'The Barometer, issue 47: fog, and how to measure it']],
    ['Exists of an extended property', `<t:Exists>${tag('0x1090', 'Integer')}</t:Exists>`, ['Travel claims', 'Contract for signature']],
    ['Excludes: bits that are clear', `<t:And>${contains('item:Subject', 'Timesheet')}<t:Excludes>${tag('0xe07', 'Integer')}<t:Bitmask Value="0x1"/></t:Excludes></t:And>`, ['Timesheet']],
    ['HasAttachments', compare('IsEqualTo', 'item:HasAttachments', 'true'), ['FW: Complaint of a gull', 'Picture of the new mast', 'Keys for station 9', 'Quotation 2026-014', 'Zeichnung für den Mast', 'Station 12 reads too high']],
    ['two properties with each other', `<t:And>${compare('IsEqualTo', 'item:Subject', 'Empty')}<t:IsEqualTo>${field('item:DateTimeReceived')}<t:FieldURIOrConstant>${field('item:DateTimeSent')}</t:FieldURIOrConstant></t:IsEqualTo></t:And>`, ['Empty']],
    ['an extended property by DavMail, decimal value', compare('IsEqualTo', tag('0x36', 'Integer'), '3'), ['Keys to Lighthouse 2']],
    ['Flag by its tag', compare('IsEqualTo', tag('0x1090', 'Integer'), '2'), ['Contract for signature']],
    ['an index of conversation, by which nothing is found', compare('IsEqualTo', 'message:ConversationIndex', 'AQ=='), []],
    ['the message class', compare('IsEqualTo', 'item:ItemClass', 'IPM.Note.SMIME'), ['Keys for station 9']],
  ])('%s', async (_what, expression, subjects) => {
    const got = await found(restrict(expression));
    expect(got).toEqual(subjects);
  });

  it.each([
    ['Contains in a number', contains('item:Size', '1', 'Substring'), 'ErrorContainsFilterWrongType'],
    ['a time that is none', compare('IsEqualTo', 'item:DateTimeReceived', 'noon'), 'ErrorInvalidValueForProperty'],
    ['a number that is none', compare('IsEqualTo', 'item:Size', 'big'), 'ErrorInvalidValueForProperty'],
    ['a Boolean that is none', compare('IsEqualTo', 'message:IsRead', 'maybe'), 'ErrorInvalidValueForProperty'],
    ['an importance that is none', compare('IsEqualTo', 'item:Importance', 'constructor'), 'ErrorInvalidValueForProperty'],
    ['a field without column', compare('IsEqualTo', 'item:UniqueBody', 'x'), 'ErrorUnsupportedPathForQuery'],
    ['existence of a flag', `<t:Exists>${field('item:IsDraft')}</t:Exists>`, 'ErrorInvalidPropertyForExists'],
    ['a tree that is too deep', '<t:Not>'.repeat(20) + compare('IsEqualTo', 'item:Subject', 'x') + '</t:Not>'.repeat(20), 'ErrorRestrictionTooComplex'],
    ['a tree that is too wide', `<t:Or>${compare('IsEqualTo', 'item:Subject', 'x').repeat(300)}</t:Or>`, 'ErrorRestrictionTooLong'],
  ])('refuses %s', async (_what, expression, code) => {
    const answer = await alice.findItem('inbox', { more: restrict(expression) });
    expect([answer.fault, answer.codes]).toEqual([undefined, [code]]);
  });
});

describe('QueryString', () => {
  const query = (text: string): string => `<m:QueryString>${escapeXml(text)}</m:QueryString>`;
  it.each<[string, string[]]>([
    ['subject:timesheet', ['Timesheet', 'Timesheet']],
    ['subject:"out in march" isread:false', ['Re: Day out in March']],
    ['from:dave NOT subject:(forecast OR contract)', ['Morning briefing', 'Your birthday', 'Day out in March']],
    ['subject:(birthday OR empty)', ['Empty', 'Your birthday']],
    ['received:today', ['Morning briefing', 'Timesheet']],
    ['received>=2026-01-05', ['Morning briefing', 'Timesheet']],
    ['importance:high', ['Mail server restarts tonight', 'Contract for signature']],
    ['hasattachment:true from:frank', ['Keys for station 9', 'Quotation 2026-014']],
    ['category:keys', ['Keys to Lighthouse 2']],
    ['anemometer', []],
    // Names that every object of JavaScript has are no keywords and no values.
    ['constructor:timesheet', []],
    ['kind:constructor', []],
    ['importance:constructor', []],
    ['received:constructor', []],
    ['vanes', ['Quotation 2026-014']],
    ['-timesheet from:bob received>=2026-01-02', ['Empty', 'Picture of the new mast']],
  ])('%s', async (text, subjects) => {
    const got = await found('', 'inbox', query(text));
    expect(got).toEqual(subjects);
  });

  it.each([['(unclosed'], ['a OR'], ['NOT']])('refuses %s', async (text) => {
    expect((await alice.findItem('inbox', { after: query(text) })).codes).toEqual(['ErrorInvalidRestriction']);
  });
});

describe('sorting', () => {
  it.each<[string, string, string[]]>([
    ['newest first, without SortOrder', '', ['Morning briefing', 'Timesheet', 'Timesheet', 'Keys to Lighthouse 2']],
    ['oldest first', sort(['item:DateTimeReceived', 'Ascending']), ['Station 12 reads too high', 'RE: Station 12 reads too high', 'RE: Station 12 reads too high', '気圧計の校正について']],
    ['by importance, then time', sort(['item:Importance', 'Descending'], ['item:DateTimeReceived', 'Ascending']), ['Contract for signature', 'Mail server restarts tonight', 'Station 12 reads too high', 'RE: Station 12 reads too high']],
    ['by what is displayed of From', sort(['message:From', 'Ascending'], ['item:DateTimeReceived', 'Descending']), ['The Barometer, issue 47: fog, and how to measure it', 'Timesheet', 'Timesheet', 'Empty']],
    ['by a tag', sort([tag('0x36', 'Integer'), 'Descending'], ['item:DateTimeReceived', 'Descending']), ['Keys to Lighthouse 2', 'Your birthday', 'Morning briefing', 'Timesheet']],
  ])('%s', async (_what, order, subjects) => {
    expect((await found(order)).slice(0, 4)).toEqual(subjects);
  });

  it('the order of subjects is that of the whole folder, once reversed', async () => {
    const up = await found(sort(['item:Subject', 'Ascending'], ['item:DateTimeReceived', 'Ascending']));
    const down = await found(sort(['item:Subject', 'Descending'], ['item:DateTimeReceived', 'Descending']));
    expect(up).toHaveLength(27);
    expect(down).toEqual([...up].reverse());
  });

  it.each([['item:UniqueBody'], ['message:ToRecipients'], ['item:Attachments']])('%s cannot be sorted by', async (uri) => {
    expect((await alice.findItem('inbox', { more: sort([uri, 'Ascending']) })).codes).toEqual(['ErrorUnsupportedPathForSortGroup']);
  });
});

describe('paging', () => {
  const indexed = (most: number | undefined, offset: number, base: string): string => `<m:IndexedPageItemView${most === undefined ? '' : ` MaxEntriesReturned="${most}"`} Offset="${offset}" BasePoint="${base}"/>`;
  const fractional = (most: number, numerator: number, denominator: number): string => `<m:FractionalPageItemView MaxEntriesReturned="${most}" Numerator="${numerator}" Denominator="${denominator}"/>`;
  const oldest = sort(['item:DateTimeReceived', 'Ascending']);
  const page = async (view: string): Promise<{ subjects: string[]; attributes: Readonly<Record<string, string>> }> => {
    const answer = (await alice.findItem('inbox', { paths: ['item:Subject'], more: view + oldest })).ok();
    return { subjects: answer.first('Items').children.map((item) => textAt(item, 'Subject') ?? ''), attributes: answer.first('RootFolder').attributes };
  };

  it.each<[string, string, [number, number], Record<string, string>]>([
    ['the first ten', indexed(10, 0, 'Beginning'), [0, 10], { IndexedPagingOffset: '10', TotalItemsInView: '27', IncludesLastItemInRange: 'false' }],
    ['the middle', indexed(10, 10, 'Beginning'), [10, 20], { IndexedPagingOffset: '20', TotalItemsInView: '27', IncludesLastItemInRange: 'false' }],
    ['the last', indexed(10, 20, 'Beginning'), [20, 27], { IndexedPagingOffset: '27', TotalItemsInView: '27', IncludesLastItemInRange: 'true' }],
    ['exactly to the end', indexed(7, 20, 'Beginning'), [20, 27], { IndexedPagingOffset: '27', TotalItemsInView: '27', IncludesLastItemInRange: 'true' }],
    ['beyond the end', indexed(10, 100, 'Beginning'), [27, 27], { IndexedPagingOffset: '27', TotalItemsInView: '27', IncludesLastItemInRange: 'true' }],
    ['without a maximum', indexed(undefined, 25, 'Beginning'), [25, 27], { IndexedPagingOffset: '27', TotalItemsInView: '27', IncludesLastItemInRange: 'true' }],
    ['from the end', indexed(5, 0, 'End'), [22, 27], { IndexedPagingOffset: '5', TotalItemsInView: '27', IncludesLastItemInRange: 'false' }],
    ['further from the end', indexed(5, 5, 'End'), [17, 22], { IndexedPagingOffset: '10', TotalItemsInView: '27', IncludesLastItemInRange: 'false' }],
    ['from the end to the beginning', indexed(10, 20, 'End'), [0, 7], { IndexedPagingOffset: '27', TotalItemsInView: '27', IncludesLastItemInRange: 'true' }],
    ['a third of the way', fractional(5, 1, 3), [9, 14], { NumeratorOffset: '14', AbsoluteDenominator: '27', TotalItemsInView: '27', IncludesLastItemInRange: 'false' }],
    ['the whole way', fractional(5, 1, 1), [27, 27], { NumeratorOffset: '27', AbsoluteDenominator: '27', TotalItemsInView: '27', IncludesLastItemInRange: 'true' }],
    ['no way', fractional(100, 0, 10), [0, 27], { NumeratorOffset: '27', AbsoluteDenominator: '27', TotalItemsInView: '27', IncludesLastItemInRange: 'true' }],
  ])('%s', async (_what, view, [from, to], attributes) => {
    const all = await found(oldest);
    const { subjects, attributes: told } = await page(view);
    expect([told, subjects]).toEqual([attributes, all.slice(from, to)]);
  });

  it('pages put together are the folder', async () => {
    const all = await found(oldest);
    const together: string[] = [];
    for (let offset = 0, isLast = false; !isLast; ) {
      const { subjects, attributes } = await page(indexed(4, offset, 'Beginning'));
      together.push(...subjects);
      offset = Number(attributes['IndexedPagingOffset']);
      isLast = attributes['IncludesLastItemInRange'] === 'true';
    }
    expect(together).toEqual(all);
  });

  it.each([
    ['no entries', indexed(0, 0, 'Beginning'), 'ErrorInvalidPagingMaxRows'],
    ['fewer than none', indexed(-1, 0, 'Beginning'), 'ErrorInvalidPagingMaxRows'],
    ['a place before the beginning', indexed(1, -1, 'Beginning'), 'ErrorInvalidIndexedPagingParameters'],
    ['a fraction above one', fractional(1, 3, 2), 'ErrorInvalidFractionalPagingParameters'],
    ['a fraction of nothing', fractional(1, 0, 0), 'ErrorInvalidFractionalPagingParameters'],
  ])('refuses %s', async (_what, view, code) => {
    expect((await alice.findItem('inbox', { more: view })).codes).toEqual([code]);
  });

  it('without paging, more than a thousand are refused; with it, a thousand are shown', async () => {
    const session = ews.organization.mailboxByAddress('dave@example.test')?.openAsSystem();
    const inbox = await session?.distinguished('notes');
    for (let n = 0; n < 1001; n++) await session?.createItem(inbox?.id as never, { itemClass: 'IPM.Note', properties: { PidTagSubject: `${n}` }, isRead: true, isAssociated: false, recipients: [], attachments: [], body: undefined, mime: undefined });
    const dave = new EwsClient(ews, 'dave');
    expect((await dave.findItem('notes')).codes).toEqual(['ErrorExceededFindCountLimit']);
    const answer = (await dave.findItem('notes', { more: indexed(5000, 0, 'Beginning') })).ok();
    expect([answer.all('ItemId').length, answer.first('RootFolder').attributes]).toEqual([1000, { IndexedPagingOffset: '1000', TotalItemsInView: '1001', IncludesLastItemInRange: 'false' }]);
  });
});

describe('grouping', () => {
  const groupBy = (uri: string, aggregate: string, on: string): string => `<m:GroupBy Order="Descending">${field(uri)}<t:AggregateOn Aggregate="${aggregate}">${field(on)}</t:AggregateOn></m:GroupBy>`;
  it('groups by a field, the group with the newest item first', async () => {
    const answer = (await alice.findItem('inbox', { paths: ['item:Subject'], more: groupBy('message:From', 'Maximum', 'item:DateTimeReceived') + sort(['item:DateTimeReceived', 'Descending']) })).ok();
    const groups = answer.all('GroupedItems').map((group) => [textAt(group, 'GroupIndex'), allBelow(group, 'Subject').length]);
    expect(groups.slice(0, 3)).toEqual([['Dave Dürrenmatt', 5], ['Bob Baker', 7], ['Carol Chaudhry', 5]]);
    expect(groups.reduce((sum, [, count]) => sum + Number(count), 0)).toBe(27);
    expect(answer.first('RootFolder').attributes).toMatchObject({ TotalItemsInView: '27' });
  });

  it('DistinguishedGroupBy ConversationTopic gathers threads', async () => {
    const answer = (await alice.findItem('inbox', { paths: ['item:Subject'], more: '<m:DistinguishedGroupBy Order="Descending"><t:StandardGroupBy>ConversationTopic</t:StandardGroupBy></m:DistinguishedGroupBy>' })).ok();
    const offsite = answer.all('GroupedItems').find((group) => textAt(group, 'GroupIndex') === 'Day out in March');
    expect(offsite && allBelow(offsite, 'Subject').map(({ text }) => text).sort()).toEqual(['Day out in March', 'Re: Day out in March', 'Re: Day out in March']);
  });

  it('refuses what has no column', async () => {
    expect((await alice.findItem('inbox', { more: groupBy('item:UniqueBody', 'Maximum', 'item:DateTimeReceived') })).codes).toEqual(['ErrorUnsupportedPathForSortGroup']);
  });
});

describe('several folders', () => {
  it('each has its own answer; one that is bad has its error and no RootFolder', async () => {
    const answer = await alice.findItem('', { parents: `${folderRef('inbox')}<t:FolderId Id="bad"/>${folderRef('drafts')}` });
    expect(answer.codes).toEqual(['NoError', 'ErrorInvalidIdMalformed', 'NoError']);
    expect(answer.messages.map((message) => child(message, 'RootFolder')?.attributes['TotalItemsInView'])).toEqual(['27', undefined, '2']);
  });

  it('a search folder finds what its restriction says, everywhere below', async () => {
    const answer = await alice.call(`<m:CreateFolder><m:ParentFolderId>${folderRef('searchfolders')}</m:ParentFolderId><m:Folders><t:SearchFolder><t:DisplayName>Unread</t:DisplayName><t:SearchParameters Traversal="Deep">${`<t:Restriction>${compare('IsEqualTo', 'message:IsRead', 'false')}</t:Restriction>`}<t:BaseFolderIds>${folderRef('msgfolderroot')}</t:BaseFolderIds></t:SearchParameters></t:SearchFolder></m:Folders></m:CreateFolder>`);
    const id = answer.ok().first('FolderId').attributes['Id'] ?? '';
    const subjects = await found('', id);
    expect(subjects).toEqual(expect.arrayContaining(['Morning briefing', 'Cheap weather']));
    expect(subjects).not.toContain('Your birthday');
  });
});
