import { taskRecurrence, type Item } from '@fauxchange/mailbox';
import { createActiveSyncEmulator, type ActiveSyncEmulatorOptions } from '../src/index.ts';
import type { ApplicationData } from '../src/schema/application-data.ts';
import { noOptions, TestDevice } from './support/client.ts';
import { addItem, changeItem, dataOf, statusOfAdd, statusOfChange, titled, useFolder } from './support/items.ts';

const at = useFolder('Tasks');

type Recurrence = NonNullable<ApplicationData['Tasks:Recurrence']>;
const start = '2026-11-30T00:00:00.000Z';
const recurring = (recurrence: Partial<Recurrence>): ApplicationData => ({ 'Tasks:Subject': 'again', 'Tasks:Complete': 0, 'Tasks:Recurrence': { Start: start, CalendarType: [], ...recurrence } });
const told = async (data: ApplicationData): Promise<ApplicationData> => dataOf(at.eas, 'Tasks', await addItem(at.phone, at.collection, data));

describe('elements', () => {
  const whole: ApplicationData = {
    'Tasks:Subject': 'Report & all', 'Tasks:Importance': 2, 'Tasks:Sensitivity': 3, 'Tasks:Categories': ['Work'], 'Tasks:Complete': 0,
    'Tasks:UtcStartDate': '2026-12-01T23:00:00.000Z', 'Tasks:StartDate': '2026-12-02T00:00:00.000Z', 'Tasks:UtcDueDate': '2026-12-03T23:00:00.000Z', 'Tasks:DueDate': '2026-12-04T00:00:00.000Z',
    'Tasks:ReminderSet': 1, 'Tasks:ReminderTime': '2026-12-04T08:00:00.000Z', 'Tasks:OrdinalDate': '2026-12-01T10:00:00.000Z', 'Tasks:SubOrdinalDate': '5555',
  };
  it.each(Object.keys(whole) as (keyof ApplicationData)[])('%s is told as it was given', async (element) => {
    expect((await told(whole))[element]).toEqual(whole[element]);
  });
  it('are the properties of the model', async () => {
    const { bag } = await at.itemOf(await addItem(at.phone, at.collection, whole));
    expect(bag.get('PidLidTaskDueDate')).toBe(Date.UTC(2026, 11, 4));
    expect(bag.get('PidLidCommonEnd')).toBe(Date.UTC(2026, 11, 3, 23));
    expect([bag.get('PidLidReminderSignalTime'), bag.get('PidTagImportance'), bag.get('PidTagSensitivity'), bag.get('PidLidTaskStatus')]).toEqual([Date.UTC(2026, 11, 4, 8), 2, 3, 0]);
  });
  it('MS-ASTASK_R264 MS-ASTASK_R158: by default it is of normal sensitivity, and its recurrence no dead occurrence', async () => {
    const data = await told(recurring({ Type: 0, Occurrences: 3 }));
    expect([data['Tasks:Sensitivity'], data['Tasks:Recurrence']?.DeadOccur]).toEqual([0, 0]);
  });
  it('MS-ASTASK_R368 MS-ASTASK_R366: a task made in the model arrives in an Add', async () => {
    await at.phone.syncAll(at.collection);
    await at.session.createItem(at.session.mailbox.wellKnown('tasks') as Item['folderId'], {
      itemClass: 'IPM.Task', isRead: true, isAssociated: false, recipients: [], attachments: [], properties: { PidTagSubject: 'made elsewhere', PidLidTaskDueDate: Date.UTC(2026, 11, 4) },
    });
    const commands = (await at.phone.sync(at.collection))?.Commands;
    expect(commands).toMatchObject([['Add', { ApplicationData: { 'Tasks:Subject': 'made elsewhere', 'Tasks:DueDate': '2026-12-04T00:00:00.000Z', 'Tasks:Complete': 0 } }]]);
  });
  it('MS-ASTASK_R438: one that is changed in the model arrives in a Change', async () => {
    const serverId = await addItem(at.phone, at.collection, whole);
    await at.session.updateItem((await at.itemOf(serverId)).id, { properties: { PidTagSubject: 'changed elsewhere' } });
    expect((await at.phone.sync(at.collection))?.Commands).toMatchObject([['Change', { ServerId: serverId, ApplicationData: { 'Tasks:Subject': 'changed elsewhere', 'Tasks:SubOrdinalDate': '5555' } }]]);
  });
});

describe('completion', () => {
  it('MS-ASTASK_R124: what is complete tells since when', async () => {
    const date = '2026-11-20T00:00:00.000Z';
    expect(await told({ 'Tasks:Subject': 'done', 'Tasks:Complete': 1, 'Tasks:DateCompleted': date })).toMatchObject({ 'Tasks:Complete': 1, 'Tasks:DateCompleted': date });
    expect((await told({ 'Tasks:Subject': 'done, too', 'Tasks:Complete': 1 }))['Tasks:DateCompleted']).toMatch(/^\d{4}-/);
  });
  it('is undone', async () => {
    const serverId = await addItem(at.phone, at.collection, { 'Tasks:Subject': 'done', 'Tasks:Complete': 1 });
    await changeItem(at.phone, at.collection, serverId, { 'Tasks:Subject': 'not done', 'Tasks:Complete': 0 });
    expect(await dataOf(at.eas, 'Tasks', serverId)).not.toHaveProperty(['Tasks:DateCompleted']);
    expect((await at.itemOf(serverId)).bag.get('PidLidPercentComplete')).toBe(0);
  });
  it('is what FilterType 8 looks at: what becomes complete leaves the device', async () => {
    const serverId = await addItem(at.phone, at.collection, { 'Tasks:Subject': 'open', 'Tasks:Complete': 0 });
    await addItem(at.phone, at.collection, { 'Tasks:Subject': 'done', 'Tasks:Complete': 1 });
    const other = new TestDevice(at.eas, 'alice', { id: 'OTHER' });
    await other.collectionId('Tasks');
    const extras = { Options: [{ ...noOptions, FilterType: [8] }] };
    expect((await other.syncAll(at.collection, extras)).map(([, command]) => 'ApplicationData' in command && command.ApplicationData['Tasks:Subject'])).toEqual(['open']);
    await changeItem(at.phone, at.collection, serverId, { 'Tasks:Subject': 'open', 'Tasks:Complete': 1 });
    expect((await other.sync(at.collection))?.Commands).toEqual([['SoftDelete', { ServerId: serverId }]]);
  });
});

describe('what a Change leaves out', () => {
  const before: ApplicationData = { 'Tasks:Subject': 'b', 'Tasks:Complete': 0, 'Tasks:Importance': 2, 'Tasks:ReminderSet': 1, 'Tasks:ReminderTime': '2026-12-04T08:00:00.000Z', 'Tasks:Categories': ['Work'], 'Tasks:DueDate': '2026-12-04T00:00:00.000Z' };
  it('MS-ASTASK_R369 MS-ASTASK_R370: importance and reminder stay', async () => {
    const serverId = await addItem(at.phone, at.collection, before);
    await changeItem(at.phone, at.collection, serverId, { 'Tasks:Subject': 'c' });
    expect(await dataOf(at.eas, 'Tasks', serverId)).toMatchObject({ 'Tasks:Subject': 'c', 'Tasks:Importance': 2, 'Tasks:ReminderSet': 1, 'Tasks:ReminderTime': before['Tasks:ReminderTime'] });
  });
  it('goes otherwise', async () => {
    const serverId = await addItem(at.phone, at.collection, before);
    await changeItem(at.phone, at.collection, serverId, { 'Tasks:Subject': 'c' });
    const data = await dataOf(at.eas, 'Tasks', serverId);
    expect([data['Tasks:Categories'], data['Tasks:DueDate'], data['Tasks:UtcDueDate']]).toEqual([undefined, undefined, undefined]);
  });
  it('MS-ASTASK_R436: categories go with an empty list', async () => {
    const serverId = await addItem(at.phone, at.collection, before);
    await changeItem(at.phone, at.collection, serverId, { ...before, 'Tasks:Categories': [] });
    expect((await dataOf(at.eas, 'Tasks', serverId))['Tasks:Categories']).toBeUndefined();
  });
});

describe('recurrences', () => {
  it.each(titled<readonly [sent: Partial<Recurrence>, told: Partial<Recurrence>]>([
    ['', 'daily', { Type: 0, Interval: 2, Occurrences: 4 }, { Type: 0, Interval: 2, Occurrences: 4 }],
    ['MS-ASTASK_R135 MS-ASTASK_R167', 'weekly', { Type: 1, DayOfWeek: 10, FirstDayOfWeek: 1 }, { Type: 1, Interval: 1, DayOfWeek: 10, FirstDayOfWeek: 1, CalendarType: [] }],
    ['MS-ASTASK_R167', 'weekly without a first day', { Type: 1, DayOfWeek: 2 }, { Type: 1, DayOfWeek: 2, FirstDayOfWeek: 0 }],
    ['MS-ASTASK_R404 MS-ASTASK_R409 MS-ASTASK_R82', 'monthly', { Type: 2, DayOfMonth: 15 }, { Type: 2, DayOfMonth: 15, CalendarType: [0] }],
    ['MS-ASTASK_R530 MS-ASTASK_R430 MS-ASTASK_R319 MS-ASTASK_R8211', 'monthly on the nth day', { Type: 3, WeekOfMonth: 5, DayOfWeek: 2 }, { Type: 3, WeekOfMonth: 5, DayOfWeek: 2, CalendarType: [0] }],
    ['MS-ASTASK_R406 MS-ASTASK_R410 MS-ASTASK_R417 MS-ASTASK_R8212 MS-ASTASK_R204', 'yearly', { Type: 5, DayOfMonth: 4, MonthOfYear: 7 }, { Type: 5, DayOfMonth: 4, MonthOfYear: 7, CalendarType: [0], IsLeapMonth: 0 }],
    ['MS-ASTASK_R531 MS-ASTASK_R431 MS-ASTASK_R433 MS-ASTASK_R418 MS-ASTASK_R8213', 'yearly on the nth day', { Type: 6, WeekOfMonth: 1, DayOfWeek: 127, MonthOfYear: 2 }, { Type: 6, WeekOfMonth: 1, DayOfWeek: 127, MonthOfYear: 2, CalendarType: [0] }],
    ['', 'until a day', { Type: 0, Until: '2026-12-10T00:00:00.000Z' }, { Type: 0, Until: '2026-12-10T00:00:00.000Z' }],
    ['MS-ASTASK_R37013', 'a number and an end: the number counts', { Type: 0, Until: '2026-12-10T00:00:00.000Z', Occurrences: 5 }, { Occurrences: 5 }],
    ['', 'regenerating', { Type: 1, Interval: 3, Regenerate: 1, DayOfWeek: 2 }, { Type: 1, Interval: 3, Regenerate: 1 }],
    ['', 'a dead occurrence', { Type: 0, Occurrences: 1, DeadOccur: 255 }, { DeadOccur: 1 }],
    ['', 'by another calendar', { Type: 2, DayOfMonth: 3, CalendarType: [15] }, { DayOfMonth: 3, CalendarType: [15] }],
  ]))('%s', async (_title, sent, expected) => {
    const recurrence = (await told(recurring(sent)))['Tasks:Recurrence'];
    expect(recurrence).toMatchObject(expected);
    // What is kept is the first day of the pattern.
    expect(Date.parse(recurrence?.Start ?? '')).toBeGreaterThanOrEqual(Date.parse(start));
    if (expected.Occurrences !== undefined) expect(recurrence?.Until).toBeUndefined();
    const { DayOfMonth, DayOfWeek, WeekOfMonth, MonthOfYear } = recurrence ?? {};
    if (recurrence?.Regenerate === 0) expect({ DayOfMonth, DayOfWeek, WeekOfMonth, MonthOfYear }).toEqual({ DayOfMonth: expected.DayOfMonth, DayOfWeek: expected.DayOfWeek, WeekOfMonth: expected.WeekOfMonth, MonthOfYear: expected.MonthOfYear });
  });

  it.each(titled<readonly [sent: Partial<Recurrence>]>([
    ['MS-ASTASK_R289', 'no type', { Occurrences: 3 }],
    ['MS-ASTASK_R37011', 'no start', { Type: 0, Start: undefined, Occurrences: 2 }],
    ['MS-ASTASK_R132', 'DayOfMonth with type 0', { Type: 0, DayOfMonth: 1 }],
    ['MS-ASTASK_R132', 'DayOfMonth with type 1', { Type: 1, DayOfWeek: 1, DayOfMonth: 1 }],
    ['MS-ASTASK_R132', 'DayOfMonth with type 3', { Type: 3, DayOfWeek: 1, WeekOfMonth: 1, DayOfMonth: 1 }],
    ['MS-ASTASK_R132', 'DayOfMonth with type 6', { Type: 6, DayOfWeek: 1, WeekOfMonth: 1, MonthOfYear: 1, DayOfMonth: 1 }],
    ['MS-ASTASK_R532', 'DayOfWeek with type 2', { Type: 2, DayOfMonth: 1, DayOfWeek: 1 }],
    ['MS-ASTASK_R533', 'DayOfWeek with type 5', { Type: 5, DayOfMonth: 1, MonthOfYear: 1, DayOfWeek: 1 }],
    ['MS-ASTASK_R320', 'WeekOfMonth with type 0', { Type: 0, WeekOfMonth: 1 }],
    ['MS-ASTASK_R320', 'WeekOfMonth with type 1', { Type: 1, DayOfWeek: 1, WeekOfMonth: 1 }],
    ['MS-ASTASK_R320', 'WeekOfMonth with type 2', { Type: 2, DayOfMonth: 1, WeekOfMonth: 1 }],
    ['MS-ASTASK_R320', 'WeekOfMonth with type 5', { Type: 5, DayOfMonth: 1, MonthOfYear: 1, WeekOfMonth: 1 }],
    ['MS-ASTASK_R81', 'CalendarType with type 0', { Type: 0, CalendarType: [1] }],
    ['MS-ASTASK_R81', 'CalendarType with type 1', { Type: 1, DayOfWeek: 1, CalendarType: [1] }],
    ['MS-ASTASK_R171', 'a first day that is none', { Type: 1, DayOfWeek: 1, FirstDayOfWeek: 7 }],
    ['', 'type 4', { Type: 4 }],
    ['', 'an end before the start', { Type: 0, Until: '2026-11-01T00:00:00.000Z' }],
    ['', 'no occurrence', { Type: 0, Occurrences: 0 }],
    ['', 'days that are no one day of a month', { Type: 3, DayOfWeek: 6, WeekOfMonth: 1 }],
    ['', 'a calendar that must not be used', { Type: 2, DayOfMonth: 1, CalendarType: [16] }],
    ['', 'a start that is no time', { Type: 0, Start: 'soon' }],
    ['', 'regenerating by the nth day', { Type: 3, Regenerate: 1 }],
  ]))('%s is refused with 6', async (_title, sent) => expect(await statusOfAdd(at.phone, at.collection, recurring(sent))).toBe(6));

  it('are those of the model', async () => {
    const { bag } = await at.itemOf(await addItem(at.phone, at.collection, recurring({ Type: 3, WeekOfMonth: 2, DayOfWeek: 62, Occurrences: 7 })));
    expect(taskRecurrence(bag.get('PidLidTaskRecurrence'))).toMatchObject({ pattern: { kind: 'relativeMonthly', index: 'Second', day: 'Weekday' }, range: { kind: 'numbered', count: 7 } });
    expect(bag.get('PidLidTaskFRecurring')).toBe(true);
  });
  it('go when they are left out', async () => {
    const serverId = await addItem(at.phone, at.collection, recurring({ Type: 0, Occurrences: 3 }));
    await changeItem(at.phone, at.collection, serverId, { 'Tasks:Subject': 'once', 'Tasks:Complete': 0 });
    expect((await dataOf(at.eas, 'Tasks', serverId))['Tasks:Recurrence']).toBeUndefined();
    expect((await at.itemOf(serverId)).bag.get('PidLidTaskFRecurring')).toBe(false);
  });
});

describe('values', () => {
  it('MS-ASTASK_R187 MS-ASTASK_R550: any importance is taken and told back', async () => expect((await told({ 'Tasks:Subject': 'i', 'Tasks:Importance': 5 }))['Tasks:Importance']).toBe(5));
  it('MS-ASTASK_R252: a ReminderSet that is neither 0 nor 1 is refused with 6', async () => expect(await statusOfAdd(at.phone, at.collection, { 'Tasks:Subject': 'r', 'Tasks:ReminderSet': 3 })).toBe(6));
  it.each<ApplicationData>([{ 'Tasks:Complete': 2 }, { 'Tasks:Sensitivity': 4 }, { 'Tasks:DueDate': 'tomorrow' }, { 'Tasks:ReminderSet': 1, 'Tasks:ReminderTime': '2026-13-01T00:00:00.000Z' }])('%j is refused with 6', async (data) => {
    expect(await statusOfAdd(at.phone, at.collection, data)).toBe(6);
    const serverId = await addItem(at.phone, at.collection, { 'Tasks:Subject': 'fine' });
    expect(await statusOfChange(at.phone, at.collection, serverId, data)).toBe(6);
    expect((await dataOf(at.eas, 'Tasks', serverId))['Tasks:Subject']).toBe('fine');
  });
  it('a body is kept', async () => {
    expect((await told({ 'Tasks:Subject': 'b', 'AirSyncBase:Body': { Type: 1, Data: 'what to do' } }))['AirSyncBase:Body']).toMatchObject({ Type: 1, Data: 'what to do' });
  });
});

describe('Exchange 2007', () => {
  const options: ActiveSyncEmulatorOptions = { provisioning: 'none', profile: 'exchange2007' };
  it('MS-ASTASK_R631: refuses DayOfWeek with type 0, which its successors take for days of a week', async () => {
    await using old = await createActiveSyncEmulator(options);
    const device = new TestDevice(old, 'alice', { version: '12.1' });
    const sent = recurring({ Type: 0, DayOfWeek: 2, Occurrences: 2 });
    const collection = await device.collectionId('Tasks');
    expect(await statusOfAdd(device, collection, sent)).toBe(6);
    expect(await statusOfAdd(device, collection, recurring({ Type: 0, Occurrences: 2 }))).toBe(1);
    expect((await told(sent))['Tasks:Recurrence']).toMatchObject({ DayOfWeek: 2 });
  });
});
