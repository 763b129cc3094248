import { EwsError } from '../../errors.ts';
import { contactOf, groupOf, openImList, removeFromGroup } from '../../im-list.ts';
import { defineOperation, type Operation } from '../../operation.ts';
import { answerAlone, success } from '../../response-messages.ts';

/** A contact that is not in the group is an invalid one, as its page says. @see RemoveImContactFromGroup, EWS reference */
export const removeImContactFromGroup: Operation<'RemoveImContactFromGroup'> = defineOperation('RemoveImContactFromGroup', ({ ContactId, GroupId }, context) =>
  answerAlone(context, (head) => head, async () => {
    const list = await openImList(context);
    const group = await groupOf(list, GroupId, context);
    if (!(await removeFromGroup(list, group, await contactOf(list, ContactId, context)))) throw new EwsError('ErrorInvalidImContactId');
    return success;
  }));
