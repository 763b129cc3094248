import { EwsError } from '../../errors.ts';
import { addGroup, imGroupClasses, openImList } from '../../im-list.ts';
import { imGroupElement } from '../../mapping/im-list.ts';
import { defineOperation, type Operation } from '../../operation.ts';
import { answerAlone, success } from '../../response-messages.ts';

/** A group of the directory; one that is on the list already is told as it is ([K]). @see AddDistributionGroupToImList, EWS reference */
export const addDistributionGroupToImList: Operation<'AddDistributionGroupToImList'> = defineOperation('AddDistributionGroupToImList', ({ SmtpAddress, DisplayName }, context) =>
  answerAlone(context, (head) => head, async () => {
    const entry = context.organization.directory.byAddress(SmtpAddress);
    if (entry?.recipientType !== 'MailUniversalDistributionGroup') throw new EwsError('ErrorInvalidImDistributionGroupSmtpAddress');
    const list = await openImList(context);
    const known = list.groups.find(({ bag }) => bag.get('PidTagSmtpAddress') === entry.primarySmtpAddress);
    const group = known ?? await addGroup(list, DisplayName, imGroupClasses.distributionGroup, { PidTagSmtpAddress: entry.primarySmtpAddress });
    return { ...success, ImGroup: imGroupElement(group, list) };
  }));
