import { createSeries, RecurrenceError, SeriesError, wholeDays, type Recurrence, type Series, type TimeZone } from '@fauxchange/calendar';
import { propertiesOfAppointment, propertiesOfSeries, seriesOf, timesOf, type Item, type Properties } from '@fauxchange/mailbox';
import type { ApplicationData } from '../../schema/application-data.ts';
import type { ItemPlace } from '../../sync/item-class.ts';
import { asFlag, conversionError } from '../conversion-error.ts';
import { parseTime } from '../date-time.ts';
import type { SentElements } from '../ghosting.ts';
import { decodeCalendarRecurrence, isEmptyRecurrence, type DecodedRecurrence } from './calendar-recurrence.ts';
import { decodeZone, ownZone, startOfFloatingDay } from './calendar-zone.ts';

const minute = 60_000;
const halfHour = 30 * minute;

/** When an appointment is, as a request leaves it. */
export interface SentTimes {
  readonly start: number;
  readonly end: number;
  readonly zone: TimeZone;
  readonly isAllDay: boolean;
}

export interface WrittenTimes {
  readonly properties: Properties;
  readonly times: SentTimes;
  /** Undefined for what does not recur. */
  readonly series: Series | undefined;
  /** Exceptions of before are not those of the series as it is now. */
  readonly losesExceptions: boolean;
}

const timeElements = ['Calendar:StartTime', 'Calendar:EndTime', 'Calendar:Timezone', 'Calendar:AllDayEvent', 'Calendar:Recurrence'] as const;

/**
 * Times, zone and recurrence of an Add or a Change, in all the properties that tell of them; undefined where a Change
 * says nothing of any.
 *
 * @throws EasStatusError 6
 */
export async function decodeTimes(data: ApplicationData, sent: SentElements, before: Item | undefined, place: ItemPlace): Promise<WrittenTimes | undefined> {
  if (before && timeElements.every((name) => data[name] === undefined)) return undefined;
  const { context } = place;
  const times = await timesFor(data, sent, before, place);
  const floating = context.isAtLeast('16.0') && times.isAllDay;
  const recurrence = recurrenceFor(data, sent, before, times, floating, place);
  const known = before && seriesOf(before);
  const losesExceptions = known !== undefined && (recurrence === undefined || (context.isAtLeast('16.0') && !isSameSeries(known, recurrence.recurrence, times)));
  const series = recurrence && seriesFor(recurrence.recurrence, times, losesExceptions ? undefined : known);
  return {
    times, series, losesExceptions,
    properties: {
      ...(series ? propertiesOfSeries(series, times.zone) : propertiesOfAppointment(times)),
      ...recurrence?.properties,
      PidLidAppointmentSubType: times.isAllDay,
    },
  };
}

async function timesFor(data: ApplicationData, sent: SentElements, before: Item | undefined, { session, context }: ItemPlace): Promise<SentTimes> {
  const known = before && timesOf(before);
  const isAllDay = allDay(sent, before);
  const floating = context.isAtLeast('16.0') && isAllDay;
  const { 'Calendar:StartTime': StartTime, 'Calendar:EndTime': EndTime, 'Calendar:Timezone': blob } = data;
  const read = (text: string | undefined, name: string): number | undefined => (text === undefined || text === '' ? undefined : parseTime(text, name));
  const [sentStart, sentEnd] = [read(StartTime, 'StartTime'), read(EndTime, 'EndTime')];
  // Since 16.0 whole days are told without a zone: what stands there all the same says nothing.
  const zone = blob && !floating ? decodeZone(blob, sentStart ?? known?.start ?? context.clock.now()) : (known?.zone ?? (await ownZone(session)));
  const placed = (at: number | undefined): number | undefined => (at === undefined || !floating ? at : startOfFloatingDay(at, zone));
  const { start, end } = complete(placed(sentStart), placed(sentEnd), known, context.clock.now());
  if (end < start) conversionError('The appointment ends before it starts.');
  return { ...(isAllDay ? wholeDays(start, end, zone) : { start, end }), zone, isAllDay };
}

function allDay(sent: SentElements, before: Item | undefined): boolean {
  const said = sent.said('Calendar:AllDayEvent');
  return said === undefined ? before?.bag.get('PidLidAppointmentSubType') === true : said !== null && asFlag('AllDayEvent', said);
}

/** What is missing of a new appointment is the present, rounded to the half hour: [MS-ASCAL] 3.2.4.4. */
function complete(start: number | undefined, end: number | undefined, known: { readonly start: number; readonly end: number } | undefined, now: number): { readonly start: number; readonly end: number } {
  if (known) return { start: start ?? known.start, end: end ?? (start === undefined ? known.end : start + known.end - known.start) };
  const present = Math.round(now / halfHour) * halfHour;
  if (start !== undefined && end !== undefined) return { start, end };
  if (start === undefined) return end !== undefined && end < present ? conversionError('The appointment is over.') : { start: present, end: end ?? present + halfHour };
  return start > present ? conversionError('The appointment has no end.') : { start, end: present + halfHour };
}

/** The recurrence given, none, or that which is there, begun on the day on which the first occurrence now is. */
function recurrenceFor(data: ApplicationData, sent: SentElements, before: Item | undefined, times: SentTimes, floating: boolean, { context }: ItemPlace): DecodedRecurrence | undefined {
  const said = sent.said('Calendar:Recurrence');
  if (said && !(context.isAtLeast('16.0') && isEmptyRecurrence(said))) return decodeCalendarRecurrence(said, times.start, times.zone, floating, context);
  const known = before && seriesOf(before);
  // A Change of nothing but some element does not end a series; one that says when the appointment is, does.
  const isEnded = said !== undefined && (said !== null || data['Calendar:StartTime'] !== undefined);
  if (!known || isEnded) return undefined;
  const { year, month, day } = times.zone.toLocal(times.start);
  const isMoved = times.start !== known.start;
  return { recurrence: isMoved ? { ...known.recurrence, start: { year, month, day } } : known.recurrence, properties: {} };
}

function isSameSeries(known: Series, recurrence: Recurrence, { start, end }: SentTimes): boolean {
  return known.start === start && known.end === end && JSON.stringify(known.recurrence) === JSON.stringify(recurrence);
}

function seriesFor(recurrence: Recurrence, { start, end, zone }: SentTimes, known: Series | undefined): Series {
  try {
    return createSeries({ recurrence, start, end, zone, exceptions: known?.exceptions, deleted: known?.deleted });
  } catch (thrown) {
    if (thrown instanceof SeriesError || thrown instanceof RecurrenceError) return conversionError(thrown.message);
    throw thrown;
  }
}
