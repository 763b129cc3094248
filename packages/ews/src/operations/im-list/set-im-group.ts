import { groupOf, imGroupClasses, openImList, renameGroup } from '../../im-list.ts';
import { defineOperation, type Operation } from '../../operation.ts';
import { answerAlone, success } from '../../response-messages.ts';

/** Change keys are of no account here. @see SetImGroup, EWS reference */
export const setImGroup: Operation<'SetImGroup'> = defineOperation('SetImGroup', ({ GroupId, NewDisplayName }, context) =>
  answerAlone(context, (head) => head, async () => {
    const list = await openImList(context);
    await renameGroup(list, await groupOf(list, GroupId, context, [imGroupClasses.userGroup, imGroupClasses.distributionGroup]), NewDisplayName);
    return success;
  }));
