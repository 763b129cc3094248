import { invitationsFor, isOrganizer, masterOf, type Item } from '@fauxchange/mailbox';
import type { ApplicationData } from '../../schema/application-data.ts';
import type { ItemPlace } from '../../sync/item-class.ts';

/** What attendees are not told of: it is the organizer's own. */
const own: ReadonlySet<string> = new Set(['Calendar:Reminder', 'Calendar:Categories', 'Calendar:DtStamp', 'Calendar:MeetingStatus']);

/**
 * Since 16.0 the server sends the meeting's messages itself; before, the client does, and nothing may come twice
 * ([MS-ASCMD] 3.1.5.6). The answer is the appointment as it is then.
 */
export async function tellAttendees(before: Item | undefined, after: Item, { session, context }: ItemPlace, data?: ApplicationData): Promise<Item> {
  if (!context.isAtLeast('16.0') || (data && Object.keys(data).every((name) => own.has(name)))) return after;
  const told = await invitationsFor(session, { before, after }, { to: 'all', saveIn: sentItems(session) });
  return masterOf(told ?? after);
}

/** A meeting that its organizer deletes, or an occurrence of it, is called off; an attendee deletes in silence. */
export async function cancelMeeting(item: Item, { session, context }: Pick<ItemPlace, 'session' | 'context'>): Promise<void> {
  if (!context.isAtLeast('16.0') || !isOrganizer(item)) return;
  await invitationsFor(session, { before: item, after: undefined }, { to: 'all', saveIn: sentItems(session) });
}

function sentItems(session: ItemPlace['session']) {
  const folderId = session.mailbox.wellKnown('sentitems');
  return folderId === undefined ? undefined : { session, folderId };
}
