import { createClock } from '@fauxchange/kernel';
import { createEwsEmulator, type EwsEmulator } from '../../src/index.ts';
import type { Id } from '../support/client.ts';
import { idIn, only, people, Person, setCalendar, span, texts } from '../support/meetings.ts';
import { itemRef, shape } from '../support/soap.ts';
import { below, child, names, textAt } from '../support/xml.ts';

let ews: EwsEmulator;
let alice: Person;
beforeAll(async () => {
  ews = await createEwsEmulator({ clock: createClock({ at: Date.UTC(2027, 0, 5, 9), frozen: true }), seed: 'empty' });
  alice = new Person(ews, 'alice');
  await alice.client.folderId('calendar');
}, 60_000);
afterEach(() => ews.reset());
afterAll(() => ews.close());

const times = span('2027-02-02T10:00:00Z', '2027-02-02T11:00:00Z');
const boolean = /^(true|false)$/;
const place = '<t:EnhancedLocation><t:DisplayName>Pier 3</t:DisplayName><t:Annotation>green door</t:Annotation><t:PostalAddress><t:Street>Quay 1</t:Street><t:City>Harbour</t:City></t:PostalAddress></t:EnhancedLocation>';

describe('what is said of an appointment', () => {
  it.each<[element: string, value: string, form: RegExp, ids: string]>([
    ['UID', '42@contoso.test', /./, 'MS-OXWSMTGS_R151'],
    ['IsAllDayEvent', 'false', boolean, 'MS-OXWSMTGS_R721'],
    ['LegacyFreeBusyStatus', 'Busy', /./, 'MS-OXWSMTGS_R16500'], ['LegacyFreeBusyStatus', 'Free', /./, 'MS-OXWSMTGS_R16501'], ['LegacyFreeBusyStatus', 'NoData', /./, 'MS-OXWSMTGS_R16502'],
    ['LegacyFreeBusyStatus', 'OOF', /./, 'MS-OXWSMTGS_R16503'], ['LegacyFreeBusyStatus', 'Tentative', /./, 'MS-OXWSMTGS_R16504'], ['LegacyFreeBusyStatus', 'WorkingElsewhere', /./, 'MS-OXWSCDATA_R4001'],
    ['Location', 'Harbour', /./, 'MS-OXWSMTGS_R167'], ['When', 'soon', /./, 'MS-OXWSMTGS_R169'],
    ['IsResponseRequested', 'true', boolean, 'MS-OXWSMTGS_R736'], ['IsResponseRequested', 'false', boolean, 'MS-OXWSMTGS_R737'],
    ['ConferenceType', '0', /^\d+$/, 'MS-OXWSMTGS_R516'], ['ConferenceType', '1', /^\d+$/, 'MS-OXWSMTGS_R742'], ['ConferenceType', '2', /^\d+$/, 'MS-OXWSMTGS_R743'],
    ['AllowNewTimeProposal', 'true', boolean, 'MS-OXWSMTGS_R744'], ['AllowNewTimeProposal', 'false', boolean, 'MS-OXWSMTGS_R745'],
    ['MeetingWorkspaceUrl', 'https://contoso.test/w', /./, 'MS-OXWSMTGS_R233'], ['NetShowUrl', 'https://contoso.test/n', /./, 'MS-OXWSMTGS_R235'],
  ])('%s %s is kept at creation and by update (%s, %s)', async (element, value, form) => {
    const shown = textAt(await alice.calendar.item(await alice.calendar.create(`<t:${element}>${value}</t:${element}>`)), element);
    expect(shown).toBe(value);
    expect(shown).toMatch(form);
    const id = await alice.calendar.create('<t:Subject>bare</t:Subject>');
    expect(textAt(await alice.calendar.item(await alice.calendar.update(id, setCalendar(element, value))), element)).toBe(value);
  });

  it.each<[element: string, values: string[], ids: string]>([
    ['IsAllDayEvent', ['true', 'false'], 'MS-OXWSMTGS_R163'], ['IsResponseRequested', ['true', 'false'], 'MS-OXWSMTGS_R179'],
    ['AllowNewTimeProposal', ['true', 'false'], 'MS-OXWSMTGS_R229'], ['ConferenceType', ['0', '1', '2'], 'MS-OXWSMTGS_R227'],
  ])('%s is one of %j, whatever it was (%s)', async (element, values) => {
    let id = await alice.calendar.create(times);
    const seen: (string | undefined)[] = [];
    for (const value of values) {
      id = await alice.calendar.update(id, setCalendar(element, value));
      seen.push(textAt(await alice.calendar.item(id), element));
    }
    expect(seen).toEqual(values);
  });

  it('MS-OXWSMTGS_R720: what is all day begins and ends at midnight', async () => {
    const id = await alice.calendar.create(`${times}<t:IsAllDayEvent>true</t:IsAllDayEvent>`);
    expect(texts(await alice.calendar.item(id), 'IsAllDayEvent', 'Start', 'End')).toEqual(['true', '2027-02-02T00:00:00Z', '2027-02-03T00:00:00Z']);
  });

  it('MS-OXWSMTGS_R157: it lasts from Start; MS-OXWSMTGS_R159: until End', async () => {
    const item = await alice.calendar.item(await alice.calendar.create(times));
    expect(texts(item, 'Start', 'End', 'Duration')).toEqual(['2027-02-02T10:00:00Z', '2027-02-02T11:00:00Z', 'PT1H']);
    const view = async (from: string, to: string): Promise<number> => (await alice.calendar.view(from, to)).length;
    expect([await view('2027-02-02T09:00:00Z', '2027-02-02T10:00:00Z'), await view('2027-02-02T10:30:00Z', '2027-02-02T10:45:00Z'), await view('2027-02-02T11:00:00Z', '2027-02-02T12:00:00Z'), await view('2027-02-02T11:00:01Z', '2027-02-02T12:00:00Z')]).toEqual([0, 1, 1, 0]);
  });

  it.each([
    ['StartTimeZone', 'MS-OXWSMTGS_R713'], ['EndTimeZone', 'MS-OXWSMTGS_R714'],
  ])('%s is kept by its id, and a time without an offset is of it (%s)', async (element) => {
    const other = element === 'StartTimeZone' ? '' : '<t:StartTimeZone Id="UTC"/>';
    const item = await alice.calendar.item(await alice.calendar.create(`<t:Start>2027-07-01T08:00:00</t:Start><t:End>2027-07-01T20:00:00</t:End>${other}<t:${element} Id="W. Europe Standard Time"/>`));
    expect([below(item, element).attributes['Id'], below(item, element).attributes['Name']]).toEqual(['W. Europe Standard Time', expect.stringContaining('Amsterdam')]);
    expect(textAt(item, element === 'StartTimeZone' ? 'Start' : 'End')).toBe(element === 'StartTimeZone' ? '2027-07-01T06:00:00Z' : '2027-07-01T18:00:00Z');
  });

  it.each([
    ['StartWallClock', '2027-07-01T10:00:00+02:00', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d$/, 'MS-OXWSMTGS_R699'], ['EndWallClock', '2027-07-01T11:00:00+02:00', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d$/, 'MS-OXWSMTGS_R700'],
    ['StartTimeZoneId', 'W. Europe Standard Time', /./, 'MS-OXWSMTGS_R701'], ['EndTimeZoneId', 'W. Europe Standard Time', /./, 'MS-OXWSMTGS_R702'],
  ])('%s is %s (%s, %s)', async (element, value, form) => {
    const id = await alice.calendar.create(`${span('2027-07-01T10:00:00', '2027-07-01T11:00:00')}<t:StartTimeZone Id="W. Europe Standard Time"/>`);
    const shown = textAt(await alice.calendar.item(id, 'IdOnly', [`calendar:${element}`]), element);
    expect(shown).toBe(value);
    expect(shown).toMatch(form);
  });

  it('MS-OXWSMTGS_R696: EnhancedLocation says where it is; MS-OXWSMTGS_R697: with a name, a note and an address', async () => {
    const item = await alice.calendar.item(await alice.calendar.create(times + place), 'AllProperties', ['calendar:EnhancedLocation']);
    expect(names(below(item, 'EnhancedLocation'))).toEqual(['DisplayName', 'Annotation', 'PostalAddress']);
    expect(textAt(item, 'Location')).toBe('Pier 3');
  });
  it('MS-OXWSMTGS_R542: the place has a name; MS-OXWSMTGS_R543: and a note; MS-OXWSMTGS_R544: and a postal address', async () => {
    const found = below(await alice.calendar.item(await alice.calendar.create(times + place), 'IdOnly', ['calendar:EnhancedLocation']), 'EnhancedLocation');
    expect([...texts(found, 'DisplayName', 'Annotation'), ...texts(below(found, 'PostalAddress'), 'Street', 'City')]).toEqual(['Pier 3', 'green door', 'Quay 1', 'Harbour']);
  });

  it('MS-OXWSMTGS_R2301: IsOnlineMeeting is read-only', async () => {
    for (const value of ['true', 'false']) {
      const answer = await alice.calendar.tryCreate(`${times}<t:IsOnlineMeeting>${value}</t:IsOnlineMeeting>`);
      expect([answer.codes, answer.first('FieldURI').attributes['FieldURI']]).toEqual([['ErrorInvalidPropertySet'], 'calendar:IsOnlineMeeting']);
    }
    expect((await alice.calendar.tryUpdate(await alice.calendar.create(times), setCalendar('IsOnlineMeeting', 'true'))).codes).toEqual(['ErrorInvalidPropertySet']);
  });
  it('MS-OXWSMTGS_R231, MS-OXWSMTGS_R746: IsOnlineMeeting is true of a meeting that is online; MS-OXWSMTGS_R747: and else false', async () => {
    // PidLidConferencingCheck, as clients of MAPI set it.
    const online = '<t:ExtendedProperty><t:ExtendedFieldURI DistinguishedPropertySetId="Appointment" PropertyId="33344" PropertyType="Boolean"/><t:Value>true</t:Value></t:ExtendedProperty>';
    const shown = async (content: string): Promise<string | undefined> => textAt(await alice.calendar.item(await alice.calendar.create(content)), 'IsOnlineMeeting');
    expect([await shown(online + times), await shown(times)]).toEqual(['true', 'false']);
  });
  it('MS-OXWSMTGS_R2000: IsMeeting is not for those who create it', async () => {
    const answer = await alice.calendar.tryCreate(`${times}<t:IsMeeting>true</t:IsMeeting>`);
    expect([answer.codes, answer.first('FieldURI').attributes['FieldURI']]).toEqual([['ErrorInvalidPropertySet'], 'calendar:IsMeeting']);
  });
});

describe('what Exchange says of an appointment', () => {
  it('MS-OXWSMTGS_R514: its state is 0; MS-OXWSMTGS_R738: and 1 of a meeting in the organizer\'s calendar', async () => {
    const state = async (more: string): Promise<string | undefined> => textAt(await alice.calendar.item(await alice.calendar.create(times + more)), 'AppointmentState');
    expect([await state(''), await state(people('RequiredAttendees', 'bob@example.test'))]).toEqual(['0', '1']);
  });
  it('MS-OXWSMTGS_R171, MS-OXWSMTGS_R728: IsMeeting is true with attendees; MS-OXWSMTGS_R729: and false without', async () => {
    const shown = async (more: string): Promise<string | undefined> => textAt(await alice.calendar.item(await alice.calendar.create(times + more)), 'IsMeeting');
    expect([await shown(people('RequiredAttendees', 'bob@example.test')), await shown('')]).toEqual(['true', 'false']);
  });
  it('MS-OXWSMTGS_R80048: its owner is its organizer, and who is invited is not', async () => {
    const isOrganizer = async (person: Person, id: Id): Promise<string | undefined> => textAt(await person.calendar.item(id, 'IdOnly', ['calendar:IsOrganizer']), 'IsOrganizer');
    expect(await isOrganizer(alice, await alice.calendar.create(times))).toBe('true');
    const [bob, meeting] = [new Person(ews, 'bob'), await alice.invite(times + people('RequiredAttendees', 'bob@example.test'))];
    const placed = idIn(only(await bob.calendar.view('2027-02-01T00:00:00Z', '2027-03-01T00:00:00Z')));
    expect([await isOrganizer(alice, meeting), await isOrganizer(bob, placed)]).toEqual(['true', 'false']);
  });
  it('MS-OXWSMTGS_R185: Organizer is whose calendar it is in; MS-OXWSMTGS_R18407: with an address of one character at least', async () => {
    const mailbox = below(below(await alice.calendar.item(await alice.calendar.create(times)), 'Organizer'), 'Mailbox');
    expect(texts(mailbox, 'Name', 'EmailAddress', 'RoutingType')).toEqual(['Alice Archer', 'alice@example.test', 'SMTP']);
    expect((textAt(mailbox, 'EmailAddress') ?? '').length).toBeGreaterThan(0);
  });

  describe('its neighbours', () => {
    let id: Id;
    beforeEach(async () => {
      id = await alice.calendar.create(`<t:Subject>mine</t:Subject>${times}`);
      await alice.calendar.create(`<t:Subject>over</t:Subject>${span('2027-02-02T10:30:00Z', '2027-02-02T12:00:00Z')}`);
      await alice.calendar.create(`<t:Subject>within</t:Subject>${span('2027-02-02T10:15:00Z', '2027-02-02T10:20:00Z')}`);
      await alice.calendar.create(`<t:Subject>next</t:Subject>${span('2027-02-02T11:00:00Z', '2027-02-02T12:00:00Z')}`);
    });
    it.each([
      ['ConflictingMeetingCount', ['2'], 'MS-OXWSMTGS_R193, MS-OXWSCDATA_R8852'], ['AdjacentMeetingCount', ['1'], 'MS-OXWSMTGS_R195'],
      ['ConflictingMeetings', ['over', 'within'], 'MS-OXWSMTGS_R197'], ['AdjacentMeetings', ['next'], 'MS-OXWSMTGS_R199'],
    ])('%s: %j (%s)', async (element, expected) => {
      const shown = child(await alice.calendar.item(id, 'IdOnly', [`calendar:${element}`]), element);
      const found = shown?.children.map((one) => textAt(one, 'Subject')) ?? [];
      expect(element.endsWith('Count') ? [shown?.text] : [...found].sort()).toEqual(expected);
    });
  });
});

it.each([['Exchange2010_SP2', [false, false, false, false]], ['Exchange2013', [true, true, true, true]]])('clients of %s get what their schema has', async (version, expected) => {
  const id = await alice.calendar.create(times);
  const item = (await alice.client.call(`<m:GetItem><m:ItemShape>${shape('AllProperties')}</m:ItemShape><m:ItemIds>${itemRef(id)}</m:ItemIds></m:GetItem>`, { version })).ok().first('CalendarItem');
  expect(['StartWallClock', 'EndWallClock', 'IntendedFreeBusyStatus', 'IsOrganizer'].map((name) => child(item, name) !== undefined)).toEqual(expected);
});
