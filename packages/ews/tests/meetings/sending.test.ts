import { createClock } from '@fauxchange/kernel';
import { createEwsEmulator, type EwsEmulator } from '../../src/index.ts';
import type { Answer, Id } from '../support/client.ts';
import { idIn, only, people, Person, setCalendar, span, texts } from '../support/meetings.ts';
import { names, textAt } from '../support/xml.ts';

let ews: EwsEmulator;
let alice: Person;
let bob: Person;
let carol: Person;
let dave: Person;
beforeAll(async () => {
  ews = await createEwsEmulator({ clock: createClock({ at: Date.UTC(2027, 0, 5, 9), frozen: true }) });
  [alice, bob, carol, dave] = [new Person(ews, 'alice'), new Person(ews, 'bob'), new Person(ews, 'carol'), new Person(ews, 'dave')];
}, 60_000);
beforeEach(() => ews.organization.clear());
afterEach(() => ews.reset());
afterAll(() => ews.close());

const times = span('2027-02-02T10:00:00Z', '2027-02-02T11:00:00Z');
const asked = people('RequiredAttendees', 'bob@example.test', 'carol@example.test');
const meeting = (more = asked): string => `<t:Subject>Forecast</t:Subject>${times}${more}`;
const february = ['2027-02-01T00:00:00Z', '2027-03-01T00:00:00Z'] as const;
/** What lies in folders, by kind and subject. */
const kinds = async (person: Person, folder = 'inbox'): Promise<string[]> => (await person.items(folder)).map(({ name }) => name);
const inCalendar = async (person: Person): Promise<number> => (await person.calendar.view(...february)).length;
const classAndCode = ({ messages }: Answer): (string | undefined)[] => messages.flatMap((message) => [message.attributes['ResponseClass'], textAt(message, 'ResponseCode')]);

/** Each of the three words at creation: the organizer's calendar, whoever was asked, the copy. */
describe('SendMeetingInvitations', () => {
  it('SendToNone: MS-OXWSMTGS_R44: the meeting is in the organizer\'s calendar; MS-OXWSMTGS_R4400: nobody gets a request; MS-OXWSMTGS_R4401: and nobody\'s calendar has it', async () => {
    await alice.invite(meeting(), 'SendToNone');
    expect([await inCalendar(alice), await kinds(bob), await kinds(carol), await kinds(alice, 'sentitems')]).toEqual([1, [], [], []]);
    expect([await inCalendar(bob), await inCalendar(carol)]).toEqual([0, 0]);
  });
  it('SendOnlyToAll: MS-OXWSMTGS_R46: it is in the organizer\'s calendar; MS-OXWSMTGS_R4600: everybody gets a request; MS-OXWSMTGS_R4601: and has it in the calendar; MS-OXWSMTGS_R4602: no copy is kept', async () => {
    await alice.invite(meeting(), 'SendOnlyToAll');
    expect([await inCalendar(alice), await kinds(bob), await kinds(carol)]).toEqual([1, ['MeetingRequest'], ['MeetingRequest']]);
    expect([await inCalendar(bob), await inCalendar(carol)]).toEqual([1, 1]);
    expect(await kinds(alice, 'sentitems')).toEqual([]);
  });
  it('SendToAllAndSaveCopy: MS-OXWSMTGS_R48: it is in the organizer\'s calendar; MS-OXWSMTGS_R4800: everybody gets a request; MS-OXWSMTGS_R4801: and has it in the calendar; MS-OXWSMTGS_R4802: a copy is among the sent items', async () => {
    await alice.invite(meeting(), 'SendToAllAndSaveCopy');
    expect([await inCalendar(alice), await kinds(bob), await kinds(carol)]).toEqual([1, ['MeetingRequest'], ['MeetingRequest']]);
    expect([await inCalendar(bob), await inCalendar(carol)]).toEqual([1, 1]);
    expect((await alice.items('sentitems')).map((one) => [one.name, textAt(one, 'Subject')])).toEqual([['MeetingRequest', 'Forecast']]);
  });
});

describe('SendMeetingCancellations', () => {
  const cancellations = async (person: Person): Promise<number> => (await person.ofKind('MeetingCancellation')).length;
  let id: Id;
  beforeEach(async () => void (id = await alice.invite(meeting(), 'SendOnlyToAll')));

  it('SendToNone: MS-OXWSMTGS_R45: the meeting leaves the organizer\'s calendar; MS-OXWSMTGS_R4500: nobody gets a cancellation', async () => {
    await alice.remove(id, 'SendToNone');
    expect([await inCalendar(alice), await cancellations(bob), await cancellations(carol), await inCalendar(bob)]).toEqual([0, 0, 0, 1]);
  });
  it('SendOnlyToAll: MS-OXWSMTGS_R47: it leaves the organizer\'s calendar; MS-OXWSMTGS_R4700: everybody gets a cancellation; MS-OXWSMTGS_R4701: no copy is kept', async () => {
    await alice.remove(id, 'SendOnlyToAll');
    expect([await inCalendar(alice), await cancellations(bob), await cancellations(carol)]).toEqual([0, 1, 1]);
    expect(await kinds(alice, 'sentitems')).toEqual([]);
  });
  it('SendToAllAndSaveCopy: MS-OXWSMTGS_R49: it leaves the organizer\'s calendar; MS-OXWSMTGS_R4900: everybody gets a cancellation; MS-OXWSMTGS_R4901: a copy is among the sent items', async () => {
    await alice.remove(id, 'SendToAllAndSaveCopy');
    expect([await inCalendar(alice), await cancellations(bob), await cancellations(carol)]).toEqual([0, 1, 1]);
    expect((await alice.items('sentitems')).map((one) => [one.name, textAt(one, 'Subject')])).toEqual([['MeetingCancellation', 'Canceled: Forecast']]);
  });
});

describe('SendMeetingInvitationsOrCancellations', () => {
  let id: Id;
  beforeEach(async () => {
    id = await alice.invite(meeting(), 'SendOnlyToAll');
    for (const person of [bob, carol]) (await person.respond('AcceptItem', idIn(await person.request()), { disposition: 'SendOnly' })).ok();
  });
  /** Another place, carol no more and dave new: what each of them hears of it. */
  async function changed(send: string): Promise<Readonly<Record<string, string[]>>> {
    await alice.update(id, setCalendar('Location', 'Cellar') + setCalendar('RequiredAttendees', people('RequiredAttendees', 'bob@example.test', 'dave@example.test').replace(/<\/?t:RequiredAttendees>/g, '')), send);
    const heard = async (person: Person): Promise<string[]> => (await person.items()).map((one) => textAt(one, 'MeetingRequestType') ?? one.name);
    return { bob: await heard(bob), carol: await heard(carol), dave: await heard(dave), saved: (await kinds(alice, 'sentitems')).sort() };
  }
  const place = async (person: Person): Promise<string | undefined> => textAt(only(await person.calendar.view(...february)), 'Location');

  it('SendToNone: MS-OXWSMTGS_R60: the meeting is changed; MS-OXWSMTGS_R6000: nobody hears of it', async () => {
    expect([await changed('SendToNone'), await place(alice)]).toEqual([{ bob: [], carol: [], dave: [], saved: [] }, 'Cellar']);
  });
  it('SendOnlyToAll: MS-OXWSMTGS_R61: it is changed; MS-OXWSMTGS_R6100: everybody hears of it; MS-OXWSMTGS_R6101: no copy is kept', async () => {
    expect([await changed('SendOnlyToAll'), await place(alice)]).toEqual([{ bob: ['InformationalUpdate'], carol: ['MeetingCancellation'], dave: ['NewMeetingRequest'], saved: [] }, 'Cellar']);
  });
  it('SendOnlyToChanged: MS-OXWSMTGS_R62: it is changed; MS-OXWSMTGS_R6200: only who came or went hears of it', async () => {
    expect([await changed('SendOnlyToChanged'), await place(alice)]).toEqual([{ bob: [], carol: ['MeetingCancellation'], dave: ['NewMeetingRequest'], saved: [] }, 'Cellar']);
  });
  it('SendToAllAndSaveCopy: MS-OXWSMTGS_R64: it is changed; MS-OXWSMTGS_R6400: everybody hears of it; MS-OXWSMTGS_R6401: copies are among the sent items', async () => {
    const { saved, ...heard } = await changed('SendToAllAndSaveCopy');
    expect([heard, await place(alice)]).toEqual([{ bob: ['InformationalUpdate'], carol: ['MeetingCancellation'], dave: ['NewMeetingRequest'] }, 'Cellar']);
    expect(saved).toEqual(['MeetingCancellation', 'MeetingRequest', 'MeetingRequest']);
    expect((await alice.ofKind('MeetingRequest', 'sentitems')).map((one) => textAt(one, 'Location'))).toEqual(['Cellar', 'Cellar']);
  });
  it('SendToChangedAndSaveCopy: MS-OXWSMTGS_R65: it is changed; MS-OXWSMTGS_R6500: only who came or went hears of it; MS-OXWSMTGS_R6501: copies are among the sent items', async () => {
    const { saved, ...heard } = await changed('SendToChangedAndSaveCopy');
    expect([heard, await place(alice)]).toEqual([{ bob: [], carol: ['MeetingCancellation'], dave: ['NewMeetingRequest'] }, 'Cellar']);
    expect(saved).toEqual(['MeetingCancellation', 'MeetingRequest']);
  });
});

describe('what CreateItem makes', () => {
  it('a meeting of nobody but the organizer is not cancelled: there is nobody to tell', async () => {
    const id = await alice.calendar.create(`<t:Subject>Alone</t:Subject>${times}${people('RequiredAttendees', 'alice@example.test')}`);
    expect((await alice.respond('CancelCalendarItem', id)).codes).toEqual(['ErrorInvalidRecipients']);
    expect((await alice.ofKind('CalendarItem', 'calendar')).map((one) => textAt(one, 'Subject'))).toEqual(['Alone']);
  });
  it('MS-OXWSMTGS_R593: an appointment', async () => {
    const item = await alice.calendar.item(await alice.calendar.create(`<t:Subject>Dentist</t:Subject>${times}`));
    expect([item.name, ...texts(item, 'ItemClass', 'IsMeeting', 'CalendarItemType')]).toEqual(['CalendarItem', 'IPM.Appointment', 'false', 'Single']);
  });
  it('MS-OXWSMTGS_R494: a meeting; MS-OXWSMTGS_R488: and the request for it', async () => {
    const item = await alice.calendar.item(await alice.invite(meeting()));
    expect(texts(item, 'ItemClass', 'IsMeeting')).toEqual(['IPM.Appointment', 'true']);
    expect(texts(await bob.request(), 'ItemClass', 'Subject', 'UID')).toEqual(['IPM.Schedule.Meeting.Request', 'Forecast', textAt(item, 'UID')]);
  });
  it.each([['AcceptItem', 'IPM.Schedule.Meeting.Resp.Pos'], ['TentativelyAcceptItem', 'IPM.Schedule.Meeting.Resp.Tent'], ['DeclineItem', 'IPM.Schedule.Meeting.Resp.Neg']])('MS-OXWSMTGS_R489: a response, by %s: %s', async (element, itemClass) => {
    await alice.invite(meeting());
    const answer = (await bob.respond(element, idIn(await bob.request()))).ok();
    expect(names(answer.first('Items'))).toContain('MeetingResponse');
    expect((await alice.ofKind('MeetingResponse')).map((one) => textAt(one, 'ItemClass'))).toEqual([itemClass]);
  });
  it('MS-OXWSMTGS_R490: a cancellation; MS-OXWSMTGS_R491: by which a meeting is called off', async () => {
    const id = await alice.invite(meeting());
    const answer = (await alice.respond('CancelCalendarItem', id, { after: '<t:NewBodyContent BodyType="Text">Storm</t:NewBodyContent>' })).ok();
    expect([names(answer.first('Items')), await inCalendar(alice)]).toEqual([['MeetingCancellation'], 0]);
    expect(texts(only(await bob.ofKind('MeetingCancellation')), 'ItemClass', 'Subject')).toEqual(['IPM.Schedule.Meeting.Canceled', 'Canceled: Forecast']);
    expect(textAt(only(await bob.calendar.view(...february, { base: 'AllProperties' })), 'IsCancelled')).toBe('true');
  });
  it('MS-OXWSMTGS_R492: and by RemoveItem what was called off goes, and the message that said so', async () => {
    await alice.remove(await alice.invite(meeting()));
    const cancellation = only(await bob.ofKind('MeetingCancellation'));
    expect(classAndCode(await bob.respond('RemoveItem', idIn(cancellation)))).toEqual(['Success', 'NoError']);
    expect([await inCalendar(bob), await bob.ofKind('MeetingCancellation')]).toEqual([0, []]);
  });
});
