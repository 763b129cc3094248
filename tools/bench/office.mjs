// An organization of many people, with calendars as long as the number of appointments makes them: a seed.
import { require } from './ours.mjs';

const hour = 3_600_000;
const day = 24 * hour;
/** The middle of all calendars, a Monday; what is looked at is there, and as full whatever the size. */
export const middle = Date.UTC(2026, 0, 5);
/** Of the calendar that is viewed: appointments a day, every twentieth a weekly series, which the shortest calendar still holds. */
const aDay = 20;
const everySeries = 20;
const seriesLength = 3;
/** How many people's free/busy is asked for. */
export const busyPeople = 50;

function appointment(at, start, { timeZone, createSeries, propertiesOfAppointment, propertiesOfSeries }) {
  const zone = timeZone('W. Europe Standard Time');
  const end = start + hour;
  const { year, month, day: date } = zone.toLocal(start);
  const weekday = new Date(Date.UTC(year, month - 1, date)).toLocaleDateString('en-US', { weekday: 'long', timeZone: 'UTC' });
  const recurrence = { pattern: { kind: 'weekly', interval: 1, days: [weekday], firstDayOfWeek: 'Monday' }, start: { year, month, day: date }, range: { kind: 'numbered', count: seriesLength } };
  const times = at % everySeries === 0 ? propertiesOfSeries(createSeries({ recurrence, start, end, zone })) : propertiesOfAppointment({ start, end, zone });
  return {
    itemClass: 'IPM.Appointment', recipients: [], attachments: [], isRead: true, isAssociated: false,
    properties: { ...times, PidTagSubject: `Appointment ${at}`, PidLidLocation: 'Lighthouse', PidLidBusyStatus: 2, PidLidReminderSet: false },
  };
}

async function fillCalendar(mailbox, count, perDay, library) {
  const session = mailbox.openAsSystem();
  const calendar = (await session.distinguished('calendar')).id;
  const first = middle - Math.floor(count / perDay / 2) * day;
  for (let at = 0; at < count; at++) {
    const start = first + Math.floor(at / perDay) * day + Math.floor(((at % perDay) * 24) / perDay) * hour;
    await session.createItem(calendar, appointment(at, start, library));
  }
}

/** `people` besides alice, her calendar of `appointments`, and twice as many in the calendars of fifty others, one a day. */
export function officeOf({ people, appointments }) {
  const library = { ...require('@fauxchange/calendar'), ...require('@fauxchange/mailbox') };
  return async (organization) => {
    await library.accountsSeed(organization);
    await fillCalendar(organization.mailboxByAddress('alice@example.test'), appointments, aDay, library);
    for (let at = 0; at < people; at++) {
      // Contacts: what is measured is the directory, and mailboxes of thousands take time to make.
      if (at >= busyPeople) organization.directory.add({ recipientType: 'MailContact', displayName: `Person ${at} Quist`, primarySmtpAddress: `person${at}@elsewhere.test` });
      else {
        const entry = await organization.add({ recipientType: 'UserMailbox', displayName: `Person ${at} Quist`, primarySmtpAddress: `person${at}@example.test`, password: 'x' });
        await fillCalendar(organization.mailboxOf(entry), (2 * appointments) / busyPeople, 1, library);
      }
    }
  };
}
