import { createSeries, occurrences, timeZone, type Recurrence, type TimeZone } from '@fauxchange/calendar';
import { createClock } from '@fauxchange/kernel';
import fc from 'fast-check';
import {
  attachmentId, calendarView, createOrganization, isOccurrence, MailboxError, masterOf, propertiesOfAppointment, propertiesOfSeries, removeOccurrence, seriesOf, updateOccurrence, valueOf,
  type FolderId, type Item, type MailboxSession, type OccurrenceItem, type Organization, type Properties,
} from '../index.ts';

const hour = 3_600_000;
const day = 24 * hour;
const zoneOf = (id: string): TimeZone => {
  const zone = timeZone(id);
  if (!zone) throw new Error(id);
  return zone;
};
const berlin = zoneOf('W. Europe Standard Time');
const at = (text: string): number => Date.parse(`${text}:00Z`);

let organization: Organization;
let session: MailboxSession;
let calendar: FolderId;
beforeEach(async () => {
  organization = await createOrganization({ clock: createClock({ at: Date.UTC(2026, 0, 5, 9), frozen: true }), seed: 'empty' });
  const mailbox = organization.mailboxByAddress('alice@example.test');
  if (!mailbox) throw new Error('no mailbox');
  session = mailbox.openAs(mailbox.owner);
  calendar = (await session.distinguished('calendar')).id;
});
afterEach(() => organization.close());

const create = (properties: Properties): Promise<Item> =>
  session.createItem(calendar, { itemClass: 'IPM.Appointment', properties, recipients: [], attachments: [], isRead: true, isAssociated: false });
const single = (subject: string, start: number, end: number, more: Properties = {}): Promise<Item> => create({ PidTagSubject: subject, ...propertiesOfAppointment({ start, end, zone: berlin }), ...more });
const daily: Recurrence = { pattern: { kind: 'daily', interval: 1 }, start: { year: 2026, month: 3, day: 27 }, range: { kind: 'numbered', count: 5 } };
const series = (subject: string, recurrence: Recurrence, start: number, end: number): Promise<Item> => create({ PidTagSubject: subject, ...propertiesOfSeries(createSeries({ recurrence, start, end, zone: berlin })) });
const view = async (from: string, to: string, limit = 100): Promise<readonly Item[]> => (await calendarView(session, calendar, { from: at(from), to: at(to) }, limit)).items;
const shown = (items: readonly Item[]): string[] => items.map((item) => `${new Date(Number(valueOf(item, 'PidLidAppointmentStartWhole'))).toISOString().slice(5, 16)} ${String(valueOf(item, 'PidTagSubject'))}`);
const occurrencesOf = async (): Promise<OccurrenceItem[]> => (await view('2026-03-01T00:00', '2026-05-01T00:00')).filter(isOccurrence);

describe('a series in properties', () => {
  it('comes back as it was, its zone too', async () => {
    const made = createSeries({ recurrence: daily, start: at('2026-03-27T08:00'), end: at('2026-03-27T09:00'), zone: berlin });
    const item = await create(propertiesOfSeries(made));
    expect({ ...seriesOf(item), zone: undefined }).toEqual({ ...made, zone: undefined });
    expect(seriesOf(item)?.zone.id).toBe('W. Europe Standard Time');
    expect(['PidLidRecurring', 'PidLidRecurrenceType', 'PidLidRecurrencePattern', 'PidLidClipEnd'].map((name) => valueOf(item, name as 'PidLidRecurring'))).toEqual([true, 1, 'Occurs every day effective 3/27/2026', at('2026-03-31T08:00')]);
  });
  it('is none where the bytes are none', async () => {
    const item = await create({ ...propertiesOfSeries(createSeries({ recurrence: daily, start: at('2026-03-27T08:00'), end: at('2026-03-27T09:00'), zone: berlin })), PidLidAppointmentRecur: 'nonsense' });
    expect(seriesOf(item)).toBeUndefined();
    expect(await view('2026-03-01T00:00', '2026-05-01T00:00')).toEqual([]);
  });
  it('single appointments say that they do not recur, and how long they are, whatever a client wrote', async () => {
    const item = await create({ PidLidAppointmentStartWhole: at('2026-01-01T10:00'), PidLidAppointmentEndWhole: at('2026-01-01T12:00'), PidLidAppointmentDuration: 5 });
    expect([valueOf(item, 'PidLidRecurring'), valueOf(item, 'PidLidAppointmentDuration')]).toEqual([false, 120]);
  });
});

describe('the view', () => {
  it('merges single appointments and occurrences by start, across the change of the clock', async () => {
    await series('daily', daily, at('2026-03-27T08:00'), at('2026-03-27T09:00'));
    await single('lunch', at('2026-03-28T11:00'), at('2026-03-28T12:00'));
    await single('early', at('2026-03-29T06:30'), at('2026-03-29T06:45'));
    expect(shown(await view('2026-03-28T00:00', '2026-03-30T00:00'))).toEqual(['03-28T08:00 daily', '03-28T11:00 lunch', '03-29T06:30 early', '03-29T07:00 daily']);
  });
  it.each<[string, string, string, string, string, boolean]>([
    ['ends as the window begins', '2026-01-10T08:00', '2026-01-10T09:00', '2026-01-10T09:00', '2026-01-10T10:00', false],
    ['reaches into it', '2026-01-10T08:00', '2026-01-10T09:01', '2026-01-10T09:00', '2026-01-10T10:00', true],
    ['begins as it ends', '2026-01-10T10:00', '2026-01-10T11:00', '2026-01-10T09:00', '2026-01-10T10:00', false],
    ['takes no time, at its beginning', '2026-01-10T09:00', '2026-01-10T09:00', '2026-01-10T09:00', '2026-01-10T10:00', true],
    ['lasts for weeks around it', '2026-01-01T00:00', '2026-02-01T00:00', '2026-01-10T09:00', '2026-01-10T10:00', true],
    ['lasted for weeks before it', '2026-01-01T00:00', '2026-01-10T00:00', '2026-01-10T09:00', '2026-01-10T10:00', false],
    ['is all day', '2026-01-09T23:00', '2026-01-10T23:00', '2026-01-10T09:00', '2026-01-10T10:00', true],
  ])('what %s', async (_what, start, end, from, to, isThere) => {
    await single('x', at(start), at(end));
    expect(shown(await view(from, to)).length).toBe(isThere ? 1 : 0);
  });
  it('is cut at the limit and says so', async () => {
    await series('daily', daily, at('2026-03-27T08:00'), at('2026-03-27T09:00'));
    const cut = await calendarView(session, calendar, { from: at('2026-03-01T00:00'), to: at('2026-05-01T00:00') }, 3);
    expect([shown(cut.items).length, cut.isLast]).toEqual([3, false]);
    expect((await calendarView(session, calendar, { from: at('2026-03-01T00:00'), to: at('2026-05-01T00:00') }, 5)).isLast).toBe(true);
  });
  it('is refused to those who may not read the calendar, and hides what is private from those who may not see it', async () => {
    await single('secret', at('2026-01-10T08:00'), at('2026-01-10T09:00'), { PidTagSensitivity: 2 });
    const entry = organization.directory.byAddress('dave@example.test');
    if (!entry) throw new Error('no dave');
    const dave = session.mailbox.openAs(entry);
    await expect(calendarView(dave, calendar, { from: 0, to: Infinity }, 10)).rejects.toThrow(MailboxError);
    const folder = await session.folder(calendar);
    await session.updateFolder(calendar, { permissions: [...folder.permissions, { member: { directoryId: entry.id }, rights: 0x401 }] });
    expect((await calendarView(dave, calendar, { from: 0, to: Infinity }, 10)).items).toEqual([]);
    expect(await view('2026-01-10T00:00', '2026-01-11T00:00')).toHaveLength(1);
  });
  it('reads no more of a full calendar than of one that is nearly empty', async () => {
    const weekly: Recurrence = { pattern: { kind: 'weekly', interval: 1, days: ['Monday'], firstDayOfWeek: 'Monday' }, start: { year: 2008, month: 1, day: 4 }, range: { kind: 'numbered', count: 10 } };
    for (let n = 0; n < 1500; n++) await single(`n${n}`, at('2010-01-01T00:00') + n * 6 * hour, at('2010-01-01T01:00') + n * 6 * hour);
    for (let n = 0; n < 500; n++) await series(`s${n}`, { ...weekly, start: { year: 2008, month: 1, day: 1 + (n % 28) } }, at('2008-01-04T10:00'), at('2008-01-04T11:00'));
    await view('2027-01-01T00:00', '2027-01-02T00:00');
    const scan = jest.spyOn(session.mailbox.store, 'scan');
    expect(await view('2027-01-01T00:00', '2027-01-02T00:00')).toEqual([]);
    expect((await view('2010-12-01T00:00', '2010-12-02T00:00')).length).toBe(4);
    const pages = await Promise.all(scan.mock.results.map(({ value }) => value as ReturnType<MailboxSession['mailbox']['store']['scan']>));
    scan.mockRestore();
    // A page of each of the three orders, and the steps of the search for the start, twice; of 2,000 appointments.
    expect(pages.reduce((sum, { items }) => sum + items.length, 0)).toBeLessThan(2 * (3 * 200 + 12));
  }, 30_000);
  it('shows what looking at every appointment would show', async () => {
    const recurrence = fc.record({
      interval: fc.integer({ min: 1, max: 9 }), count: fc.integer({ min: 1, max: 40 }), first: fc.integer({ min: 1, max: 28 }), month: fc.integer({ min: 1, max: 12 }),
      hours: fc.integer({ min: 0, max: 20 }), length: fc.integer({ min: 0, max: 23 }), isSeries: fc.boolean(), days: fc.integer({ min: 0, max: 12 }),
    });
    await fc.assert(fc.asyncProperty(fc.array(recurrence, { maxLength: 6 }), fc.integer({ min: 0, max: 500 }), fc.integer({ min: 1, max: 60 }), async (made, offset, length) => {
      await organization.reset();
      const from = at('2026-01-01T00:00') + offset * day;
      const to = from + length * day;
      const expected: string[] = [];
      for (const [n, { interval, count, first, month, hours, length: lasts, isSeries, days }] of made.entries()) {
        const start = Date.UTC(2026, month - 1, first, hours);
        const end = start + lasts * hour + (isSeries ? 0 : days * day);
        const touches = (one: { start: number; end: number }): boolean => one.start < to && (one.end > from || (one.start === one.end && one.start >= from));
        const subject = `s${n}`;
        if (isSeries) {
          const whole = createSeries({ recurrence: { pattern: { kind: 'daily', interval }, start: berlin.toLocal(start), range: { kind: 'numbered', count } }, start, end, zone: berlin });
          await create({ PidTagSubject: subject, ...propertiesOfSeries(whole) });
          for (const one of occurrences(whole, { from: 0, to: Infinity }, 1000)) if (touches(one)) expected.push(`${one.start} ${subject}`);
        } else {
          await single(subject, start, end);
          if (touches({ start, end })) expected.push(`${start} ${subject}`);
        }
      }
      const found = (await calendarView(session, calendar, { from, to }, 1000)).items.map((item) => `${String(valueOf(item, 'PidLidAppointmentStartWhole'))} ${String(valueOf(item, 'PidTagSubject'))}`);
      expect([...found].sort()).toEqual(expected.sort());
    }), { numRuns: 40 });
  }, 30_000);
});

describe('an occurrence', () => {
  let items: OccurrenceItem[];
  beforeEach(async () => {
    await series('daily', daily, at('2026-03-27T08:00'), at('2026-03-27T09:00'));
    items = await occurrencesOf();
  });
  const third = (): OccurrenceItem => items[2] as OccurrenceItem;

  it('becomes an exception with everything that it says otherwise', async () => {
    const body = { native: 'text' as const, text: await session.keep(Buffer.from('own words')) };
    const changed = await updateOccurrence(session, third(), {
      properties: { PidTagSubject: 'later', PidNameKeywords: ['Red'], PidLidAppointmentStartWhole: at('2026-03-29T12:00'), PidLidAppointmentEndWhole: at('2026-03-29T13:00'), PidLidRecurring: false }, body,
      recipients: [{ type: 'to', name: 'Bob', address: 'bob@example.test', addressType: 'SMTP' }],
    });
    expect([changed.occurrence.index, shown(await occurrencesOf())]).toEqual([3, ['03-27T08:00 daily', '03-28T08:00 daily', '03-29T12:00 later', '03-30T07:00 daily', '03-31T07:00 daily']]);
    const now = (await occurrencesOf())[2] as OccurrenceItem;
    expect([valueOf(now, 'PidNameKeywords'), valueOf(now, 'PidTagBody'), now.recipients.length, valueOf(now, 'PidLidRecurring')]).toEqual([['Red'], 'own words', 1, true]);
    // What holds it is seen by nobody.
    expect([valueOf(masterOf(now), 'PidTagHasAttachments'), now.attachments, masterOf(now).attachments.map(({ isException }) => isException)]).toEqual([false, [], [true]]);
    const again = await updateOccurrence(session, now, { properties: { PidLidLocation: 'Harbour' } });
    expect([valueOf(again, 'PidTagSubject'), valueOf(again, 'PidLidLocation'), again.master.attachments.length]).toEqual(['later', 'Harbour', 1]);
  });
  it('has attachments of its own', async () => {
    const content = await session.keep(Buffer.from('x'));
    const changed = await updateOccurrence(session, third(), { attachments: [{ kind: 'file', id: attachmentId(1), name: 'x.txt', contentType: 'text/plain', isInline: false, lastModified: 0, size: 1, content }] });
    expect([valueOf(changed, 'PidTagHasAttachments'), valueOf(masterOf(changed), 'PidTagHasAttachments')]).toEqual([true, false]);
    expect((await occurrencesOf()).map((one) => one.attachments.length)).toEqual([0, 0, 1, 0, 0]);
  });
  it.each([['before', '2026-03-28T12:00'], ['after', '2026-03-30T06:00']])('does not reach the day of the one %s it', async (_which, start) => {
    await expect(updateOccurrence(session, third(), { properties: { PidLidAppointmentStartWhole: at(start), PidLidAppointmentEndWhole: at(start) + hour } })).rejects.toMatchObject({ reason: 'crossesNeighbour' });
  });
  it('goes, and with it what it said otherwise', async () => {
    const changed = await updateOccurrence(session, third(), { properties: { PidTagSubject: 'later' } });
    const master = await removeOccurrence(session, changed);
    expect([seriesOf(master)?.deleted.length, master.attachments, (await occurrencesOf()).map(({ occurrence }) => occurrence.index)]).toEqual([1, [], [1, 2, 4, 5]]);
    await expect(removeOccurrence(session, { ...changed, master })).rejects.toMatchObject({ reason: 'deleted' });
  });
  it('is not the last one to go', async () => {
    for (let left = 4; left > 0; left--) await removeOccurrence(session, (await occurrencesOf())[0] as OccurrenceItem);
    await expect(removeOccurrence(session, (await occurrencesOf())[0] as OccurrenceItem)).rejects.toMatchObject({ code: 'LastOccurrence' });
  });
  it('is not changed by those who do not know of the last change', async () => {
    await updateOccurrence(session, third(), { properties: { PidTagSubject: 'later' } });
    await expect(updateOccurrence(session, third(), { properties: { PidTagSubject: 'other' } })).rejects.toMatchObject({ code: 'ItemChanged' });
  });
});
