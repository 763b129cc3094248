import { keywordsOf, parseQueryString, type QueryStringOptions, type Restriction } from '@fauxchange/mailbox';
import type { EwsContext } from '../../context.ts';
import { EwsError } from '../../errors.ts';
import { conversationElements, findItems, itemElements, type FoundKind } from '../../instant-search/found-items.ts';
import { lazily } from '../../lazily.ts';
import { checkSearcher, searchable, searchedPlaces } from '../../instant-search/searched-places.ts';
import { propertyOfPath } from '../../mapping/extended-property.ts';
import { contactPersona, personaElement } from '../../mapping/persona.ts';
import { decodeRestriction } from '../../mapping/restriction.ts';
import { defineOperation, type Operation } from '../../operation.ts';
import { answerAlone, success } from '../../response-messages.ts';
import type { ExecuteSearch, ItemTypesFilterType_item, SearchResultsType } from '../../schema/types.generated.ts';

/**
 * Searches as instant search does. Its schema is all that is documented: results come newest first whichever order is asked, and without refiners,
 * whose queries nothing tells of.
 *
 * @see ExecuteSearch of the schema
 */
export const executeSearch: Operation<'ExecuteSearch'> = defineOperation('ExecuteSearch', (request, context) =>
  answerAlone(context, (head) => ({ ...head, SearchResults: nothing }), async () => {
    checkSearcher(context);
    context.searchSessions.check(context.caller, request.SearchSessionId);
    const SearchResults = await search(request, context);
    context.searchSessions.remember(context.caller, request.Query.trim());
    return { ...success, SearchResults };
  }));

const nothing = { MoreResultsAvailable: false, RefinerTelemetryBatchId: 0 };
const mailTypes: ReadonlySet<ItemTypesFilterType_item> = new Set<ItemTypesFilterType_item>(['MailItems', 'MessageItems']);

async function search(request: ExecuteSearch, context: EwsContext): Promise<SearchResultsType> {
  const restriction = restrictionOf(request, context);
  const places = await searchedPlaces(request.SearchScope, request.IncludeDeleted === true, context);
  const page = pageOf(request, context);
  const results: SearchResultsType[] = [];
  const totals: (readonly [total: number, shown: number])[] = [];
  const mail = lazily(() => findItems(places, 'mail', restriction));
  const find = (kind: FoundKind): ReturnType<typeof findItems> => (kind === 'mail' ? mail() : findItems(places, kind, restriction));
  const kinds: FoundKind[] = [...(request.ItemTypes.some((type) => mailTypes.has(type)) ? ['mail' as const] : []), ...(request.ItemTypes.includes('CalendarItems') ? ['calendar' as const] : [])];
  if (kinds.length > 0) {
    const found = (await Promise.all(kinds.map(find))).flat();
    const Item = await itemElements(found.slice(page.offset, page.offset + page.rows), 'any', context, request.MaxPreviewLength);
    results.push({ ...nothing, Items: { Item } });
    totals.push([found.length, Item.length]);
  }
  if (request.ItemTypes.includes('MailConversations')) {
    const { total, elements } = await conversationElements(await mail(), page);
    results.push({ ...nothing, Conversations: { Conversation: elements } });
    totals.push([total, elements.length]);
  }
  if (request.ItemTypes.includes('Contacts')) {
    const found = await find('contacts');
    const Persona = found.slice(page.offset, page.offset + page.rows).map(({ item, session }) => personaElement(contactPersona(item, session), 'Default', undefined));
    results.push({ ...nothing, People: { Persona } });
    totals.push([found.length, Persona.length]);
  }
  const terms = keywordsOf(request.Query);
  return {
    ...nothing, ...Object.assign({}, ...results) as Partial<SearchResultsType>,
    MoreResultsAvailable: totals.some(([total]) => total > page.offset + page.rows),
    SearchResultsCount: totals.reduce((sum, [, shown]) => sum + shown, 0), TotalResultsCount: totals.reduce((sum, [total]) => sum + total, 0),
    SearchTerms: terms.length > 0 ? { String: terms } : undefined,
  };
}

function pageOf({ ResultRowCount, ResultRowOffset = 0 }: ExecuteSearch, { limits }: EwsContext): { readonly offset: number; readonly rows: number } {
  const most = limits.searchFindCountLimit ?? 1000;
  if (ResultRowOffset < 0 || (ResultRowCount !== undefined && ResultRowCount < 0)) throw new EwsError('ErrorInvalidArgument');
  return { offset: ResultRowOffset, rows: Math.min(ResultRowCount ?? most, most) };
}

function restrictionOf(request: ExecuteSearch, context: EwsContext): Restriction {
  const query = searchable(() => parseQueryString(request.Query, context.clock.now(), { extended: extendedKeywords(request) }));
  const further = [request.SearchRestrictions, request.AnalyzedQuery?.SearchRestrictions].flatMap((sent) => (sent ? [decodeRestriction(sent, context)] : []));
  return { kind: 'and', restrictions: [request.KeywordMatchOption === 'FullString' ? wholeWords(query) : query, ...further] };
}

function extendedKeywords({ ExtendedKeywords }: ExecuteSearch): QueryStringOptions['extended'] {
  const defined = (ExtendedKeywords?.ExtendedKeywordDefinition ?? []).map(({ Keyword, Properties }) => [Keyword.toLowerCase(), Properties.ExtendedFieldURI.map((path) => propertyOfPath(path).name)] as const);
  if (new Set(defined.map(([keyword]) => keyword)).size < defined.length) throw new EwsError('ErrorDuplicateExtendedKeywordDefinition');
  return Object.fromEntries(defined);
}

/** Words of a query find what begins with them, unless whole ones are asked for. */
function wholeWords(restriction: Restriction): Restriction {
  if (restriction.kind === 'and' || restriction.kind === 'or') return { ...restriction, restrictions: restriction.restrictions.map(wholeWords) };
  if (restriction.kind === 'not') return { ...restriction, restriction: wholeWords(restriction.restriction) };
  return 'mode' in restriction && restriction.mode === 'prefixOnWords' ? { ...restriction, mode: 'exactPhrase' } : restriction;
}
