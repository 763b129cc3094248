import { CalendarBytesError, decodeActiveSyncTimeZone, encodeActiveSyncTimeZone, timeZoneOfRule, TimeZoneError, zoneRuleOf, type TimeZone } from '@fauxchange/calendar';
import { utcZone, zoneOfMailbox, type MailboxSession } from '@fauxchange/mailbox';
import { conversionError } from '../conversion-error.ts';

/** The zone as clients write it, [MS-ASDTYPE] 2.7.6: the rule of one year, and a name. */
export function encodeZone(zone: TimeZone, at: number): string {
  const name = zone.name || zone.id;
  return encodeActiveSyncTimeZone({ ...zoneRuleOf(zone, zone.toLocal(at).year), standardName: name, daylightName: name });
}

/** The zone that the rule of a blob means, in the year of the appointment. @throws EasStatusError 6 */
export function decodeZone(blob: string, at: number): TimeZone {
  try {
    const rule = decodeActiveSyncTimeZone(blob);
    return timeZoneOfRule(rule, new Date(at).getUTCFullYear(), rule.standardName);
  } catch (thrown) {
    if (thrown instanceof CalendarBytesError || thrown instanceof TimeZoneError) return conversionError(`Timezone: ${thrown.message}`);
    throw thrown;
  }
}

/** By whose clock an appointment without a zone is. */
export const ownZone = async (session: MailboxSession): Promise<TimeZone> => (await zoneOfMailbox(session)) ?? utcZone();

/** Days of whole-day appointments since 16.0 have no zone: midnight of a day as if it were UTC ([MS-ASCAL] 2.2.2.1). */
export function floatingDay(at: number, zone: TimeZone): number {
  const { year, month, day } = zone.toLocal(at);
  return Date.UTC(year, month - 1, day);
}

/** The instant at which such a day begins in a zone. */
export function startOfFloatingDay(day: number, zone: TimeZone): number {
  const date = new Date(day);
  return zone.toUtc({ year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() });
}
