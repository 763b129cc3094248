import { createClock } from '@fauxchange/kernel';
import { rights } from '@fauxchange/mailbox';
import { createEwsEmulator, type EwsEmulator } from '../src/index.ts';
import { EwsClient, type Answer } from './support/client.ts';
import { allBelow, below, child, names, textAt } from './support/xml.ts';

let ews: EwsEmulator;
let alice: EwsClient;
const now = Date.UTC(2026, 0, 5, 9);
beforeAll(async () => {
  ews = await createEwsEmulator({ clock: createClock({ at: now, frozen: true }) });
  alice = new EwsClient(ews);
});
beforeEach(() => ews.organization.clear());
afterEach(() => ews.reset());
afterAll(() => ews.close());

const at = (time: string): number => Date.parse(`2026-02-03T${time}Z`);

/** An appointment of the third of February. */
async function busy(user: string, from: string, to: string, more: Readonly<Record<string, string | number | boolean>> = {}): Promise<void> {
  const mailbox = ews.organization.mailboxByAddress(`${user}@example.test`);
  const calendar = mailbox?.wellKnown('calendar');
  if (!mailbox || calendar === undefined) throw new Error(user);
  await mailbox.openAsSystem().createItem(calendar, {
    itemClass: 'IPM.Appointment', recipients: [], attachments: [], isRead: true, isAssociated: false,
    properties: { PidTagSubject: 'Calibration', PidLidLocation: 'Roof', PidLidBusyStatus: 2, PidLidAppointmentStartWhole: at(from), PidLidAppointmentEndWhole: at(to), PidLidAppointmentDuration: (at(to) - at(from)) / 60_000, PidLidRecurring: false, ...more },
  });
}

const zoneTime = (name: string, bias: number, month: number): string => `<t:${name}><t:Bias>${bias}</t:Bias><t:Time>02:00:00</t:Time><t:DayOrder>${month === 0 ? 0 : 5}</t:DayOrder><t:Month>${month}</t:Month><t:DayOfWeek>Sunday</t:DayOfWeek></t:${name}>`;
const utc = `<t:TimeZone><t:Bias>0</t:Bias>${zoneTime('StandardTime', 0, 0)}${zoneTime('DaylightTime', 0, 0)}</t:TimeZone>`;
const berlin = `<t:TimeZone><t:Bias>-60</t:Bias>${zoneTime('StandardTime', 0, 10)}${zoneTime('DaylightTime', -60, 3)}</t:TimeZone>`;

interface Ask {
  readonly who?: readonly string[];
  readonly view?: string | null;
  readonly from?: string;
  readonly to?: string;
  readonly interval?: number;
  readonly zone?: string;
  readonly more?: string;
  readonly entries?: string;
}
function request({ who = ['bob@example.test'], view = 'DetailedMerged', from = '2026-02-03T08:00:00', to = '2026-02-03T12:00:00', interval = 60, zone = utc, more = '', entries }: Ask = {}): string {
  const mailboxes = entries ?? who.map((address) => `<t:MailboxData><t:Email><t:Address>${address}</t:Address></t:Email><t:AttendeeType>Required</t:AttendeeType></t:MailboxData>`).join('');
  const views = view === null ? '' : `<t:FreeBusyViewOptions><t:TimeWindow><t:StartTime>${from}</t:StartTime><t:EndTime>${to}</t:EndTime></t:TimeWindow><t:MergedFreeBusyIntervalInMinutes>${interval}</t:MergedFreeBusyIntervalInMinutes><t:RequestedView>${view}</t:RequestedView></t:FreeBusyViewOptions>`;
  return `<m:GetUserAvailabilityRequest>${zone}<m:MailboxDataArray>${mailboxes}</m:MailboxDataArray>${views}${more}</m:GetUserAvailabilityRequest>`;
}
const codes = (answer: Answer): string[] => answer.all('FreeBusyResponse').map((one) => below(one, 'ResponseCode').text);

/** Gives everybody a right in the user's calendar. */
async function share(user: string, granted: number): Promise<void> {
  const session = ews.organization.mailboxByAddress(`${user}@example.test`)?.openAsSystem();
  const folder = await session?.distinguished('calendar');
  if (session && folder) await session.updateFolder(folder.id, { permissions: [{ member: 'default', rights: granted }] });
}

describe('GetUserAvailability', () => {
  it.each([
    ['MergedOnly', ['FreeBusyViewType', 'MergedFreeBusy']],
    ['FreeBusy', ['FreeBusyViewType', 'CalendarEventArray', 'WorkingHours']],
    ['FreeBusyMerged', ['FreeBusyViewType', 'MergedFreeBusy', 'CalendarEventArray', 'WorkingHours']],
    ['Detailed', ['FreeBusyViewType', 'CalendarEventArray', 'WorkingHours']],
    ['DetailedMerged', ['FreeBusyViewType', 'MergedFreeBusy', 'CalendarEventArray', 'WorkingHours']],
  ])('of the view %s shows %j', async (view, shown) => {
    await share('bob', rights.readAny | rights.folderVisible);
    await busy('bob', '09:00', '10:30');
    const answer = await alice.call(request({ view }));
    expect(codes(answer)).toEqual(['NoError']);
    expect([names(answer.first('FreeBusyView')), answer.texts('FreeBusyViewType')]).toEqual([shown, [view]]);
    if (shown.includes('MergedFreeBusy')) expect(answer.texts('MergedFreeBusy')).toEqual(['0220']);
  });

  it('tells statuses by their digits, the strongest of each interval', async () => {
    await busy('bob', '08:00', '09:00', { PidLidBusyStatus: 3 });
    await busy('bob', '09:00', '10:30');
    await busy('bob', '10:00', '11:30', { PidLidBusyStatus: 1 });
    await busy('bob', '11:40', '11:50', { PidLidBusyStatus: 4 });
    await busy('bob', '06:00', '08:00');
    const answer = await alice.call(request({ interval: 30 }));
    expect(answer.texts('MergedFreeBusy')).toEqual(['33222114']);
    expect(answer.texts('BusyType')).toEqual(['OOF', 'Busy', 'Tentative', 'WorkingElsewhere']);
    await using old = await createEwsEmulator({ profile: 'exchange2010', organization: ews.organization });
    expect((await new EwsClient(old).call(request({ interval: 30 }), { version: 'Exchange2010' })).texts('MergedFreeBusy')).toEqual(['33222110']);
  });

  it.each<[string, number, string, (string | undefined)[]]>([
    ['nothing but when with the default right', rights.freeBusySimple, 'FreeBusyMerged', []],
    ['subject and location too', rights.freeBusyDetailed, 'DetailedMerged', [undefined, 'Calibration', 'Roof']],
    ['everything to readers', rights.readAny, 'DetailedMerged', [expect.stringMatching(/^[0-9A-F]{140}$/) as unknown as string, 'Calibration', 'Roof']],
  ])('tells %s', async (_what, granted, view, details) => {
    await share('bob', granted);
    await busy('bob', '09:00', '10:00');
    const answer = await alice.call(request());
    expect([answer.texts('FreeBusyViewType'), answer.all('CalendarEventDetails').flatMap((one) => [textAt(one, 'ID'), textAt(one, 'Subject'), textAt(one, 'Location')])]).toEqual([[view], details]);
  });

  it('keeps what is private to its owner, whoever reads the calendar', async () => {
    await share('bob', rights.readAny);
    await busy('bob', '09:00', '10:00', { PidTagSensitivity: 2 });
    const details = (await alice.call(request())).first('CalendarEventDetails');
    expect([names(details), textAt(details, 'IsPrivate')]).toEqual([['IsMeeting', 'IsRecurring', 'IsException', 'IsReminderSet', 'IsPrivate'], 'true']);
  });

  it('refuses who has no right, and goes on with the next', async () => {
    await share('bob', 0);
    const answer = await alice.call(request({ who: ['bob@example.test', 'nobody@example.test', 'x@elsewhere.test', 'alice@example.test', 'room1@example.test'] }));
    expect(codes(answer)).toEqual(['ErrorNoFreeBusyAccess', 'ErrorMailRecipientNotFound', 'ErrorMailRecipientNotFound', 'NoError', 'NoError']);
    expect(answer.texts('FreeBusyViewType').slice(0, 3)).toEqual(['None', 'None', 'None']);
  });

  it('reads and writes times on the clock of the zone given', async () => {
    await busy('bob', '09:00', '10:00');
    const answer = await alice.call(request({ zone: berlin, from: '2026-02-03T09:00:00', to: '2026-02-03T13:00:00' }));
    expect([answer.texts('MergedFreeBusy'), textAt(answer.first('CalendarEvent'), 'StartTime'), textAt(answer.first('CalendarEvent'), 'EndTime')]).toEqual([['0200'], '2026-02-03T10:00:00', '2026-02-03T11:00:00']);
    const asUtc = await alice.call(request({ zone: berlin, from: '2026-02-03T08:00:00Z', to: '2026-02-03T12:00:00Z' }));
    expect(asUtc.texts('MergedFreeBusy')).toEqual(['0200']);
  });

  it.each([
    ['by its name', '<t:TimeZoneDefinition Id="W. Europe Standard Time"/>'],
    ['defined in full', '<t:TimeZoneDefinition Id="Ship" Name="Ship"><t:Periods><t:Period Bias="-PT1H" Name="Standard" Id="S"/></t:Periods><t:TransitionsGroups><t:TransitionsGroup Id="0"><t:Transition><t:To Kind="Period">S</t:To></t:Transition></t:TransitionsGroup></t:TransitionsGroups><t:Transitions><t:Transition><t:To Kind="Group">0</t:To></t:Transition></t:Transitions></t:TimeZoneDefinition>'],
  ])('takes the zone of the header, %s, where there is no other', async (_how, definition) => {
    await busy('bob', '09:00', '10:00');
    const header = `<t:TimeZoneContext>${definition}</t:TimeZoneContext>`;
    expect((await alice.call(request({ zone: '', from: '2026-02-03T09:00:00', to: '2026-02-03T13:00:00' }), { header })).texts('MergedFreeBusy')).toEqual(['0200']);
    expect((await alice.call(request({ zone: '' }))).fault).toBe('ErrorTimeZone');
  });

  it('merges a group into one stream', async () => {
    await busy('bob', '09:00', '10:00');
    await busy('carol', '11:00', '12:00', { PidLidBusyStatus: 1 });
    const answer = await alice.call(request({ who: ['team@example.test'] }));
    expect([codes(answer), answer.texts('FreeBusyViewType'), answer.texts('MergedFreeBusy')]).toEqual([['NoError'], ['MergedOnly'], ['0201']]);
  });

  it('does not look into groups of a hundred', async () => {
    const members = Array.from({ length: 100 }, (_, n) => `m${n}@elsewhere.test`);
    await ews.organization.add({ recipientType: 'MailUniversalDistributionGroup', displayName: 'Crowd', primarySmtpAddress: 'crowd@example.test', members });
    expect(codes(await alice.call(request({ who: ['crowd@example.test'] })))).toEqual(['ErrorFreeBusyDLLimitReached']);
  });

  it.each<[string, Ask, string]>([
    ['no view', { view: 'None' }, 'ErrorInvalidFreeBusyViewType'],
    ['an end before the start', { from: '2026-02-03T12:00:00', to: '2026-02-03T08:00:00' }, 'ErrorInvalidTimeInterval'],
    ['a start that is no day', { from: '2026-02-30T12:00:00' }, 'ErrorSchemaValidation'],
    ['63 days', { from: '2026-02-01T00:00:00', to: '2026-04-05T00:00:00' }, 'ErrorTimeIntervalTooBig'],
    ['intervals of four minutes', { interval: 4 }, 'ErrorInvalidMergedFreeBusyInterval'],
    ['intervals of more than a day', { interval: 1441 }, 'ErrorInvalidMergedFreeBusyInterval'],
    ['neither view nor suggestions', { view: null }, 'ErrorMissingArgument'],
    ['nobody', { who: [] }, 'ErrorMailboxDataArrayEmpty'],
    ['more than a hundred', { who: Array.from({ length: 101 }, (_, n) => `u${n}@example.test`) }, 'ErrorMailboxDataArrayTooBig'],
    ['a zone in the thirteenth month', { zone: utc.replace('<t:Month>0', '<t:Month>13') }, 'ErrorTimeZone'],
  ])('refuses %s', async (_what, ask, code) => {
    const answer = await alice.call(request(ask));
    expect(answer.fault).toBe(code);
  });

  it('tells of fifty people over a month in one go', async () => {
    const people = Array.from({ length: 50 }, (_, n) => `p${n}@example.test`);
    for (const [n, primarySmtpAddress] of people.entries()) await ews.organization.add({ recipientType: 'UserMailbox', displayName: `Person ${n}`, primarySmtpAddress, password: 'x' });
    for (let n = 0; n < 50; n++) for (let hour = 8; hour < 12; hour++) await busy(`p${n}`, `${String(hour).padStart(2, '0')}:00`, `${String(hour).padStart(2, '0')}:30`);
    const answer = await alice.call(request({ who: people, from: '2026-02-01T00:00:00', to: '2026-03-01T00:00:00', view: 'DetailedMerged', interval: 30 }));
    expect([answer.texts('MergedFreeBusy').length, answer.all('CalendarEvent').length]).toEqual([50, 200]);
  });

  it('tells the working hours that the mailbox keeps', async () => {
    const plain = await alice.call(request());
    expect([plain.texts('StartTimeInMinutes'), plain.texts('EndTimeInMinutes'), textAt(plain.first('WorkingPeriod'), 'DayOfWeek')]).toEqual([['480'], ['1020'], 'Monday Tuesday Wednesday Thursday Friday']);
    const xml = `<?xml version="1.0"?><Root xmlns="WorkingHours.xsd"><WorkHoursVersion1><TimeZone><Bias>-60</Bias><Standard><Bias>0</Bias><ChangeDate><Time>03:00:00</Time><Date>0000/10/05</Date><DayOfWeek>0</DayOfWeek></ChangeDate></Standard><DaylightSavings><Bias>-60</Bias><ChangeDate><Time>02:00:00</Time><Date>0000/03/05</Date><DayOfWeek>0</DayOfWeek></ChangeDate></DaylightSavings><Name>W. Europe Standard Time</Name></TimeZone><TimeSlot><Start>07:30:00</Start><End>12:00:00</End></TimeSlot><WorkDays>Tuesday Wednesday</WorkDays></WorkHoursVersion1></Root>`;
    const bob = new EwsClient(ews, 'bob');
    (await bob.call(`<m:CreateUserConfiguration><m:UserConfiguration><t:UserConfigurationName Name="WorkHours"><t:DistinguishedFolderId Id="calendar"/></t:UserConfigurationName><t:XmlData>${Buffer.from(xml).toString('base64')}</t:XmlData></m:UserConfiguration></m:CreateUserConfiguration>`)).ok();
    const answer = await alice.call(request());
    expect([answer.texts('StartTimeInMinutes'), answer.texts('EndTimeInMinutes'), textAt(answer.first('WorkingPeriod'), 'DayOfWeek')]).toEqual([['450'], ['720'], 'Tuesday Wednesday']);
    expect(textAt(answer.first('WorkingHours'), 'TimeZone', 'Bias')).toBe('-60');
  });
});

describe('suggestions', () => {
  const options = (more = ''): string => `<t:SuggestionsViewOptions>${more}<t:DetailedSuggestionsWindow><t:StartTime>2026-02-03T00:00:00</t:StartTime><t:EndTime>2026-02-04T00:00:00</t:EndTime></t:DetailedSuggestionsWindow></t:SuggestionsViewOptions>`;

  it('are the best times of each day, with who could not come', async () => {
    await busy('bob', '08:00', '16:00');
    const answer = await alice.call(request({ who: ['alice@example.test', 'bob@example.test'], view: null, more: options('<t:MaximumResultsByDay>3</t:MaximumResultsByDay><t:MeetingDurationInMinutes>60</t:MeetingDurationInMinutes>') }));
    expect(textAt(answer.first('SuggestionsResponse'), 'ResponseMessage', 'ResponseCode')).toBe('NoError');
    expect([answer.texts('Date'), answer.texts('DayQuality'), answer.texts('MeetingTime')]).toEqual([['2026-02-03T00:00:00'], ['Excellent'], ['2026-02-03T16:00:00', '2026-02-03T08:00:00', '2026-02-03T08:30:00']]);
    expect(answer.texts('SuggestionQuality')).toEqual(['Excellent', 'Fair', 'Fair']);
    expect(allBelow(answer.all('Suggestion')[1] as never, 'BusyType').map(({ text }) => text)).toEqual(['Free', 'Busy']);
    expect(child(answer.body, 'FreeBusyResponseArray')).toBeUndefined();
  });

  it('are none that somebody cannot come to whose conflicts are excluded', async () => {
    await busy('bob', '08:00', '16:00');
    const entries = ['alice', 'bob'].map((name) => `<t:MailboxData><t:Email><t:Address>${name}@example.test</t:Address></t:Email><t:AttendeeType>Required</t:AttendeeType><t:ExcludeConflicts>${String(name === 'bob')}</t:ExcludeConflicts></t:MailboxData>`).join('');
    const answer = await alice.call(request({ entries, view: null, more: options('<t:MeetingDurationInMinutes>60</t:MeetingDurationInMinutes>') }));
    expect(answer.texts('MeetingTime')).toEqual(['2026-02-03T16:00:00']);
  });

  it('count groups by their members, and say of whom nothing is known', async () => {
    await busy('bob', '08:00', '17:00');
    const answer = await alice.call(request({ who: ['team@example.test', 'nobody@example.test'], view: null, more: options('<t:MaximumResultsByDay>1</t:MaximumResultsByDay>') }));
    const conflicts = answer.first('AttendeeConflictDataArray').children;
    expect(conflicts.map(({ name, children }) => [name, ...children.map(({ text }) => text)])).toEqual([['GroupAttendeeConflictData', '3', '2', '1', '0'], ['UnknownAttendeeConflictData']]);
  });

  it.each([['GoodThreshold', 51], ['MaximumResultsByDay', 49], ['MaximumNonWorkHourResultsByDay', -1], ['MeetingDurationInMinutes', 29]])('refuse %s of %i', async (name, value) => {
    expect((await alice.call(request({ view: null, more: options(`<t:${name}>${value}</t:${name}>`) }))).fault).toBe('ErrorInvalidArgument');
  });
});
