import { parseQueryString } from '@fauxchange/mailbox';
import type { EwsContext } from '../../context.ts';
import { conversationElements, findItems, itemElements } from '../../instant-search/found-items.ts';
import { lazily } from '../../lazily.ts';
import { checkSearcher, folderPlace, searchable, type SearchedPlace } from '../../instant-search/searched-places.ts';
import { defineOperation, type Operation } from '../../operation.ts';
import { answerAlone, success } from '../../response-messages.ts';
import type { InstantSearchPayloadType, InstantSearchResultType_item, PerformInstantSearchRequest } from '../../schema/types.generated.ts';

/**
 * The older instant search, whose sessions begin with the first search in them. Its schema is all that is documented; personas, suggestions,
 * refiners and terms have no place in the answer's schema.
 *
 * @see PerformInstantSearch of the schema
 */
export const performInstantSearch: Operation<'PerformInstantSearch'> = defineOperation('PerformInstantSearch', (request, context) =>
  answerAlone(context, (head) => head, async () => {
    checkSearcher(context);
    const restriction = searchable(() => parseQueryString(request.KqlQuery, context.clock.now()));
    const places = await placesOf(request, context);
    const most = context.limits.searchFindCountLimit ?? 1000;
    const isAsked = (type: PerformInstantSearchRequest['ItemType'][number]): boolean => request.ItemType.includes(type) && (request.QueryOptions.includes('Results') || request.QueryOptions.includes('ExplicitSearch'));
    const mail = lazily(() => findItems(places, 'mail', restriction));
    const types: InstantSearchResultType_item[] = [];
    const payload: Partial<InstantSearchPayloadType>[] = [];
    if (isAsked('MailItem')) {
      types.push('ItemResults');
      payload.push({ Items: { Item: await itemElements((await mail()).slice(0, most), 'mail', context) } });
    }
    if (isAsked('MailConversation')) {
      types.push('ConversationResults');
      payload.push({ Conversations: { Conversation: (await conversationElements(await mail(), { offset: 0, rows: most })).elements } });
    }
    if (isAsked('CalendarItem')) {
      types.push('CalendarItemResults');
      payload.push({ CalendarItems: { CalendarItem: await itemElements((await findItems(places, 'calendar', restriction)).slice(0, most), 'calendar', context) } });
    }
    const { SearchSessionId, SearchRequestId } = request;
    return { ...success, Payload: Object.assign({ SearchSessionId, SearchRequestId, ResultType: types.length > 0 ? types : ['None' as const] }, ...payload) as InstantSearchPayloadType };
  }));

async function placesOf({ FolderScope, DistinguishedFolderScope, IsDeepTraversal = false }: PerformInstantSearchRequest, context: EwsContext): Promise<readonly SearchedPlace[]> {
  const places: SearchedPlace[] = [];
  for (const FolderId of FolderScope.FolderId ?? []) places.push(await folderPlace({ FolderId }, IsDeepTraversal, context));
  for (const WellKnownFolder of DistinguishedFolderScope?.DistinguishedFolderId ?? []) places.push(await folderPlace({ WellKnownFolder }, IsDeepTraversal, context));
  return places;
}
