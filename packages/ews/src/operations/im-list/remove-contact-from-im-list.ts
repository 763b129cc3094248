import { contactOf, openImList, removeFromGroup } from '../../im-list.ts';
import { oneOf } from '../../items.ts';
import { defineOperation, type Operation } from '../../operation.ts';
import { answerAlone, success } from '../../response-messages.ts';

/** It goes from every group too. @see RemoveContactFromImList, EWS reference */
export const removeContactFromImList: Operation<'RemoveContactFromImList'> = defineOperation('RemoveContactFromImList', ({ ContactId }, context) =>
  answerAlone(context, (head) => head, async () => {
    const list = await openImList(context);
    const contact = await contactOf(list, ContactId, context);
    for (const group of list.groups) await removeFromGroup(list, group, contact);
    oneOf(await list.session.removeItems([contact.id], 'hard'));
    return success;
  }));
