import { createClock } from '@fauxchange/kernel';
import fc from 'fast-check';
import { createEwsEmulator, type EwsEmulator } from '../src/index.ts';
import { deleteField, EwsClient, idOf, setField, type Id } from './support/client.ts';
import { escapeXml, folderRef, itemRef, shape } from './support/soap.ts';
import { allBelow, below, child, textAt, type XmlElement } from './support/xml.ts';

let ews: EwsEmulator;
let alice: EwsClient;
beforeAll(async () => {
  ews = await createEwsEmulator({ clock: createClock({ at: Date.UTC(2026, 0, 5, 9), frozen: true }) });
  alice = new EwsClient(ews);
  await alice.folderId('tasks');
}, 60_000);
afterEach(() => ews.reset());
afterAll(() => ews.close());

const create = async (content: string): Promise<Id> => idOf((await alice.createItem(`<t:Task>${content}</t:Task>`, { disposition: null })).ok().first('ItemId'));
const taskOf = async (content: string): Promise<XmlElement> => alice.item(await create(content));
const update = async (id: Id, updates: string): Promise<Id> => idOf((await alice.updateItem(id, updates, { disposition: null })).ok().first('ItemId'));
const set = (element: string, value: string): string => setField(`task:${element}`, `<t:${element}>${value}</t:${element}>`, 'Task');
const texts = (item: XmlElement, ...elements: string[]): (string | undefined)[] => elements.map((name) => textAt(item, name));
const state = (item: XmlElement): (string | undefined)[] => texts(item, 'Status', 'PercentComplete', 'IsComplete', 'CompleteDate');
const remove = (id: Id, affected?: string) => alice.call(`<m:DeleteItem DeleteType="HardDelete"${affected ? ` AffectedTaskOccurrences="${affected}"` : ''}><m:ItemIds>${itemRef(id)}</m:ItemIds></m:DeleteItem>`);

describe('fields', () => {
  it.each([
    ['ActualWork', '90', 'MS-OXWSTASK_R42'], ['BillingInformation', 'to the harbour', 'MS-OXWSTASK_R44'], ['DueDate', '2026-02-03T00:00:00Z', 'MS-OXWSTASK_R53'],
    ['Mileage', '15', 'MS-OXWSTASK_R58'], ['StartDate', '2026-02-01T00:00:00Z', 'MS-OXWSTASK_R63'], ['TotalWork', '480', 'MS-OXWSTASK_R67'],
  ])('%s is kept as it was set, changed and removed (%s, %s)', async (element, value) => {
    expect(textAt(await taskOf(`<t:${element}>${value}</t:${element}>`), element)).toBe(value);
    const changed = await update(await create('<t:Subject>bare</t:Subject>'), set(element, value));
    expect(textAt(await alice.item(changed), element)).toBe(value);
    const removed = await update(changed, deleteField(`task:${element}`));
    expect(child(await alice.item(removed), element)).toBeUndefined();
    await update(removed, deleteField(`task:${element}`));
  });

  it.each([['Companies', 'MS-OXWSTASK_R47'], ['Contacts', 'MS-OXWSTASK_R49']])('%s are several (%s)', async (element) => {
    const id = await create(`<t:${element}><t:String>One</t:String><t:String>Two</t:String></t:${element}>`);
    expect(below(await alice.item(id), element).children.map(({ text }) => text)).toEqual(['One', 'Two']);
    expect(child(await alice.item(await update(id, deleteField(`task:${element}`))), element)).toBeUndefined();
  });

  it('MS-OXWSTASK_R45: defaults of a new task, and a count of its changes', async () => {
    const id = await create('<t:Subject>Buy new shoes</t:Subject>');
    const item = await alice.item(id);
    expect(texts(item, 'ItemClass', 'ChangeCount', 'DelegationState', 'IsAssignmentEditable', 'IsComplete', 'IsRecurring', 'IsTeamTask', 'Owner', 'PercentComplete', 'Status', 'StatusDescription', 'DueDate', 'AssignedTime', 'IsDraft')).toEqual([
      'IPM.Task', '1', 'NoMatch', '0', 'false', 'false', 'false', 'Alice Archer', '0', 'NotStarted', 'Not Started', undefined, undefined, 'true',
    ]);
    expect(idOf(below(item, 'ParentFolderId')).id).toBe((await alice.folderId('tasks')).id);
    expect(textAt(await alice.item(await update(id, set('TotalWork', '3'))), 'ChangeCount')).toBe('2');
  });

  it.each([
    ['MS-OXWSTASK_R45001', '<t:ChangeCount>3</t:ChangeCount>'], ['MS-OXWSTASK_R214001', '<t:AssignedTime>2026-01-01T00:00:00Z</t:AssignedTime>'], ['MS-OXWSTASK_R221001', '<t:Delegator>x</t:Delegator>'],
    ['MS-OXWSTASK_R223001', '<t:IsAssignmentEditable>1</t:IsAssignmentEditable>'], ['MS-OXWSTASK_R5556001', '<t:IsComplete>true</t:IsComplete>'], ['MS-OXWSTASK_R5667001', '<t:IsRecurring>true</t:IsRecurring>'],
    ['MS-OXWSTASK_R226001', '<t:IsTeamTask>true</t:IsTeamTask>'], ['MS-OXWSTASK_R66001', '<t:StatusDescription>x</t:StatusDescription>'],
  ])('%s: %s is read-only', async (_id, element) => {
    const answer = await alice.createItem(`<t:Task>${element}</t:Task>`, { disposition: null });
    expect([answer.codes, answer.first('FieldURI').attributes['FieldURI']]).toEqual([['ErrorInvalidPropertySet'], `task:${/\w+:(\w+)/.exec(element)?.[1]}`]);
  });
  it('MS-OXWSTASK_R228001: the owner is read-only once the task is there', async () => {
    const id = await create('<t:Owner>Somebody</t:Owner>');
    expect(textAt(await alice.item(id), 'Owner')).toBe('Somebody');
    expect((await alice.updateItem(id, set('Owner', 'x'), { disposition: null })).codes).toEqual(['ErrorInvalidPropertySet']);
  });

  it.each(['inbox', 'contacts', 'calendar'])('%s takes no task', async (folder) => {
    expect((await alice.createItem('<t:Task><t:Subject>x</t:Subject></t:Task>', { folder, disposition: null })).codes).toEqual(['ErrorCannotCreateTaskInNonTaskFolder']);
  });

  it('days are days of the caller: midnight there', async () => {
    const header = '<t:TimeZoneContext><t:TimeZoneDefinition Id="W. Europe Standard Time"/></t:TimeZoneContext>';
    const answer = (await alice.call('<m:CreateItem><m:Items><t:Task><t:Subject>x</t:Subject><t:DueDate>2026-07-01T21:32:52</t:DueDate></t:Task></m:Items></m:CreateItem>', { header })).ok();
    const id = idOf(answer.first('ItemId'));
    const shown = (await alice.call(`<m:GetItem><m:ItemShape><t:BaseShape>Default</t:BaseShape></m:ItemShape><m:ItemIds>${itemRef(id)}</m:ItemIds></m:GetItem>`, { header })).ok();
    expect([shown.texts('DueDate'), textAt(await alice.item(id), 'DueDate')]).toEqual([['2026-07-01T00:00:00+02:00'], '2026-07-01T00:00:00Z']);
    // A restriction's time stands for its day there.
    const found = async (value: string): Promise<string[]> => (await alice.call(`<m:FindItem Traversal="Shallow"><m:ItemShape>${shape('IdOnly', ['task:DueDate'])}</m:ItemShape><m:Restriction><t:IsEqualTo><t:FieldURI FieldURI="task:DueDate"/><t:FieldURIOrConstant><t:Constant Value="${value}"/></t:FieldURIOrConstant></t:IsEqualTo></m:Restriction><m:ParentFolderIds>${folderRef('tasks')}</m:ParentFolderIds></m:FindItem>`, { header })).ok().texts('DueDate');
    expect([await found('2026-06-30T23:00:00Z'), await found('2026-06-30T21:00:00Z')]).toEqual([['2026-07-01T00:00:00+02:00'], []]);
  });

  it('found by status, percentage and day', async () => {
    await create('<t:Subject>half</t:Subject><t:DueDate>2026-03-01T00:00:00Z</t:DueDate><t:PercentComplete>50</t:PercentComplete>');
    await create('<t:Subject>none</t:Subject><t:DueDate>2026-02-01T00:00:00Z</t:DueDate>');
    const found = async (inner: string): Promise<string[]> => (await alice.findItem('tasks', { paths: ['item:Subject'], more: `<m:Restriction>${inner}</m:Restriction>` })).ok().texts('Subject');
    const compare = (name: string, field: string, value: string): string => `<t:${name}><t:FieldURI FieldURI="task:${field}"/><t:FieldURIOrConstant><t:Constant Value="${value}"/></t:FieldURIOrConstant></t:${name}>`;
    expect(await found(compare('IsEqualTo', 'Status', 'InProgress'))).toEqual(['half']);
    expect(await found(compare('IsGreaterThanOrEqualTo', 'PercentComplete', '50'))).toEqual(['half']);
    expect(await found(compare('IsLessThan', 'DueDate', '2026-02-15T12:00:00Z'))).toEqual(['none']);
    expect(await found(compare('IsEqualTo', 'IsComplete', 'false'))).toHaveLength(2);
  });

  it('a reminder rings when it was told to', async () => {
    const item = await alice.item(await create('<t:ReminderDueBy>2026-02-01T08:00:00Z</t:ReminderDueBy><t:ReminderIsSet>true</t:ReminderIsSet><t:ReminderMinutesBeforeStart>15</t:ReminderMinutesBeforeStart>'), 'AllProperties', ['item:ReminderNextTime']);
    expect(texts(item, 'ReminderDueBy', 'ReminderIsSet', 'ReminderNextTime')).toEqual(['2026-02-01T08:00:00Z', 'true', '2026-02-01T07:45:00Z']);
  });
});

describe('status', () => {
  const done = ['Completed', '100', 'true', '2026-01-05T00:00:00Z'];
  it.each<[string, string[], (string | undefined)[]]>([
    ['MS-OXWSTASK_R102, MS-OXWSTASK_R5555: completed', [set('Status', 'Completed')], done],
    ['all of it is done', [set('PercentComplete', '100')], done],
    ['MS-OXWSTASK_R48: a day of completion', [set('CompleteDate', '2026-01-02T15:00:00Z')], ['Completed', '100', 'true', '2026-01-02T00:00:00Z']],
    ['MS-OXWSTASK_R60: begun', [set('PercentComplete', '25.5')], ['InProgress', '25.5', 'false', undefined]],
    ['MS-OXWSTASK_R104: in progress', [set('Status', 'InProgress')], ['InProgress', '0', 'false', undefined]],
    ['MS-OXWSTASK_R103: deferred', [set('PercentComplete', '40'), set('Status', 'Deferred')], ['Deferred', '40', 'false', undefined]],
    ['MS-OXWSTASK_R106: waiting, and done a little', [set('Status', 'WaitingOnOthers'), set('PercentComplete', '10')], ['WaitingOnOthers', '10', 'false', undefined]],
    ['MS-OXWSTASK_R105, MS-OXWSTASK_R5556: taken back', [set('Status', 'Completed'), set('Status', 'NotStarted')], ['NotStarted', '0', 'false', undefined]],
    ['taken up again', [set('Status', 'Completed'), set('Status', 'InProgress')], ['InProgress', '0', 'false', undefined]],
    ['not all done after all', [set('PercentComplete', '100'), set('PercentComplete', '70')], ['InProgress', '70', 'false', undefined]],
    ['nothing done after all', [set('PercentComplete', '70'), set('PercentComplete', '0')], ['NotStarted', '0', 'false', undefined]],
    ['the day of completion removed', [set('Status', 'Completed'), deleteField('task:CompleteDate')], ['NotStarted', '0', 'false', undefined]],
  ])('%s', async (_what, updates, expected) => {
    let id = await create('<t:Subject>x</t:Subject>');
    for (const one of updates) id = await update(id, one);
    expect(state(await alice.item(id))).toEqual(expected);
    // In one request the last one decides as well.
    expect(state(await alice.item(await update(await create('<t:Subject>y</t:Subject>'), updates.join(''))))).toEqual(expected);
  });

  it('MS-OXWSTASK_R67001: a day of completion does what all of it and Completed do', async () => {
    const states = [];
    for (const one of [set('CompleteDate', '2026-01-05T00:00:00Z'), set('PercentComplete', '100'), set('Status', 'Completed')]) states.push(state(await alice.item(await update(await create('<t:Subject>x</t:Subject>'), one))));
    expect(states).toEqual([done, done, done]);
  });
  it.each<[string, string[], (string | undefined)[]]>([
    ['the status', [set('CompleteDate', '2026-01-02T00:00:00Z'), set('PercentComplete', '40'), set('Status', 'Deferred')], ['Deferred', '40', 'false', undefined]],
    ['the percentage', [set('CompleteDate', '2026-01-02T00:00:00Z'), set('Status', 'NotStarted'), set('PercentComplete', '40')], ['InProgress', '40', 'false', undefined]],
    ['the day', [set('Status', 'NotStarted'), set('PercentComplete', '40'), set('CompleteDate', '2026-01-02T00:00:00Z')], ['Completed', '100', 'true', '2026-01-02T00:00:00Z']],
  ])('MS-OXWSTASK_R67002: of several in one request the last decides: %s', async (_what, updates, expected) => {
    expect(state(await alice.item(await update(await create('<t:Subject>x</t:Subject>'), updates.join(''))))).toEqual(expected);
  });

  it.each([['WaitingOnOthers', 'Waiting on someone else'], ['Deferred', 'Deferred'], ['InProgress', 'In Progress'], ['Completed', 'Completed']])('MS-OXWSTASK_R66: %s is described', async (status, text) => {
    expect(textAt(await taskOf(`<t:Status>${status}</t:Status>`), 'StatusDescription')).toBe(text);
  });

  it.each([['101', 'ErrorInvalidPercentCompleteValue'], ['-1', 'ErrorInvalidPercentCompleteValue']])('%s percent: %s', async (percent, code) => {
    expect((await alice.createItem(`<t:Task><t:PercentComplete>${percent}</t:PercentComplete></t:Task>`, { disposition: null })).codes).toEqual([code]);
  });
  it('nothing is completed tomorrow', async () => {
    expect((await alice.createItem('<t:Task><t:CompleteDate>2026-01-06T00:00:00Z</t:CompleteDate></t:Task>', { disposition: null })).codes).toEqual(['ErrorInvalidCompleteDate']);
  });
});

describe('recurrence', () => {
  const recurrence = (pattern: string, range = '<t:NoEndRecurrence><t:StartDate>2026-01-05</t:StartDate></t:NoEndRecurrence>'): string => `<t:Recurrence>${pattern}${range}</t:Recurrence>`;
  const daily = '<t:DailyRecurrence><t:Interval>2</t:Interval></t:DailyRecurrence>';
  const numbered = (count: number): string => `<t:NumberedRecurrence><t:StartDate>2026-01-05</t:StartDate><t:NumberOfOccurrences>${count}</t:NumberOfOccurrences></t:NumberedRecurrence>`;
  const leaves = (element: XmlElement): unknown => (element.children.length > 0 ? [element.name, ...element.children.map(leaves)] : [element.name, element.text]);

  it.each([
    ['<t:RelativeYearlyRecurrence><t:DaysOfWeek>Monday</t:DaysOfWeek><t:DayOfWeekIndex>Last</t:DayOfWeekIndex><t:Month>May</t:Month></t:RelativeYearlyRecurrence>', '2026-05-25'],
    ['<t:AbsoluteYearlyRecurrence><t:DayOfMonth>7</t:DayOfMonth><t:Month>March</t:Month></t:AbsoluteYearlyRecurrence>', '2026-03-07'],
    ['<t:RelativeMonthlyRecurrence><t:Interval>2</t:Interval><t:DaysOfWeek>Weekday</t:DaysOfWeek><t:DayOfWeekIndex>First</t:DayOfWeekIndex></t:RelativeMonthlyRecurrence>', '2026-03-02'],
    ['<t:AbsoluteMonthlyRecurrence><t:Interval>1</t:Interval><t:DayOfMonth>10</t:DayOfMonth></t:AbsoluteMonthlyRecurrence>', '2026-01-10'],
    ['<t:WeeklyRecurrence><t:Interval>1</t:Interval><t:DaysOfWeek>Tuesday Friday</t:DaysOfWeek><t:FirstDayOfWeek>Monday</t:FirstDayOfWeek></t:WeeklyRecurrence>', '2026-01-06'],
    [daily, '2026-01-05'],
    ['<t:DailyRegeneration><t:Interval>3</t:Interval></t:DailyRegeneration>', '2026-01-05'],
    ['<t:WeeklyRegeneration><t:Interval>3</t:Interval></t:WeeklyRegeneration>', '2026-01-05'],
    ['<t:MonthlyRegeneration><t:Interval>3</t:Interval></t:MonthlyRegeneration>', '2026-01-05'],
    ['<t:YearlyRegeneration><t:Interval>3</t:Interval></t:YearlyRegeneration>', '2026-01-05'],
  ])('%s is kept; the first is due on its first day', async (pattern, due) => {
    const item = await taskOf(recurrence(pattern));
    const plain = (xml: string): unknown[] => [...xml.matchAll(/<t:(\w+)>([^<]+)</g)].map(([, name, value]) => [name, value]);
    expect([texts(item, 'IsRecurring', 'DueDate'), (leaves(below(item, 'Recurrence').children[0] as XmlElement) as unknown[]).slice(1)]).toEqual([['true', `${due}T00:00:00Z`], plain(pattern)]);
  });

  it.each([
    ['NoEndRecurrence', '<t:NoEndRecurrence><t:StartDate>2026-01-05</t:StartDate></t:NoEndRecurrence>', ['StartDate', '2026-01-05Z']],
    ['EndDateRecurrence', '<t:EndDateRecurrence><t:StartDate>2026-01-05</t:StartDate><t:EndDate>2026-01-25</t:EndDate></t:EndDateRecurrence>', ['EndDate', '2026-01-25Z']],
    ['NumberedRecurrence', numbered(4), ['NumberOfOccurrences', '4']],
  ])('the range %s is kept', async (name, range, [element, value]) => {
    const item = await taskOf(recurrence(daily, range));
    expect(textAt(below(item, name), element as string)).toBe(value);
  });

  it('a completed occurrence stays as a task of its own, and the series goes on', async () => {
    const id = await create(`<t:Subject>Water</t:Subject>${recurrence(daily, numbered(2))}`);
    const done = await update(id, set('Status', 'Completed'));
    expect(done.id).not.toBe(id.id);
    const [finished, next] = [await alice.item(done), await alice.item({ id: id.id } as Id)];
    expect([state(finished), texts(finished, 'Subject', 'IsRecurring', 'DueDate'), child(finished, 'Recurrence')]).toEqual([['Completed', '100', 'true', '2026-01-05T00:00:00Z'], ['Water', 'false', '2026-01-05T00:00:00Z'], undefined]);
    expect([state(next), texts(next, 'IsRecurring', 'DueDate')]).toEqual([['NotStarted', '0', 'false', undefined], ['true', '2026-01-07T00:00:00Z']]);
    const last = await update({ id: id.id } as Id, set('PercentComplete', '100'));
    expect([last.id, state(await alice.item(last))[0]]).toEqual([id.id, 'Completed']);
  });

  it('a regenerating task comes back so long after it was completed', async () => {
    const id = await create(`<t:DueDate>2026-01-06T00:00:00Z</t:DueDate>${recurrence('<t:WeeklyRegeneration><t:Interval>2</t:Interval></t:WeeklyRegeneration>', numbered(3))}<t:StartDate>2026-01-05T00:00:00Z</t:StartDate>`);
    await update(id, set('CompleteDate', '2026-01-03T00:00:00Z'));
    const next = await alice.item({ id: id.id } as Id);
    expect([texts(next, 'Status', 'StartDate', 'DueDate'), textAt(below(next, 'NumberedRecurrence'), 'NumberOfOccurrences')]).toEqual([['NotStarted', '2026-01-17T00:00:00Z', '2026-01-18T00:00:00Z'], '2']);
  });

  it('MS-OXWSTASK_R175: an occurrence is skipped; MS-OXWSTASK_R174: the series is deleted', async () => {
    const id = await create(recurrence(daily, numbered(2)));
    (await remove(id, 'SpecifiedOccurrenceOnly')).ok();
    expect(textAt(await alice.item({ id: id.id } as Id), 'DueDate')).toBe('2026-01-07T00:00:00Z');
    expect((await remove(id, 'SpecifiedOccurrenceOnly')).codes).toEqual(['ErrorCannotDeleteTaskOccurrence']);
    (await remove(id, 'AllOccurrences')).ok();
    expect((await alice.getItem({ id: id.id } as Id)).codes).toEqual(['ErrorItemNotFound']);
  });
  it('a regenerating occurrence cannot be skipped; a task that does not recur is deleted', async () => {
    expect((await remove(await create(recurrence('<t:DailyRegeneration><t:Interval>3</t:Interval></t:DailyRegeneration>')), 'SpecifiedOccurrenceOnly')).codes).toEqual(['ErrorCannotDeleteTaskOccurrence']);
    const plain = await create('<t:Subject>x</t:Subject>');
    expect((await remove(plain)).codes).toEqual(['ErrorAffectedTaskOccurrencesRequired']);
    (await remove(plain, 'SpecifiedOccurrenceOnly')).ok();
    expect((await alice.getItem(plain)).codes).toEqual(['ErrorItemNotFound']);
  });

  it('is removed', async () => {
    const item = await alice.item(await update(await create(recurrence(daily)), deleteField('task:Recurrence')));
    expect([textAt(item, 'IsRecurring'), child(item, 'Recurrence')]).toEqual(['false', undefined]);
  });

  it.each([
    ['an end before the start', recurrence(daily, '<t:EndDateRecurrence><t:StartDate>2026-01-05</t:StartDate><t:EndDate>2026-01-01</t:EndDate></t:EndDateRecurrence>'), 'ErrorCalendarEndDateIsEarlierThanStartDate'],
    ['a range without a day', recurrence('<t:AbsoluteYearlyRecurrence><t:DayOfMonth>7</t:DayOfMonth><t:Month>March</t:Month></t:AbsoluteYearlyRecurrence>', '<t:EndDateRecurrence><t:StartDate>2026-01-05</t:StartDate><t:EndDate>2026-01-06</t:EndDate></t:EndDateRecurrence>'), 'ErrorRecurrenceHasNoOccurrence'],
    ['a thousand occurrences', recurrence(daily, numbered(1000)), 'ErrorCalendarInvalidRecurrence'],
    ['an interval of nothing', recurrence('<t:DailyRegeneration><t:Interval>0</t:Interval></t:DailyRegeneration>'), 'ErrorCalendarInvalidRecurrence'],
  ])('refuses %s', async (_what, element, code) => {
    expect((await alice.createItem(`<t:Task>${element}</t:Task>`, { disposition: null })).codes).toEqual([code]);
  });
});

it('random tasks survive create, get, update, get', async () => {
  const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }).map((one) => one.replaceAll(/[^\P{C}]/gu, '').trim()).filter((one) => one !== '');
  const day = fc.integer({ min: 0, max: 20_000 }).map((days) => new Date(Date.UTC(1990, 0, 1 + days)).toISOString().replace('.000', ''));
  const minutes = fc.integer({ min: 0, max: 0x7fff_ffff }).map(String);
  const fields = fc.record({
    ActualWork: minutes, BillingInformation: text, DueDate: day, Mileage: text, PercentComplete: fc.integer({ min: 0, max: 9999 }).map((n) => String(n / 100)), StartDate: day, TotalWork: minutes,
  }, { requiredKeys: [] });
  const check = async (id: Id, expected: object): Promise<void> => {
    const item = await alice.item(id);
    expect(Object.fromEntries(Object.keys(expected).map((name) => [name, textAt(item, name)]))).toEqual(expected);
  };
  await fc.assert(fc.asyncProperty(fields, fields, async (first, second) => {
    const id = await create(Object.entries(first).map(([name, value]) => `<t:${name}>${escapeXml(value)}</t:${name}>`).join(''));
    await check(id, first);
    const updates = Object.entries(second).map(([name, value]) => set(name, escapeXml(value)));
    if (updates.length > 0) await check(await update(id, updates.join('')), { ...first, ...second });
  }), { numRuns: 15 });
  expect(allBelow(await alice.item(await create('')), 'Recurrence')).toEqual([]);
}, 60_000);
