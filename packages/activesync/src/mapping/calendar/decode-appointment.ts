import { appointmentReminder, appointmentSignature, identityProperties, isOrganizer, newAppointmentProperties, seriesOf, stateFlags, valueOf, type Item, type ItemChanges, type Properties, type Recipient } from '@fauxchange/mailbox';
import type { PropertyName } from '@fauxchange/properties';
import type { ApplicationData } from '../../schema/application-data.ts';
import type { ItemPlace } from '../../sync/item-class.ts';
import { decodeBody } from '../body.ts';
import { decodeCategories } from '../categories.ts';
import { within } from '../conversion-error.ts';
import { parseTime } from '../date-time.ts';
import { SentElements } from '../ghosting.ts';
import { decodeTimes, type WrittenTimes } from './appointment-times.ts';
import { decodeAttendees } from './attendees.ts';
import { decodeMeetingStatus } from './meeting-state.ts';
import { decodePlace } from './place.ts';
import { decodeReminder } from './reminder.ts';

/** What the client calls an appointment of its own before it has an id: kept so that it is not made twice. */
export const clientUid: PropertyName = '{71035549-0739-4dcb-9163-00f0580dbbdf}:AS:ClientUid:String';

export interface DecodedAppointment {
  readonly changes: ItemChanges;
  readonly times: WrittenTimes | undefined;
}

/** What an Add or a Change says of an appointment, without its exceptions. @throws EasStatusError 6 */
export async function decodeAppointment(data: ApplicationData, before: Item | undefined, place: ItemPlace): Promise<DecodedAppointment> {
  const { session, collection, context } = place;
  // Since 16.0 everything that is left out is as it was, [MS-ASCAL] 3.1.5.3.
  const sent = new SentElements(data, collection, before !== undefined && !context.isAtLeast('16.0'));
  const times = await decodeTimes(data, sent, before, place);
  const said = sent.said('Calendar:Attendees');
  const recipients = said === undefined ? undefined : said === null ? [] : decodeAttendees(said, before?.recipients ?? [], context);
  const properties: Properties = {
    ...(before ? {} : newProperties(data, recipients ?? [], place)),
    ...times?.properties,
    ...factsOf(sent),
    ...placeOf(data, sent),
    ...decodeReminder(sent.said('Calendar:Reminder'), context),
    ...stateOf(data, before, recipients),
    ...stampOf(data, before, place),
  };
  return { changes: { properties: withReminder(properties, before, times, place), recipients, body: await decodeBody(data, session, 'Calendar') }, times };
}

/** Identity, owner and defaults. Since 16.0 the server alone says who and what it is ([MS-ASCAL] 2.2.2.35, 2.2.2.36 and 2.2.2.46). */
function newProperties(data: ApplicationData, recipients: readonly Recipient[], { session, context }: ItemPlace): Properties {
  const { 'Calendar:UID': uid, 'Calendar:OrganizerEmail': email, 'Calendar:OrganizerName': name, 'Calendar:ClientUid': ownUid } = data;
  const now = context.clock.now();
  const isServers = context.isAtLeast('16.0');
  const organizer = isServers || !email ? undefined : email;
  const signature = appointmentSignature(session.mailbox.owner, organizer, recipients);
  const isForeign = signature.PidLidAppointmentStateFlags !== undefined;
  return {
    ...newAppointmentProperties(now),
    ...identityProperties(context.ids, now, isServers || !uid ? undefined : uid),
    ...signature,
    ...(isForeign && {
      PidTagSentRepresentingName: name ?? email, PidTagSentRepresentingEmailAddress: email, PidTagSentRepresentingAddressType: 'SMTP', PidTagSentRepresentingSmtpAddress: email,
    }),
    PidLidReminderSet: false,
    ...(isServers && ownUid && { [clientUid]: ownUid }),
  };
}

function factsOf(sent: SentElements): Properties {
  const subject = sent.said('Calendar:Subject');
  const [busy, sensitivity, categories] = [sent.said('Calendar:BusyStatus'), sent.said('Calendar:Sensitivity'), sent.said('Calendar:Categories')];
  const [isResponseRequested, forbidsProposals] = [sent.said('Calendar:ResponseRequested'), sent.said('Calendar:DisallowNewTimeProposal')];
  return {
    ...(subject !== undefined && { PidTagSubject: subject ?? '' }),
    ...(busy !== undefined && { PidLidBusyStatus: busy === null ? 2 : within('BusyStatus', busy, 0, 3) }),
    ...(sensitivity !== undefined && { PidTagSensitivity: sensitivity === null ? 0 : within('Sensitivity', sensitivity, 0, 3) }),
    ...(categories !== undefined && decodeCategories(categories ?? [])),
    ...(isResponseRequested !== undefined && { PidTagResponseRequested: isResponseRequested ?? true, PidTagReplyRequested: isResponseRequested ?? true }),
    ...(forbidsProposals !== undefined && { PidLidAppointmentNotAllowPropose: forbidsProposals ?? false }),
  };
}

/** Location is never ghosted, [MS-ASCAL] 2.2.2.27; the place of 16.0 is its own element. */
function placeOf(data: ApplicationData, sent: SentElements): Properties {
  const { 'AirSyncBase:Location': place } = data;
  if (place) return decodePlace(place);
  const said = sent.saidUnghosted('Calendar:Location');
  return said === undefined ? {} : decodePlace({ DisplayName: said ?? undefined });
}

function stateOf(data: ApplicationData, before: Item | undefined, recipients: readonly Recipient[] | undefined): Properties {
  const { 'Calendar:MeetingStatus': status } = data;
  const known = Number((before && valueOf(before, 'PidLidAppointmentStateFlags')) ?? 0);
  // Who the organizer is does not change: an attendee's copy stays one.
  if (status !== undefined && (known & stateFlags.received) === 0) return decodeMeetingStatus(status);
  if (status !== undefined) return { PidLidAppointmentStateFlags: Number(decodeMeetingStatus(status).PidLidAppointmentStateFlags) | (known & stateFlags.received) };
  const isMeeting = recipients !== undefined && recipients.length > 0;
  return before && isMeeting ? { PidLidAppointmentStateFlags: known | stateFlags.meeting } : {};
}

/** Before 16.0 the client says when it wrote this. */
function stampOf({ 'Calendar:DtStamp': stamp }: ApplicationData, before: Item | undefined, { context }: ItemPlace): Properties {
  // Of a meeting the organizer's messages say so, and are judged by it.
  if (before && !isOrganizer(before)) return {};
  const isTold = stamp !== undefined && stamp !== '' && !context.isAtLeast('16.0');
  return { PidLidOwnerCriticalChange: isTold ? parseTime(stamp, 'DtStamp') : context.clock.now() };
}

/** The reminder follows the start. */
function withReminder(properties: Properties, before: Item | undefined, times: WrittenTimes | undefined, { context }: ItemPlace): Properties {
  const current = (name: PropertyName) => (name in properties ? properties[name] : before && valueOf(before, name));
  const start = current('PidLidAppointmentStartWhole');
  const isTouched = (['PidLidAppointmentStartWhole', 'PidLidReminderDelta', 'PidLidReminderSet'] as const).some((name) => name in properties);
  if (!isTouched || typeof start !== 'number' || current('PidLidReminderSet') !== true) return properties;
  const minutesBefore = Number(current('PidLidReminderDelta') ?? 0);
  const series = times ? times.series : before && seriesOf(before);
  return { ...properties, ...appointmentReminder({ start, minutesBefore, isSet: true, series }, context.clock.now()) };
}
