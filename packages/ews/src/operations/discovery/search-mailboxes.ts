import { alternativesOf, itemTest, keywordsOf, sortBy, valueOf, type OrderSpec, type Restriction } from '@fauxchange/mailbox';
import type { EwsContext } from '../../context.ts';
import { discover, discoveryRestriction, mostKeywords } from '../../discovery/discovered-items.ts';
import { checkMayDiscover, discoveredMailbox } from '../../discovery/discovery-role.ts';
import { pageAround } from '../../discovery/page-around.ts';
import { previewItem, sizeOfAll, sizeOfDiscovered, sortValue, uniqueHash } from '../../discovery/search-preview.ts';
import { EwsError } from '../../errors.ts';
import { decodeOrder } from '../../mapping/restriction.ts';
import { defineOperation, type Operation } from '../../operation.ts';
import { answerAlone, failure, success } from '../../response-messages.ts';
import type {
  FailedSearchMailboxType, KeywordStatisticsSearchResultType, MailboxQueryType, MailboxSearchScopeType, MailboxStatisticsItemType, SearchMailboxesResponseMessageType, SearchMailboxesResultType, SearchMailboxesType,
} from '../../schema/types.generated.ts';
import { keyOfFound, type FoundItem } from '../../searched-folders.ts';

/** Texts as the examples of the operation have them; that of a query that cannot be read, and that of no archive, are ours. */
const texts = {
  noMailbox: 'No mailbox is specified for search operation. If specified in the request, then it could be due to permission issue.',
  emptyQuery: "The search query can't be empty.", badQuery: 'The search query is invalid.', noArchive: 'The mailbox has no archive.',
} as const;
const newestFirst: OrderSpec = [{ property: 'PidTagMessageDeliveryTime', descending: true }];

/** @see SearchMailboxes, EWS reference; [MS-OXWSEDISC] 3.1.4.4 */
export const searchMailboxes: Operation<'SearchMailboxes'> = defineOperation('SearchMailboxes', async (request, context) => ({
  ResponseMessages: [['SearchMailboxesResponseMessage', await answerAlone(context, (head) => head, () => search(request, context))]],
}));

async function search(request: SearchMailboxesType, context: EwsContext): Promise<SearchMailboxesResponseMessageType> {
  checkMayDiscover(context);
  const queries = request.SearchQueries.MailboxQuery;
  checkLimits(queries, context);
  const order = decodeOrder(request.SortBy && { FieldOrder: [request.SortBy] }) ?? newestFirst;
  const failed: FailedSearchMailboxType[] = [];
  const searches: Search[] = [];
  for (const query of queries) {
    const done = await searchBy(query, failed, context);
    if (done) searches.push(done);
  }
  const FailedMailboxes = failed.length > 0 ? { FailedMailbox: failed } : undefined;
  const head = { ResultType: request.ResultType, PageItemCount: 0, PageItemSize: 0 };
  if (searches.length === 0) {
    const result = { SearchQueries: request.SearchQueries, ...head, ItemCount: 0, Size: 0, FailedMailboxes };
    return { ...failure(new EwsError('ErrorInvalidOperation', texts.noMailbox)), SearchMailboxesResult: result };
  }
  const found = await merged(searches, order, request.Deduplication === true);
  const result = { SearchQueries: { MailboxQuery: searches.map(({ query }) => query) }, ...head, ItemCount: found.length, Size: sizeOfAll(found), FailedMailboxes };
  const more = request.ResultType === 'StatisticsOnly' ? { KeywordStats: { KeywordStat: keywordStats(searches, context) } } : await preview(found, order, request, context);
  return { ...success, SearchMailboxesResult: { ...result, ...more } };
}

function checkLimits(queries: readonly MailboxQueryType[], { limits }: EwsContext): void {
  if (limits.discoveryMaxConcurrency === 0) throw new EwsError('ErrorDiscoverySearchesDisabled');
  const mailboxes = queries.reduce((sum, { MailboxSearchScopes: { MailboxSearchScope } }) => sum + MailboxSearchScope.length, 0);
  if (mailboxes > (limits.discoveryMaxMailboxes ?? Infinity)) throw new EwsError('ErrorSearchTooManyMailboxes');
  if (queries.some(({ Query }) => keywordsOf(Query).length > (limits.discoveryMaxKeywords ?? mostKeywords))) throw new EwsError('ErrorSearchQueryHasTooManyKeywords');
}

/** A query with those of its mailboxes that could be searched. */
interface Search {
  readonly query: MailboxQueryType;
  readonly found: readonly FoundItem[];
}

async function searchBy(query: MailboxQueryType, failed: FailedSearchMailboxType[], context: EwsContext): Promise<Search | undefined> {
  const text = query.Query.trim();
  const restriction = text === '' ? undefined : discoveryRestriction(text, context);
  const searched: MailboxSearchScopeType[] = [];
  const found: FoundItem[] = [];
  for (const scope of query.MailboxSearchScopes.MailboxSearchScope) {
    const items = restriction ? await itemsOf(scope, restriction, context) : text === '' ? texts.emptyQuery : texts.badQuery;
    if (typeof items === 'string') {
      failed.push({ Mailbox: scope.Mailbox, ErrorCode: 0, ErrorMessage: items, IsArchive: scope.SearchScope === 'ArchiveOnly' });
      continue;
    }
    searched.push(scope);
    for (const one of items) found.push(one);
  }
  return searched.length > 0 ? { query: { ...query, MailboxSearchScopes: { MailboxSearchScope: searched } }, found } : undefined;
}

async function itemsOf({ Mailbox, SearchScope }: MailboxSearchScopeType, restriction: Restriction, context: EwsContext): Promise<readonly FoundItem[] | string> {
  const known = discoveredMailbox(Mailbox, context);
  return known ? (await discover(known.mailbox, SearchScope, restriction)) ?? texts.noArchive : texts.noMailbox;
}

/** An item that several queries have found is one; with Deduplication, so are the copies of a message. */
async function merged(searches: readonly Search[], order: OrderSpec, isDeduplicated: boolean): Promise<readonly FoundItem[]> {
  const all = new Map(searches.flatMap(({ found }) => found).map((one) => [keyOfFound(one), one]));
  const sorted = sortBy([...all.values()], order, ({ item }, name) => valueOf(item, name));
  if (!isDeduplicated) return sorted;
  const unique = new Map<string, FoundItem>();
  for (const one of sorted) {
    const hash = await uniqueHash(one);
    if (!unique.has(hash)) unique.set(hash, one);
  }
  return [...unique.values()];
}

/** What the ORs of a query join are its keywords. */
function keywordStats(searches: readonly Search[], context: EwsContext): KeywordStatisticsSearchResultType[] {
  const stats = new Map<string, KeywordStatisticsSearchResultType>();
  for (const { query, found } of searches) {
    const alternatives = alternativesOf(query.Query);
    for (const Keyword of alternatives) {
      const hits = alternatives.length === 1 ? found : found.filter(fits(Keyword, context));
      const { ItemHits, Size } = stats.get(Keyword) ?? { ItemHits: 0, Size: 0 };
      stats.set(Keyword, { Keyword, ItemHits: ItemHits + hits.length, Size: Size + sizeOfAll(hits) });
    }
  }
  return [...stats.values()];
}

function fits(keyword: string, context: EwsContext): (one: FoundItem) => boolean {
  const restriction = discoveryRestriction(keyword, context);
  const test = restriction && itemTest(restriction);
  return ({ item }) => test?.(item) ?? false;
}

async function preview(found: readonly FoundItem[], order: OrderSpec, request: SearchMailboxesType, { limits }: EwsContext): Promise<Pick<SearchMailboxesResultType, 'PageItemCount' | 'PageItemSize' | 'Items' | 'MailboxStats'>> {
  const shape = request.PreviewItemResponseShape ?? { BaseShape: 'Default' };
  const page = pageAround(found, request, { key: (one) => sortValue(one, order), byDefault: limits.discoveryPageSize });
  const SearchPreviewItem = [];
  for (const one of page) SearchPreviewItem.push(await previewItem(one, order, shape));
  return { PageItemCount: page.length, PageItemSize: sizeOfAll(page), Items: { SearchPreviewItem }, MailboxStats: { MailboxStat: mailboxStats(found) } };
}

function mailboxStats(found: readonly FoundItem[]): MailboxStatisticsItemType[] {
  const stats = new Map<string, MailboxStatisticsItemType>();
  for (const one of found) {
    const { legacyExchangeDN: MailboxId, displayName: DisplayName } = one.session.mailbox.owner;
    const { ItemCount, Size } = stats.get(MailboxId) ?? { ItemCount: 0, Size: 0 };
    stats.set(MailboxId, { MailboxId, DisplayName, ItemCount: ItemCount + 1, Size: Size + sizeOfDiscovered(one) });
  }
  return [...stats.values()];
}
