import { indexOf, occurrenceAt, type OccurrenceException, type Series } from '@fauxchange/calendar';
import { isMeeting, occurrenceItem, valueOf, type OccurrenceItem } from '@fauxchange/mailbox';
import type { PropertyName } from '@fauxchange/properties';
import type { ApplicationData } from '../../schema/application-data.ts';
import type { ItemView } from '../../sync/item-class.ts';
import { encodeAttachments } from '../attachments.ts';
import { encodeBody } from '../body.ts';
import { encodeCategories } from '../categories.ts';
import { formatCompact } from '../date-time.ts';
import { xmlText } from '../xml-text.ts';
import { encodeAttendees } from './attendees.ts';
import { floatingDay } from './calendar-zone.ts';
import { encodeBusy, isFloating, linkElements, placeElements, timeElements } from './appointment-elements.ts';
import { encodeMeetingStatus, replyTimeOf, responseTypeOf } from './meeting-state.ts';

type Exceptions = NonNullable<ApplicationData['Calendar:Exceptions']>;
type Exception = Exceptions[number];
/** [MS-ASCAL] 2.2.2.21: as the schema has it. */
const mostExceptions = 1000;

/** What was deleted of a series, and what is otherwise than it: by original start. Undefined where nothing is. */
export async function encodeExceptions(view: ItemView, series: Series): Promise<Exceptions | undefined> {
  const deleted = series.deleted.map((at) => ({ at, exception: undefined }));
  const changed = series.exceptions.map((exception) => ({ at: exception.originalStart, exception }));
  const all = [...deleted, ...changed].sort((a, b) => a.at - b.at).slice(0, mostExceptions);
  if (all.length === 0) return undefined;
  const encoded: Exception[] = [];
  for (const { at, exception } of all) encoded.push(exception ? await encodeException(view, series, exception) : { Deleted: 1, ...identity(view, series, at) });
  return encoded;
}

/** Which occurrence is meant: by its original start, since 16.0 under another name. */
function identity({ item, context }: ItemView, { zone }: Series, at: number): Exception {
  const text = formatCompact(isFloating(item, context) ? floatingDay(at, zone) : at);
  return context.isAtLeast('16.0') ? { 'AirSyncBase:InstanceId': text } : { ExceptionStartTime: text };
}

async function encodeException(view: ItemView, series: Series, exception: OccurrenceException): Promise<Exception> {
  const { item: master, context } = view;
  const index = indexOf(series, exception.originalStart) ?? 0;
  const found = occurrenceAt(series, index);
  const item = occurrenceItem(master, series, typeof found === 'string' ? { index, ...exception, exception } : found);
  const { 'Calendar:StartTime': StartTime, 'Calendar:EndTime': EndTime } = timeElements(item, context);
  const stamp = item.exception?.item.bag.get('PidTagLastModificationTime');
  return {
    Deleted: 0,
    ...identity(view, series, exception.originalStart),
    StartTime, EndTime,
    DtStamp: typeof stamp === 'number' ? formatCompact(stamp) : undefined,
    ...differences(view, item),
    ...meetingElements(view, item),
    ...(await contentElements(view, item)),
  };
}

/** Elements whose value is another than that of the series; one that was taken away is empty ([MS-ASCAL] 3.2.5.3.2). */
function differences({ item: master, context }: ItemView, item: OccurrenceItem): Exception {
  const isOther = (...names: readonly PropertyName[]): boolean => names.some((name) => JSON.stringify(valueOf(item, name)) !== JSON.stringify(valueOf(master, name)));
  const { bag } = item;
  const place = placeElements(bag, context);
  return {
    ...(isOther('PidTagSubject') && { Subject: xmlText(String(bag.get('PidTagSubject') ?? '')) }),
    ...(isOther('PidLidLocation') && (context.isAtLeast('16.0') ? { 'AirSyncBase:Location': place['AirSyncBase:Location'] ?? {} } : { Location: place['Calendar:Location'] ?? '' })),
    ...(isOther('PidNameKeywords') && { Categories: encodeCategories(bag) ?? [] }),
    ...(isOther('PidTagSensitivity') && { Sensitivity: Number(bag.get('PidTagSensitivity') ?? 0) }),
    ...(isOther('PidLidBusyStatus') && { BusyStatus: encodeBusy(bag) }),
    ...(isOther('PidLidAppointmentSubType') && { AllDayEvent: bag.get('PidLidAppointmentSubType') === true ? 1 : 0 }),
    ...(isOther('PidLidReminderSet', 'PidLidReminderDelta') && reminder(item, context.isAtLeast('14.1'))),
  };
}

/** An empty tag for none is known since 14.1, [MS-ASCAL] 2.2.2.38. */
function reminder({ bag }: OccurrenceItem, mayBeEmpty: boolean): Exception {
  if (bag.get('PidLidReminderSet') === true) return { Reminder: String(bag.get('PidLidReminderDelta') ?? 15) };
  return mayBeEmpty ? { Reminder: '' } : {};
}

function meetingElements({ context }: ItemView, item: OccurrenceItem): Exception {
  const own = item.exception?.item;
  const { 'Calendar:OnlineMeetingConfLink': OnlineMeetingConfLink, 'Calendar:OnlineMeetingExternalLink': OnlineMeetingExternalLink } = own ? linkElements(own.bag) : {};
  return {
    ...(isMeeting(item) && { MeetingStatus: encodeMeetingStatus(item) }),
    ...(own && own.recipients.length > 0 && { Attendees: encodeAttendees(item, context) }),
    ...(own?.bag.has('PidLidResponseStatus') && { AppointmentReplyTime: replyTimeOf(item), ResponseType: responseTypeOf(item) }),
    OnlineMeetingConfLink, OnlineMeetingExternalLink,
  };
}

async function contentElements(view: ItemView, item: OccurrenceItem): Promise<Exception> {
  const { hasOwnBody, hasAttachments } = item.occurrence.exception ?? {};
  const shown = { ...view, item };
  const body = hasOwnBody ? await encodeBody(shown, 'Calendar') : {};
  const attachments = hasAttachments && view.context.isAtLeast('16.0') ? encodeAttachments(shown) : {};
  return { Body: (body as ApplicationData)['Calendar:Body'], 'AirSyncBase:Body': body['AirSyncBase:Body'], 'AirSyncBase:Attachments': attachments['AirSyncBase:Attachments'] };
}

