import { defineOperation, type Operation } from '../../operation.ts';
import { answerAlone, success } from '../../response-messages.ts';

/** @see EndSearchSession of the schema */
export const endSearchSession: Operation<'EndSearchSession'> = defineOperation('EndSearchSession', ({ SearchSessionId }, context) =>
  answerAlone(context, (head) => head, () => {
    context.searchSessions.end(context.caller, SearchSessionId);
    return success;
  }));
