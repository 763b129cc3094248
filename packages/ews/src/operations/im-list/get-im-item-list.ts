import { openImList } from '../../im-list.ts';
import { askedProperties, imGroupElement, imPersona } from '../../mapping/im-list.ts';
import { defineOperation, type Operation } from '../../operation.ts';
import { answerAlone, success } from '../../response-messages.ts';

/** Every group and every contact of the caller's IM list. @see GetImItemList, EWS reference */
export const getImItemList: Operation<'GetImItemList'> = defineOperation('GetImItemList', ({ ExtendedProperties }, context) =>
  answerAlone(context, (head) => head, async () => {
    const asked = askedProperties(ExtendedProperties);
    const list = await openImList(context);
    const Groups = { ImGroup: list.groups.map((group) => imGroupElement(group, list, asked)) };
    return { ...success, ImItemList: { Groups, Personas: { Persona: list.contacts.map((contact) => imPersona(contact, list.session, asked)) } } };
  }));
