import { encodeActiveSyncTimeZone, uidOfGlobalObjectId, zoneRuleOf } from '@fauxchange/calendar';
import { findMeeting, isOutOfDate, MailboxError, meetingKindOf, meetingTypes, seriesOf, timesOf, valueOf, type Item } from '@fauxchange/mailbox';
import { binary, type Binary, type PropertyName } from '@fauxchange/properties';
import type { ApplicationData } from '../../schema/application-data.ts';
import type { ItemView } from '../../sync/item-class.ts';
import { formatCompact, formatDashed } from '../date-time.ts';
import { encodeCalendar, encodePattern } from '../recurrence.ts';
import { xmlText } from '../xml-text.ts';
import { personText } from './people.ts';

type MeetingRequest = NonNullable<ApplicationData['Email:MeetingRequest']>;
type Recurrence = NonNullable<MeetingRequest['Recurrences']>[number];

/** [MS-ASEMAIL] 2.2.2.40. */
const instanceTypes = { single: 0, master: 1, instance: 2, exception: 3 } as const;

/**
 * What a meeting message tells of its meeting; undefined for other messages. Answers tell it when they propose
 * another time, [MS-ASEMAIL] 2.2.2.48.
 */
export async function encodeMeetingRequest(view: ItemView): Promise<MeetingRequest | undefined> {
  const { item, context } = view;
  const kind = meetingKindOf(item.itemClass);
  const times = timesOf(item);
  const proposed = proposedTimes(item);
  if (!kind || !times || (kind !== 'request' && kind !== 'cancellation' && !(proposed && context.isAtLeast('16.1')))) return undefined;
  const read = (name: PropertyName): unknown => valueOf(item, name);
  const replaced = read('PidLidExceptionReplaceTime');
  const location = xmlText(String(read('PidLidLocation') ?? ''));
  const id = read('PidLidGlobalObjectId') as Binary | undefined;
  const rule = zoneRuleOf(times.zone, new Date(times.start).getUTCFullYear());
  return {
    AllDayEvent: Number(read('PidLidAppointmentSubType') === true),
    StartTime: formatDashed(times.start),
    DtStamp: formatDashed(Number(read('PidLidOwnerCriticalChange') ?? read('PidTagClientSubmitTime') ?? times.start)),
    EndTime: formatDashed(times.end),
    InstanceType: typeof replaced === 'number' ? instanceTypes.exception : seriesOf(item) ? instanceTypes.master : instanceTypes.single,
    Location: location || undefined,
    'AirSyncBase:Location': location ? { DisplayName: location } : undefined,
    Organizer: organizer(view),
    RecurrenceId: typeof replaced === 'number' ? formatDashed(replaced) : undefined,
    // Seconds, where the appointment has minutes.
    Reminder: read('PidLidReminderSet') === true ? Math.min(65_535, Number(read('PidLidReminderDelta') ?? 15) * 60) : undefined,
    ResponseRequested: Number(read('PidTagResponseRequested') !== false),
    Recurrences: recurrences(item),
    Sensitivity: Number(read('PidTagSensitivity') ?? 0),
    BusyStatus: Number(read('PidLidIntendedBusyStatus') ?? read('PidLidBusyStatus') ?? 2),
    TimeZone: encodeActiveSyncTimeZone({ ...rule, standardName: times.zone.id, daylightName: times.zone.id }),
    GlobalObjId: id && Buffer.from(binary.toBytes(id)).toString('base64'),
    DisallowNewTimeProposal: Number(read('PidLidAppointmentNotAllowPropose') === true),
    'Email2:MeetingMessageType': await messageType(view, kind === 'request'),
    'Calendar:UID': id && xmlText(uidOfGlobalObjectId(binary.toBytes(id))),
    ...(proposed && { 'MeetingResponse:ProposedStartTime': formatCompact(proposed.start), 'MeetingResponse:ProposedEndTime': formatCompact(proposed.end) }),
  };
}

function organizer({ item, context }: ItemView): string | undefined {
  const { directory } = context.organization;
  const text = personText(item, 'PidTagSentRepresenting', directory) ?? personText(item, 'PidTagSender', directory);
  return text && xmlText(text);
}

function proposedTimes({ bag }: Item): { readonly start: number; readonly end: number } | undefined {
  const [start, end] = [bag.get('PidLidAppointmentProposedStartWhole'), bag.get('PidLidAppointmentProposedEndWhole')];
  return typeof start === 'number' && typeof end === 'number' && bag.get('PidLidAppointmentCounterProposal') !== false ? { start, end } : undefined;
}

function recurrences(item: Item): readonly Recurrence[] | undefined {
  const series = seriesOf(item);
  if (!series) return undefined;
  const { pattern, range } = series.recurrence;
  const { Type = 0, Interval = 1, FirstDayOfWeek, ...days } = encodePattern(pattern);
  const { CalendarType, IsLeapMonth } = encodeCalendar(Type, item.bag);
  return [{
    Type, Interval, ...days,
    Until: range.kind === 'endDate' ? formatCompact(series.zone.toUtc({ ...range.end, hour: 23, minute: 59, second: 59, millisecond: 0 })) : undefined,
    Occurrences: range.kind === 'numbered' ? range.count : undefined,
    'Email2:CalendarType': CalendarType[0], 'Email2:IsLeapMonth': IsLeapMonth, 'Email2:FirstDayOfWeek': FirstDayOfWeek,
  }];
}

/** [MS-ASEMAIL] 2.2.2.47, by PidLidMeetingType. */
async function messageType({ item, session }: ItemView, isRequest: boolean): Promise<number> {
  const type = Number(valueOf(item, 'PidLidMeetingType') ?? 0);
  if (!isRequest) return 0;
  if ((type & meetingTypes.delegatorCopy) !== 0) return 5;
  if ((type & meetingTypes.outOfDate) !== 0 || isOutOfDate(item, await meetingOf(item, session))) return 4;
  if ((type & meetingTypes.informationalUpdate) !== 0) return 3;
  if ((type & meetingTypes.fullUpdate) !== 0) return 2;
  return type === meetingTypes.empty ? 0 : 1;
}

async function meetingOf(item: Item, session: ItemView['session']): Promise<Item | undefined> {
  try {
    return await findMeeting(session, item);
  } catch (thrown) {
    if (thrown instanceof MailboxError) return undefined;
    throw thrown;
  }
}
