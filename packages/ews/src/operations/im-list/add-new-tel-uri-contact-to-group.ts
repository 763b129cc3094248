import { addContact, addToGroup, groupOf, openImList } from '../../im-list.ts';
import { imPersona } from '../../mapping/im-list.ts';
import { defineOperation, type Operation } from '../../operation.ts';
import { answerAlone, success } from '../../response-messages.ts';

/**
 * The number is all that anybody gets to see again: where Exchange keeps the two URIs is documented nowhere.
 *
 * @see AddNewTelUriContactToGroup, EWS reference
 */
export const addNewTelUriContactToGroup: Operation<'AddNewTelUriContactToGroup'> = defineOperation('AddNewTelUriContactToGroup', ({ ImTelephoneNumber, GroupId }, context) =>
  answerAlone(context, (head) => head, async () => {
    const list = await openImList(context);
    const group = await groupOf(list, GroupId, context);
    const known = list.contacts.find(({ bag }) => !bag.has('PidTagDisplayName') && bag.get('PidTagOtherTelephoneNumber') === ImTelephoneNumber);
    const contact = known ?? await addContact(list, { PidTagOtherTelephoneNumber: ImTelephoneNumber, PidTagSubject: ImTelephoneNumber });
    await addToGroup(list, group, contact);
    return { ...success, Persona: imPersona(contact, list.session) };
  }));
