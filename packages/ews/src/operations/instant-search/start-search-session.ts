import { checkSearcher } from '../../instant-search/searched-places.ts';
import { defineOperation, type Operation } from '../../operation.ts';
import { answerAlone, success } from '../../response-messages.ts';

/** The client names the session. The schema is all that is documented of instant search. @see StartSearchSession of the schema */
export const startSearchSession: Operation<'StartSearchSession'> = defineOperation('StartSearchSession', ({ SearchSessionId }, context) =>
  answerAlone(context, (head) => head, () => {
    checkSearcher(context);
    context.searchSessions.start(context.caller, SearchSessionId);
    return success;
  }));
