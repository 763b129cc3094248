import { EwsError, instead } from '../../errors.ts';
import { groupOf, imGroupClasses, openImList } from '../../im-list.ts';
import { oneOf } from '../../items.ts';
import { defineOperation, type Operation } from '../../operation.ts';
import { answerAlone, success } from '../../response-messages.ts';

/** Its contacts stay on the list; the groups that the store has by itself stay ([K]). @see RemoveImGroup, EWS reference */
export const removeImGroup: Operation<'RemoveImGroup'> = defineOperation('RemoveImGroup', ({ GroupId }, context) =>
  answerAlone(context, (head) => head, async () => {
    const list = await openImList(context);
    const group = await groupOf(list, GroupId, context, [imGroupClasses.userGroup]).catch(instead('ItemNotFound', () => new EwsError('ErrorInvalidImGroupId')));
    oneOf(await list.session.removeItems([group.id], 'hard'));
    return success;
  }));
