import { entryMailbox } from '../../mapping/directory-contact.ts';
import { defineOperation, type Operation } from '../../operation.ts';
import { answerAlone, success } from '../../response-messages.ts';

/** No list at all is no error: the answer has an empty RoomLists. @see GetRoomLists, EWS reference */
export const getRoomLists: Operation<'GetRoomLists'> = defineOperation('GetRoomLists', (_request, context) =>
  answerAlone(context, (head) => head, () => {
    const lists = context.organization.directory.list().filter((entry) => entry.isRoomList && !entry.isHiddenFromAddressLists);
    return { ...success, RoomLists: { Address: lists.map(entryMailbox) } };
  }));
