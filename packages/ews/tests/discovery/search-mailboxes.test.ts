import { createEwsEmulator, type EwsEmulator } from '../../src/index.ts';
import { EwsClient, idOf, type Answer } from '../support/client.ts';
import { forms } from '../support/forms.ts';
import { below, child, names, textAt, type XmlElement } from '../support/xml.ts';
import { discoverer, dnOf, failedMailboxes, mailboxQuery, searchMailboxes, type Scope } from './discovery.ts';

let ews: EwsEmulator;
let svc: EwsClient;
let alice: EwsClient;
let bob: EwsClient;
let dns: Readonly<Record<'alice' | 'bob' | 'team', string>>;
beforeAll(async () => {
  ews = await createEwsEmulator({ seed: 'empty' });
  [svc, alice, bob] = [new EwsClient(ews, discoverer), new EwsClient(ews), new EwsClient(ews, 'bob')];
  dns = { alice: dnOf(ews, 'alice'), bob: dnOf(ews, 'bob'), team: dnOf(ews, 'team') };
});
afterEach(() => ews.reset());
afterAll(() => ews.close());

const both = (): Scope[] => [{ mailbox: dns.alice }, { mailbox: dns.bob }];
const subjectsOf = (answer: Answer): string[] => answer.ok().all('SearchPreviewItem').map((item) => textAt(item, 'Subject') ?? '');
const numbers = (answer: Answer, element: XmlElement = answer.first('SearchMailboxesResult')): (string | undefined)[] => ['ItemCount', 'Size', 'PageItemCount', 'PageItemSize'].map((name) => textAt(element, name));
const note = (subject: string): string => `<t:Subject>${subject}</t:Subject>`;
async function sizeOf(client: EwsClient, subject: string): Promise<number> {
  return Number(textAt(await client.item(await client.idBySubject('inbox', subject), 'IdOnly', ['item:Size']), 'Size'));
}

describe('StatisticsOnly', () => {
  const statistics = (query: string, scopes = both()): Promise<Answer> => searchMailboxes(svc, mailboxQuery(query, scopes), { type: 'StatisticsOnly' });

  it('counts items and their sizes, without showing any', async () => {
    await alice.createMessage(note('Tide tables'));
    await bob.createMessage(note('Tide again'));
    await bob.createMessage(note('Nothing'));
    const size = String((await sizeOf(alice, 'Tide tables')) + (await sizeOf(bob, 'Tide again')));
    const answer = (await statistics('subject:tide')).ok();
    expect(answer.messages.map(({ name, attributes }) => [name, attributes['ResponseClass']])).toEqual([['SearchMailboxesResponseMessage', 'Success']]);
    expect(names(answer.first('SearchMailboxesResult'))).toEqual(['SearchQueries', 'ResultType', 'ItemCount', 'Size', 'PageItemCount', 'PageItemSize', 'KeywordStats']);
    expect([numbers(answer), answer.texts('ResultType'), answer.texts('Query'), answer.texts('Mailbox')]).toEqual([['2', size, '0', '0'], ['StatisticsOnly'], ['subject:tide'], [dns.alice, dns.bob]]);
    expect(answer.all('KeywordStat').map((one) => ['Keyword', 'ItemHits', 'Size'].map((name) => textAt(one, name)))).toEqual([['subject:tide', '2', size]]);
  });

  it.each([
    ['words side by side are one keyword', 'Test Item', [['Test Item', '1']]],
    ['those that OR joins are counted one by one', 'test OR subject:(apple OR pear) OR none', [['test', '2'], ['subject:(apple OR pear)', '1'], ['none', '0']]],
    ['AND joins to one', 'test AND apple', [['test AND apple', '1']]],
    ['a phrase with OR in it', '"this OR that"', [['"this OR that"', '0']]],
  ])('%s', async (_what, query, expected) => {
    for (const subject of ['Test Item', 'Test apple']) await alice.createMessage(note(subject));
    expect((await statistics(query)).ok().all('KeywordStat').map((one) => [textAt(one, 'Keyword'), textAt(one, 'ItemHits')])).toEqual(expected);
  });

  it("a failure beside what was found, as the operation's example", async () => {
    await alice.createMessage(note('Test Item'));
    const queries = mailboxQuery('Test Item', [{ mailbox: dns.alice }, { mailbox: dns.bob, scope: 'PrimaryOnly' }]) + mailboxQuery('', [{ mailbox: dns.alice, scope: 'ArchiveOnly' }]);
    const answer = (await searchMailboxes(svc, queries, { type: 'StatisticsOnly' })).ok();
    expect(failedMailboxes(answer)).toEqual([[dns.alice, '0', "The search query can't be empty.", 'true']]);
    expect([answer.texts('Query'), answer.texts('SearchScope'), numbers(answer)[0]]).toEqual([['Test Item'], ['All', 'PrimaryOnly'], '1']);
  });

  it.each([
    ['an address is no identifier', 'subject:x', 'sbrown@contoso.com', 'No mailbox is specified for search operation. If specified in the request, then it could be due to permission issue.'],
    ['a group is no mailbox', 'subject:x', 'team', 'No mailbox is specified for search operation. If specified in the request, then it could be due to permission issue.'],
    ['a query that is none', '(tide', 'alice', 'The search query is invalid.'],
  ])('%s', async (_what, query, mailbox, text) => {
    const dn = (dns as Record<string, string>)[mailbox] ?? mailbox;
    const answer = await statistics(query, [{ mailbox: dn }]);
    expect([answer.codes, answer.messages[0]?.attributes['ResponseClass'], answer.texts('MessageText')]).toEqual([['ErrorInvalidOperation'], 'Error', ['No mailbox is specified for search operation. If specified in the request, then it could be due to permission issue.']]);
    expect([failedMailboxes(answer), answer.texts('Query'), numbers(answer)]).toEqual([[[dn, '0', text, 'false']], [query], ['0', '0', '0', '0']]);
  });
});

describe('PreviewOnly', () => {
  const preview = (query: string, more = '', scopes = both()): Promise<Answer> => searchMailboxes(svc, mailboxQuery(query, scopes), { more });

  it('shows all of an item', async () => {
    (await alice.send('Tide tables', ['bob@example.test'])).ok();
    await ews.settle();
    const answer = await preview('subject:tide', '', [{ mailbox: dns.bob }]);
    const item = answer.ok().first('SearchPreviewItem');
    expect(names(item)).toEqual(['Id', 'Mailbox', 'ParentId', 'ItemClass', 'UniqueHash', 'SortValue', 'Sender', 'ToRecipients', 'CreatedTime', 'ReceivedTime', 'SentTime', 'Subject', 'Size', 'Preview', 'Importance', 'Read', 'HasAttachment']);
    const own = await bob.idBySubject('inbox', 'Tide tables');
    expect([idOf(below(item, 'Id')), idOf(below(item, 'ParentId')).id]).toEqual([own, (await bob.folderId('inbox')).id]);
    expect(below(item, 'Mailbox').children.map(({ name, text }) => [name, text])).toEqual([['MailboxId', dns.bob], ['PrimarySmtpAddress', 'bob@example.test']]);
    expect(['ItemClass', 'Sender', 'Subject', 'Preview', 'Importance', 'Read', 'HasAttachment'].map((name) => textAt(item, name))).toEqual(['IPM.Note', 'Alice Archer', 'Tide tables', 'sent', 'Normal', 'false', 'false']);
    expect(below(item, 'ToRecipients').children.map(({ name, text }) => [name, text])).toEqual([['SmtpAddress', 'bob@example.test']]);
    for (const name of ['CreatedTime', 'ReceivedTime', 'SentTime']) expect(textAt(item, name)).toMatch(forms.dateTime);
    const size = String(await sizeOf(bob, 'Tide tables'));
    expect([numbers(answer), textAt(item, 'Size')]).toEqual([['1', size, '1', size], size]);
    expect(answer.all('MailboxStat').map((one) => ['MailboxId', 'DisplayName', 'ItemCount', 'Size'].map((name) => textAt(one, name)))).toEqual([[dns.bob, 'Bob Baker', '1', size]]);
  });

  it('Compact shows fewer; further properties are shown with either', async () => {
    await alice.createMessage(note('Tide'));
    const path = '<t:ExtendedFieldURI PropertyTag="0x1a" PropertyType="String"/>';
    const shape = (base: string): string => `<m:PreviewItemResponseShape><t:BaseShape>${base}</t:BaseShape><t:AdditionalProperties>${path}</t:AdditionalProperties></m:PreviewItemResponseShape>`;
    const compact = (await preview('tide', shape('Compact'))).ok().first('SearchPreviewItem');
    expect([names(compact), textAt(compact, 'ExtendedProperties', 'ExtendedProperty', 'Value')]).toEqual([['Id', 'Mailbox', 'ParentId', 'ItemClass', 'UniqueHash', 'SortValue', 'Size', 'ExtendedProperties'], 'IPM.Note']);
    const whole = (await preview('tide', shape('Default'))).ok().first('SearchPreviewItem');
    expect([textAt(whole, 'Subject'), child(whole, 'ExtendedProperties')?.children.length]).toEqual(['Tide', 1]);
  });

  it.each([
    ['Ascending', ['a1', 'b2', 'c3', 'd4', 'e5']],
    ['Descending', ['e5', 'd4', 'c3', 'b2', 'a1']],
  ])('pages go from item to item, %s', async (order, expected) => {
    for (const [at, subject] of ['c3', 'a1', 'e5', 'b2', 'd4'].entries()) await (at % 2 === 0 ? alice : bob).createMessage(note(subject));
    const sort = `<m:SortBy Order="${order}"><t:FieldURI FieldURI="item:Subject"/></m:SortBy>`;
    const page = (reference = '', direction = 'Next'): Promise<Answer> => preview('itemclass OR kind:email', `${sort}<m:PageSize>2</m:PageSize>${reference && `<m:PageItemReference>${reference}</m:PageItemReference><m:PageDirection>${direction}</m:PageDirection>`}`);
    const last = (answer: Answer): string => answer.texts('SortValue').at(-1) as string;
    const first = await page();
    const second = await page(last(first));
    const third = await page(last(second));
    expect([first, second, third].map(subjectsOf)).toEqual([expected.slice(0, 2), expected.slice(2, 4), expected.slice(4)]);
    expect([numbers(third)[0], numbers(third)[2], subjectsOf(await page(last(third)))]).toEqual(['5', '1', []]);
    expect(subjectsOf(await page(last(third), 'Previous'))).toEqual(expected.slice(2, 4));
    expect(new Set([first, second, third].flatMap((answer) => answer.texts('SortValue'))).size).toBe(5);
  });

  it('Deduplication shows one copy of a message', async () => {
    (await alice.send('Tide tables', ['bob@example.test', 'alice@example.test'])).ok();
    await alice.createMessage(note('Tide, my own'));
    await alice.createMessage(note('Tide, my own'));
    await ews.settle();
    const all = (await preview('tide', '<m:Deduplication>false</m:Deduplication>')).ok();
    const unique = (await preview('tide', '<m:Deduplication>true</m:Deduplication>')).ok();
    expect([numbers(all)[0], numbers(unique)[0]]).toEqual(['5', '3']);
    expect(new Set(all.texts('UniqueHash'))).toEqual(new Set(unique.texts('UniqueHash')));
    expect(subjectsOf(unique).sort()).toEqual(['Tide tables', 'Tide, my own', 'Tide, my own']);
  });

  it.each([
    ['PrimaryOnly', ['Deleted tide', 'Tide here']], ['ArchiveOnly', ['Tide there']], ['All', ['Deleted tide', 'Tide here', 'Tide there']],
  ])('%s; deleted items that can be recovered are searched', async (scope, expected) => {
    await alice.createMessage(note('Tide here'));
    await alice.createMessage(note('Tide there'), 'archiveinbox');
    (await alice.deleteItem(await alice.createMessage(note('Deleted tide')), 'SoftDelete')).ok();
    expect(subjectsOf(await preview('tide', '', [{ mailbox: dns.alice, scope }])).sort()).toEqual(expected);
  });

  it('an archive that is not there fails', async () => {
    const answer = await preview('tide', '', [{ mailbox: dns.bob, scope: 'ArchiveOnly' }]);
    expect([answer.codes, failedMailboxes(answer)[0]?.[3]]).toEqual([['ErrorInvalidOperation'], 'true']);
  });

  it('an item that two queries find is one', async () => {
    await alice.createMessage(note('Tide tables'));
    const answer = (await searchMailboxes(svc, mailboxQuery('tide', both()) + mailboxQuery('tables', both()))).ok();
    expect([subjectsOf(answer), numbers(answer)[0], answer.texts('Query')]).toEqual([['Tide tables'], '1', ['tide', 'tables']]);
  });
});

describe('refuses', () => {
  const one = (): string => mailboxQuery('tide', [{ mailbox: dns.alice }]);
  it.each([
    ['a page of nothing', '<m:PageSize>0</m:PageSize>', 'ErrorInvalidArgument'],
    ['to go on from an item that is not there', '<m:PageSize>1</m:PageSize><m:PageItemReference>nonsense</m:PageItemReference>', 'ErrorInvalidArgument'],
    ['an order by what has no column', '<m:SortBy Order="Ascending"><t:FieldURI FieldURI="item:MimeContent"/></m:SortBy>', 'ErrorUnsupportedPathForSortGroup'],
  ])('%s', async (_what, more, code) => {
    expect((await searchMailboxes(svc, one(), { more })).codes).toEqual([code]);
  });
  it('whoever is not of Discovery Management', async () => {
    expect((await searchMailboxes(alice, one())).codes).toEqual(['ErrorAccessDenied']);
  });
  it.each([
    ['more mailboxes than DiscoveryMaxMailboxes', { discoveryMaxMailboxes: 1 }, 'tide', 'ErrorSearchTooManyMailboxes'],
    ['more keywords than DiscoveryMaxKeywords', { discoveryMaxKeywords: 2 }, 'one OR "two three" OR subject:four', 'ErrorSearchQueryHasTooManyKeywords'],
    ['everything where DiscoveryMaxConcurrency is 0', { discoveryMaxConcurrency: 0 }, 'tide', 'ErrorDiscoverySearchesDisabled'],
  ])('%s', async (_what, throttling, query, code) => {
    await using limited = await createEwsEmulator({ seed: 'empty', throttling });
    expect((await searchMailboxes(new EwsClient(limited, discoverer), mailboxQuery(query, both()))).codes).toEqual([code]);
  });
  it('takes as many keywords as the policy allows', async () => {
    const query = Array.from({ length: 300 }, (_, at) => `word${at}`).join(' OR ');
    expect((await searchMailboxes(svc, mailboxQuery(query, [{ mailbox: dns.alice }]), { type: 'StatisticsOnly' })).ok().all('KeywordStat').length).toBe(300);
  });
});
