import { anyCharacter } from '@fauxchange/arbitraries';
import fc from 'fast-check';
import ICAL from 'ical.js';
import { CalendarTextError, customTimeZone, occurrences, parseCalendar, renderCalendar, seriesOfEvents, timeZone } from '../index.ts';
import type { CalendarEvent, TimeZone } from '../index.ts';

const zoneOf = (id: string): TimeZone => {
  const zone = timeZone(id);
  if (!zone) throw new Error(id);
  return zone;
};
const berlin = zoneOf('W. Europe Standard Time');
const utc = zoneOf('UTC');
const at = (text: string): number => Date.parse(text);
const iso = (ms: number | undefined): string => (ms === undefined ? 'none' : new Date(ms).toISOString().slice(0, 16));
const event = (lines: string, zone = berlin, before = ''): CalendarEvent => {
  const { events } = parseCalendar(`BEGIN:VCALENDAR\r\nVERSION:2.0\r\n${before}BEGIN:VEVENT\r\nUID:1\r\n${lines.trim().replace(/\n/g, '\r\n')}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n`, { zone });
  if (!events[0]) throw new Error('no event');
  return events[0];
};

const meeting: CalendarEvent = {
  uid: '040000008200E00074C5B7101A82E0080000000080D6FE69CAB4CC01000000000000000010000000315841722E672440B2CF3933145398E3',
  start: at('2026-09-15T12:00Z'),
  end: at('2026-09-15T13:30Z'),
  isAllDay: false,
  zone: berlin,
  summary: 'Projektstatus, Q4; Büro',
  description: 'Erste Zeile\nzweite Zeile, mit Komma; und \\',
  htmlDescription: '<p>Erste Zeile;\n</p>',
  location: 'Raum 4.12',
  organizer: { email: 'anna@example.org', name: 'Schmidt, Anna' },
  attendees: [
    { email: 'hans@example.org', name: 'Hans', role: 'REQ-PARTICIPANT', status: 'ACCEPTED', isResponseRequested: true },
    { email: 'room@example.org', name: 'Raum', role: 'NON-PARTICIPANT', status: 'NEEDS-ACTION', type: 'RESOURCE', isResponseRequested: false },
  ],
  classification: 'PRIVATE',
  priority: 1,
  status: 'CONFIRMED',
  stamp: at('2026-09-01T08:00Z'),
  created: at('2026-08-01T08:00Z'),
  lastModified: at('2026-08-02T08:00Z'),
  isTransparent: false,
  sequence: 2,
  categories: ['Rot', 'a,b'],
  recurrence: { pattern: { kind: 'weekly', interval: 1, days: ['Tuesday'], firstDayOfWeek: 'Monday' }, start: { year: 2026, month: 9, day: 15 }, range: { kind: 'endDate', end: { year: 2026, month: 12, day: 8 } } },
  deleted: [at('2026-09-29T12:00Z'), at('2026-11-03T13:00Z')],
  reminderMinutes: 15,
  busyStatus: 1,
  intendedBusyStatus: 2,
  importance: 2,
  appointmentSequence: 2,
  ownerAppointmentId: 2123456789,
  isCounterDisallowed: false,
  isForwardDisallowed: true,
};

describe('a meeting is written as Exchange writes it', () => {
  const text = renderCalendar({ method: 'REQUEST', events: [meeting], language: 'de-DE' });

  it('property by property', () =>
    expect(text.replace(/\r\n /g, '').split('\r\n')).toEqual([
      'BEGIN:VCALENDAR',
      'METHOD:REQUEST',
      'PRODID:Microsoft Exchange Server 2010',
      'VERSION:2.0',
      'BEGIN:VTIMEZONE',
      'TZID:W. Europe Standard Time',
      'BEGIN:STANDARD',
      'DTSTART:16010101T030000',
      'TZOFFSETFROM:+0200',
      'TZOFFSETTO:+0100',
      'RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10',
      'END:STANDARD',
      'BEGIN:DAYLIGHT',
      'DTSTART:16010101T020000',
      'TZOFFSETFROM:+0100',
      'TZOFFSETTO:+0200',
      'RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3',
      'END:DAYLIGHT',
      'END:VTIMEZONE',
      'BEGIN:VEVENT',
      'ORGANIZER;CN="Schmidt, Anna":MAILTO:anna@example.org',
      'ATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED;RSVP=TRUE;CN=Hans:MAILTO:hans@example.org',
      'ATTENDEE;ROLE=NON-PARTICIPANT;PARTSTAT=NEEDS-ACTION;CUTYPE=RESOURCE;RSVP=FALSE;CN=Raum:MAILTO:room@example.org',
      'DESCRIPTION;LANGUAGE=de-DE:Erste Zeile\\nzweite Zeile\\, mit Komma\\; und \\\\',
      'RRULE:FREQ=WEEKLY;UNTIL=20261208T130000Z;INTERVAL=1;BYDAY=TU;WKST=MO',
      'EXDATE;TZID=W. Europe Standard Time:20260929T140000,20261103T140000',
      'X-ALT-DESC;FMTTYPE=text/html:<p>Erste Zeile\\;\\n</p>',
      `UID:${meeting.uid ?? ''}`,
      'SUMMARY;LANGUAGE=de-DE:Projektstatus\\, Q4\\; Büro',
      'DTSTART;TZID=W. Europe Standard Time:20260915T140000',
      'DTEND;TZID=W. Europe Standard Time:20260915T153000',
      'CLASS:PRIVATE',
      'PRIORITY:1',
      'DTSTAMP:20260901T080000Z',
      'CREATED:20260801T080000Z',
      'LAST-MODIFIED:20260802T080000Z',
      'TRANSP:OPAQUE',
      'STATUS:CONFIRMED',
      'SEQUENCE:2',
      'LOCATION;LANGUAGE=de-DE:Raum 4.12',
      'CATEGORIES:Rot,a\\,b',
      'X-MICROSOFT-CDO-APPT-SEQUENCE:2',
      'X-MICROSOFT-CDO-OWNERAPPTID:2123456789',
      'X-MICROSOFT-CDO-BUSYSTATUS:TENTATIVE',
      'X-MICROSOFT-CDO-INTENDEDSTATUS:BUSY',
      'X-MICROSOFT-CDO-ALLDAYEVENT:FALSE',
      'X-MICROSOFT-CDO-IMPORTANCE:2',
      'X-MICROSOFT-CDO-INSTTYPE:1',
      'X-MICROSOFT-DONOTFORWARDMEETING:TRUE',
      'X-MICROSOFT-DISALLOW-COUNTER:FALSE',
      'BEGIN:VALARM',
      'DESCRIPTION:REMINDER',
      'TRIGGER;RELATED=START:-PT15M',
      'ACTION:DISPLAY',
      'END:VALARM',
      'END:VEVENT',
      'END:VCALENDAR',
      '',
    ]));

  it('in lines of 75 octets', () => {
    const long = renderCalendar({ events: [{ ...meeting, summary: '会議'.repeat(200) }] });
    for (const line of long.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
    expect(parseCalendar(long, { zone: berlin }).events[0]?.summary).toBe('会議'.repeat(200));
  });

  it('and read as it was', () => expect(parseCalendar(text, { zone: berlin })).toEqual({ method: 'REQUEST', productId: 'Microsoft Exchange Server 2010', events: [meeting], todos: [] }));

  it('and by ical.js as it was, zones and all', () => {
    const root = new ICAL.Component(ICAL.parse(text) as unknown[]);
    const zone = new ICAL.Timezone(root.getFirstSubcomponent('vtimezone') ?? undefined);
    const parsed = new ICAL.Event(root.getFirstSubcomponent('vevent') ?? undefined);
    expect(parsed.summary).toBe(meeting.summary);
    expect(parsed.startDate.convertToZone(ICAL.Timezone.utcTimezone).toJSDate().toISOString()).toBe('2026-09-15T12:00:00.000Z');
    expect(zone.tzid).toBe('W. Europe Standard Time');
    const iterator = parsed.iterator();
    const starts = Array.from({ length: 20 }, () => iterator.next() as unknown as { toString(): string } | undefined).flatMap((each) => (each ? [each.toString()] : []));
    const series = seriesOfEvents(meeting);
    const ours = series ? occurrences(series, { from: -Infinity, to: Infinity }, 100) : [];
    expect(ours).toHaveLength(11);
    // ical.js leaves EXDATE out of account where zones are only named.
    expect(starts).toEqual(expect.arrayContaining(ours.map(({ start }) => new Date(start + berlin.offsetAt(start) * 60_000).toISOString().slice(0, 19))));
  });

  it('with whole days as dates', () => {
    const allDay: CalendarEvent = { ...meeting, isAllDay: true, start: berlin.toUtc({ year: 2026, month: 9, day: 15 }), end: berlin.toUtc({ year: 2026, month: 9, day: 16 }), deleted: [berlin.toUtc({ year: 2026, month: 9, day: 29 })], reminderMinutes: undefined };
    const lines = renderCalendar({ events: [allDay] }).split('\r\n');
    expect(lines).toEqual(expect.arrayContaining(['DTSTART;VALUE=DATE:20260915', 'DTEND;VALUE=DATE:20260916', 'EXDATE;VALUE=DATE:20260929', 'X-MICROSOFT-CDO-ALLDAYEVENT:TRUE', 'RRULE:FREQ=WEEKLY;UNTIL=20261207T230000Z;INTERVAL=1;BYDAY=TU;WKST=MO']));
    const [read] = parseCalendar(lines.join('\r\n'), { zone: berlin }).events;
    expect(read).toMatchObject({ isAllDay: true, start: allDay.start, end: allDay.end, deleted: allDay.deleted, recurrence: allDay.recurrence });
  });

  it('with a zone that has no daylight time, and one of its own', () => {
    const lines = renderCalendar({ events: [{ ...meeting, zone: zoneOf('Tokyo Standard Time') }] }).replace(/\r\n /g, '').split('\r\n');
    const begin = lines.indexOf('BEGIN:VTIMEZONE');
    expect(lines.slice(begin, lines.indexOf('END:VTIMEZONE'))).toEqual(['BEGIN:VTIMEZONE', 'TZID:Tokyo Standard Time', 'BEGIN:STANDARD', 'DTSTART:16010101T000000', 'TZOFFSETFROM:+0900', 'TZOFFSETTO:+0900', 'END:STANDARD', 'BEGIN:DAYLIGHT', 'DTSTART:16010101T000000', 'TZOFFSETFROM:+0900', 'TZOFFSETTO:+0900', 'END:DAYLIGHT']);
    const own = customTimeZone({ id: 'Ours', name: 'Ours', periods: [{ id: 'p', name: 'Standard', bias: '-PT1H17M' }], groups: [{ id: '0', transitions: [{ kind: 'Transition', to: 'p' }] }], transitions: [{ kind: 'Transition', to: '0' }] });
    const [read] = parseCalendar(renderCalendar({ events: [{ ...meeting, zone: own }] })).events;
    expect(read?.start).toBe(meeting.start);
    expect(read?.zone.offsetAt(meeting.start)).toBe(77);
  });

  it('and nothing in it begins a property of its own', () => {
    const evil = 'x\r\nATTENDEE:mailto:evil@example.org\r\nX:"\0';
    const lines = renderCalendar({ method: evil, events: [{ ...meeting, uid: evil, summary: evil, location: evil, description: evil, htmlDescription: evil, classification: evil, status: evil, categories: [evil], organizer: { email: evil, name: evil, sentBy: evil }, attendees: [] }] }).split('\r\n');
    expect(lines.filter((line) => /^(?:ATTENDEE|X:)/.test(line))).toEqual([]);
    expect(lines.join('')).not.toContain('\0');
  });
});

describe('times', () => {
  it.each<[string, string, string, string, boolean, string]>([
    ['a Windows zone', 'DTSTART;TZID=W. Europe Standard Time:20260701T100000\nDTEND;TZID=W. Europe Standard Time:20260701T110000', '2026-07-01T08:00', '2026-07-01T09:00', false, 'W. Europe Standard Time'],
    ['an IANA zone', 'DTSTART;TZID=Europe/Vienna:20260701T100000\nDTEND;TZID=Europe/Vienna:20260701T110000', '2026-07-01T08:00', '2026-07-01T09:00', false, 'W. Europe Standard Time'],
    ['a zone by its display name', 'DTSTART;TZID="(UTC+01:00) Brussels, Copenhagen, Madrid, Paris":20260701T100000\nDURATION:PT1H', '2026-07-01T08:00', '2026-07-01T09:00', false, 'Romance Standard Time'],
    ['a zone at the end of a path', 'DTSTART;TZID=/freeassociation.sourceforge.net/Asia/Tokyo:20260701T100000\nDURATION:PT1H', '2026-07-01T01:00', '2026-07-01T02:00', false, 'Tokyo Standard Time'],
    ['an unknown zone: that of the mailbox', 'DTSTART;TZID=Nowhere:20260701T100000\nDURATION:PT1H', '2026-07-01T08:00', '2026-07-01T09:00', false, 'W. Europe Standard Time'],
    ['no zone: that of the mailbox', 'DTSTART:20260701T100000\nDURATION:PT1H', '2026-07-01T08:00', '2026-07-01T09:00', false, 'W. Europe Standard Time'],
    ['UTC', 'DTSTART:20260701T100000Z\nDTEND:20260701T110000Z', '2026-07-01T10:00', '2026-07-01T11:00', false, 'UTC'],
    ['UTC beside a zone, as DavMail sends it', 'DTSTART;TZID=GMT Standard Time:20261221T090000Z\nDTEND;TZID=GMT Standard Time:20261221T100000Z', '2026-12-21T09:00', '2026-12-21T10:00', false, 'GMT Standard Time'],
    ['the same in summer', 'DTSTART;TZID=GMT Standard Time:20260721T090000Z\nDURATION:PT1H', '2026-07-21T09:00', '2026-07-21T10:00', false, 'GMT Standard Time'],
    ['no end', 'DTSTART:20260701T100000Z', '2026-07-01T10:00', '2026-07-01T10:00', false, 'UTC'],
    ['an end before the start', 'DTSTART:20260701T100000Z\nDTEND:20260701T090000Z', '2026-07-01T10:00', '2026-07-01T10:00', false, 'UTC'],
    ['a duration in weeks', 'DTSTART:20260701T100000Z\nDURATION:P1W', '2026-07-01T10:00', '2026-07-08T10:00', false, 'UTC'],
    ['a day', 'DTSTART;VALUE=DATE:20260701', '2026-06-30T22:00', '2026-07-01T22:00', true, 'W. Europe Standard Time'],
    ['a day without saying so', 'DTSTART:20260701\nDTEND:20260703', '2026-06-30T22:00', '2026-07-02T22:00', true, 'W. Europe Standard Time'],
    ['a day that ends on itself', 'DTSTART;VALUE=DATE:20260701\nDTEND;VALUE=DATE:20260701', '2026-06-30T22:00', '2026-07-01T22:00', true, 'W. Europe Standard Time'],
    ['days by duration', 'DTSTART;VALUE=DATE:20260701\nDURATION:P2D', '2026-06-30T22:00', '2026-07-02T22:00', true, 'W. Europe Standard Time'],
    ['a day of 25 hours', 'DTSTART;VALUE=DATE:20261025', '2026-10-24T22:00', '2026-10-25T23:00', true, 'W. Europe Standard Time'],
    ['midnights that Exchange marks as whole days', 'DTSTART;TZID=W. Europe Standard Time:20260701T000000\nDTEND;TZID=W. Europe Standard Time:20260702T000000\nX-MICROSOFT-CDO-ALLDAYEVENT:TRUE', '2026-06-30T22:00', '2026-07-01T22:00', true, 'W. Europe Standard Time'],
    ['a mark on what are no midnights', 'DTSTART;TZID=W. Europe Standard Time:20260701T090000\nDTEND;TZID=W. Europe Standard Time:20260702T000000\nX-MICROSOFT-CDO-ALLDAYEVENT:TRUE', '2026-07-01T07:00', '2026-07-01T22:00', false, 'W. Europe Standard Time'],
  ])('%s', (_, lines, start, end, isAllDay, zone) => {
    const read = event(lines);
    expect([iso(read.start), iso(read.end), read.isAllDay, read.zone.id]).toEqual([start, end, isAllDay, zone]);
  });

  it('another zone at the end', () => {
    const read = event('DTSTART;TZID=Europe/Berlin:20260701T100000\nDTEND;TZID=America/New_York:20260701T100000');
    expect(iso(read.end)).toBe('2026-07-01T14:00');
    expect(read.endZone?.id).toBe('Eastern Standard Time');
    const [again] = parseCalendar(renderCalendar({ events: [read] }), { zone: berlin }).events;
    expect([again?.start, again?.end, again?.endZone?.id]).toEqual([read.start, read.end, 'Eastern Standard Time']);
  });

  const zoneText = (standard: string, daylight: string): string => `BEGIN:VTIMEZONE\r\nTZID:Mine\r\nBEGIN:STANDARD\r\n${standard}\r\nEND:STANDARD\r\nBEGIN:DAYLIGHT\r\n${daylight}\r\nEND:DAYLIGHT\r\nEND:VTIMEZONE\r\n`;
  it.each<[string, string, string, number, number]>([
    ['of known rules is the zone of Windows', zoneText('DTSTART:16010101T030000\r\nTZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100\r\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10', 'DTSTART:16010101T020000\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3'), 'W. Europe Standard Time', 60, 120],
    ['whose Sundays are given by their dates too', zoneText('DTSTART:20071104T020000\r\nTZOFFSETFROM:-0700\r\nTZOFFSETTO:-0800\r\nRRULE:FREQ=YEARLY;BYMONTHDAY=1,2,3,4,5,6,7;BYDAY=SU;BYMONTH=11', 'DTSTART:20070311T020000\r\nTZOFFSETFROM:-0800\r\nTZOFFSETTO:-0700\r\nRRULE:FREQ=YEARLY;BYMONTHDAY=8,9,10,11,12,13,14;BYDAY=SU;BYMONTH=3'), 'Pacific Standard Time', -480, -420],
    ['of rules that nobody has is a zone of its own', zoneText('DTSTART:16010101T030000\r\nTZOFFSETFROM:+0230\r\nTZOFFSETTO:+0130\r\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10', 'DTSTART:16010101T020000\r\nTZOFFSETFROM:+0130\r\nTZOFFSETTO:+0230\r\nRRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3'), 'Mine', 90, 150],
    ['without daylight time', zoneText('DTSTART:16010101T000000\r\nTZOFFSETFROM:+0545\r\nTZOFFSETTO:+0545', 'DTSTART:16010101T000000\r\nTZOFFSETFROM:+0545\r\nTZOFFSETTO:+0545'), 'Nepal Standard Time', 345, 345],
    ['whose daylight time has ended', zoneText('DTSTART:20161106T020000\r\nTZOFFSETFROM:+0400\r\nTZOFFSETTO:+0300', 'DTSTART:20070311T020000\r\nTZOFFSETFROM:+0300\r\nTZOFFSETTO:+0400\r\nRRULE:FREQ=YEARLY;UNTIL=20150311T000000Z;BYDAY=2SU;BYMONTH=3'), 'Jordan Standard Time', 180, 180],
    ['that says nothing is that of the mailbox', zoneText('X:1', 'X:2'), 'W. Europe Standard Time', 60, 120],
  ])('a VTIMEZONE %s', (_, text, id, winter, summer) => {
    const { zone } = event('DTSTART;TZID=Mine:20260701T100000', berlin, text);
    expect([zone.offsetAt(at('2026-01-15T00:00Z')), zone.offsetAt(at('2026-07-15T00:00Z'))]).toEqual([winter, summer]);
    expect(zone.id).toBe(id);
  });
});

describe('what is tolerated', () => {
  it.each<[string, string, Partial<CalendarEvent>]>([
    ['folded lines, by spaces and tabs', 'DTSTART:20260701T100000Z\nSUMMARY:ab\n c\n\td', { summary: 'abcd' }],
    ['lines that are none', 'DTSTART:20260701T100000Z\nnonsense\nATTENDEE;CN="open:mailto:a@b\n;x\nSUMMARY:s', { summary: 's', attendees: [] }],
    ['lower case', 'dtstart:20260701T100000Z\nsummary:s\nclass:private', { summary: 's', classification: 'PRIVATE' }],
    ['values that are none', 'DTSTART:20260701T100000Z\nPRIORITY:high\nSEQUENCE:99999999999\nDTSTAMP:now\nX-MICROSOFT-CDO-BUSYSTATUS:WHAT', {}],
    ['addresses with and without mailto', 'DTSTART:20260701T100000Z\nORGANIZER:a@example.org\nATTENDEE;CN="a;b":MAILTO: c@example.org\nATTENDEE:', { organizer: { email: 'a@example.org' }, attendees: [{ email: 'c@example.org', name: 'a;b' }] }],
    ['an alarm at a time', 'DTSTART:20260701T100000Z\nBEGIN:VALARM\nTRIGGER;VALUE=DATE-TIME:20260701T093000Z\nEND:VALARM', { reminderMinutes: 30 }],
    ['an alarm a day before', 'DTSTART:20260701T100000Z\nBEGIN:VALARM\nTRIGGER:-P1D\nEND:VALARM', { reminderMinutes: 1440 }],
    ['a rule without a pattern', 'DTSTART:20260701T100000Z\nRRULE:FREQ=HOURLY', { recurrenceFault: 'unsupportedPattern' }],
    ['a rule of another calendar', 'DTSTART:20260701T100000Z\nX-MICROSOFT-RRULE:FREQ=YEARLY', { recurrenceFault: 'unsupportedCalendar' }],
    ['a broken rule', 'DTSTART:20260701T100000Z\nRRULE;X=1:FREQ=DAILY;COUNT=0', { recurrenceFault: 'count' }],
    ['deletions over several lines and zones', 'DTSTART;TZID=Europe/Berlin:20260701T100000\nEXDATE;TZID=Europe/Berlin:20260702T100000,20260703T100000\nEXDATE:20260704T080000Z\nEXDATE:bad', { deleted: [at('2026-07-02T08:00Z'), at('2026-07-03T08:00Z'), at('2026-07-04T08:00Z')] }],
    ['RDATE, of times and periods', 'DTSTART:20260701T100000Z\nRDATE;VALUE=PERIOD:20260705T100000Z/PT1H\nRDATE:20260706T100000Z', { added: [at('2026-07-05T10:00Z'), at('2026-07-06T10:00Z')] }],
    ['a free time by its transparency', 'DTSTART:20260701T100000Z\nTRANSP:TRANSPARENT\nSTATUS:TENTATIVE\nPRIORITY:9', { busyStatus: 0, isTransparent: true, importance: 0 }],
    ['a tentative time by its status', 'DTSTART:20260701T100000Z\nTRANSP:OPAQUE\nSTATUS:TENTATIVE\nPRIORITY:0', { busyStatus: 1 }],
    ['a busy time', 'DTSTART:20260701T100000Z\nTRANSP:OPAQUE\nPRIORITY:3\nX-MICROSOFT-CDO-IMPORTANCE:1', { busyStatus: 2, importance: 1 }],
    ['the other name of the busy status', 'DTSTART:20260701T100000Z\nX-MICROSOFT-MSNCALENDAR-BUSYSTATUS:OOF', { busyStatus: 3 }],
  ])('%s', (_, lines, expected) => expect(event(lines)).toMatchObject(expected));

  it('an event without a start is none; missing ENDs do no harm; several calendars are one', () => {
    expect(parseCalendar('BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:x\nEND:VEVENT\nEND:VCALENDAR').events).toEqual([]);
    expect(parseCalendar('BEGIN:VCALENDAR\nMETHOD:publish\nBEGIN:VEVENT\nDTSTART:20260701T100000Z\n').events).toHaveLength(1);
    const one = 'BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20260701T100000Z\nEND:VEVENT\nEND:VCALENDAR\n';
    expect(parseCalendar(`\uFEFF${one}${one}`).events).toHaveLength(2);
  });

  it('tasks', () => {
    const text = 'BEGIN:VCALENDAR\nBEGIN:VTODO\nUID:t\nSUMMARY:Tax\nDUE;VALUE=DATE:20260731\nPERCENT-COMPLETE:50\nSTATUS:IN-PROCESS\nRRULE:FREQ=YEARLY\nCOMPLETED:20260701T100000Z\nEND:VTODO\nEND:VCALENDAR';
    expect(parseCalendar(text, { zone: utc }).todos).toEqual([
      { uid: 't', summary: 'Tax', due: at('2026-07-31T00:00Z'), percentComplete: 50, status: 'IN-PROCESS', completed: at('2026-07-01T10:00Z'), recurrence: { pattern: { kind: 'absoluteYearly', interval: 1, month: 7, dayOfMonth: 31 }, start: { year: 2026, month: 7, day: 31 }, range: { kind: 'noEnd' } } },
    ]);
  });

  it('a series with changed and cancelled occurrences', () => {
    const changedText = renderCalendar({
      events: [
        meeting,
        { ...meeting, recurrence: undefined, deleted: undefined, recurrenceId: at('2026-09-22T12:00Z'), start: at('2026-09-23T08:00Z'), end: at('2026-09-23T09:00Z'), summary: 'Moved' },
        { ...meeting, recurrence: undefined, deleted: undefined, recurrenceId: at('2026-10-06T12:00Z'), start: at('2026-10-06T12:00Z'), end: at('2026-10-06T13:30Z'), status: 'CANCELLED' },
      ],
    });
    expect(changedText).toContain('RECURRENCE-ID;TZID=W. Europe Standard Time:20260922T140000\r\n');
    expect(changedText.match(/INSTTYPE:3/g)).toHaveLength(2);
    const [master, ...others] = parseCalendar(changedText, { zone: berlin }).events;
    const series = master && seriesOfEvents(master, others);
    expect(series?.exceptions).toEqual([{ originalStart: at('2026-09-22T12:00Z'), start: at('2026-09-23T08:00Z'), end: at('2026-09-23T09:00Z'), subject: 'Moved' }]);
    expect(series?.deleted.map(iso)).toEqual(['2026-09-29T12:00', '2026-10-06T12:00', '2026-11-03T13:00']);
    expect(master && seriesOfEvents({ ...master, recurrence: undefined })).toBeUndefined();
  });
});

describe('hostile text', () => {
  it.each([
    ['empty', ''],
    ['no calendar', 'BEGIN:VCARD\nEND:VCARD'],
    ['too deep', 'BEGIN:VCALENDAR\n'.repeat(20)],
    ['too many components', `BEGIN:VCALENDAR\n${'BEGIN:X\nEND:X\n'.repeat(30_000)}`],
    ['too many properties', `BEGIN:VCALENDAR\n${'X:\n'.repeat(200_001)}`],
    ['too many lines that are none', `BEGIN:VCALENDAR\n${'X;=\n'.repeat(1001)}`],
    ['too long', `BEGIN:VCALENDAR\n${' '.repeat(20_000_001)}`],
  ])('is refused: %s', (_, text) => expect(() => parseCalendar(text)).toThrow(CalendarTextError));

  it('is read in a time that grows as it does', () => {
    const begin = performance.now();
    parseCalendar(`BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20260101T000000Z\nSUMMARY:${'a\n '.repeat(500_000)}\nATTENDEE;${'X="a";'.repeat(20_000)}CN=x:mailto:a@b\nDESCRIPTION:${'\\n\\,'.repeat(200_000)}\nEND:VEVENT\nEND:VCALENDAR`);
    expect(performance.now() - begin).toBeLessThan(15_000);
  });

  it('of any kind is read or refused with a typed error, also cut off anywhere', () => {
    const text = renderCalendar({ method: 'REQUEST', events: [meeting] });
    const read = (given: string): void => {
      try {
        parseCalendar(given);
      } catch (error) {
        expect(error).toBeInstanceOf(CalendarTextError);
      }
    };
    for (let size = 0; size < text.length; size += 7) read(text.slice(0, size));
    const piece = fc.constantFrom('BEGIN:', 'END:', 'VCALENDAR', 'VEVENT', 'VTIMEZONE', 'STANDARD', '\r\n', '\n ', ':', ';', '=', ',', '"', '\\', 'DTSTART', 'DTEND', 'TZID', 'VALUE=DATE', 'VALUE=PERIOD', '20260701T000000Z', '99999999', 'RRULE', 'FREQ=DAILY', 'EXDATE', 'DURATION', 'P1D', 'TRIGGER', '\0', '__proto__', 'constructor');
    fc.assert(fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => read(`BEGIN:VCALENDAR\nBEGIN:VEVENT\n${pieces.join('')}`)), { numRuns: 500 });
    fc.assert(fc.property(fc.nat(text.length - 1), fc.string({ maxLength: 3 }), (offset, change) => read(text.slice(0, offset) + change + text.slice(offset + 1))), { numRuns: 200 });
  });

  it('survives writing whatever it is', () => {
    const any = fc.string({ unit: anyCharacter, maxLength: 100 });
    fc.assert(
      fc.property(any, any, any, (summary, description, name) => {
        const [read] = parseCalendar(renderCalendar({ events: [{ ...meeting, summary, description, attendees: [{ email: 'a@example.org', name }] }] }), { zone: berlin }).events;
        const kept = (text: string): string => text.replace(/\r\n?/g, '\n').replace(/[\0-\x08\x0b-\x1f\x7f]/g, '').replace(/[\ud800-\udfff]/gu, '\ufffd');
        expect(read?.summary).toBe(kept(summary));
        expect(read?.description).toBe(kept(description));
        expect(read?.attendees).toHaveLength(1);
      }),
      { numRuns: 100 },
    );
  });
});
