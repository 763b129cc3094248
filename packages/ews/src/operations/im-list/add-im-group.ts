import { addGroup, imGroupClasses, openImList } from '../../im-list.ts';
import { imGroupElement } from '../../mapping/im-list.ts';
import { defineOperation, type Operation } from '../../operation.ts';
import { answerAlone, success } from '../../response-messages.ts';

/** @see AddImGroup, EWS reference */
export const addImGroup: Operation<'AddImGroup'> = defineOperation('AddImGroup', ({ DisplayName }, context) =>
  answerAlone(context, (head) => head, async () => {
    const list = await openImList(context);
    return { ...success, ImGroup: imGroupElement(await addGroup(list, DisplayName, imGroupClasses.userGroup), list) };
  }));
