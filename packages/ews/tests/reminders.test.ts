import { createClock } from '@fauxchange/kernel';
import { createEwsEmulator, type EwsEmulator } from '../src/index.ts';
import { CalendarClient } from './support/calendar.ts';
import { EwsClient, idOf, type Answer, type Id } from './support/client.ts';
import { below, child, textAt } from './support/xml.ts';

let ews: EwsEmulator;
let alice: EwsClient;
let calendar: CalendarClient;
beforeAll(async () => {
  ews = await createEwsEmulator({ clock: createClock({ at: Date.UTC(2026, 0, 5, 9), frozen: true }), seed: 'empty' });
  alice = new EwsClient(ews);
  calendar = new CalendarClient(alice);
  await alice.folderId('calendar');
}, 60_000);
afterEach(() => ews.reset());
afterAll(() => ews.close());

const get = (inner: string): Promise<Answer> => alice.call(`<m:GetReminders>${inner}</m:GetReminders>`);
const shown = async (inner = ''): Promise<string[]> => {
  const answer = await get(inner);
  answer.ok();
  return answer.all('Reminder').map((one) => ['Subject', 'ReminderTime', 'StartDate', 'ReminderGroup'].map((name) => textAt(one, name)).join(' '));
};
const act = (id: Id, action: string, until = ''): Promise<Answer> =>
  alice.call(`<m:PerformReminderAction><m:ReminderItemActions><t:ReminderItemAction><t:ActionType>${action}</t:ActionType><t:ItemId Id="${id.id}" ChangeKey="${id.changeKey}"/>${until && `<t:NewReminderTime>${until}</t:NewReminderTime>`}</t:ReminderItemAction></m:ReminderItemActions></m:PerformReminderAction>`);
const appointment = (subject: string, start: string, end: string, more = ''): Promise<Id> => calendar.create(`<t:Subject>${subject}</t:Subject><t:ReminderMinutesBeforeStart>10</t:ReminderMinutesBeforeStart><t:Start>${start}</t:Start><t:End>${end}</t:End>${more}`);
const daily = '<t:Recurrence><t:DailyRecurrence><t:Interval>1</t:Interval></t:DailyRecurrence><t:NumberedRecurrence><t:StartDate>2026-01-04</t:StartDate><t:NumberOfOccurrences>4</t:NumberOfOccurrences></t:NumberedRecurrence></t:Recurrence>';

describe('GetReminders', () => {
  beforeEach(async () => {
    await appointment('past', '2026-01-04T08:00:00Z', '2026-01-04T09:00:00Z');
    await appointment('running', '2026-01-05T08:30:00Z', '2026-01-05T10:00:00Z');
    await appointment('coming', '2026-01-06T08:00:00Z', '2026-01-06T09:00:00Z');
    await calendar.create('<t:Subject>silent</t:Subject><t:ReminderIsSet>false</t:ReminderIsSet>');
    (await alice.createItem('<t:Task><t:Subject>task</t:Subject><t:ReminderDueBy>2026-01-05T08:00:00Z</t:ReminderDueBy><t:ReminderIsSet>true</t:ReminderIsSet><t:DueDate>2026-01-05T00:00:00Z</t:DueDate></t:Task>', { disposition: null })).ok();
  });
  const past = 'past 2026-01-04T07:50:00Z 2026-01-04T08:00:00Z Calendar';
  const running = 'running 2026-01-05T08:20:00Z 2026-01-05T08:30:00Z Calendar';
  const coming = 'coming 2026-01-06T07:50:00Z 2026-01-06T08:00:00Z Calendar';
  const task = 'task 2026-01-05T08:00:00Z 2026-01-05T00:00:00Z Task';
  it.each<[string, string, string[]]>([
    ['all there are', '', [past, task, running, coming]],
    ['until now', '<m:EndTime>2026-01-05T09:00:00Z</m:EndTime><m:ReminderType>All</m:ReminderType>', [past, task, running]],
    ['between two times', '<m:BeginTime>2026-01-05T08:10:00Z</m:BeginTime><m:EndTime>2026-01-05T09:00:00Z</m:EndTime>', [running]],
    ['current ones', '<m:BeginTime>2026-01-05T08:30:00Z</m:BeginTime><m:EndTime>2026-01-05T09:00:00Z</m:EndTime><m:ReminderType>Current</m:ReminderType>', [past, running]],
    ['old ones', '<m:BeginTime>2026-01-01T00:00:00Z</m:BeginTime><m:EndTime>2026-01-05T09:00:00Z</m:EndTime><m:ReminderType>Old</m:ReminderType>', [task]],
    ['one', '<m:MaxItems>1</m:MaxItems>', [past]],
  ])('%s', async (_what, inner, expected) => {
    expect(await shown(inner)).toEqual(expected);
  });
  it('old ones need both times', async () => {
    expect((await get('<m:ReminderType>Old</m:ReminderType>')).codes).toEqual(['ErrorInvalidArgument']);
  });
});

describe('PerformReminderAction', () => {
  it('MS-OXWSMTGS_R2172: snoozed, it rings later', async () => {
    const id = await appointment('x', '2026-01-05T08:00:00Z', '2026-01-05T09:00:00Z');
    const answer = (await act(id, 'Snooze', '2026-01-05T09:05:00Z')).ok();
    expect(idOf(below(answer.first('UpdatedItemIds'), 'ItemId')).id).toBe(id.id);
    expect(await shown()).toEqual(['x 2026-01-05T09:05:00Z 2026-01-05T08:00:00Z Calendar']);
    expect(await shown('<m:EndTime>2026-01-05T09:00:00Z</m:EndTime>')).toEqual([]);
  });
  it('MS-OXWSMTGS_R2171: dismissed, it rings no more', async () => {
    const id = await appointment('x', '2026-01-05T08:00:00Z', '2026-01-05T09:00:00Z');
    (await act(id, 'Dismiss')).ok();
    expect([await shown(), textAt(await calendar.item(id), 'ReminderIsSet')]).toEqual([[], 'false']);
  });
  it('a series that is over when it is written keeps its reminder', async () => {
    const id = await calendar.create('<t:Subject>x</t:Subject><t:ReminderIsSet>true</t:ReminderIsSet><t:Start>2025-01-05T08:00:00Z</t:Start><t:End>2025-01-05T09:00:00Z</t:End><t:Recurrence><t:DailyRecurrence><t:Interval>1</t:Interval></t:DailyRecurrence><t:NumberedRecurrence><t:StartDate>2025-01-05</t:StartDate><t:NumberOfOccurrences>2</t:NumberOfOccurrences></t:NumberedRecurrence></t:Recurrence>');
    expect(textAt(await calendar.item(id), 'ReminderIsSet')).toBe('true');
  });
  it('a series rings for its next occurrence, and after the last no more', async () => {
    const master = await appointment('daily', '2026-01-04T10:00:00Z', '2026-01-04T11:00:00Z', daily);
    const days: (string | undefined)[] = [];
    for (let turn = 0; turn < 3; turn++) {
      const reminder = (await get('')).ok().first('Reminder');
      days.push(textAt(reminder, 'StartDate'));
      expect([idOf(below(reminder, 'RecurringMasterItemId')).id, child(await calendar.item(idOf(below(reminder, 'ItemId'))), 'OriginalStart') !== undefined]).toEqual([master.id, true]);
      (await act(idOf(below(reminder, 'ItemId')), 'Dismiss')).ok();
    }
    expect([days, await shown()]).toEqual([['2026-01-05T10:00:00Z', '2026-01-06T10:00:00Z', '2026-01-07T10:00:00Z'], []]);
  });
  it.each<[string, string, string]>([['Snooze', '', 'ErrorInvalidArgument'], ['Snooze', 'never', 'ErrorInvalidValueForProperty']])('%s until "%s" is refused', async (action, until, code) => {
    expect((await act(await appointment('x', '2026-01-05T08:00:00Z', '2026-01-05T09:00:00Z'), action, until)).codes).toEqual([code]);
  });
  it('what is not there has no reminder', async () => {
    const id = await appointment('x', '2026-01-05T08:00:00Z', '2026-01-05T09:00:00Z');
    (await calendar.tryRemove(id)).ok();
    expect((await act(id, 'Dismiss')).codes).toEqual(['ErrorItemNotFound']);
  });
});
