import { addToGroup, contactOf, groupOf, openImList } from '../../im-list.ts';
import { defineOperation, type Operation } from '../../operation.ts';
import { answerAlone, success } from '../../response-messages.ts';

/** @see AddImContactToGroup, EWS reference */
export const addImContactToGroup: Operation<'AddImContactToGroup'> = defineOperation('AddImContactToGroup', ({ ContactId, GroupId }, context) =>
  answerAlone(context, (head) => head, async () => {
    const list = await openImList(context);
    const contact = await contactOf(list, ContactId, context);
    await addToGroup(list, await groupOf(list, GroupId, context), contact);
    return success;
  }));
