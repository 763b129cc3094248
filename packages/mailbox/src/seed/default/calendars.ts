import { createSeries, timeZone, type Recurrence, type TimeZone, type WallTime } from '@fauxchange/calendar';
import type { Organization } from '../../organization.ts';
import type { DirectoryEntry } from '../../directory/directory.ts';
import type { ItemDraft, Properties } from '../../items/item.ts';
import { identityProperties, propertiesOfAppointment, propertiesOfSeries } from '../../calendar/appointment.ts';
import { seriesReminder } from '../../calendar/reminders.ts';
import { finishDraft, senderProperties } from '../../items/finish.ts';
import { commitItems } from '../../session/commit-items.ts';
import { creationPlan } from '../../session/item-copies.ts';
import { finishContext } from '../../session/scope.ts';
import { Session } from '../../session/session.ts';
import { addressIn } from './accounts.ts';

/** `2026-01-06 12:30`, by the clock of the zone. */
type LocalText = string;

export interface SeedAppointment {
  readonly subject: string;
  readonly start: LocalText;
  readonly end: LocalText;
  /** Windows id; by default that of the organization. */
  readonly zone?: string | undefined;
  readonly recurrence?: Recurrence | undefined;
  readonly isAllDay?: boolean | undefined;
  readonly location?: string | undefined;
  /** PidLidBusyStatus. */
  readonly busyStatus?: number | undefined;
  readonly sensitivity?: number | undefined;
  readonly categories?: readonly string[] | undefined;
}

const home = 'W. Europe Standard Time';
const monday: Recurrence = {
  pattern: { kind: 'weekly', interval: 1, days: ['Monday'], firstDayOfWeek: 'Monday' }, start: { year: 2025, month: 12, day: 1 }, range: { kind: 'numbered', count: 20 },
};

const calendars: Readonly<Record<string, readonly SeedAppointment[]>> = {
  alice: [
    { subject: 'Round of the stations', start: '2025-12-01 10:00', end: '2025-12-01 10:30', recurrence: monday, location: 'Lighthouse 1', categories: ['Office'] },
    { subject: 'Dentist', start: '2026-01-07 15:00', end: '2026-01-07 16:00', location: 'Harbour street 3', sensitivity: 2, busyStatus: 3 },
    { subject: 'Call with the instrument maker', start: '2026-01-08 09:00', end: '2026-01-08 09:45', zone: 'Tokyo Standard Time', location: 'By telephone' },
    { subject: 'Day of the lifeboats', start: '2026-01-09 00:00', end: '2026-01-10 00:00', isAllDay: true, busyStatus: 0 },
    { subject: 'Perhaps: concert', start: '2026-01-10 20:00', end: '2026-01-10 22:30', busyStatus: 1 },
  ],
  bob: [
    { subject: 'Maintenance of station 12', start: '2026-01-09 08:00', end: '2026-01-09 12:00', location: 'Station 12', categories: ['Project Alpha'] },
    { subject: 'Holiday', start: '2026-01-12 00:00', end: '2026-01-17 00:00', isAllDay: true, busyStatus: 3 },
  ],
};

function zoneNamed(id: string): TimeZone {
  const zone = timeZone(id);
  if (!zone) throw new Error(`no time zone ${id}`);
  return zone;
}

function instant(text: LocalText, zone: TimeZone): number {
  const [year, month, day, hour, minute] = text.split(/[-: ]/).map(Number) as [number, number, number, number, number];
  return zone.toUtc({ year, month, day, hour, minute, second: 0, millisecond: 0 } satisfies WallTime);
}

/** The appointment as the owner would have made it. */
export function appointmentDraft(seed: SeedAppointment, owner: DirectoryEntry, organization: Organization): ItemDraft {
  const zone = zoneNamed(seed.zone ?? home);
  const [start, end] = [instant(seed.start, zone), instant(seed.end, zone)];
  const now = organization.clock.now();
  const series = seed.recurrence && createSeries({ recurrence: seed.recurrence, start, end, zone });
  const reminder: Properties = series ? seriesReminder(series, 15, now) : { PidLidReminderSet: seed.isAllDay !== true && start > now, PidLidReminderTime: start, PidLidReminderSignalTime: start - 15 * 60_000 };
  return {
    itemClass: 'IPM.Appointment', recipients: [], attachments: [], isRead: true, isAssociated: false,
    properties: {
      ...(series ? propertiesOfSeries(series) : propertiesOfAppointment({ start, end, zone })), ...identityProperties(organization.ids.fork(`appointment ${owner.primarySmtpAddress} ${seed.subject}`), start),
      ...senderProperties(owner, owner), ...reminder,
      PidTagSubject: seed.subject, PidLidLocation: seed.location, PidLidAppointmentSubType: seed.isAllDay ?? false, PidLidBusyStatus: seed.busyStatus ?? 2, PidTagSensitivity: seed.sensitivity,
      PidNameKeywords: seed.categories, PidLidAppointmentStateFlags: 0, PidLidAppointmentSequence: 0, PidLidResponseStatus: 1, PidLidReminderDelta: 15,
    },
  };
}

/** Puts appointments into the calendars of the default organization: single, recurring, all day, in another zone. */
export async function fillCalendars(organization: Organization): Promise<void> {
  for (const [name, appointments] of Object.entries(calendars)) {
    const mailbox = organization.mailboxByAddress(addressIn(organization.domain, name));
    const folderId = mailbox?.wellKnown('calendar');
    if (!mailbox || folderId === undefined) continue;
    const scope = Session.scopeOf(mailbox.openAsSystem());
    const firstId = await mailbox.store.reserveIds(appointments.length);
    const plans = appointments.map((one, at) => creationPlan(firstId + at, folderId, finishDraft(appointmentDraft(one, mailbox.owner, organization), finishContext(scope)), false));
    for (const made of await commitItems(scope, plans)) if (made instanceof Error) throw made;
  }
}
