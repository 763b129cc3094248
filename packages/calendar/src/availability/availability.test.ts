import fc from 'fast-check';
import { busyStatuses, defaultWorkingHours, isWorkingTime, mergeBusy, mergedFreeBusy, suggestionQuality, suggestTimes, timeZone, workingIntervals } from '../index.ts';
import type { BusyInterval, BusyStatus, SuggestionQuality, TimeZone } from '../index.ts';

const zoneOf = (id: string): TimeZone => {
  const zone = timeZone(id);
  if (!zone) throw new Error(id);
  return zone;
};
const berlin = zoneOf('W. Europe Standard Time');
const at = (time: string): number => Date.parse(`2026-06-01T${time}Z`);
const busy = (start: string, end: string, status: BusyStatus = 'Busy'): BusyInterval => ({ start: at(start), end: at(end), status });

describe('merged free/busy', () => {
  const short = [busy('12:00:00', '12:05:00', 'OOF')];
  it.each<[string, readonly BusyInterval[], string, string, string]>([
    ['MS-ASCMD_R3326: out of office, busy, free, tentative', [busy('08:00', '08:30', 'OOF'), busy('08:30', '09:30'), busy('10:00', '10:30', 'Tentative')], '08:00', '10:30', '32201'],
    ['MS-ASCMD_R3328: busy for the last five minutes of thirty', [busy('08:25', '08:30')], '08:00', '08:30', '2'],
    ['MS-ASCMD_R3331: a whole interval is one digit', [], '13:00:00', '13:30:00', '0'],
    ['MS-ASCMD_R3331: a second before it is another', [], '12:59:59', '13:30:00', '00'],
    ['MS-ASCMD_R3331: a second after it too', [], '13:00:00', '13:30:01', '00'],
    ['MS-ASCMD_R3334: from the start of what is short', short, '12:00:00', '13:00:00', '30'],
    ['MS-ASCMD_R3335: from its last second', short, '12:04:59', '13:00:00', '30'],
    ['MS-ASCMD_R3336: from its end', short, '12:05:00', '13:00:00', '00'],
    ['of nothing', [], '12:00', '12:00', ''],
    ['the most that is said counts', [busy('08:00', '09:00', 'Tentative'), busy('08:10', '08:20', 'WorkingElsewhere'), busy('08:40', '08:45', 'OOF')], '08:00', '09:00', '13'],
    ['no data', [busy('08:00', '09:00', 'NoData'), busy('08:00', '08:10', 'OOF')], '08:00', '09:00', '55'],
    ['what takes no time', [busy('08:10', '08:10')], '08:00', '08:30', '0'],
    ['what lies outside', [busy('07:00', '08:00'), busy('09:00', '10:00')], '08:00', '09:00', '00'],
  ])('%s', (_, intervals, from, to, expected) => expect(mergedFreeBusy(intervals, { from: at(from), to: at(to) })).toBe(expected));

  it('of other intervals, and for old clients', () => {
    const intervals = [busy('08:00', '08:15', 'WorkingElsewhere'), busy('08:15', '08:30', 'NoData')];
    const window = { from: at('08:00'), to: at('08:30'), intervalMinutes: 15 };
    expect(mergedFreeBusy(intervals, window)).toBe('45');
    expect(mergedFreeBusy(intervals, { ...window, isLegacy: true })).toBe('04');
    expect(mergedFreeBusy(intervals, { ...window, intervalMinutes: 0 })).toBe('');
    expect(mergedFreeBusy([], { from: 0, to: Number.MAX_SAFE_INTEGER, intervalMinutes: 5 })).toHaveLength(65_536);
  });

  it('says of every minute what its intervals say', () => {
    const interval = fc.record({ start: fc.integer({ min: -20, max: 120 }), length: fc.integer({ min: 0, max: 60 }), status: fc.constantFrom(...busyStatuses) });
    fc.assert(
      fc.property(fc.array(interval, { maxLength: 12 }), (given) => {
        const intervals = given.map(({ start, length, status }) => ({ start: start * 60_000, end: (start + length) * 60_000, status }));
        const order = ['Free', 'WorkingElsewhere', 'Tentative', 'Busy', 'OOF', 'NoData'] as const;
        const naive = Array.from({ length: 100 }, (_, i) => {
          const now = intervals.filter(({ start, end }) => start < (i + 1) * 60_000 && end > i * 60_000).map(({ status }) => order.indexOf(status));
          return busyStatuses.indexOf(order[Math.max(0, ...now)] ?? 'Free');
        });
        expect(mergedFreeBusy(intervals, { from: 0, to: 6_000_000, intervalMinutes: 1 })).toBe(naive.join(''));
        const merged = mergeBusy(intervals, { from: 0, to: 6_000_000 });
        for (const [i, each] of merged.entries()) {
          const next = merged[i + 1];
          if (next) expect(next.start > each.end || (next.start === each.end && next.status !== each.status)).toBe(true);
        }
      }),
    );
  });
});

describe('working hours', () => {
  const hours = defaultWorkingHours(berlin);
  it.each([
    ['a morning', '2026-06-01T06:00Z', '2026-06-01T10:00Z', true],
    ['a whole day of work', '2026-06-01T06:00Z', '2026-06-01T15:00Z', true],
    ['a minute too early', '2026-06-01T05:59Z', '2026-06-01T10:00Z', false],
    ['an hour later in winter', '2026-12-01T06:00Z', '2026-12-01T07:00Z', false],
    ['Saturday', '2026-06-06T08:00Z', '2026-06-06T09:00Z', false],
    ['over night', '2026-06-01T14:00Z', '2026-06-02T07:00Z', false],
  ])('%s', (_, start, end, expected) => expect(isWorkingTime(hours, Date.parse(start), Date.parse(end))).toBe(expected));

  it('may end on the day after, and are joined', () => {
    const night = { zone: zoneOf('UTC'), periods: [{ days: ['Monday'] as const, startMinutes: 1320, endMinutes: 360 }, { days: ['Tuesday'] as const, startMinutes: 300, endMinutes: 600 }] };
    expect(workingIntervals(night, { from: at('00:00'), to: at('00:00') + 3 * 86_400_000 })).toEqual([{ start: at('22:00'), end: Date.parse('2026-06-02T10:00Z') }]);
    expect(workingIntervals(night, { from: Date.parse('2026-06-02T01:00Z'), to: Date.parse('2026-06-02T02:00Z') })).toHaveLength(1);
  });
});

describe('suggestions', () => {
  it.each<[readonly BusyStatus[], number, SuggestionQuality]>([
    [['Free', 'WorkingElsewhere'], 25, 'Excellent'],
    [['Free', 'Free', 'Free', 'Busy'], 25, 'Good'],
    [['Free', 'Free', 'Free', 'Busy'], 26, 'Fair'],
    [['Free', 'Tentative'], 25, 'Fair'],
    [['Free', 'OOF', 'Busy'], 25, 'Poor'],
    [['Free', 'NoData'], 25, 'Excellent'],
    [[], 25, 'Excellent'],
  ])('%j with a threshold of %i: %s', (conflicts, threshold, quality) => expect(suggestionQuality(conflicts, threshold)).toBe(quality));

  const day = { from: Date.parse('2026-05-31T22:00Z'), to: Date.parse('2026-06-01T22:00Z') };
  const ask = { zone: berlin, ...day, durationMinutes: 60 };
  const workingHours = defaultWorkingHours(berlin);
  const times = (list: readonly { start: number }[]): readonly string[] => list.map(({ start }) => new Date(start).toISOString().slice(11, 16));

  it('are the best of the day first, in working time', () => {
    const anna = { workingHours, intervals: [busy('06:00', '13:00')] };
    const ben = { workingHours, intervals: [busy('14:00', '15:00')] };
    const [only, ...more] = suggestTimes([anna, ben], ask);
    expect(more).toEqual([]);
    expect(only?.date).toEqual({ year: 2026, month: 6, day: 1 });
    expect(only?.quality).toBe('Excellent');
    expect(times(only?.suggestions.slice(0, 3) ?? [])).toEqual(['13:00', '06:00', '06:30']);
    expect(only?.suggestions).toHaveLength(10);
    expect(only?.suggestions[0]).toEqual({ start: at('13:00'), isWorkTime: true, quality: 'Excellent', conflicts: ['Free', 'Free'] });
    expect(only?.suggestions[1]?.conflicts).toEqual(['Busy', 'Free']);
  });

  it('keep to what is asked for', () => {
    const anna = { workingHours, intervals: [busy('06:00', '15:00')] };
    expect(suggestTimes([anna], ask)[0]).toMatchObject({ quality: 'Poor', suggestions: [] });
    const outside = suggestTimes([anna], { ...ask, maximumOutsideWorkingHours: 2 })[0];
    expect(times(outside?.suggestions ?? [])).toEqual(['22:00', '22:30']);
    expect(outside?.suggestions.every(({ isWorkTime }) => !isWorkTime)).toBe(true);
    expect(suggestTimes([anna], { ...ask, minimumQuality: 'Poor', maximumResults: 3 })[0]?.suggestions).toHaveLength(3);
    expect(times(suggestTimes([{ workingHours, intervals: [] }], { ...ask, now: at('13:15'), stepMinutes: 15 })[0]?.suggestions ?? [])).toEqual(['13:15', '13:30', '13:45', '14:00']);
    expect(suggestTimes([{ intervals: [] }], { ...ask, to: day.from })).toEqual([]);
    expect(suggestTimes([{}], { ...ask, to: day.from + 1000 * 86_400_000, maximumResults: 1 })).toHaveLength(62);
    expect(suggestTimes([{}], ask)[0]?.suggestions[0]?.conflicts).toEqual(['NoData']);
  });

  it('skip what the clock skips', () => {
    const [spring] = suggestTimes([{ intervals: [] }], { ...ask, from: Date.parse('2026-03-28T23:00Z'), to: Date.parse('2026-03-29T22:00Z'), maximumResults: 100 });
    expect(new Set(spring?.suggestions.map(({ start }) => start)).size).toBe(spring?.suggestions.length);
    expect(spring?.suggestions.length).toBe(46);
  });
});
