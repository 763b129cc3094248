import { defineOperation, type Operation } from '../../operation.ts';
import { answerAlone, success } from '../../response-messages.ts';

/** @see DeleteSearchSuggestion of the schema */
export const deleteSearchSuggestion: Operation<'DeleteSearchSuggestion'> = defineOperation('DeleteSearchSuggestion', ({ SearchSessionId, Query, SuggestionTypes }, { searchSessions, caller }) =>
  answerAlone((head) => ({ ...head, Response: { Success: false } }), () => {
    searchSessions.check(caller, SearchSessionId);
    const isHistory = SuggestionTypes.includes('All') || SuggestionTypes.includes('QueryHistory');
    return { ...success, Response: { Success: isHistory && searchSessions.forget(caller, Query) } };
  }));
