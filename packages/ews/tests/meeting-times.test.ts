import { createClock } from '@fauxchange/kernel';
import { createEwsEmulator, type EwsEmulator } from '../src/index.ts';
import { EwsClient, type Answer } from './support/client.ts';
import { below, names, textAt } from './support/xml.ts';

let ews: EwsEmulator;
let alice: EwsClient;
beforeAll(async () => {
  // A Monday.
  ews = await createEwsEmulator({ seed: 'empty', clock: createClock({ at: Date.UTC(2026, 1, 2, 6), frozen: true }) });
  alice = new EwsClient(ews);
});
afterEach(() => ews.reset());
afterAll(() => ews.close());

const tuesday = '2026-02-03';
const slot = (day: string, hours: number): string => `<t:TimeSlot><t:StartTime>${day}T00:00:00Z</t:StartTime><t:DurationInMinutes>${hours * 60}</t:DurationInMinutes></t:TimeSlot>`;
interface Wanted {
  readonly attendees?: readonly string[];
  readonly minutes?: number;
  readonly domain?: string;
  readonly windows?: string;
  readonly places?: string;
  readonly more?: string;
}
const find = ({ attendees = ['bob@example.test'], minutes = 120, domain, windows = slot(tuesday, 24), places = '', more = '' }: Wanted = {}): Promise<Answer> => alice.call(
  `<m:FindMeetingTimeCandidates><m:AttendeeConstraints><t:AttendeeEntries>${attendees.map((one) => `<t:AttendeeItem><t:Email>${one}</t:Email><t:IsRequired>true</t:IsRequired></t:AttendeeItem>`).join('')}</t:AttendeeEntries></m:AttendeeConstraints>` +
    `${places && `<m:LocationConstraints>${places}</m:LocationConstraints>`}<m:SearchConstraints><t:SearchWindows>${windows}</t:SearchWindows><t:MeetingDurationInMinutes>${minutes}</t:MeetingDurationInMinutes>${domain ? `<t:ActivityDomain>${domain}</t:ActivityDomain>` : ''}</m:SearchConstraints>` +
    `${more && `<m:Constraints>${more}</m:Constraints>`}</m:FindMeetingTimeCandidates>`);
const available = (attendees: readonly string[], { duration = 'P1D', more = '' } = {}): Promise<Answer> => alice.call(
  `<m:FindAvailableMeetingTimes>${attendees.length > 0 ? `<m:Attendees>${attendees.map((one) => `<t:SmtpAddress>${one}</t:SmtpAddress>`).join('')}</m:Attendees>` : ''}<m:SearchWindowStart>${tuesday}T00:00:00Z</m:SearchWindowStart><m:SearchWindowDuration>${duration}</m:SearchWindowDuration>${more}</m:FindAvailableMeetingTimes>`);
async function busy(who: string, from: number, to: number, status = 'Busy'): Promise<void> {
  const at = (hour: number): string => `${tuesday}T${String(hour).padStart(2, '0')}:00:00Z`;
  const item = `<t:CalendarItem><t:Subject>x</t:Subject><t:Start>${at(from)}</t:Start><t:End>${at(to)}</t:End><t:LegacyFreeBusyStatus>${status}</t:LegacyFreeBusyStatus></t:CalendarItem>`;
  (await new EwsClient(ews, who).call(`<m:CreateItem SendMeetingInvitations="SendToNone"><m:Items>${item}</m:Items></m:CreateItem>`)).ok();
}
const found = (answer: Answer): string[] => answer.ok().all('MeetingTimeCandidate').map((one) => `${textAt(one, 'MeetingTimeslot', 'StartTime')?.slice(8, 16) ?? ''} ${textAt(one, 'Confidence') ?? ''}`);
const hint = (answer: Answer): (string | undefined)[] => [answer.fault, ...answer.all('Value').map(({ text }) => text)];

describe('FindMeetingTimeCandidates', () => {
  it('tells all of a candidate', async () => {
    await busy('alice', 8, 15);
    const answer = (await find({ more: '<t:ReturnSuggestionHints>true</t:ReturnSuggestionHints>' })).ok();
    const candidate = answer.first('MeetingTimeCandidate');
    expect([answer.body.attributes['ResponseClass'], names(candidate)]).toEqual(['Success', ['MeetingTimeslot', 'Confidence', 'Score', 'OrganizerAvailability', 'AttendeeAvailabilities', 'Locations', 'SuggestionHint']]);
    expect(below(candidate, 'MeetingTimeslot').children.map(({ text }) => text)).toEqual([`${tuesday}T15:00:00Z`, '120']);
    expect(below(candidate, 'AttendeeAvailabilities').children.map((one) => one.children.map(({ text }) => text))).toEqual([['bob@example.test', 'Free']]);
    expect(['Confidence', 'OrganizerAvailability', 'SuggestionHint'].map((name) => textAt(candidate, name))).toEqual(['100', 'Free', 'Suggested because it is one of the nearest times when all attendees are available.']);
    expect(answer.all('MeetingTimeCandidate').length).toBe(1);
  });

  it('the surest first, then the earliest', async () => {
    await busy('alice', 8, 13);
    await busy('bob', 13, 15);
    expect(found(await find({ attendees: ['bob@example.test', 'carol@example.test'] }))).toEqual(['03T15:00 100', '03T13:00 50', '03T13:30 50', '03T14:00 50', '03T14:30 50']);
  });

  it.each([
    ['Free', 'Free', '100'], ['WorkingElsewhere', 'WorkingElsewhere', '100'], ['Tentative', 'Tentative', '49'], ['Busy', 'Busy', '0'], ['OOF', 'Oof', '0'],
  ])('a chance for %s', async (status, told, chance) => {
    await busy('bob', 8, 17, status);
    const answer = await find({ more: '<t:MaxCandidates>1</t:MaxCandidates><t:MinimumAttendeePercentage>0</t:MinimumAttendeePercentage>' });
    expect([answer.texts('Availability'), answer.texts('Confidence')]).toEqual([[told], [chance]]);
  });

  it('somebody outside is unknown; the average counts', async () => {
    const answer = await find({ attendees: ['x@fabrikam.test', 'bob@example.test'], more: '<t:MaxCandidates>1</t:MaxCandidates>' });
    expect([answer.texts('Availability'), answer.texts('Confidence')]).toEqual([['Unknown', 'Free'], ['74.5']]);
  });

  it.each<[string, Wanted, number, string | undefined]>([
    ['Work is working hours', { domain: 'Work' }, 15, '03T08:00 100'], ['Work is the default', {}, 15, '03T08:00 100'], ['Unknown is as Work', { domain: 'Unknown' }, 15, '03T08:00 100'],
    ['Personal has weekends', { domain: 'Personal', windows: slot('2026-02-07', 24) }, 15, '07T08:00 100'],
    ['of several windows', { windows: slot('2026-02-05', 10) + slot('2026-02-04', 11) }, 4, '04T08:00 100'],
    ['without attendees', { attendees: [] }, 15, '03T08:00 100'],
  ])('%s', async (_what, wanted, count, first) => {
    const all = found(await find(wanted));
    expect([all.length, all[0]]).toEqual([count, first]);
  });

  it('an organizer who need not come', async () => {
    await busy('alice', 8, 17);
    expect(hint(await find())).toEqual(['ErrorMeetingSuggestionGenerationFailed', 'OrganizerUnavailable']);
    expect(found(await find({ more: '<t:MaxCandidates>1</t:MaxCandidates><t:IsOrganizerOptional>true</t:IsOrganizerOptional>' }))).toEqual(['03T08:00 100']);
  });

  it.each([
    ['AttendeesUnavailable', ['bob@example.test'], ''], ['AttendeesUnavailableOrUnknown', ['x@fabrikam.test', 'bob@example.test'], ''],
    ['LocationsUnavailable', [], '<t:LocationEntries/><t:IsRequired>true</t:IsRequired>'],
  ])('none: %s', async (reason, attendees, places) => {
    await busy('bob', 8, 17);
    expect(hint(await find({ attendees, places }))).toEqual(['ErrorMeetingSuggestionGenerationFailed', reason]);
  });
  it('none on a weekend', async () => {
    expect(hint(await find({ windows: slot('2026-02-07', 24) }))).toEqual(['ErrorMeetingSuggestionGenerationFailed', 'Unknown']);
  });

  it('places: as named, if free, or suggested', async () => {
    const resource = '<t:Resources><t:Attendee><t:Mailbox><t:EmailAddress>room1@example.test</t:EmailAddress></t:Mailbox></t:Attendee></t:Resources>';
    const booking = `<t:CalendarItem><t:Subject>x</t:Subject><t:Start>${tuesday}T08:00:00Z</t:Start><t:End>${tuesday}T10:00:00Z</t:End>${resource}</t:CalendarItem>`;
    const item = (name: string, email = '', isFree = false): string => `<t:LocationItem>${email && `<t:Email>${email}</t:Email>`}<t:Name>${name}</t:Name><t:ResolveAvailability>${String(isFree)}</t:ResolveAvailability></t:LocationItem>`;
    const placesOf = async (places: string): Promise<string[]> => (await find({ places, more: '<t:MaxCandidates>1</t:MaxCandidates><t:IsOrganizerOptional>true</t:IsOrganizerOptional>' })).ok().all('MeetingLocation').map((one) => one.children.map(({ text }) => text).join('|'));
    expect(await placesOf(`<t:LocationEntries>${item('Under the oak')}${item('Board Room', 'room1@example.test', true)}</t:LocationEntries>`)).toEqual(['|Under the oak', 'room1@example.test|Board Room']);
    expect((await placesOf('<t:SuggestLocation>true</t:SuggestLocation>')).sort()).toEqual(['room1@example.test|Board Room', 'room2@example.test|Barometer Room']);
    expect(await placesOf('<t:SuggestLocation>false</t:SuggestLocation>')).toEqual([]);
    (await alice.call(`<m:CreateItem SendMeetingInvitations="SendToAllAndSaveCopy"><m:Items>${booking}</m:Items></m:CreateItem>`)).ok();
    await ews.settle();
    expect(await placesOf(`<t:LocationEntries>${item('Under the oak')}${item('Board Room', 'room1@example.test', true)}</t:LocationEntries>`)).toEqual(['|Under the oak']);
    expect(await placesOf('<t:SuggestLocation>true</t:SuggestLocation>')).toEqual(['room2@example.test|Barometer Room']);
  });

  it.each<[string, Wanted, string]>([
    ['a meeting of no length', { minutes: 0 }, 'ErrorInvalidArgument'], ['a meeting longer than a day', { minutes: 1441 }, 'ErrorInvalidArgument'],
    ['no candidates', { more: '<t:MaxCandidates>0</t:MaxCandidates>' }, 'ErrorInvalidArgument'], ['more than all', { more: '<t:MinimumAttendeePercentage>101</t:MinimumAttendeePercentage>' }, 'ErrorInvalidArgument'],
    ['a window that ends before it begins', { windows: slot(tuesday, -1) }, 'ErrorInvalidTimeInterval'], ['a window that is too long', { windows: slot(tuesday, 24 * 63) }, 'ErrorTimeIntervalTooBig'],
    ['too many attendees', { attendees: Array.from({ length: 101 }, (_, at) => `a${at}@example.test`) }, 'ErrorMailboxDataArrayTooBig'],
  ])('refuses %s', async (_what, wanted, code) => {
    expect((await find(wanted)).fault).toBe(code);
  });
});

describe('FindAvailableMeetingTimes', () => {
  it('asks the same in another form', async () => {
    await busy('alice', 8, 15);
    const answer = (await available(['bob@example.test'], { more: '<m:MeetingDurationInMinutes>60</m:MeetingDurationInMinutes><m:Location>Under the oak</m:Location><m:MaxCandidates>2</m:MaxCandidates><m:ActivityDomain>Work</m:ActivityDomain>' })).ok();
    expect([answer.body.attributes['ResponseClass'], names(answer.body), found(answer), answer.texts('DisplayName')]).toEqual(['Success', ['ResponseCode', 'MeetingTimeCandidates'], ['03T15:00 100', '03T15:30 100'], ['Under the oak', 'Under the oak']]);
  });
  it('half an hour by default', async () => {
    expect((await available([])).ok().texts('DurationInMinutes')[0]).toBe('30');
  });
  it('none', async () => {
    await busy('bob', 0, 23);
    expect(hint(await available(['bob@example.test']))).toEqual(['ErrorMeetingSuggestionGenerationFailed', 'AttendeesUnavailable']);
  });
  it.each([['P1Y'], ['-P1D'], ['PT0S']])('refuses a window of %s', async (duration) => {
    expect((await available([], { duration })).fault).toBe('ErrorInvalidTimeInterval');
  });
});
