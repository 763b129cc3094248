import { createClock } from '@fauxchange/kernel';
import { createEwsEmulator, type EwsEmulator } from '../../src/index.ts';
import type { Id } from '../support/client.ts';
import { addressesIn, idIn, only, people, Person, setCalendar, span, texts } from '../support/meetings.ts';
import { below, child, names, textAt, type XmlElement } from '../support/xml.ts';

let ews: EwsEmulator;
let alice: Person;
let bob: Person;
beforeAll(async () => {
  ews = await createEwsEmulator({ clock: createClock({ at: Date.UTC(2027, 0, 5, 9), frozen: true }) });
  [alice, bob] = [new Person(ews, 'alice'), new Person(ews, 'bob')];
}, 60_000);
beforeEach(() => ews.organization.clear());
afterEach(() => ews.reset());
afterAll(() => ews.close());

const times = span('2027-02-02T10:00:00Z', '2027-02-02T11:00:00Z');
const both = people('RequiredAttendees', 'bob@example.test') + people('OptionalAttendees', 'carol@example.test') + people('Resources', 'room1@example.test');
const meeting = ({ before = '', between = '', after = '' } = {}): string => `<t:Subject>Forecast</t:Subject>${before}${times}${between}${both}${after}`;
const dateTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/;
const february = ['2027-02-01T00:00:00Z', '2027-03-01T00:00:00Z'] as const;
/** The meeting as it is in bob's calendar. */
const placed = async (paths: readonly string[] = []): Promise<XmlElement> => only(await bob.calendar.view(...february, { base: 'AllProperties', paths }));
const place = '<t:EnhancedLocation><t:DisplayName>Pier 3</t:DisplayName><t:Annotation>green door</t:Annotation><t:PostalAddress><t:Street>Quay 1</t:Street></t:PostalAddress></t:EnhancedLocation>';
const online = '<t:ExtendedProperty><t:ExtendedFieldURI DistinguishedPropertySetId="Appointment" PropertyId="33344" PropertyType="Boolean"/><t:Value>true</t:Value></t:ExtendedProperty>';

describe('what a request tells of the meeting', () => {
  it.each<[element: string, value: string, ids: string, sent: string]>([
    ['Start', '2027-02-02T10:00:00Z', 'MS-OXWSMTGS_R500', meeting()], ['End', '2027-02-02T11:00:00Z', 'MS-OXWSMTGS_R287', meeting()],
    ['Duration', 'PT1H', 'MS-OXWSMTGS_R329', meeting()],
    ['IsAllDayEvent', 'false', 'MS-OXWSMTGS_R755', meeting()],
    ['Location', 'Roof', 'MS-OXWSMTGS_R297', meeting({ between: '<t:Location>Roof</t:Location>' })],
    ['IsMeeting', 'true', 'MS-OXWSMTGS_R301, MS-OXWSMTGS_R756, MS-OXWSMTGS_R7561', meeting()],
    ['IsCancelled', 'false', 'MS-OXWSMTGS_R303, MS-OXWSMTGS_R759', meeting()],
    ['MeetingRequestWasSent', 'true', 'MS-OXWSMTGS_R307, MS-OXWSMTGS_R762, MS-OXWSMTGS_R763', meeting()],
    ['AppointmentState', '3', 'MS-OXWSMTGS_R337, MS-OXWSMTGS_R555', meeting()],
    ['IsOnlineMeeting', 'true', 'MS-OXWSMTGS_R766', meeting({ before: online })], ['IsOnlineMeeting', 'false', 'MS-OXWSMTGS_R767', meeting()],
    ['MeetingWorkspaceUrl', 'https://contoso.test/w', 'MS-OXWSMTGS_R361', meeting({ after: '<t:MeetingWorkspaceUrl>https://contoso.test/w</t:MeetingWorkspaceUrl>' })],
    ['NetShowUrl', 'https://contoso.test/n', 'MS-OXWSMTGS_R363', meeting({ after: '<t:NetShowUrl>https://contoso.test/n</t:NetShowUrl>' })],
    ['IntendedFreeBusyStatus', 'Busy', 'MS-OXWSMTGS_R28500', meeting({ between: '<t:LegacyFreeBusyStatus>Busy</t:LegacyFreeBusyStatus>' })], ['IntendedFreeBusyStatus', 'Free', 'MS-OXWSMTGS_R28501', meeting({ between: '<t:LegacyFreeBusyStatus>Free</t:LegacyFreeBusyStatus>' })],
    ['IntendedFreeBusyStatus', 'NoData', 'MS-OXWSMTGS_R28502', meeting({ between: '<t:LegacyFreeBusyStatus>NoData</t:LegacyFreeBusyStatus>' })], ['IntendedFreeBusyStatus', 'OOF', 'MS-OXWSMTGS_R28503', meeting({ between: '<t:LegacyFreeBusyStatus>OOF</t:LegacyFreeBusyStatus>' })],
    ['IntendedFreeBusyStatus', 'Tentative', 'MS-OXWSMTGS_R28504', meeting({ between: '<t:LegacyFreeBusyStatus>Tentative</t:LegacyFreeBusyStatus>' })],
    ['IntendedFreeBusyStatus', 'WorkingElsewhere', 'MS-OXWSCDATA_R4001', meeting({ between: '<t:LegacyFreeBusyStatus>WorkingElsewhere</t:LegacyFreeBusyStatus>' })],
  ])('%s %s (%s)', async (element, value, _ids, sent) => {
    await alice.invite(sent);
    expect(textAt(await bob.request(), element)).toBe(value);
  });

  it('MS-OXWSMTGS_R293: IsAllDayEvent tells whether it is for whole days', async () => {
    await alice.invite(meeting());
    const id = await alice.invite(`<t:Subject>Fair</t:Subject>${span('2027-02-05T10:00:00Z', '2027-02-05T11:00:00Z')}<t:IsAllDayEvent>true</t:IsAllDayEvent>${both}`);
    expect(id.id).toBeTruthy();
    const shown = (await bob.ofKind('MeetingRequest')).map((one) => texts(one, 'Subject', 'IsAllDayEvent', 'Start', 'End').join(' ')).sort();
    expect(shown).toEqual(['Fair true 2027-02-05T00:00:00Z 2027-02-06T00:00:00Z', 'Forecast false 2027-02-02T10:00:00Z 2027-02-02T11:00:00Z']);
  });
  it('MS-OXWSMTGS_R359: IsOnlineMeeting tells whether it is online', async () => {
    await alice.invite(meeting({ before: online }));
    expect([textAt(await bob.request(), 'IsOnlineMeeting'), textAt(await placed(), 'IsOnlineMeeting')]).toEqual(['true', 'true']);
    await ews.organization.clear();
    await alice.invite(meeting());
    expect([textAt(await bob.request(), 'IsOnlineMeeting'), textAt(await placed(), 'IsOnlineMeeting')]).toEqual(['false', 'false']);
  });
  it('MS-OXWSMTGS_R313: who called it; MS-OXWSMTGS_R315: who must come; MS-OXWSMTGS_R317: and who may', async () => {
    await alice.invite(meeting());
    const request = await bob.request();
    expect(['Organizer', 'RequiredAttendees', 'OptionalAttendees'].map((list) => addressesIn(request, list))).toEqual([['alice@example.test'], ['bob@example.test'], ['carol@example.test']]);
  });
  it('MS-OXWSMTGS_R319: resources are not told to those who are invited; MS-OXWSMTGS_R191: nor shown in their calendars', async () => {
    const own = await alice.calendar.item(await alice.invite(meeting()));
    expect(addressesIn(own, 'Resources')).toEqual(['room1@example.test']);
    expect([child(await bob.request(), 'Resources'), child(await bob.calendar.item(idIn(await placed())), 'Resources')]).toEqual([undefined, undefined]);
  });
  it('MS-OXWSMTGS_R299: nor is When; MS-OXWSMTGS_R1047: it stays with the organizer', async () => {
    const own = await alice.calendar.item(await alice.invite(meeting({ between: '<t:When>soon</t:When>' })));
    expect(textAt(own, 'When')).toBe('soon');
    expect([child(await bob.request(), 'When'), child(await bob.calendar.item(idIn(await placed())), 'When')]).toEqual([undefined, undefined]);
  });
  it.each([
    ['StartTimeZone', 'MS-OXWSMTGS_R718'], ['EndTimeZone', 'MS-OXWSMTGS_R719'],
  ])('%s is told (%s)', async (element) => {
    await alice.invite(`<t:Subject>Forecast</t:Subject>${span('2027-02-02T10:00:00', '2027-02-02T11:00:00')}${both}<t:StartTimeZone Id="W. Europe Standard Time"/><t:EndTimeZone Id="W. Europe Standard Time"/>`);
    const request = await bob.request();
    expect([below(request, element).attributes['Id'], textAt(request, 'Start')]).toEqual(['W. Europe Standard Time', '2027-02-02T09:00:00Z']);
  });
  it.each([
    ['StartWallClock', '2027-02-02T10:00:00+01:00', 'MS-OXWSMTGS_R708'], ['EndWallClock', '2027-02-02T11:00:00+01:00', 'MS-OXWSMTGS_R709'],
    ['StartTimeZoneId', 'W. Europe Standard Time', 'MS-OXWSMTGS_R710'], ['EndTimeZoneId', 'W. Europe Standard Time', 'MS-OXWSMTGS_R711'],
  ])('%s is %s where it is asked for (%s)', async (element, value) => {
    await alice.invite(`<t:Subject>Forecast</t:Subject>${span('2027-02-02T10:00:00', '2027-02-02T11:00:00')}${both}<t:StartTimeZone Id="W. Europe Standard Time"/>`);
    expect(textAt(await bob.request([`calendar:${element}`]), element)).toBe(value);
  });
  it('MS-OXWSMTGS_R707: EnhancedLocation is the place in full', async () => {
    await alice.invite(meeting({ after: place }));
    const shown = below(await bob.request(['calendar:EnhancedLocation']), 'EnhancedLocation');
    expect([names(shown), texts(shown, 'DisplayName', 'Annotation'), below(shown, 'Street').text]).toEqual([['DisplayName', 'Annotation', 'PostalAddress'], ['Pier 3', 'green door'], 'Quay 1']);
  });
  it('MS-OXWSMTGS_R80049: IsOrganizer is false of whoever is invited', async () => {
    const id = await alice.invite(meeting());
    expect([textAt(await bob.request(['calendar:IsOrganizer']), 'IsOrganizer'), textAt(await alice.calendar.item(id, 'IdOnly', ['calendar:IsOrganizer']), 'IsOrganizer')]).toEqual(['false', 'true']);
  });

  describe('what is beside it in the calendar', () => {
    beforeEach(async () => {
      await bob.calendar.create(`<t:Subject>over</t:Subject>${span('2027-02-02T10:30:00Z', '2027-02-02T12:00:00Z')}`);
      await bob.calendar.create(`<t:Subject>next</t:Subject>${span('2027-02-02T11:00:00Z', '2027-02-02T12:00:00Z')}`);
      await bob.calendar.create(`<t:Subject>later</t:Subject>${span('2027-02-02T15:00:00Z', '2027-02-02T16:00:00Z')}`);
      await alice.invite(meeting());
    });
    it.each([
      ['ConflictingMeetingCount', '1', 'MS-OXWSMTGS_R321'], ['AdjacentMeetingCount', '1', 'MS-OXWSMTGS_R323'], ['ConflictingMeetings', 'over', 'MS-OXWSMTGS_R325'], ['AdjacentMeetings', 'next', 'MS-OXWSMTGS_R327'],
    ])('%s: %s (%s)', async (element, expected) => {
      const shown = below(await bob.request(), element);
      expect(shown.children.length === 0 ? [shown.text] : shown.children.map((one) => textAt(one, 'Subject'))).toEqual([expected]);
    });
  });
});

describe('kinds of requests', () => {
  const moved = setCalendar('Start', '2027-02-02T12:00:00Z') + setCalendar('End', '2027-02-02T13:00:00Z');
  const sent = async (): Promise<Id> => alice.invite(meeting());
  const accept = async (): Promise<void> => void (await bob.respond('AcceptItem', idIn(await bob.request()))).ok();
  const types = async (): Promise<(string | undefined)[]> => (await bob.ofKind('MeetingRequest')).map((one) => textAt(one, 'MeetingRequestType'));

  it('MS-OXWSMTGS_R72: the first is a NewMeetingRequest; MS-OXWSMTGS_R283: MeetingRequestType tells so', async () => {
    await sent();
    expect(await types()).toEqual(['NewMeetingRequest']);
  });
  it('MS-OXWSMTGS_R71: an update is an InformationalUpdate; MS-OXWSMTGS_R587: for whoever has accepted', async () => {
    const id = await sent();
    await accept();
    await alice.update(id, setCalendar('Location', 'Cellar'));
    expect([await types(), texts(await placed(), 'Location', 'MyResponseType')]).toEqual([['InformationalUpdate'], ['Cellar', 'Accept']]);
  });
  it.each([['of the place', setCalendar('Location', 'Cellar')], ['of the time', moved]])('a change %s: MS-OXWSMTGS_R484: a FullUpdate is an update; MS-OXWSMTGS_R485: for whoever has not responded', async (_what, change) => {
    const id = await sent();
    await alice.update(id, change);
    expect([(await types()).sort(), textAt(await placed(), 'MyResponseType')]).toEqual([['FullUpdate', 'NewMeetingRequest'], 'NoResponseReceived']);
  });
  it('MS-OXWSMTGS_R335: AppointmentSequenceNumber counts the versions', async () => {
    const id = await sent();
    await accept();
    await alice.update(id, moved);
    expect([textAt(await bob.request(), 'AppointmentSequenceNumber'), (await bob.items('deleteditems')).map((one) => textAt(one, 'AppointmentSequenceNumber'))]).toEqual(['1', ['0']]);
  });
  it('MS-OXWSMTGS_R268: IsOutOfDate tells of an update; MS-OXWSMTGS_R750: true after one; MS-OXWSMTGS_R751: false before', async () => {
    const id = await sent();
    const before = textAt(await bob.request(), 'IsOutOfDate');
    await accept();
    await alice.update(id, moved);
    expect([before, textAt(only(await bob.ofKind('MeetingRequest', 'deleteditems')), 'IsOutOfDate'), textAt(await bob.request(), 'IsOutOfDate')]).toEqual(['false', 'true', 'false']);
  });
  it('MS-OXWSMTGS_R749: IsDelegated is false of what came to its reader alone', async () => {
    await sent();
    expect(textAt(await bob.request(), 'IsDelegated')).toBe('false');
  });
  it('MS-OXWSMTGS_R1282: ResponseType is there before there was a response', async () => {
    await sent();
    expect(textAt(await bob.request(), 'ResponseType')).toBe('NoResponseReceived');
  });
  it('MS-OXWSMTGS_R1292, MS-OXWSMTGS_R1355: among its responses is an empty ProposeNewTime; MS-OXWSMTGS_R1107: which is a response object like others', async () => {
    await sent();
    const objects = below(await bob.request(), 'ResponseObjects');
    const propose = below(objects, 'ProposeNewTime');
    expect([propose.children, propose.attributes, propose.text, names(objects).includes('AcceptItem')]).toEqual([[], {}, '', true]);
    expect(names(propose)).toEqual(names(below(objects, 'ReplyToItem')));
  });
});

describe('what is told back', () => {
  it.each([
    ['Start', '2027-02-02T10:00:00Z', 'MS-OXWSMTGS_R906', 'MS-OXWSMTGS_R900'], ['End', '2027-02-02T11:00:00Z', 'MS-OXWSMTGS_R907', 'MS-OXWSMTGS_R901'], ['Location', 'Pier 3', 'MS-OXWSMTGS_R908', 'MS-OXWSMTGS_R902'], ['CalendarItemType', 'Single', 'MS-OXWSMTGS_R910', 'MS-OXWSMTGS_R904'],
  ])('%s is %s in a response (%s) and in a cancellation (%s)', async (element, value) => {
    const id = await alice.invite(meeting({ after: place }));
    (await bob.respond('AcceptItem', idIn(await bob.request()))).ok();
    const response = only((await alice.ofKind('MeetingResponse')).filter((one) => addressesIn(one, 'From').includes('bob@example.test')));
    expect(textAt(response, element)).toBe(value);
    await alice.remove(id);
    const cancellation = only(await bob.ofKind('MeetingCancellation'));
    expect(textAt(cancellation, element)).toBe(value);
    if (value.endsWith('Z')) expect(textAt(cancellation, element)).toMatch(dateTime);
  });
  it('MS-OXWSMTGS_R909: a response has the recurrence; MS-OXWSMTGS_R903: a cancellation too', async () => {
    const weekly = '<t:Recurrence><t:WeeklyRecurrence><t:Interval>1</t:Interval><t:DaysOfWeek>Tuesday</t:DaysOfWeek></t:WeeklyRecurrence><t:NumberedRecurrence><t:StartDate>2027-02-02</t:StartDate><t:NumberOfOccurrences>3</t:NumberOfOccurrences></t:NumberedRecurrence></t:Recurrence>';
    const id = await alice.invite(`<t:Subject>Forecast</t:Subject>${times}${people('RequiredAttendees', 'bob@example.test')}${weekly}`);
    (await bob.respond('AcceptItem', idIn(await bob.request()))).ok();
    await alice.remove(id);
    for (const message of [only(await alice.ofKind('MeetingResponse')), only(await bob.ofKind('MeetingCancellation'))]) {
      const shown = below(message, 'Recurrence');
      expect([names(shown), below(shown, 'DaysOfWeek').text, below(shown, 'NumberOfOccurrences').text]).toEqual([['WeeklyRecurrence', 'NumberedRecurrence'], 'Tuesday', '3']);
    }
  });
  it('MS-OXWSMTGS_R80011: a response has the place; MS-OXWSMTGS_R80003: a cancellation too', async () => {
    const id = await alice.invite(`<t:Subject>Forecast</t:Subject>${times}${people('RequiredAttendees', 'bob@example.test')}${place}`);
    (await bob.respond('AcceptItem', idIn(await bob.request()))).ok();
    await alice.remove(id);
    for (const message of [only(await alice.ofKind('MeetingResponse', 'inbox', ['calendar:EnhancedLocation'])), only(await bob.ofKind('MeetingCancellation', 'inbox', ['calendar:EnhancedLocation']))]) {
      expect(texts(below(message, 'EnhancedLocation'), 'DisplayName', 'Annotation')).toEqual(['Pier 3', 'green door']);
    }
  });
});
