import { createClock } from '@fauxchange/kernel';
import { createEwsEmulator, type EwsEmulator } from '../src/index.ts';
import { EwsClient, idOf, setField, type Answer, type Id } from './support/client.ts';
import { below, child, names, textAt, type XmlElement } from './support/xml.ts';

let ews: EwsEmulator;
let alice: EwsClient;
beforeAll(async () => {
  ews = await createEwsEmulator({ clock: createClock({ at: Date.UTC(2026, 0, 5, 9), frozen: true }), seed: 'empty' });
  alice = new EwsClient(ews);
  await alice.folderId('tasks');
}, 60_000);
afterEach(() => ews.reset());
afterAll(() => ews.close());

const tryCreate = (content: string): Promise<Answer> => alice.createItem(`<t:Task>${content}</t:Task>`, { disposition: null });
const create = async (content: string): Promise<Id> => idOf((await tryCreate(content)).ok().first('ItemId'));
const complete = async (id: Id): Promise<Answer> => (await alice.updateItem(id, setField('task:Status', '<t:Status>Completed</t:Status>', 'Task'), { disposition: null })).ok();
const noEnd = '<t:NoEndRecurrence><t:StartDate>2026-01-05</t:StartDate></t:NoEndRecurrence>';
const recurrence = (pattern: string, range = noEnd): string => `<t:Recurrence>${pattern}${range}</t:Recurrence>`;
const daily = '<t:DailyRecurrence><t:Interval>2</t:Interval></t:DailyRecurrence>';

const int = /^-?\d+$/;
const day = /^(Sunday|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Day|Weekday|WeekendDay)$/;
const week = /^(First|Second|Third|Fourth|Last)$/;
const month = /^(January|February|March|April|May|June|July|August|September|October|November|December)$/;
/** Every pattern: its element, its children with their form and the value that is sent, and when the second occurrence is due. */
const patterns: readonly (readonly [name: string, ids: string, children: readonly (readonly [string, RegExp, string])[], second: string])[] = [
  ['RelativeYearlyRecurrence', 'MS-OXWSTASK_R235, MS-OXWSTASK_R115, MS-OXWSCDATA_R1259, MS-OXWSCDATA_R1260, MS-OXWSCDATA_R1262, MS-OXWSCDATA_R1264', [['DaysOfWeek', day, 'Monday'], ['DayOfWeekIndex', week, 'Last'], ['Month', month, 'May']], '2027-05-31'],
  ['AbsoluteYearlyRecurrence', 'MS-OXWSTASK_R236, MS-OXWSTASK_R117, MS-OXWSCDATA_R999', [['DayOfMonth', int, '7'], ['Month', month, 'March']], '2027-03-07'],
  ['RelativeMonthlyRecurrence', 'MS-OXWSTASK_R237, MS-OXWSTASK_R119, MS-OXWSCDATA_R1255, MS-OXWSCDATA_R1256, MS-OXWSCDATA_R1257', [['Interval', int, '2'], ['DaysOfWeek', day, 'Weekday'], ['DayOfWeekIndex', week, 'First']], '2026-05-01'],
  ['AbsoluteMonthlyRecurrence', 'MS-OXWSTASK_R238, MS-OXWSTASK_R121, MS-OXWSCDATA_R995', [['Interval', int, '3'], ['DayOfMonth', int, '10']], '2026-04-10'],
  ['WeeklyRecurrence', 'MS-OXWSTASK_R239, MS-OXWSTASK_R123, MS-OXWSCDATA_R1307, MS-OXWSCDATA_R1308, MS-OXWSCDATA_R4005', [['Interval', int, '1'], ['DaysOfWeek', /^\w+( \w+)*$/, 'Tuesday Friday'], ['FirstDayOfWeek', day, 'Monday']], '2026-01-09'],
  ['DailyRecurrence', 'MS-OXWSTASK_R240, MS-OXWSTASK_R125, MS-OXWSCDATA_R1109, MS-OXWSCDATA_R1179', [['Interval', int, '4']], '2026-01-09'],
  ['DailyRegeneration', 'MS-OXWSTASK_R241, MS-OXWSTASK_R127, MS-OXWSTASK_R70', [['Interval', int, '3']], '2026-01-08'],
  ['WeeklyRegeneration', 'MS-OXWSTASK_R242, MS-OXWSTASK_R129, MS-OXWSTASK_R78', [['Interval', int, '3']], '2026-01-26'],
  ['MonthlyRegeneration', 'MS-OXWSTASK_R243, MS-OXWSTASK_R131, MS-OXWSTASK_R73', [['Interval', int, '3']], '2026-04-05'],
  ['YearlyRegeneration', 'MS-OXWSTASK_R244, MS-OXWSTASK_R133, MS-OXWSTASK_R81', [['Interval', int, '3']], '2029-01-05'],
];
const elementOf = (name: string, children: readonly (readonly [string, RegExp, string])[]): string => `<t:${name}>${children.map(([element, , value]) => `<t:${element}>${value}</t:${element}>`).join('')}</t:${name}>`;

describe('patterns of recurring tasks', () => {
  it.each(patterns)('%s has the elements of its type and decides when the next occurrence is due (%s)', async (name, _ids, children, second) => {
    const id = await create(recurrence(elementOf(name, children)));
    const shown = below(await alice.item(id), name);
    expect(shown.children.map((one) => [one.name, one.text, one.children.length])).toEqual(children.map(([element, , value]) => [element, value, 0]));
    for (const [element, form] of children) expect(textAt(shown, element)).toMatch(form);
    await complete(id);
    expect(textAt(await alice.item({ id: id.id } as Id), 'DueDate')).toBe(`${second}T00:00:00Z`);
  });

  it('MS-OXWSTASK_R112: a task recurs by one of ten patterns and a range, and by no two of them', async () => {
    const seen: string[] = [];
    for (const [name, , children] of patterns) {
      const shown = below(await alice.item(await create(recurrence(elementOf(name, children)))), 'Recurrence');
      expect(names(shown)).toEqual([name, 'NoEndRecurrence']);
      seen.push(...names(shown).slice(0, 1));
    }
    expect(new Set(seen).size).toBe(10);
    expect((await tryCreate(recurrence(daily + elementOf('DailyRegeneration', [['Interval', int, '1']])))).fault).toBe('ErrorSchemaValidation');
  });

  it.each(['Day', 'Weekday', 'WeekendDay'])('a week has no %s on which a task recurs', async (word) => {
    expect((await tryCreate(recurrence(elementOf('WeeklyRecurrence', [['Interval', int, '1'], ['DaysOfWeek', day, word]])))).codes).toEqual(['ErrorCalendarInvalidDayForWeeklyRecurrence']);
  });
});

describe('elements that must be there', () => {
  it.each([
    ['MS-OXWSCDATA_R997', 'AbsoluteMonthlyRecurrence', 'DayOfMonth'], ['MS-OXWSCDATA_R1001', 'AbsoluteYearlyRecurrence', 'DayOfMonth'], ['MS-OXWSCDATA_R1003', 'AbsoluteYearlyRecurrence', 'Month'],
    ['MS-OXWSCDATA_R1261', 'RelativeYearlyRecurrence', 'DaysOfWeek'], ['MS-OXWSCDATA_R1263', 'RelativeYearlyRecurrence', 'DayOfWeekIndex'], ['MS-OXWSCDATA_R1265', 'RelativeYearlyRecurrence', 'Month'],
  ])('%s: %s without %s is refused, and with it has it in every answer', async (_id, name, element) => {
    const children = patterns.find(([each]) => each === name)?.[2] ?? [];
    expect((await tryCreate(recurrence(elementOf(name, children.filter(([each]) => each !== element))))).fault).toBe('ErrorSchemaValidation');
    const shown = below(await alice.item(await create(recurrence(elementOf(name, children)))), name);
    expect(textAt(shown, element)).toBe(children.find(([each]) => each === element)?.[2]);
  });
});

describe('ranges of recurring tasks', () => {
  const due = async (id: Id): Promise<(string | undefined)[]> => {
    const item = await alice.item({ id: id.id } as Id);
    return [textAt(item, 'DueDate'), textAt(item, 'Status')];
  };
  const range = (item: XmlElement): (readonly [string, string])[] => (below(item, 'Recurrence').children[1] as XmlElement).children.map(({ name, text }) => [name, text] as const);

  it('MS-OXWSCDATA_R1352: NoEndRecurrence has a start and no end', async () => {
    const id = await create(recurrence(daily));
    expect(range(await alice.item(id))).toEqual([['StartDate', '2026-01-05Z']]);
    for (let turn = 0; turn < 5; turn++) await complete({ id: id.id } as Id);
    expect(await due(id)).toEqual(['2026-01-15T00:00:00Z', 'NotStarted']);
  });
  it('MS-OXWSCDATA_R1353: EndDateRecurrence is from a day until a day', async () => {
    const id = await create(recurrence(daily, '<t:EndDateRecurrence><t:StartDate>2026-01-05</t:StartDate><t:EndDate>2026-01-08</t:EndDate></t:EndDateRecurrence>'));
    expect(range(await alice.item(id))).toEqual([['StartDate', '2026-01-05Z'], ['EndDate', '2026-01-08Z']]);
    await complete(id);
    expect(await due(id)).toEqual(['2026-01-07T00:00:00Z', 'NotStarted']);
    await complete({ id: id.id } as Id);
    expect(await due(id)).toEqual(['2026-01-07T00:00:00Z', 'Completed']);
  });
  it('MS-OXWSCDATA_R1354: NumberedRecurrence is so many times from a day', async () => {
    const id = await create(recurrence(daily, '<t:NumberedRecurrence><t:StartDate>2026-01-05</t:StartDate><t:NumberOfOccurrences>2</t:NumberOfOccurrences></t:NumberedRecurrence>'));
    expect(range(await alice.item(id))).toEqual([['StartDate', '2026-01-05Z'], ['NumberOfOccurrences', '2']]);
    await complete(id);
    expect(await due(id)).toEqual(['2026-01-07T00:00:00Z', 'NotStarted']);
    await complete({ id: id.id } as Id);
    expect(await due(id)).toEqual(['2026-01-07T00:00:00Z', 'Completed']);
  });
});

describe('what is told of a task', () => {
  it('MS-OXWSTASK_R5666: a task with a recurrence IsRecurring; MS-OXWSTASK_R5667: one without is not', async () => {
    const shown = async (content: string): Promise<(string | boolean | undefined)[]> => {
      const item = await alice.item(await create(content));
      return [textAt(item, 'IsRecurring'), child(item, 'Recurrence') !== undefined];
    };
    expect([await shown(recurrence(daily)), await shown('<t:Subject>once</t:Subject>')]).toEqual([['true', true], ['false', false]]);
  });
  it('MS-OXWSTASK_R55: IsComplete tells whether it has been completed', async () => {
    const id = await create('<t:Subject>x</t:Subject>');
    const before = textAt(await alice.item(id), 'IsComplete');
    await complete(id);
    expect([before, textAt(await alice.item({ id: id.id } as Id), 'IsComplete')]).toEqual(['false', 'true']);
  });
  it('MS-OXWSTASK_R65: Status takes every value of its type and no other', async () => {
    for (const status of ['NotStarted', 'InProgress', 'Completed', 'WaitingOnOthers', 'Deferred']) {
      expect(textAt(await alice.item(await create(`<t:Status>${status}</t:Status>`)), 'Status')).toBe(status);
    }
    expect((await tryCreate('<t:Status>Postponed</t:Status>')).fault).toBe('ErrorSchemaValidation');
  });
  it('MS-OXWSTASK_R85, MS-OXWSTASK_R88: no value of DelegationState is ever set', async () => {
    for (const state of ['NoMatch', 'OwnNew', 'Owned', 'Accepted', 'Declined', 'Max']) {
      const answer = await tryCreate(`<t:DelegationState>${state}</t:DelegationState>`);
      expect([answer.codes, answer.first('FieldURI').attributes['FieldURI']]).toEqual([['ErrorInvalidPropertySet'], 'task:DelegationState']);
    }
    expect((await tryCreate('<t:Subject>nobody else\'s</t:Subject>')).codes).toEqual(['NoError']);
  });
});

/** What the suite of exchangelib has seen of Exchange. */
describe('a series that is counted down', () => {
  const counted = (start: string, number: number): string => `<t:NumberedRecurrence><t:StartDate>${start}</t:StartDate><t:NumberOfOccurrences>${number}</t:NumberOfOccurrences></t:NumberedRecurrence>`;
  const everyDay = '<t:DailyRecurrence><t:Interval>1</t:Interval></t:DailyRecurrence>';
  const afterADay = '<t:DailyRegeneration><t:Interval>1</t:Interval></t:DailyRegeneration>';
  const setSeries = (value: string): string => setField('task:Recurrence', value, 'Task');
  const master = async ({ id }: Id): Promise<(string | undefined)[]> => {
    const item = await alice.item({ id } as Id);
    return [textAt(item, 'DueDate'), below(item, 'StartDate').text, below(item, 'NumberOfOccurrences').text, textAt(item, 'IsRecurring')];
  };

  it('the occurrence of a series that is moved stays behind; the next is still of the old days', async () => {
    const id = await create(recurrence(everyDay, counted('2026-02-01', 4)));
    const left = idOf((await alice.updateItem(id, setSeries(recurrence(everyDay, counted('2026-03-01', 4))), { disposition: null })).ok().first('ItemId'));
    const alone = await alice.item(left);
    expect([left.id === id.id, textAt(alone, 'IsRecurring'), child(alone, 'Recurrence')]).toEqual([false, 'false', undefined]);
    expect(await master(id)).toEqual(['2026-02-02T00:00:00Z', '2026-03-01Z', '3', 'true']);
    await complete({ id: id.id } as Id);
    expect(await master(id)).toEqual(['2026-03-01T00:00:00Z', '2026-03-01Z', '2', 'true']);
  });

  it('another day for the occurrence takes it out of the series', async () => {
    const id = await create(recurrence(everyDay, counted('2026-02-01', 4)));
    const left = idOf((await alice.updateItem(id, setField('task:DueDate', '<t:DueDate>2026-02-10T00:00:00Z</t:DueDate>', 'Task'), { disposition: null })).ok().first('ItemId'));
    expect([textAt(await alice.item(left), 'DueDate'), await master(id)]).toEqual(['2026-02-10T00:00:00Z', ['2026-02-02T00:00:00Z', '2026-02-01Z', '3', 'true']]);
  });

  it('the same series written again changes nothing, and a regenerating one is not taken apart', async () => {
    const id = await create(recurrence(everyDay, counted('2026-02-01', 4)));
    expect(idOf((await alice.updateItem(id, setSeries(recurrence(everyDay, counted('2026-02-01', 4))), { disposition: null })).ok().first('ItemId')).id).toBe(id.id);
    expect(await master(id)).toEqual(['2026-02-01T00:00:00Z', '2026-02-01Z', '4', 'true']);
    const regenerating = await create(recurrence(afterADay, counted('2026-02-01', 4)));
    expect(idOf((await alice.updateItem(regenerating, setSeries(recurrence(afterADay, counted('2026-02-02', 4))), { disposition: null })).ok().first('ItemId')).id).toBe(regenerating.id);
    await complete({ id: regenerating.id } as Id);
    expect(await master(regenerating)).toEqual(['2026-01-06T00:00:00Z', '2026-01-06Z', '3', 'true']);
  });
});
