import { EwsError } from '../../errors.ts';
import { entryMailbox } from '../../mapping/directory-contact.ts';
import { defineOperation, type Operation } from '../../operation.ts';
import { answerAlone, success } from '../../response-messages.ts';

/** What is no room list gives no results; hidden rooms are not told of. @see GetRooms, EWS reference */
export const getRooms: Operation<'GetRooms'> = defineOperation('GetRooms', ({ RoomList }, context) =>
  answerAlone(context, (head) => head, () => {
    const { directory } = context.organization;
    const list = RoomList.EmailAddress === undefined ? undefined : directory.byAddress(RoomList.EmailAddress);
    if (!list?.isRoomList) throw new EwsError('ErrorNameResolutionNoResults');
    const rooms = directory.members(list.id).flatMap((member) => ('recipientType' in member && member.recipientType === 'RoomMailbox' && !member.isHiddenFromAddressLists ? [member] : []));
    return { ...success, Rooms: { Room: rooms.map((room) => ({ Id: entryMailbox(room) })) } };
  }));
