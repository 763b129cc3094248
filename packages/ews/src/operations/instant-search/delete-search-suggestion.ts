import { defineOperation, type Operation } from '../../operation.ts';
import { answerAlone, success } from '../../response-messages.ts';

/** @see DeleteSearchSuggestion of the schema */
export const deleteSearchSuggestion: Operation<'DeleteSearchSuggestion'> = defineOperation('DeleteSearchSuggestion', ({ SearchSessionId, Query, SuggestionTypes }, context) =>
  answerAlone(context, (head) => ({ ...head, Response: { Success: false } }), () => {
    context.searchSessions.check(context.caller, SearchSessionId);
    const isHistory = SuggestionTypes.includes('All') || SuggestionTypes.includes('QueryHistory');
    return { ...success, Response: { Success: isHistory && context.searchSessions.forget(context.caller, Query) } };
  }));
