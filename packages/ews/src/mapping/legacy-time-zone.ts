import { TimeZoneError, timeZoneOfRule, weekdays, zoneRuleOf, type SystemTime, type TimeZone } from '@fauxchange/calendar';
import { EwsError } from '../errors.ts';
import type { SerializableTimeZone, SerializableTimeZoneTime } from '../schema/types.generated.ts';

/** A zone as availability has it, by one rule: the form of Exchange 2007. ErrorTimeZone for a rule that is none. */
export function decodeSerializableTimeZone({ Bias, StandardTime, DaylightTime }: SerializableTimeZone, year: number): TimeZone {
  const dates = [StandardTime, DaylightTime].map(dateOf) as [SystemTime, SystemTime];
  const isPlain = dates.some(({ month }) => month === 0) || StandardTime.Bias === DaylightTime.Bias;
  const none = { ...dates[0], month: 0 };
  if (Math.abs(Bias) > 1440 || Math.abs(StandardTime.Bias) > 1440 || Math.abs(DaylightTime.Bias) > 1440) throw new EwsError('ErrorTimeZone');
  try {
    return timeZoneOfRule({
      bias: Bias, standardBias: StandardTime.Bias, daylightBias: DaylightTime.Bias,
      standardDate: isPlain ? none : dates[0], daylightDate: isPlain ? none : dates[1],
    }, year);
  } catch (thrown) {
    if (thrown instanceof TimeZoneError) throw new EwsError('ErrorTimeZone');
    throw thrown;
  }
}

function dateOf({ Time, DayOrder, Month, DayOfWeek, Year }: SerializableTimeZoneTime): SystemTime {
  const match = /^(\d\d?):(\d\d):(\d\d)/.exec(Time.trim());
  const [hour, minute] = [Number(match?.[1] ?? 99), Number(match?.[2] ?? 99)];
  // DayOfWeekType has words that are no day: Weekday, WeekendDay.
  const dayOfWeek = weekdays.indexOf(DayOfWeek as (typeof weekdays)[number]);
  const isWell = hour < 24 && minute < 60 && Month >= 0 && Month <= 12 && DayOrder >= 0 && DayOrder <= 31 && dayOfWeek >= 0;
  if (!isWell) throw new EwsError('ErrorTimeZone');
  return { year: Number(Year ?? 0) || 0, month: Month, dayOfWeek, day: DayOrder, hour, minute, second: 0, milliseconds: 0 };
}

/** A zone in that form, by the rule that holds in the year; without daylight time the dates are of month 0. */
export function encodeSerializableTimeZone(zone: TimeZone, year: number): SerializableTimeZone {
  const { bias, standardBias, daylightBias, standardDate, daylightDate } = zoneRuleOf(zone, year);
  return { Bias: bias, StandardTime: timeOf(standardDate, standardBias), DaylightTime: timeOf(daylightDate, daylightBias) };
}

const pad = (value: number): string => String(value).padStart(2, '0');

function timeOf({ month, day, dayOfWeek, hour, minute, second }: SystemTime, bias: number): SerializableTimeZoneTime {
  return { Bias: bias, Time: `${pad(hour)}:${pad(minute)}:${pad(second)}`, DayOrder: day, Month: month, DayOfWeek: weekdays[dayOfWeek] ?? 'Sunday' };
}
