import { defineOperation, type Operation } from '../../operation.ts';
import { answerAlone, success } from '../../response-messages.ts';
import type { GetSearchSuggestions, SearchSuggestionsType, SuggestionType } from '../../schema/types.generated.ts';

const most = 100;

/**
 * What the caller has searched for before, as far as it begins as the query. Of the other kinds nothing is documented but their names: none of them are suggested.
 *
 * @see GetSearchSuggestions of the schema
 */
export const getSearchSuggestions: Operation<'GetSearchSuggestions'> = defineOperation('GetSearchSuggestions', (request, context) => {
  const { searchSessions, caller, ids } = context;
  const batch: SearchSuggestionsType = { TDSuggestionsBatchId: 0, TDSuggestionsInstanceId: ids.uuid() };
  return answerAlone(context, (head) => ({ ...head, SearchSuggestions: batch }), () => {
    searchSessions.check(caller, request.SearchSessionId);
    return { ...success, SearchSuggestions: { ...batch, Suggestions: { Suggestion: suggestions(searchSessions.queries(caller), request) } } };
  });
});

function suggestions(queries: readonly string[], { Query = '', SuggestionTypes = ['All'], MaxSuggestionsCountPerSuggestionType = most }: GetSearchSuggestions): SuggestionType[] {
  if (!SuggestionTypes.includes('All') && !SuggestionTypes.includes('QueryHistory')) return [];
  const start = Query.trim().toLowerCase();
  const found = queries.filter((query) => query.toLowerCase().startsWith(start)).slice(0, Math.max(0, Math.min(most, MaxSuggestionsCountPerSuggestionType)));
  return found.map((query, at) => ({ SuggestedQuery: query, DisplayText: query, SuggestionType: ['QueryHistory'], TDSuggestionId: at, IsDeletable: true }));
}
