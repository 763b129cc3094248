import { defineOperation, type Operation } from '../../operation.ts';
import { answerAlone, success } from '../../response-messages.ts';

/** @see EndSearchSession of the schema */
export const endSearchSession: Operation<'EndSearchSession'> = defineOperation('EndSearchSession', ({ SearchSessionId }, { searchSessions, caller }) =>
  answerAlone((head) => head, () => {
    searchSessions.end(caller, SearchSessionId);
    return success;
  }));
