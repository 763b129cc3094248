import { formatMinutes } from '@fauxchange/calendar';
import { endZone, isOccurrence, isRecurring, startZone, uidOfItem } from '@fauxchange/mailbox';
import type { PropertyName } from '@fauxchange/properties';
import type { SingleRecipientType, TimeZoneDefinitionType, TimeZoneType } from '../schema/types.generated.ts';
import { EwsError } from '../errors.ts';
import { mailboxElement, mailboxTypeOf } from './address.ts';
import { attendees, responseTypes } from './calendar-attendees.ts';
import { busyTypes } from './calendar-busy.ts';
import { enhancedLocation } from './calendar-location.ts';
import { neighbourCount, neighbourList } from './calendar-neighbours.ts';
import { calendarItemType, deletedOccurrences, firstOccurrenceInfo, lastOccurrenceInfo, masterSeries, modifiedOccurrences } from './calendar-series.ts';
import { formatDateTime, parseDateTime } from './date-time.ts';
import { boolean, choice, computed, integer, text, time } from './field-builders.ts';
import type { CalendarDraft, ItemField, ItemTarget } from './fields.ts';
import { kindOfClass, type ItemKind } from './item-kind.ts';
import { inboxReminders } from './inbox-reminders.ts';
import { get, getAny, type ItemView } from './item-view.ts';
import { decodeRecurrence, encodeRecurrence } from './recurrence.ts';
import { decodeMeetingTimeZone, decodeTimeZone, shownTimeZone } from './time-zone-definition.ts';

const appointment = ['CalendarItem'] as const satisfies readonly ItemKind[];
const readOnly = { shape: 'all', kinds: appointment } as const;
const settable = { ...readOnly, canSet: true } as const;
const writable = { ...settable, canDelete: true } as const;
const kinds = { kinds: appointment } as const;

/** PidLidAppointmentStateFlags, [MS-OXOCAL] 2.2.1.10. */
const stateFlags = { meeting: 1, received: 2, canceled: 4 } as const;
const hasState = (bit: number): ItemField['read'] => (view) => ((get(view, 'PidLidAppointmentStateFlags') ?? 0) & bit) !== 0;

const draftOf = (target: ItemTarget): CalendarDraft => (target.calendar ??= {});
/** When an item occurs, in words: of iCalendar's predecessors, and not of [MS-OXPROPS]. */
const when: PropertyName = '{00020329-0000-0000-c000-000000000046}:urn:schemas:calendar:when:String';

const zoneDescription = text('calendar:TimeZone', 'PidLidTimeZoneDescription', readOnly);
/** Since Exchange 2016 TimeZone is told of series and their parts only: [MS-OXWSMTGS] appendix C, <12> and <37>. */
const isReceived = (view: ItemView): boolean => ((get(view, 'PidLidAppointmentStateFlags') ?? 0) & stateFlags.received) !== 0;
const isOfSeries = (view: ItemView): boolean => isOccurrence(view.item) || isRecurring(view.item) || get(view, 'PidLidExceptionReplaceTime') !== undefined;

/** Fields of appointments, in the order of CalendarItemType. What may be set follows AppointmentSchema of Microsoft's EWS Managed API. */
export const calendarFields: readonly ItemField[] = [
  computed('calendar:UID', 'all', ({ item }) => uidOfItem(item), { ...kinds, set: (value: string, target) => void (draftOf(target).uid = value) }),
  computed('calendar:RecurrenceId', 'all', originalStart, kinds),
  computed('calendar:DateTimeStamp', 'all', (view) => shownTime(view, get(view, 'PidLidOwnerCriticalChange') ?? get(view, 'PidTagCreationTime')), kinds),
  moment('calendar:Start', 'PidLidAppointmentStartWhole', 'start'),
  moment('calendar:End', 'PidLidAppointmentEndWhole', 'end'),
  computed('calendar:OriginalStart', 'all', originalStart, kinds),
  {
    ...boolean('calendar:IsAllDayEvent', 'PidLidAppointmentSubType', readOnly, false),
    set: (value: boolean, target) => void (draftOf(target).isAllDay = value),
  },
  choice('calendar:LegacyFreeBusyStatus', 'PidLidBusyStatus', busyTypes, 'Busy', { ...settable, shape: 'default' }),
  text('calendar:Location', 'PidLidLocation', { ...writable, shape: 'default' }),
  {
    uri: 'calendar:When', element: 'When', kinds: appointment, shape: 'all', property: when,
    read: (view) => getAny(view, when),
    set: (value: string, target) => void (target.properties[when] = value),
    remove: (target) => void (target.properties[when] = undefined),
  },
  computed('calendar:IsMeeting', 'all', hasState(stateFlags.meeting), kinds),
  computed('calendar:IsCancelled', 'all', hasState(stateFlags.canceled), kinds),
  // Not of the organizer's own master (seen on real servers: the suite of exchangelib), but of an attendee's (Microsoft's suite for [MS-OXWSMTGS]).
  computed('calendar:IsRecurring', 'all', (view) => isOccurrence(view.item) || (isRecurring(view.item) && isReceived(view)), { ...kinds, property: 'PidLidRecurring' }),
  boolean('calendar:MeetingRequestWasSent', 'PidLidFInvited', readOnly, false),
  boolean('calendar:IsResponseRequested', 'PidTagResponseRequested', settable),
  computed('calendar:CalendarItemType', 'default', calendarItemType, kinds),
  choice('calendar:MyResponseType', 'PidLidResponseStatus', responseTypes, 'Unknown', readOnly),
  computed('calendar:Organizer', 'default', organizer, { ...kinds, property: 'PidTagSentRepresentingName' }),
  attendees('calendar:RequiredAttendees', 'to', appointment),
  attendees('calendar:OptionalAttendees', 'cc', appointment),
  attendees('calendar:Resources', 'bcc', appointment),
  inboxReminders,
  computed('calendar:ConflictingMeetingCount', 'allGet', (view) => neighbourCount(view, 'conflicting'), kinds),
  computed('calendar:AdjacentMeetingCount', 'allGet', (view) => neighbourCount(view, 'adjacent'), kinds),
  computed('calendar:ConflictingMeetings', 'allGet', (view) => neighbourList(view, 'conflicting'), kinds),
  computed('calendar:AdjacentMeetings', 'allGet', (view) => neighbourList(view, 'adjacent'), kinds),
  computed('calendar:Duration', 'all', (view) => durationOf(get(view, 'PidLidAppointmentDuration')), { ...kinds, property: 'PidLidAppointmentDuration' }),
  { ...zoneDescription, read: (view) => (isOfSeries(view) || view.context.profile.behaviour.keepsOldMeetingElements ? zoneDescription.read(view) : undefined) },
  time('calendar:AppointmentReplyTime', 'PidLidAppointmentReplyTime', readOnly),
  { ...integer('calendar:AppointmentSequenceNumber', 'PidLidAppointmentSequence', readOnly), read: (view) => get(view, 'PidLidAppointmentSequence') ?? 0 },
  { ...integer('calendar:AppointmentState', 'PidLidAppointmentStateFlags', readOnly), read: (view) => get(view, 'PidLidAppointmentStateFlags') ?? 0 },
  {
    ...computed('calendar:Recurrence', 'allGet', (view) => recurrenceOf(view), kinds),
    set: (value: Parameters<typeof decodeRecurrence>[0], target) => void (draftOf(target).recurrence = decodeRecurrence(value)),
    remove: (target) => void (draftOf(target).recurrence = 'none'),
  },
  computed('calendar:FirstOccurrence', 'allGet', firstOccurrenceInfo, kinds),
  computed('calendar:LastOccurrence', 'allGet', lastOccurrenceInfo, kinds),
  computed('calendar:ModifiedOccurrences', 'allGet', modifiedOccurrences, kinds),
  computed('calendar:DeletedOccurrences', 'allGet', deletedOccurrences, kinds),
  computed('calendar:MeetingTimeZone', 'allGet', meetingTimeZone, { ...kinds, set: (value: TimeZoneType, target) => void (draftOf(target).startZone ??= decodeMeetingTimeZone(value)) }),
  zone('calendar:StartTimeZone', 'startZone', startZone),
  zone('calendar:EndTimeZone', 'endZone', endZone),
  { ...integer('calendar:ConferenceType', 'PidLidConferencingType', settable), read: conferenceType },
  {
    ...boolean('calendar:AllowNewTimeProposal', 'PidLidAppointmentNotAllowPropose', readOnly), property: undefined,
    read: (view) => !(get(view, 'PidLidAppointmentNotAllowPropose') ?? false),
    set: (value: boolean, target) => void (target.properties['PidLidAppointmentNotAllowPropose'] = !value),
  },
  { ...boolean('calendar:IsOnlineMeeting', 'PidLidConferencingCheck', settable, false), set: setOnlineMeeting },
  text('calendar:MeetingWorkspaceUrl', 'PidLidMeetingWorkspaceUrl', writable),
  text('calendar:NetShowUrl', 'PidLidNetShowUrl', writable),
  enhancedLocation,
  // Microsoft's test suite finds these in AllProperties: MS-OXWSMTGS_R699, R700, R703, R80048.
  computed('calendar:StartWallClock', 'all', (view) => wallClock(view, 'PidLidAppointmentStartWhole', startZone), kinds),
  computed('calendar:EndWallClock', 'all', (view) => wallClock(view, 'PidLidAppointmentEndWhole', endZone), kinds),
  computed('calendar:StartTimeZoneId', 'asked', ({ item }) => startZone((name) => item.bag.get(name))?.id, kinds),
  computed('calendar:EndTimeZoneId', 'asked', ({ item }) => endZone((name) => item.bag.get(name))?.id, kinds),
  choice('calendar:IntendedFreeBusyStatus', 'PidLidIntendedBusyStatus', busyTypes, 'NoData', readOnly),
  computed('calendar:IsOrganizer', 'all', (view) => !isReceived(view), kinds),
];

function shownTime({ context }: ItemView, at: number | undefined): string | undefined {
  return at === undefined ? undefined : formatDateTime(at, context.precision);
}

function originalStart(view: ItemView): string | undefined {
  return isOccurrence(view.item) ? shownTime(view, view.item.occurrence.originalStart) : undefined;
}

function moment(uri: string, property: 'PidLidAppointmentStartWhole' | 'PidLidAppointmentEndWhole', member: 'start' | 'end'): ItemField {
  return { ...time(uri, property, { ...readOnly, shape: 'default' }), set: (value: string, target) => void (draftOf(target)[member] = checkedTime(value)) };
}

/** What is no time at all is refused where it stands; its zone may still be to come. */
function checkedTime(value: string): string {
  parseDateTime(value);
  return value;
}

function organizer(view: ItemView): SingleRecipientType | undefined {
  const name = get(view, 'PidTagSentRepresentingName');
  const address = get(view, 'PidTagSentRepresentingSmtpAddress') ?? get(view, 'PidTagSentRepresentingEmailAddress');
  if (!name && !address) return undefined;
  const entry = address ? view.context.organization.directory.byAddress(address) : undefined;
  return { Mailbox: mailboxElement(name, entry?.primarySmtpAddress ?? address, 'SMTP', mailboxTypeOf(entry)) };
}

/** Requests have it no more since Exchange 2016: [MS-OXWSMTGS] appendix C, <41>. Appointments have it still in Microsoft's test suite: MS-OXWSMTGS_R516. */
function conferenceType(view: ItemView): number | undefined {
  if (!view.context.profile.behaviour.keepsOldMeetingElements && kindOfClass(view.item.itemClass) !== 'CalendarItem') return undefined;
  return get(view, 'PidLidConferencingType') ?? 0;
}

const durationOf = (minutes: number | undefined): string | undefined => (minutes === undefined ? undefined : formatMinutes(minutes));

function recurrenceOf(view: ItemView): ReturnType<typeof encodeRecurrence> | undefined {
  const series = masterSeries(view);
  if (series) return encodeRecurrence(series.recurrence, view.context.localOffset);
  if (!isOccurrence(view.item) && isRecurring(view.item)) throw new EwsError('ErrorCalendarInvalidPropertyState');
  return undefined;
}

/** The form of Exchange 2007, for clients of that version and of masters only. */
function meetingTimeZone(view: ItemView): TimeZoneType | undefined {
  const series = view.context.version.startsWith('Exchange2007') ? masterSeries(view) : undefined;
  return series && { TimeZoneName: series.zone.id };
}

type ZoneReader = typeof startZone;

function zone(uri: string, member: 'startZone' | 'endZone', zoneOf: ZoneReader): ItemField {
  return {
    uri, element: uri.slice('calendar:'.length), kinds: appointment, shape: 'allGet',
    read: ({ item, context }) => {
      const shown = context.version.startsWith('Exchange2007') ? undefined : zoneOf((name) => item.bag.get(name));
      return shown && shownTimeZone(shown);
    },
    set: (value: TimeZoneDefinitionType, target) => void (draftOf(target)[member] = decodeTimeZone(value)),
  };
}

function wallClock({ item }: ItemView, property: 'PidLidAppointmentStartWhole' | 'PidLidAppointmentEndWhole', zoneOf: ZoneReader): string | undefined {
  const at = item.bag.get(property);
  const shown = zoneOf((name) => item.bag.get(name));
  if (typeof at !== 'number' || !shown) return undefined;
  const offset = shown.offsetAt(at);
  const size = Math.abs(offset);
  const two = (value: number): string => String(value).padStart(2, '0');
  const sign = offset < 0 ? '-' : '+';
  return `${new Date(at + offset * 60_000).toISOString().slice(0, 19)}${sign}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}

/** Read-only since Exchange 2016: [MS-OXWSMTGS] appendix C. */
function setOnlineMeeting(value: boolean, target: ItemTarget): void {
  if (!target.context.profile.behaviour.keepsOldMeetingElements) throw new EwsError('ErrorInvalidPropertySet', undefined, { paths: [['FieldURI', { FieldURI: 'calendar:IsOnlineMeeting' }]] });
  target.properties['PidLidConferencingCheck'] = value;
}
