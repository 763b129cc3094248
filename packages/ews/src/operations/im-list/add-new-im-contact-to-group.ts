import { contactEmail } from '@fauxchange/mailbox';
import { addContact, addToGroup, groupOf, openImList } from '../../im-list.ts';
import { imPersona } from '../../mapping/im-list.ts';
import { defineOperation, type Operation } from '../../operation.ts';
import { answerAlone, success } from '../../response-messages.ts';

/** Somebody who is on the list already is put into the group as they are ([K]). @see AddNewImContactToGroup, EWS reference */
export const addNewImContactToGroup: Operation<'AddNewImContactToGroup'> = defineOperation('AddNewImContactToGroup', ({ ImAddress, DisplayName, GroupId }, context) =>
  answerAlone(context, (head) => head, async () => {
    const list = await openImList(context);
    const group = await groupOf(list, GroupId, context);
    const known = list.contacts.find(({ bag }) => String(bag.get('PidLidInstantMessagingAddress') ?? '').toLowerCase() === ImAddress.toLowerCase());
    const name = DisplayName ?? ImAddress;
    const address = ImAddress.replace(/^sip:/i, '');
    const contact = known ?? await addContact(list, {
      PidTagDisplayName: name, PidTagSubject: name, PidLidInstantMessagingAddress: ImAddress, ...(address.includes('@') && contactEmail(1, { address, name })),
    });
    await addToGroup(list, group, contact);
    return { ...success, Persona: imPersona(contact, list.session) };
  }));
