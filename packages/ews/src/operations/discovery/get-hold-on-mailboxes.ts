import { checkMayDiscover } from '../../discovery/discovery-role.ts';
import { holdNamed, holdResult } from '../../discovery/holds.ts';
import { defineOperation, type Operation } from '../../operation.ts';
import { answerAlone, success } from '../../response-messages.ts';

/** @see GetHoldOnMailboxes, EWS reference; [MS-OXWSEDISC] 3.1.4.2 */
export const getHoldOnMailboxes: Operation<'GetHoldOnMailboxes'> = defineOperation('GetHoldOnMailboxes', ({ HoldId }, context) =>
  answerAlone(context, (head) => head, () => {
    checkMayDiscover(context);
    return { ...success, MailboxHoldResult: holdResult(holdNamed(HoldId, context), 'OnHold', [], context) };
  }));
