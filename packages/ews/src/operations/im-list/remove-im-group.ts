import { groupOf, imGroupClasses, openImList, orInvalid } from '../../im-list.ts';
import { oneOf } from '../../items.ts';
import { defineOperation, type Operation } from '../../operation.ts';
import { answerAlone, success } from '../../response-messages.ts';

/** Its contacts stay on the list; the groups that the store has by itself stay ([K]). @see RemoveImGroup, EWS reference */
export const removeImGroup: Operation<'RemoveImGroup'> = defineOperation('RemoveImGroup', ({ GroupId }, context) =>
  answerAlone(context, (head) => head, async () => {
    const list = await openImList(context);
    const group = await orInvalid(groupOf(list, GroupId, context, [imGroupClasses.userGroup]), 'ErrorInvalidImGroupId');
    oneOf(await list.session.removeItems([group.id], 'hard'));
    return success;
  }));
