import { isOccurrence, seriesOf, uidOfItem, valueOf } from '@fauxchange/mailbox';
import type { ApplicationData } from '../../schema/application-data.ts';
import type { ItemView } from '../../sync/item-class.ts';
import { encodeAttachments } from '../attachments.ts';
import { encodeBody } from '../body.ts';
import { encodeCategories } from '../categories.ts';
import { formatCompact } from '../date-time.ts';
import { xmlText } from '../xml-text.ts';
import { encodeBusy, isFloating, linkElements, placeElements, timeElements } from './appointment-elements.ts';
import { encodeAttendees } from './attendees.ts';
import { encodeCalendarRecurrence } from './calendar-recurrence.ts';
import { encodeExceptions } from './encode-exceptions.ts';
import { encodeMeetingStatus, replyTimeOf, responseTypeOf } from './meeting-state.ts';

/** [MS-ASCAL] 2.2.2 */
export async function encodeAppointment(view: ItemView): Promise<ApplicationData> {
  const { item, context } = view;
  const { bag } = item;
  const series = isOccurrence(item) ? undefined : seriesOf(item);
  const stamp = bag.get('PidLidOwnerCriticalChange') ?? bag.get('PidTagLastModificationTime');
  return {
    ...timeElements(item, context),
    'Calendar:DtStamp': typeof stamp === 'number' ? formatCompact(stamp) : undefined,
    'Calendar:Subject': xmlText(String(bag.get('PidTagSubject') ?? '')),
    'Calendar:UID': uidOfItem(item)?.slice(0, 300),
    ...organizerElements(view),
    'Calendar:Attendees': encodeAttendees(item, context),
    ...placeElements(bag, context),
    'Calendar:BusyStatus': encodeBusy(bag),
    'Calendar:Sensitivity': Number(bag.get('PidTagSensitivity') ?? 0),
    'Calendar:Reminder': bag.get('PidLidReminderSet') === true ? String(bag.get('PidLidReminderDelta') ?? 15) : undefined,
    'Calendar:Categories': encodeCategories(bag),
    'Calendar:Recurrence': series && encodeCalendarRecurrence(series, bag, isFloating(item, context)),
    'Calendar:Exceptions': series && (await encodeExceptions(view, series)),
    'Calendar:MeetingStatus': encodeMeetingStatus(item),
    'Calendar:ResponseRequested': valueOf(item, 'PidTagResponseRequested') !== false,
    'Calendar:AppointmentReplyTime': replyTimeOf(item),
    'Calendar:ResponseType': responseTypeOf(item),
    'Calendar:DisallowNewTimeProposal': bag.get('PidLidAppointmentNotAllowPropose') === true,
    ...linkElements(bag),
    ...(context.isAtLeast('16.0') ? encodeAttachments(view) : {}),
    ...(await encodeBody(view, 'Calendar')),
  };
}

/** The one who called the meeting; an appointment without one is its owner's. */
function organizerElements({ item, session }: ItemView): ApplicationData {
  const { owner } = session.mailbox;
  const { bag } = item;
  const address = bag.get('PidTagSentRepresentingSmtpAddress') ?? bag.get('PidTagSentRepresentingEmailAddress') ?? owner.primarySmtpAddress;
  return { 'Calendar:OrganizerName': xmlText(String(bag.get('PidTagSentRepresentingName') ?? owner.displayName)), 'Calendar:OrganizerEmail': xmlText(String(address)) };
}
