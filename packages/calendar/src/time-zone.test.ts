import fc from 'fast-check';
import { customTimeZone, formatMinutes, parseMinutes, timeZone, TimeZoneError, timeZoneOfIana, windowsTimeZones } from './index.ts';
import type { LocalTime, TimeZoneDefinition, WindowsTimeZone } from './index.ts';

const zone = (id: string): WindowsTimeZone => {
  const found = timeZone(id);
  if (!found) throw new Error(`no ${id}`);
  return found;
};
const at = (iso: string): number => Date.parse(iso);
const local = (text: string): LocalTime => {
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0] = text.split(/\D/).map(Number);
  return { year, month, day, hour, minute };
};

describe('the zones of Windows', () => {
  it('are all there, each once, west to east', () => {
    const zones = windowsTimeZones();
    expect(zones).toHaveLength(141);
    expect(new Set(zones.map(({ id }) => id)).size).toBe(141);
    expect(zones[0]).toEqual({ id: 'Dateline Standard Time', name: '(UTC-12:00) International Date Line West' });
    expect(zones.find(({ id }) => id === 'W. Europe Standard Time')?.name).toBe('(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna');
  });

  it.each(windowsTimeZones().map(({ id, name }) => [id, name]))('%s has the offset of its name', (id, name) => {
    const [, sign, hours = '0', minutes = '0'] = /UTC(?:([+-])(\d\d):(\d\d))?/.exec(name) ?? [];
    const told = (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? -1 : 1);
    const winter = [at('2025-01-15T00:00:00Z'), at('2025-07-15T00:00:00Z')].map(zone(id).offsetAt);
    // Morocco calls its summer time the standard, and leaves it for Ramadan, which is in neither month.
    expect(Math.min(...winter) + 0).toBe(told);
  });

  it.each([
    ['W. Europe Standard Time', 'Europe/Berlin'],
    ['Eastern Standard Time', 'America/New_York'],
    ['GMT Standard Time', 'Europe/London'],
    ['India Standard Time', 'Asia/Calcutta'],
    ['Mountain Standard Time (Mexico)', 'America/Mazatlan'],
    ['utc', 'Etc/UTC'],
  ])('%s is %s', (id, iana) => expect(zone(id).ianaId.replace('Etc/GMT', 'Etc/UTC')).toBe(iana));

  it.each([
    ['Europe/Vienna', 'W. Europe Standard Time'],
    ['Europe/Paris', 'Romance Standard Time'],
    ['America/Indianapolis', 'US Eastern Standard Time'],
    ['Asia/Kolkata', 'India Standard Time'],
    ['Etc/UTC', 'UTC'],
    ['GMT', 'UTC'],
    ['Nowhere/City', undefined],
  ])('%s is in %s', (iana, id) => expect(timeZoneOfIana(iana)?.id).toBe(id));

  it.each(['', 'Europe/Berlin', '__proto__', 'W. Europe'])('%j is none', (id) => expect(timeZone(id)).toBeUndefined());

  it('gives the same object for the same zone', () => expect(timeZone('UTC')).toBe(timeZone('utc')));
});

describe('instants and clocks', () => {
  it.each([
    ['W. Europe Standard Time', '2026-01-01T00:00', '2025-12-31T23:00:00Z'],
    ['W. Europe Standard Time', '2026-07-01T12:00', '2026-07-01T10:00:00Z'],
    ['W. Europe Standard Time', '2026-03-29T01:59', '2026-03-29T00:59:00Z'],
    ['W. Europe Standard Time', '2026-03-29T02:30', '2026-03-29T01:30:00Z'], // skipped: shown as 03:30
    ['W. Europe Standard Time', '2026-03-29T03:00', '2026-03-29T01:00:00Z'],
    ['W. Europe Standard Time', '2026-10-25T01:59', '2026-10-24T23:59:00Z'],
    ['W. Europe Standard Time', '2026-10-25T02:30', '2026-10-25T01:30:00Z'], // twice: the second
    ['W. Europe Standard Time', '2026-10-25T03:00', '2026-10-25T02:00:00Z'],
    ['Pacific Standard Time', '2026-03-08T01:59', '2026-03-08T09:59:00Z'],
    ['Pacific Standard Time', '2026-03-08T03:00', '2026-03-08T10:00:00Z'],
    ['Pacific Standard Time', '2006-04-02T03:00', '2006-04-02T10:00:00Z'],
    ['AUS Eastern Standard Time', '2026-01-01T00:00', '2025-12-31T13:00:00Z'],
    ['Lord Howe Standard Time', '2026-07-01T00:00', '2026-06-30T13:30:00Z'],
    ['Nepal Standard Time', '2026-01-01T00:00', '2025-12-31T18:15:00Z'],
    ['Newfoundland Standard Time', '2026-01-01T00:00', '2026-01-01T03:30:00Z'],
    ['Samoa Standard Time', '2011-12-31T00:00', '2011-12-30T10:00:00Z'],
    ['UTC', '1601-01-01T00:00', '1601-01-01T00:00:00Z'],
  ])('in %s, %s is %s', (id, clock, utc) => expect(new Date(zone(id).toUtc(local(clock))).toISOString()).toBe(new Date(utc).toISOString()));

  it('come back from the clock, but for hours that come twice', () => {
    const ids = fc.constantFrom(...windowsTimeZones().map(({ id }) => id));
    fc.assert(fc.property(ids, fc.integer({ min: at('1980-01-01'), max: at('2050-01-01') }), (id, instant) => {
      const found = zone(id);
      const back = found.toUtc(found.toLocal(instant));
      expect(found.toLocal(back)).toEqual(found.toLocal(instant));
      if (back !== instant) expect(found.offsetAt(instant)).toBeGreaterThan(found.offsetAt(back));
    }), { numRuns: 500 });
  });

  it('a clock reads as JavaScript says', () => {
    fc.assert(fc.property(fc.integer({ min: at('0001-01-01'), max: at('9999-12-31') }), (instant) => {
      const { year, month, day, hour, minute, second, millisecond } = zone('UTC').toLocal(instant);
      const date = new Date(instant);
      expect([year, month - 1, day, hour, minute, second, millisecond]).toEqual([date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate(), date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds(), date.getUTCMilliseconds()]);
    }));
  });
});

describe('definitions', () => {
  it('W. Europe is what Exchange gives', () => {
    const root = 'trule:Microsoft/Registry/W. Europe Standard Time/1';
    expect(zone('W. Europe Standard Time').definition()).toEqual({
      id: 'W. Europe Standard Time',
      name: '(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna',
      periods: [{ id: `${root}-Standard`, name: 'Standard', bias: '-PT1H' }, { id: `${root}-Daylight`, name: 'Daylight', bias: '-PT2H' }],
      groups: [{
        id: '0',
        transitions: [
          { kind: 'RecurringDayTransition', to: `${root}-Daylight`, timeOffset: 'PT2H', month: 3, dayOfWeek: 'Sunday', occurrence: -1 },
          { kind: 'RecurringDayTransition', to: `${root}-Standard`, timeOffset: 'PT3H', month: 10, dayOfWeek: 'Sunday', occurrence: -1 },
        ],
      }],
      transitions: [{ kind: 'Transition', to: '0' }],
    });
  });

  it('Eastern has the rules before and since 2007', () => {
    const { periods, groups, transitions } = zone('Eastern Standard Time').definition();
    expect(periods.map(({ id, bias }) => [id.split('/').at(-1), bias])).toEqual([['2006-Standard', 'PT5H'], ['2006-Daylight', 'PT4H'], ['2007-Standard', 'PT5H'], ['2007-Daylight', 'PT4H']]);
    expect(groups.map((group) => group.transitions.map((each) => (each.kind === 'RecurringDayTransition' ? [each.month, each.dayOfWeek, each.occurrence, each.timeOffset] : each)))).toEqual([
      [[4, 'Sunday', 1, 'PT2H'], [10, 'Sunday', -1, 'PT2H']],
      [[3, 'Sunday', 2, 'PT2H'], [11, 'Sunday', 1, 'PT2H']],
    ]);
    expect(transitions).toEqual([{ kind: 'Transition', to: '0' }, { kind: 'AbsoluteDateTransition', to: '1', dateTime: '2007-01-01T00:00:00' }]);
  });

  it('a zone without daylight time has one period and a plain transition', () => {
    const { periods, groups } = zone('India Standard Time').definition();
    expect(periods).toEqual([{ id: 'trule:Microsoft/Registry/India Standard Time/1-Standard', name: 'Standard', bias: '-PT5H30M' }]);
    expect(groups).toEqual([{ id: '0', transitions: [{ kind: 'Transition', to: periods[0]?.id }] }]);
  });

  it.each(windowsTimeZones().map(({ id }) => [id]))('%s is whole, and says what the clock does', (id) => {
    const found = zone(id);
    const definition = found.definition();
    const periods = new Set(definition.periods.map((period) => period.id));
    // ews-javascript-api wants as many transitions as groups, a plain one first.
    expect(definition.transitions.map(({ to }) => to)).toEqual(definition.groups.map((group) => group.id));
    expect(definition.transitions[0]?.kind).toBe('Transition');
    for (const { transitions } of definition.groups) for (const { to } of transitions) expect(periods).toContain(to);
    const custom = customTimeZone(definition);
    const wrong: string[] = [];
    // From 2030 on Ramadan can begin twice in a year, which is more changes than a rule of Windows has.
    const end = at(id === 'Morocco Standard Time' ? '2029-12-01' : '2035-12-30');
    for (let instant = at('2025-01-02'); instant < end; instant += 37 * 3_600_000) {
      if (custom.offsetAt(instant) !== found.offsetAt(instant)) wrong.push(new Date(instant).toISOString());
    }
    expect(wrong).toEqual([]);
  });
});

describe("a client's definition", () => {
  const periods = [{ id: 'Std', name: 'Standard', bias: 'P0DT8H0M0.0S' }, { id: 'Dlt', name: 'Daylight', bias: 'P0DT7H0M0.0S' }];
  const changes = [
    { kind: 'RecurringDayTransition', to: 'Dlt', timeOffset: 'P0DT2H0M0.0S', month: 3, dayOfWeek: 'Sunday', occurrence: 2 },
    { kind: 'RecurringDayTransition', to: 'Std', timeOffset: 'P0DT2H0M0.0S', month: 11, dayOfWeek: 'Sunday', occurrence: 1 },
  ] as const;
  const mine: TimeZoneDefinition = { id: 'mine', name: '', periods, groups: [{ id: '0', transitions: changes }], transitions: [{ kind: 'Transition', to: '0' }] };

  it('means what it says', () => {
    const custom = customTimeZone(mine);
    const pacific = zone('Pacific Standard Time');
    for (let instant = at('2026-01-01'); instant < at('2027-01-01'); instant += 3_600_000) expect(custom.offsetAt(instant)).toBe(pacific.offsetAt(instant));
  });

  it('with an id alone is the zone of Windows', () => {
    expect(customTimeZone({ id: 'UTC', name: '', periods: [], groups: [], transitions: [] })).toBe(timeZone('UTC'));
  });

  it('may change on a date, and go straight to a period', () => {
    const dated = customTimeZone({ ...mine, groups: [{ id: '0', transitions: [{ kind: 'RecurringDateTransition', to: 'Dlt', timeOffset: 'PT0S', month: 5, day: 1 }, { kind: 'RecurringDateTransition', to: 'Std', timeOffset: 'PT0S', month: 9, day: 1 }] }] });
    expect([at('2026-05-01T07:59:00Z'), at('2026-05-01T08:00:00Z'), at('2026-09-01T06:59:00Z'), at('2026-09-01T07:00:00Z')].map(dated.offsetAt)).toEqual([-480, -420, -420, -480]);
    expect(customTimeZone({ ...mine, groups: [], transitions: [{ kind: 'Transition', to: 'Dlt' }] }).offsetAt(0)).toBe(-420);
    expect(customTimeZone({ ...mine, groups: [], transitions: [] }).offsetAt(0)).toBe(-480);
  });

  it.each<[string, Partial<TimeZoneDefinition>]>([
    ['an unknown id and nothing else', { periods: [] }],
    ['an unknown period', { periods: [periods[0] ?? { id: '', name: '', bias: '' }] }],
    ['a bad bias', { periods: [{ id: 'Std', name: '', bias: 'one hour' }] }],
    ['a bias of days', { periods: [{ id: 'Std', name: '', bias: 'P9D' }] }],
    ['a bad month', { groups: [{ id: '0', transitions: [{ ...changes[0], month: 13 }] }] }],
    ['a bad time', { groups: [{ id: '0', transitions: [{ ...changes[0], timeOffset: 'noon' }] }] }],
    ['a bad occurrence', { groups: [{ id: '0', transitions: [{ ...changes[0], occurrence: 0 }] }] }],
    ['an unknown group', { transitions: [{ kind: 'Transition', to: '9' }] }],
    ['too much', { periods: Array.from({ length: 2000 }, (_, i) => ({ id: String(i), name: '', bias: 'PT0S' })) }],
  ])('with %s is refused', (_, change) => expect(() => customTimeZone({ ...mine, ...change })).toThrow(TimeZoneError));
});

describe('durations', () => {
  it.each([[0, 'PT0S'], [60, 'PT1H'], [-60, '-PT1H'], [-345, '-PT5H45M'], [30, 'PT30M'], [1440, 'P1D'], [1500, 'P1DT1H']])('%i minutes are %s', (minutes, text) => {
    expect(formatMinutes(minutes)).toBe(text);
    expect(parseMinutes(text)).toBe(minutes);
  });
  it.each(['', 'P', 'PT', 'P1Y', '1H', 'PT1', 'P1DT', 'PT1H1', 'P-1D', `PT${'9'.repeat(50)}H`])('%j is none', (text) => expect(parseMinutes(text)).toBeUndefined());
});

describe('offsets that are remembered', () => {
  it.each(['W. Europe Standard Time', 'Egypt Standard Time', 'Morocco Standard Time', 'Lord Howe Standard Time', 'Samoa Standard Time', 'Nepal Standard Time'])('are those of Intl: %s', (id) => {
    const { ianaId, offsetAt } = zone(id);
    const format = new Intl.DateTimeFormat('en-US', { timeZone: ianaId, timeZoneName: 'longOffset', year: 'numeric' });
    const told = (ms: number): number => {
      const [, sign = '+', hours = '0', minutes = '0'] = /GMT(?:([+-])(\d\d):(\d\d))?/.exec(format.format(ms)) ?? [];
      return (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? -1 : 1) + 0;
    };
    // Every 11 hours and 7 minutes from 2008 to 2028, so that each change is met on its day.
    for (let ms = at('2008-01-01T00:00:00Z'); ms < at('2028-01-01T00:00:00Z'); ms += 40_020_000) if (offsetAt(ms) !== told(ms)) throw new Error(`${new Date(ms).toISOString()}: ${offsetAt(ms)}, not ${told(ms)}`);
    expect(offsetAt(at('2026-01-01T00:00:00Z'))).toBe(told(at('2026-01-01T00:00:00Z')));
  });
});
