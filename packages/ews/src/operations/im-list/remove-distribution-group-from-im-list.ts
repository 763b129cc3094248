import { groupOf, imGroupClasses, openImList } from '../../im-list.ts';
import { oneOf } from '../../items.ts';
import { defineOperation, type Operation } from '../../operation.ts';
import { answerAlone, success } from '../../response-messages.ts';

/** @see RemoveDistributionGroupFromImList, EWS reference */
export const removeDistributionGroupFromImList: Operation<'RemoveDistributionGroupFromImList'> = defineOperation('RemoveDistributionGroupFromImList', ({ GroupId }, context) =>
  answerAlone(context, (head) => head, async () => {
    const list = await openImList(context);
    const group = await groupOf(list, GroupId, context, [imGroupClasses.distributionGroup]);
    oneOf(await list.session.removeItems([group.id], 'hard'));
    return success;
  }));
