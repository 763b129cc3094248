import fc from 'fast-check';
import { createSeries, timeZone, type TimeZone } from '@fauxchange/calendar';
import { createClock } from '@fauxchange/kernel';
import {
  answerMeeting, calendarView, createOrganization, findMeeting, identityProperties, invitationsFor, isOccurrence, mimeFromItem, propertiesOfAppointment, propertiesOfSeries, seriesOf,
  updateOccurrence, valueOf, type Item, type Mailbox, type MailboxSession, type Organization, type Properties, type Recipient,
} from '../src/index.ts';

const start = Date.UTC(2026, 1, 3, 10);
const hour = 3_600_000;
const day = 24 * hour;
const berlin = timeZone('W. Europe Standard Time') as TimeZone;

let organization: Organization;
let alice: MailboxSession;
let bob: MailboxSession;
beforeEach(async () => {
  organization = await createOrganization({ seed: 'empty', clock: createClock({ at: Date.UTC(2026, 0, 5, 9), frozen: true }) });
  [alice, bob] = [sessionOf('alice'), sessionOf('bob')];
});
afterEach(() => organization.close());

function sessionOf(name: string): MailboxSession {
  const mailbox = organization.mailboxByAddress(`${name}@example.test`) as Mailbox;
  return mailbox.openAs(mailbox.owner);
}
const person = (address: string, type: Recipient['type'] = 'to'): Recipient => ({ type, name: address.split('@')[0] ?? '', address: address.includes('@') ? address : `${address}@example.test`, addressType: 'SMTP' });

async function calendarItems(session: MailboxSession): Promise<readonly Item[]> {
  const folder = await session.distinguished('calendar');
  return (await calendarView(session, folder.id, { from: start - day, to: start + 60 * day }, 100)).items;
}
async function messages(session: MailboxSession, folder: 'inbox' | 'deleteditems' | 'sentitems' = 'inbox'): Promise<readonly Item[]> {
  const { id } = await session.distinguished(folder);
  return (await session.query([id], { limit: 100 })).items;
}
const read = (item: Item | undefined, ...names: Parameters<typeof valueOf>[1][]): unknown[] => names.map((name) => item && valueOf(item, name));
const only = async (session: MailboxSession, folder: 'inbox' | 'deleteditems' = 'inbox'): Promise<Item> => {
  const [first, ...more] = await messages(session, folder);
  if (!first || more.length > 0) throw new Error(`${more.length + (first ? 1 : 0)} messages`);
  return first;
};

async function appointment(attendees: readonly Recipient[], properties: Properties = propertiesOfAppointment({ start, end: start + hour, zone: berlin })): Promise<Item> {
  const { id } = await alice.distinguished('calendar');
  const { ids, clock } = organization;
  return alice.createItem(id, {
    itemClass: 'IPM.Appointment', recipients: attendees, attachments: [], isRead: true, isAssociated: false,
    body: { native: 'text', text: await alice.keep(Buffer.from('Bring charts')) },
    properties: { PidTagSubject: 'Forecast', PidLidLocation: 'Roof', PidLidBusyStatus: 2, ...identityProperties(ids, clock.now()), ...properties },
  });
}
async function invite(attendees: readonly Recipient[], properties?: Properties): Promise<Item> {
  const { id } = await alice.distinguished('sentitems');
  const meeting = await invitationsFor(alice, { before: undefined, after: await appointment(attendees, properties) }, { to: 'all', saveIn: { session: alice, folderId: id } });
  await organization.settle();
  return meeting as Item;
}
async function change(meeting: Item, properties: Properties, to: 'all' | 'changed' = 'all', recipients?: readonly Recipient[]): Promise<Item> {
  organization.clock.advance(60_000);
  const after = isOccurrence(meeting) ? await updateOccurrence(alice, meeting, { properties }) : await alice.updateItem(meeting.id, { properties, recipients });
  const sent = await invitationsFor(alice, { before: meeting, after }, { to });
  await organization.settle();
  return sent as Item;
}
const series = (): Properties => propertiesOfSeries(createSeries({
  recurrence: { pattern: { kind: 'weekly', interval: 1, days: ['Tuesday'], firstDayOfWeek: 'Monday' }, start: { year: 2026, month: 2, day: 3 }, range: { kind: 'numbered', count: 4 } },
  start, end: start + hour, zone: berlin,
}));

describe('a request', () => {
  it('arrives with a tentative appointment', async () => {
    const meeting = await invite([person('bob'), person('carol', 'cc'), person('room1', 'bcc')]);
    expect(read(meeting, 'PidLidAppointmentStateFlags', 'PidLidResponseStatus', 'PidLidFInvited')).toEqual([1, 1, true]);
    const request = await only(bob);
    expect([request.itemClass, ...read(request, 'PidTagSubject', 'PidLidMeetingType', 'PidLidIntendedBusyStatus', 'PidTagSentRepresentingSmtpAddress', 'PidTagProcessed')]).toEqual(['IPM.Schedule.Meeting.Request', 'Forecast', 1, 2, 'alice@example.test', true]);
    const [placed] = await calendarItems(bob);
    expect(read(placed, 'PidTagSubject', 'PidLidBusyStatus', 'PidLidResponseStatus', 'PidLidAppointmentStateFlags', 'PidTagSentRepresentingName', 'PidLidLocation')).toEqual(['Forecast', 1, 5, 3, 'Alice Archer', 'Roof']);
    expect(valueOf(placed as Item, 'PidLidGlobalObjectId')).toBe(valueOf(meeting, 'PidLidGlobalObjectId'));
    expect(Buffer.from((await placed?.body?.text?.read()) ?? []).toString()).toBe('Bring charts');
    expect((await messages(alice, 'sentitems')).map(({ itemClass }) => itemClass)).toEqual(['IPM.Schedule.Meeting.Request']);
  });

  it.each([['accepted', 2, 3], ['tentative', 1, 2], ['declined', 0, 4]] as const)('can be %s: the organizer sees it', async (answer, busy, status) => {
    await invite([person('bob')]);
    const at = organization.clock.now();
    const { meeting } = await answerMeeting(bob, await only(bob), { answer });
    await organization.settle();
    expect(read(meeting, 'PidLidBusyStatus', 'PidLidResponseStatus', 'PidLidAppointmentReplyTime', 'PidLidAppointmentReplyName')).toEqual([busy, status, at, 'Bob Baker']);
    const [own] = await calendarItems(alice);
    expect(own?.recipients.map(({ response }) => response)).toEqual([{ status, time: at }]);
    const response = await only(alice);
    expect([response.itemClass.slice(0, 26), valueOf(response, 'PidTagSentRepresentingName')]).toEqual(['IPM.Schedule.Meeting.Resp.', 'Bob Baker']);
  });

  it('is answered with another time, which is kept beside the answer', async () => {
    await invite([person('bob')]);
    await answerMeeting(bob, await only(bob), { answer: 'tentative', proposedStart: start + hour, proposedEnd: start + 2 * hour });
    await organization.settle();
    expect((await calendarItems(alice))[0]?.recipients[0]?.response).toEqual({ status: 2, time: organization.clock.now(), proposedStart: start + hour, proposedEnd: start + 2 * hour });
    expect(read(await only(alice), 'PidTagSubject', 'PidLidAppointmentCounterProposal')).toEqual(['New Time Proposed: Forecast', true]);
  });

  it('reaches a group, whose members answer for themselves', async () => {
    await invite([person('team')]);
    expect(await messages(alice)).toHaveLength(1);
    expect(await calendarItems(alice)).toHaveLength(1);
    await answerMeeting(bob, await only(bob), { answer: 'accepted' });
    await organization.settle();
    expect((await calendarItems(alice))[0]?.recipients.map(({ type, name, response }) => [type, name, response?.status])).toEqual([['to', 'team', undefined], ['cc', 'Bob Baker', 3]]);
  });
});

describe('an update', () => {
  it('of the time asks anew and forgets the answers', async () => {
    const meeting = await invite([person('bob')]);
    await answerMeeting(bob, await only(bob), { answer: 'accepted' });
    await organization.settle();
    const [answered] = await calendarItems(alice);
    const moved = await change(answered as Item, propertiesOfAppointment({ start: start + day, end: start + day + hour, zone: berlin }));
    expect([valueOf(moved, 'PidLidAppointmentSequence'), moved.recipients[0]?.response, moved.id]).toEqual([1, undefined, meeting.id]);
    expect((await messages(bob)).map((one) => valueOf(one, 'PidLidMeetingType')).sort()).toEqual([1, 0x10000]);
    expect(read((await calendarItems(bob))[0], 'PidLidAppointmentStartWhole', 'PidLidResponseStatus', 'PidLidBusyStatus')).toEqual([start + day, 5, 1]);
  });

  it('of the place leaves the answer as it is', async () => {
    await invite([person('bob')]);
    await answerMeeting(bob, await only(bob), { answer: 'accepted' });
    await organization.settle();
    const [answered] = await calendarItems(alice);
    await change(answered as Item, { PidLidLocation: 'Cellar' });
    expect((await messages(bob)).map((one) => valueOf(one, 'PidLidMeetingType')).sort()).toEqual([1, 0x20000]);
    expect(read((await calendarItems(bob))[0], 'PidLidLocation', 'PidLidResponseStatus', 'PidLidBusyStatus')).toEqual(['Cellar', 3, 2]);
    expect((await calendarItems(alice))[0]?.recipients[0]?.response?.status).toBe(3);
  });

  it('tells who came and who went', async () => {
    const meeting = await invite([person('bob'), person('dave')]);
    await change(meeting, {}, 'changed', [person('bob'), person('carol')]);
    expect([await messages(bob), await messages(sessionOf('carol')), await messages(sessionOf('dave'))].map((list) => list.map(({ itemClass }) => itemClass.slice(21)).sort())).toEqual([['Request'], ['Request'], ['Canceled', 'Request']]);
    expect(read((await calendarItems(sessionOf('dave')))[0], 'PidTagSubject', 'PidLidAppointmentStateFlags', 'PidLidBusyStatus')).toEqual(['Canceled: Forecast', 7, 0]);
  });

  it('that is older than what is known changes nothing', async () => {
    const meeting = await invite([person('bob')]);
    const first = await only(bob);
    await change(meeting, propertiesOfAppointment({ start: start + day, end: start + day + hour, zone: berlin }));
    await organization.deliver(Buffer.from(await mimeFromItem({ ...first, mime: undefined })), { to: ['bob@example.test'], from: 'alice@example.test' });
    expect(read((await calendarItems(bob))[0], 'PidLidAppointmentStartWhole')).toEqual([start + day]);
    expect((await messages(bob)).filter((one) => valueOf(one, 'PidLidMeetingType') === 0x80000)).toHaveLength(1);
  });

  it('is not taken from an answer to the time before', async () => {
    const meeting = await invite([person('bob')]);
    const first = await only(bob);
    const { draft } = await answerMeeting(bob, first, { answer: 'accepted', isSent: false });
    await change(meeting, propertiesOfAppointment({ start: start + day, end: start + day + hour, zone: berlin }));
    await bob.send(draft, {});
    await organization.settle();
    expect((await calendarItems(alice))[0]?.recipients[0]?.response).toBeUndefined();
  });
});

describe('calling off', () => {
  it('frees the time of those who were asked', async () => {
    const meeting = await invite([person('bob')]);
    await invitationsFor(alice, { before: meeting, after: undefined }, { to: 'all' });
    await organization.settle();
    expect((await messages(bob)).map(({ itemClass }) => itemClass.slice(21)).sort()).toEqual(['Canceled', 'Request']);
    expect(read((await calendarItems(bob))[0], 'PidLidAppointmentStateFlags', 'PidLidBusyStatus', 'PidTagSubject')).toEqual([7, 0, 'Canceled: Forecast']);
  });

  it('by an attendee is a refusal', async () => {
    await invite([person('bob')]);
    await invitationsFor(bob, { before: (await calendarItems(bob))[0], after: undefined }, { to: 'all' });
    await organization.settle();
    expect((await calendarItems(alice))[0]?.recipients[0]?.response?.status).toBe(4);
  });
});

describe('a series', () => {
  it('is placed whole; one occurrence is changed, answered and called off alone', async () => {
    await invite([person('bob')], series());
    expect((await calendarItems(bob)).map((item) => [valueOf(item, 'PidLidAppointmentStartWhole'), isOccurrence(item)])).toEqual([0, 7, 14, 21].map((days) => [start + days * day, true]));
    const second = (await calendarItems(alice))[1] as Item;
    await change(second, { ...propertiesOfAppointmentTimes(start + 8 * day), PidTagSubject: 'Forecast, moved' });
    expect((await calendarItems(bob)).map((item) => valueOf(item, 'PidLidAppointmentStartWhole'))).toEqual([0, 8, 14, 21].map((days) => start + days * day));
    expect((await calendarItems(bob)).map((item) => valueOf(item, 'PidTagSubject'))).toEqual(['Forecast', 'Forecast, moved', 'Forecast', 'Forecast']);
    const request = (await messages(bob)).find((one) => valueOf(one, 'PidTagSubject') === 'Forecast, moved') as Item;
    expect(read(request, 'PidLidRecurring', 'PidLidAppointmentRecur')).toEqual([false, undefined]);
    await answerMeeting(bob, request, { answer: 'declined' });
    await organization.settle();
    expect((await calendarItems(alice)).map(({ recipients }) => recipients[0]?.response?.status)).toEqual([undefined, 4, undefined, undefined]);
    await invitationsFor(alice, { before: (await calendarItems(alice))[2], after: undefined }, { to: 'all' });
    await organization.settle();
    expect((await calendarItems(bob)).map((item) => valueOf(item, 'PidLidBusyStatus'))).toEqual([1, 0, 0, 1]);
  });
});

it('what an attendee answered for one occurrence outlives a change of the place', async () => {
  const carol = sessionOf('carol');
  await invite([person('bob'), person('carol')], series());
  for (const attendee of [bob, carol]) await answerMeeting(attendee, await only(attendee), { answer: 'accepted' });
  await organization.settle();
  await answerMeeting(bob, (await calendarItems(bob))[1] as Item, { answer: 'declined' });
  await organization.settle();
  const [master] = await alice.items([((await calendarItems(alice))[0] as Item).id]);
  await change(master as Item, { PidLidLocation: 'Cellar' });
  expect((await calendarItems(bob)).map((item) => [valueOf(item, 'PidLidLocation'), valueOf(item, 'PidLidBusyStatus')])).toEqual([['Cellar', 2], ['Cellar', 0], ['Cellar', 2], ['Cellar', 2]]);
  expect((await calendarItems(carol)).map((item) => [valueOf(item, 'PidLidLocation'), valueOf(item, 'PidLidBusyStatus')])).toEqual([0, 1, 2, 3].map(() => ['Cellar', 2]));
});

const propertiesOfAppointmentTimes = (at: number): Properties => ({ PidLidAppointmentStartWhole: at, PidLidAppointmentEndWhole: at + hour });

describe('rooms', () => {
  it('accept while they are free, and decline then', async () => {
    await invite([person('room1', 'bcc')]);
    await invite([person('room1', 'bcc')]);
    expect((await calendarItems(alice)).map(({ recipients }) => recipients[0]?.response?.status).sort()).toEqual([3, 4]);
    const room = sessionOf('room1');
    expect((await calendarItems(room)).map((item) => read(item, 'PidTagSubject', 'PidLidBusyStatus', 'PidLidResponseStatus'))).toEqual([['Alice Archer', 2, 3]]);
    expect([await messages(room), await messages(room, 'deleteditems')].map(({ length }) => length)).toEqual([0, 2]);
    expect((await messages(alice)).map((one) => valueOf(one, 'PidTagSubject')).sort()).toEqual(['Accepted: Forecast', 'Declined: Forecast']);
  });

  it.each([
    ['a series of which one occurrence is taken', () => series(), 4],
    ['what is half a year away', () => propertiesOfAppointment({ start: start + 200 * day, end: start + 200 * day + hour, zone: berlin }), 4],
    ['what lasts two days', () => propertiesOfAppointment({ start: start + 2 * day, end: start + 4 * day, zone: berlin }), 4],
    ['what is free', () => propertiesOfAppointment({ start: start + 2 * day, end: start + 2 * day + hour, zone: berlin }), 3],
  ])('answer %s', async (_what, properties, status) => {
    await invite([person('room1', 'bcc')], propertiesOfAppointment({ start: start + 14 * day + hour / 2, end: start + 14 * day + hour, zone: berlin }));
    const meeting = await invite([person('room1', 'bcc')], properties());
    const [now] = await alice.items([meeting.id]);
    expect((now as Item).recipients[0]?.response?.status).toBe(status);
  });
});

describe('people outside', () => {
  const mail = (method: string, event: string, from = 'zoe@contoso.test'): string => [
    `From: Zoe <${from}>`, 'To: alice@example.test', 'Subject: Picnic', 'Message-ID: <p1@contoso.test>', 'MIME-Version: 1.0', 'Content-Type: multipart/alternative; boundary=b', '',
    '--b', 'Content-Type: text/plain', '', 'Come!', '--b', `Content-Type: text/calendar; charset=utf-8; method=${method}`, '',
    'BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//x//y', `METHOD:${method}`, 'BEGIN:VEVENT', event, 'END:VEVENT', 'END:VCALENDAR', '--b--', '',
  ].join('\r\n');
  const event = (more: string): string => ['UID:picnic-1', 'DTSTAMP:20260105T090000Z', 'DTSTART:20260203T100000Z', 'DTEND:20260203T110000Z', 'SUMMARY:Picnic', 'LOCATION:Meadow', 'ORGANIZER;CN=Zoe:mailto:zoe@contoso.test', more].join('\r\n');

  it('get iMIP, and their answers are understood', async () => {
    await invite([person('frank@contoso.test'), person('bob')]);
    const [sent] = organization.outbox.messages();
    const text = Buffer.from(sent?.mime ?? []).toString();
    expect(sent?.to).toEqual(['frank@contoso.test']);
    expect(text).toContain('Content-Type: text/calendar; charset=utf-8; method=REQUEST');
    const uid = /UID:([0-9A-F\r\n ]+)/.exec(calendarIn(text))?.[1]?.replaceAll(/\r\n /g, '').trim();
    const reply = [`UID:${uid ?? ''}`, 'DTSTAMP:20260105T100000Z', 'DTSTART:20260203T100000Z', 'DTEND:20260203T110000Z', 'SUMMARY:Forecast', 'ORGANIZER:mailto:alice@example.test', 'ATTENDEE;PARTSTAT=ACCEPTED:mailto:frank@contoso.test'].join('\r\n');
    await organization.deliver(mail('REPLY', reply, 'frank@contoso.test'), { to: ['alice@example.test'], from: 'frank@contoso.test' });
    expect((await calendarItems(alice))[0]?.recipients.map(({ response }) => response?.status)).toEqual([3, undefined]);
    expect((await messages(alice)).map(({ itemClass }) => itemClass)).toEqual(['IPM.Schedule.Meeting.Resp.Pos']);
  });

  it('invite, change and call off', async () => {
    await organization.deliver(mail('REQUEST', event('ATTENDEE;RSVP=TRUE:mailto:alice@example.test')), { to: ['alice@example.test'], from: 'zoe@contoso.test' });
    const request = await only(alice);
    expect([request.itemClass, ...read(request, 'PidLidLocation', 'PidTagSentRepresentingSmtpAddress')]).toEqual(['IPM.Schedule.Meeting.Request', 'Meadow', 'zoe@contoso.test']);
    const [placed] = await calendarItems(alice);
    expect(read(placed, 'PidTagSubject', 'PidLidAppointmentStartWhole', 'PidLidResponseStatus', 'PidLidBusyStatus')).toEqual(['Picnic', start, 5, 1]);
    expect(await findMeeting(alice, request)).toMatchObject({ id: placed?.id });
    await answerMeeting(alice, request, { answer: 'accepted' });
    await organization.settle();
    const reply = calendarIn(Buffer.from(organization.outbox.messages()[0]?.mime ?? []).toString());
    expect(reply).toContain('METHOD:REPLY');
    expect(reply).toContain('UID:picnic-1');
    expect(reply.replaceAll('\r\n ', '')).toContain('PARTSTAT=ACCEPTED;CN=Alice Archer:MAILTO:alice@example.test');
    await organization.deliver(mail('CANCEL', event('SEQUENCE:1')), { to: ['alice@example.test'], from: 'zoe@contoso.test' });
    expect(read((await calendarItems(alice))[0], 'PidLidAppointmentStateFlags', 'PidLidBusyStatus')).toEqual([7, 0]);
  });

  it('invite to a series', async () => {
    await organization.deliver(mail('REQUEST', event('RRULE:FREQ=WEEKLY;COUNT=3\r\nEXDATE:20260210T100000Z\r\nATTENDEE:mailto:alice@example.test')), { to: ['alice@example.test'], from: 'zoe@contoso.test' });
    expect((await calendarItems(alice)).map((item) => valueOf(item, 'PidLidAppointmentStartWhole'))).toEqual([start, start + 14 * day]);
    expect(seriesOf(await only(alice))).toBeDefined();
  });

  it.each([
    ['no UID', mail('REQUEST', 'DTSTART:20260203T100000Z')], ['nonsense', mail('REQUEST', 'UID:x\r\nDTSTART:yesterday')], ['a list of dates', mail('PUBLISH', event(''))], ['no calendar at all', mail('REQUEST', '').replace('BEGIN:VCALENDAR', 'BEGIN:NOTHING')],
  ])('who send %s send mail', async (_what, text) => {
    await organization.deliver(text, { to: ['alice@example.test'] });
    expect([(await only(alice)).itemClass, await calendarItems(alice)]).toEqual(['IPM.Note', []]);
  });
});

describe('hostile invitations', () => {
  const text = (event: readonly string[]): string => ['From: zoe@contoso.test', 'To: alice@example.test', 'Subject: Odd', 'Content-Type: text/calendar; method=REQUEST', '', 'BEGIN:VCALENDAR', 'VERSION:2.0', 'METHOD:REQUEST', ...event.flatMap((one) => ['BEGIN:VEVENT', one, 'END:VEVENT']), 'END:VCALENDAR', ''].join('\r\n');
  const weekly = 'UID:w\r\nDTSTAMP:20260105T090000Z\r\nDTSTART:20260203T100000Z\r\nDTEND:20260203T110000Z\r\nSUMMARY:Weekly\r\nORGANIZER:mailto:zoe@contoso.test\r\nATTENDEE:mailto:alice@example.test';

  it('an occurrence beyond its neighbours leaves the series as it is, and the message arrives', async () => {
    await organization.deliver(text([`${weekly}\r\nRRULE:FREQ=WEEKLY;COUNT=4`]), { to: ['alice@example.test'] });
    const moved = weekly.replace('20260203T100000Z', '20260225T100000Z').replace('20260203T110000Z', '20260225T110000Z');
    await organization.deliver(text([`${moved}\r\nRECURRENCE-ID:20260210T100000Z`]), { to: ['alice@example.test'] });
    expect((await calendarItems(alice)).map((item) => valueOf(item, 'PidLidAppointmentStartWhole'))).toEqual([0, 7, 14, 21].map((days) => start + days * day));
    expect((await messages(alice)).map((one) => valueOf(one, 'PidTagProcessed') ?? false).sort()).toEqual([false, true]);
  });

  it('whatever is written in an event, the message arrives', async () => {
    const line = fc.constantFrom(
      'RRULE:FREQ=SECONDLY', 'RRULE:FREQ=WEEKLY;UNTIL=16010101T000000Z', 'RRULE:FREQ=YEARLY;INTERVAL=99999', 'RRULE:FREQ=DAILY;COUNT=0', 'RECURRENCE-ID:19010101T000000Z', 'RECURRENCE-ID:20260203T100000Z', 'EXDATE:99991231T235959Z',
      'DTEND:16010101T000000Z', 'DTEND:99991231T235959Z', 'DURATION:-P9999W', 'DTSTART;TZID=Nowhere:20260203T100000', 'DTSTART;VALUE=DATE:20260203', 'SEQUENCE:-1', 'SEQUENCE:99999999999', 'PRIORITY:x', 'UID:040000008200E00074C5B7101A82E008',
      'UID:', 'ATTENDEE:', 'ATTENDEE;PARTSTAT=X:mailto:@', 'ORGANIZER:nobody', 'X-MICROSOFT-CDO-BUSYSTATUS:99', 'X-MICROSOFT-CDO-APPT-SEQUENCE:1e99', 'BEGIN:VALARM\r\nTRIGGER:-P999999999D\r\nACTION:DISPLAY\r\nEND:VALARM', 'BEGIN:VALARM\r\nEND:VALARM', 'CLASS:PRIVATE', 'SUMMARY:\u0000',
    );
    await fc.assert(fc.asyncProperty(fc.array(line, { maxLength: 6 }), fc.constantFrom('REQUEST', 'CANCEL', 'REPLY', 'COUNTER'), async (lines, method) => {
      const before = (await messages(alice)).length;
      await organization.deliver(text([[weekly, ...lines].join('\r\n')]).replaceAll('REQUEST', method), { to: ['alice@example.test'], from: 'zoe@contoso.test' });
      expect((await messages(alice)).length).toBe(before + 1);
      await calendarItems(alice);
    }), { numRuns: 60 });
  });
});

/** The calendar in a message, decoded. */
function calendarIn(mime: string): string {
  const part = mime.slice(mime.indexOf('Content-Type: text/calendar'));
  const [head = '', body = ''] = [part.slice(0, part.indexOf('\r\n\r\n')), part.slice(part.indexOf('\r\n\r\n') + 4)];
  const content = body.slice(0, body.search(/\r\n--/));
  if (/base64/i.test(head)) return Buffer.from(content, 'base64').toString();
  return /quoted-printable/i.test(head) ? content.replaceAll('=\r\n', '').replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))) : content;
}
