import fc from 'fast-check';
import {
  CalendarBytesError, cleanGlobalObjectId, createSeries, dateSequence, decodeActiveSyncTimeZone, decodeAppointmentRecur, decodeGlobalObjectId, decodeTaskRecurrence, decodeTimeZoneDefinition, decodeTimeZoneStruct, dayIndexes,
  dayKinds, encodeActiveSyncTimeZone, encodeAppointmentRecur, encodeGlobalObjectId, encodeTaskRecurrence, encodeTimeZoneDefinition, encodeTimeZoneStruct, fieldsOfRecurrence, fieldsOfTimeZone, globalObjectIdOfUid,
  occurrences, RecurrenceError, recurOfSeries, recurrenceOfFields, regenerationUnits, seriesOfRecur, SeriesError, timeZone, timeZoneOfFields, timeZoneOfRule, uidOfGlobalObjectId, weekdays, windowsTimeZones, withException, withoutOccurrence, zoneRuleOf,
} from '../index.ts';
import type { Recurrence, RecurrencePattern, TimeZone, ZoneRule } from '../index.ts';

const hex = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text.replace(/\s/g, ''), 'hex'));
const toHex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex').toUpperCase();
const zoneOf = (id: string): TimeZone => {
  const zone = timeZone(id);
  if (!zone) throw new Error(id);
  return zone;
};
const utc = zoneOf('UTC');
const pacific = zoneOf('Pacific Standard Time');

/** [MS-OXOCAL] 4.1.1.2: Monday, Thursday, Friday, 12 times, the occurrence of 16 April 2007 with other subject, place and time. */
const withExceptions =
  '043004300B2001000000C0210000010000000000000032000000222000000C0000000000000001000000A096BC0C01000000A096BC0C8020BC0C20ADBC0C0630000009300000580200007602000001003499BC0C5299BC0CF898BC0C11002200210053696D706C6520526563757272656E6365207769746820657863657074696F6E730800070033342F34313431000000000400000000000000000000003499BC0C5299BC0CF898BC0C2100530069006D0070006C006500200052006500630075007200720065006E006300650020007700690074006800200065007800630065007000740069006F006E0073000700330034002F0034003100340031000000000000000000';
/** [MS-OXOCAL] 4.1.1.3: every three days until 4 May 2011, two deleted. */
const withDeletions = '043004300A2000000000A0050000E010000000000000212000000A0000000000000002000000A0C1DC0C80D2DC0C00000000207EDC0C0016DD0C0630000009300000E0010000FE01000000000000000000000000';
/** [MS-OXOCAL] 4.1.4. */
const pacificDefinition =
  '0201300002001500500061006300690066006900630020005300740061006E0064006100720064002000540069006D006500020002013E000000D6070000000000000000000000000000E001000000000000C4FFFFFF00000A000000050002000000000000000000040000000100020000000000000002013E000200D7070000000000000000000000000000E001000000000000C4FFFFFF00000B0000000100020000000000000000000300000002000200000000000000';
/** [MS-OXOCAL] 4.1.2. */
const exceptionId = '040000008200E00074C5B7101A82E00807D803195025D461E473C8010000000000000000100000002A5844B3A444F74A9C246C60886F116B';
/** What a phone sent for Berlin, and what Exchange 2010 sent for UTC. */
const berlinOfPhone = 'xP///wAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAoAAAAFAAMAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAMAAAAFAAIAAAAAAAAAxP///w==';
const utcOfExchange = 'AAAAACgAVQBUAEMAKQAgAEMAbwBvAHIAZABpAG4AYQB0AGUAZAAgAFUAbgBpAHYAZQByAHMAYQBsACAAVABpAG0AZQAAAAAAAAAAAAAAAAAAAAAAAAAAACgAVQBUAEMAKQAgAEMAbwBvAHIAZABpAG4AYQB0AGUAZAAgAFUAbgBpAHYAZQByAHMAYQBsACAAVABpAG0AZQAAAAAAAAAAAAAAAAAAAAAAAAAAAA==';

const isTyped = (error: unknown): boolean => error instanceof CalendarBytesError || error instanceof RecurrenceError || error instanceof SeriesError;
const reasonOf = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    if (error instanceof RecurrenceError) return error.reason;
    throw error;
  }
  return 'none';
};

describe('PidLidAppointmentRecur', () => {
  it.each([
    ['with an exception', withExceptions],
    ['with deletions', withDeletions],
  ])('%s: byte for byte', (_, sample) => expect(toHex(encodeAppointmentRecur(decodeAppointmentRecur(hex(sample))))).toBe(sample));

  it.each([
    ['with an exception', withExceptions],
    ['with deletions', withDeletions],
  ])('%s is written from the series that it means, byte for byte', (_, sample) => {
    expect(toHex(encodeAppointmentRecur(recurOfSeries(seriesOfRecur(decodeAppointmentRecur(hex(sample)), pacific))))).toBe(sample);
  });

  it('means a series', () => {
    const series = seriesOfRecur(decodeAppointmentRecur(hex(withExceptions)), utc);
    expect(series.recurrence).toEqual({
      pattern: { kind: 'weekly', interval: 1, days: ['Monday', 'Thursday', 'Friday'], firstDayOfWeek: 'Sunday' },
      start: { year: 2007, month: 3, day: 26 },
      range: { kind: 'numbered', count: 12 },
    });
    const at = (text: string): number => Date.parse(`${text}Z`);
    expect(series.start).toBe(at('2007-03-26T10:00'));
    expect(series.end).toBe(at('2007-03-26T10:30'));
    expect(series.deleted).toEqual([]);
    expect(series.exceptions).toEqual([{ originalStart: at('2007-04-16T10:00'), start: at('2007-04-16T11:00'), end: at('2007-04-16T11:30'), subject: 'Simple Recurrence with exceptions', location: '34/4141' }]);
    expect(occurrences(series, { from: -Infinity, to: Infinity }, 100)).toHaveLength(12);
    const deleted = seriesOfRecur(decodeAppointmentRecur(hex(withDeletions)), utc);
    expect(deleted.deleted).toEqual([at('2011-04-19T08:00'), at('2011-04-22T08:00')]);
    expect(occurrences(deleted, { from: -Infinity, to: Infinity }, 100)).toHaveLength(8);
  });

  it('keeps a text that no code page has, and all that an exception may say', () => {
    const start = Date.UTC(2026, 5, 1, 9);
    const base = createSeries({ recurrence: { pattern: { kind: 'daily', interval: 1 }, start: { year: 2026, month: 6, day: 1 }, range: { kind: 'noEnd' } }, start, end: start + 1_800_000, zone: utc });
    const exception = { originalStart: start, start, end: start + 60_000, subject: 'Überprüfung 会議', location: '', busyStatus: 3, isReminderSet: false, reminderMinutes: 0, isAllDay: false, meetingState: 1, hasAttachments: true, hasOwnBody: true, color: 4 };
    const series = withoutOccurrence(withException(base, exception), start + 86_400_000);
    const bytes = encodeAppointmentRecur(recurOfSeries(series));
    const read = seriesOfRecur(decodeAppointmentRecur(bytes), utc);
    expect(read).toEqual(series);
    expect(decodeAppointmentRecur(bytes).exceptions[0]?.subject).toBe('Überprüfung ??');
    expect(decodeAppointmentRecur(bytes).pattern.endDate).toBe(0x5ae980df);
  });

  it.each([
    ['with an exception', withExceptions],
    ['with deletions', withDeletions],
  ])('%s: a typed error wherever it is cut off, and no crash whatever is changed', (_, sample) => {
    const bytes = hex(sample);
    for (let size = 0; size < bytes.length; size++) expect(() => decodeAppointmentRecur(bytes.subarray(0, size))).toThrow(CalendarBytesError);
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(bytes.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 }), (changes) => {
        const spoiled = Uint8Array.from(bytes);
        for (const [offset, value] of changes) spoiled[offset] = value;
        try {
          seriesOfRecur(decodeAppointmentRecur(spoiled), utc);
        } catch (error) {
          expect(isTyped(error)).toBe(true);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it.each<[string, string, string]>([
    ['Hijri months', withDeletions.replace('0A2000000000', '0C200A000000').replace('E010000000000000', '010000000000000005000000'), 'unsupportedCalendar'],
    ['the Hebrew calendar', withDeletions.replace('0A2000000000', '0A2000000800'), 'unsupportedCalendar'],
    ['a lunar calendar', withDeletions.replace('0A2000000000', '0A2000000F00'), 'unsupportedCalendar'],
    ['the Thai years', withDeletions.replace('0A2000000000', '0A2000000700'), 'none'],
    ['part of a day', withDeletions.replace('E0100000', 'E1100000'), 'interval'],
    ['no day', withDeletions.replace('E0100000', '00000000'), 'interval'],
  ])('of %s: %s', (_, sample, reason) => expect(reasonOf(() => seriesOfRecur(decodeAppointmentRecur(hex(sample)), utc))).toBe(reason));
});

const patterns: fc.Arbitrary<RecurrencePattern> = fc.oneof(
  fc.record({ kind: fc.constant('daily' as const), interval: fc.integer({ min: 1, max: 999 }) }),
  fc.record({ kind: fc.constant('weekly' as const), interval: fc.integer({ min: 1, max: 99 }), days: fc.subarray([...weekdays], { minLength: 1 }), firstDayOfWeek: fc.constantFrom(...weekdays) }),
  fc.record({ kind: fc.constant('absoluteMonthly' as const), interval: fc.integer({ min: 1, max: 99 }), dayOfMonth: fc.integer({ min: 1, max: 31 }) }),
  fc.record({ kind: fc.constant('relativeMonthly' as const), interval: fc.integer({ min: 1, max: 99 }), index: fc.constantFrom(...dayIndexes), day: fc.constantFrom(...dayKinds) }),
  fc.record({ kind: fc.constant('absoluteYearly' as const), interval: fc.integer({ min: 1, max: 9 }), month: fc.integer({ min: 1, max: 12 }), dayOfMonth: fc.integer({ min: 1, max: 31 }) }),
  fc.record({ kind: fc.constant('relativeYearly' as const), interval: fc.integer({ min: 1, max: 9 }), month: fc.integer({ min: 1, max: 12 }), index: fc.constantFrom(...dayIndexes), day: fc.constantFrom(...dayKinds) }),
  fc.record({ kind: fc.constant('regenerating' as const), interval: fc.integer({ min: 1, max: 99 }), unit: fc.constantFrom(...regenerationUnits) }),
);

describe('PidLidTaskRecurrence', () => {
  it('reads the end of a month, which has a type of its own', () => {
    const fields = fieldsOfRecurrence({ pattern: { kind: 'absoluteMonthly', interval: 1, dayOfMonth: 31 }, start: { year: 2026, month: 1, day: 31 }, range: { kind: 'noEnd' } });
    expect(fields).toMatchObject({ recurFrequency: 0x200c, patternType: 2, period: 1, patternTypeSpecific: [31] });
    expect(recurrenceOfFields({ ...fields, patternType: 4, patternTypeSpecific: [30] }).pattern).toEqual({ kind: 'absoluteMonthly', interval: 1, dayOfMonth: 31 });
  });

  it('keeps every pattern, and the dates', () => {
    fc.assert(
      fc.property(patterns, fc.integer({ min: 1990, max: 2050 }), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 28 }), (pattern, year, month, day) => {
        const recurrence: Recurrence = { pattern, start: { year, month, day }, range: { kind: 'numbered', count: 20 } };
        const fields = fieldsOfRecurrence(recurrence);
        const bytes = encodeTaskRecurrence(fields);
        expect(decodeTaskRecurrence(bytes)).toEqual(fields);
        const read = recurrenceOfFields(fields);
        const firstDayOfWeek = pattern.kind === 'weekly' ? pattern.firstDayOfWeek : undefined;
        expect({ firstDayOfWeek, ...read.pattern }).toEqual({ firstDayOfWeek, ...pattern });
        const dates = (of: Recurrence): readonly number[] => Array.from({ length: 5 }, (_, i) => dateSequence(of).dayAt(i));
        expect(dates(read)).toEqual(dates(recurrence));
      }),
      { numRuns: 500 },
    );
  });
});

describe('time zones in bytes', () => {
  it('the definition of the documentation, byte for byte', () => {
    const fields = decodeTimeZoneDefinition(hex(pacificDefinition));
    expect(fields).toMatchObject({ keyName: 'Pacific Standard Time', rules: [{ flags: 0, year: 2006 }, { flags: 2, year: 2007 }] });
    expect(toHex(encodeTimeZoneDefinition(fields))).toBe(pacificDefinition);
    // What the zone of that name has now is the second rule.
    expect(zoneRuleOf(pacific, 2026)).toEqual(fields.rules[1]?.rule);
    expect(zoneRuleOf(pacific, 2006)).toEqual(fields.rules[0]?.rule);
    expect(timeZoneOfFields(fields)).toBe(pacific);
    expect(fieldsOfTimeZone(pacific, 2026).rules).toEqual([{ ...fields.rules[0], year: 1601 }, fields.rules[1]]);
    expect(fieldsOfTimeZone(pacific, 2006, true).rules.map(({ flags }) => flags)).toEqual([3, 0]);
  });

  it('a definition of an unknown name is what its rules say', () => {
    const zone = timeZoneOfFields({ ...decodeTimeZoneDefinition(hex(pacificDefinition)), keyName: 'Ours' });
    for (const iso of ['2005-01-01T00:00Z', '2006-04-15T00:00Z', '2006-03-20T00:00Z', '2026-03-20T00:00Z', '2026-11-02T00:00Z']) expect(zone.offsetAt(Date.parse(iso))).toBe(pacific.offsetAt(Date.parse(iso)));
    expect(zone.id).toBe('Ours');
  });

  it('what a phone and what Exchange sent, byte for byte', () => {
    for (const sample of [berlinOfPhone, utcOfExchange]) expect(encodeActiveSyncTimeZone(decodeActiveSyncTimeZone(sample))).toBe(sample);
    const berlin = decodeActiveSyncTimeZone(berlinOfPhone);
    expect(berlin).toMatchObject({ bias: -60, standardBias: 0, daylightBias: -60, standardName: '', standardDate: { month: 10, day: 5, hour: 3 }, daylightDate: { month: 3, day: 5, hour: 2 } });
    expect(timeZoneOfRule(berlin, 2026).id).toBe('W. Europe Standard Time');
    expect(timeZoneOfRule(berlin, 2026, 'Romance Standard Time').id).toBe('Romance Standard Time');
    expect(timeZoneOfRule(berlin, 2026, '(UTC+01:00) Brussels, Copenhage').id).toBe('Romance Standard Time');
    expect(timeZoneOfRule(berlin, 2026, 'Tokyo Standard Time').id).toBe('W. Europe Standard Time');
    const { standardName, ...rule } = decodeActiveSyncTimeZone(utcOfExchange);
    expect(standardName).toBe('(UTC) Coordinated Universal Time');
    expect(timeZoneOfRule(rule, 2026, standardName)).toBe(utc);
  });

  it('a rule that no zone has is a zone of its own', () => {
    const rule: ZoneRule = { ...decodeActiveSyncTimeZone(berlinOfPhone), bias: -77 };
    const zone = timeZoneOfRule(rule, 2026, 'Nowhere');
    expect(zone.id).toBe('Nowhere');
    expect([zone.offsetAt(Date.UTC(2026, 0, 1)), zone.offsetAt(Date.UTC(2026, 6, 1))]).toEqual([77, 137]);
  });

  it.each(windowsTimeZones().map(({ id }) => [id]))('%s is known again by its rule, and tells the same time', (id) => {
    const zone = zoneOf(id);
    const rule = zoneRuleOf(zone, 2026);
    expect(decodeTimeZoneStruct(encodeTimeZoneStruct(rule))).toEqual(rule);
    expect(encodeTimeZoneStruct(rule)).toHaveLength(48);
    expect(timeZoneOfRule(rule, 2026, id).id).toBe(id);
    const names = { standardName: 'x'.repeat(40), daylightName: '' };
    expect(decodeActiveSyncTimeZone(encodeActiveSyncTimeZone({ ...rule, ...names }))).toEqual({ ...rule, standardName: 'x'.repeat(32), daylightName: '' });
    const fields = fieldsOfTimeZone(zone, 2026, true);
    expect(decodeTimeZoneDefinition(encodeTimeZoneDefinition(fields))).toEqual(fields);
  });

  it('a typed error wherever they are cut off', () => {
    const structure = encodeTimeZoneStruct(zoneRuleOf(pacific, 2026));
    const definition = hex(pacificDefinition);
    const phone = Buffer.from(berlinOfPhone, 'base64');
    for (let size = 0; size < structure.length; size++) expect(() => decodeTimeZoneStruct(structure.subarray(0, size))).toThrow(CalendarBytesError);
    for (let size = 0; size < definition.length; size++) expect(() => decodeTimeZoneDefinition(definition.subarray(0, size))).toThrow(CalendarBytesError);
    for (let size = 0; size < phone.length; size++) expect(() => decodeActiveSyncTimeZone(phone.subarray(0, size).toString('base64'))).toThrow(CalendarBytesError);
    for (const text of ['', 'no base64!', 'A'.repeat(500), `${berlinOfPhone.slice(0, -4)}AAAA`]) expect(() => decodeActiveSyncTimeZone(text)).toThrow(CalendarBytesError);
    expect(() => timeZoneOfFields({ keyName: '', rules: [] })).toThrow(/time zone/);
  });

  it('no crash of any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 250 }), (bytes) => {
        for (const decode of [decodeTimeZoneStruct, decodeTimeZoneDefinition, decodeAppointmentRecur, decodeTaskRecurrence, decodeGlobalObjectId]) {
          try {
            decode(bytes);
          } catch (error) {
            expect(error).toBeInstanceOf(CalendarBytesError);
          }
        }
      }),
    );
  });
});

describe('global object ids', () => {
  it('of an exception: byte for byte', () => {
    const id = decodeGlobalObjectId(hex(exceptionId));
    expect(id.date).toEqual({ year: 2008, month: 3, day: 25 });
    expect(toHex(encodeGlobalObjectId(id))).toBe(exceptionId);
    const clean = exceptionId.replace('07D80319', '00000000');
    expect(toHex(cleanGlobalObjectId(hex(exceptionId)))).toBe(clean);
    expect(uidOfGlobalObjectId(hex(exceptionId))).toBe(clean);
    expect(toHex(globalObjectIdOfUid(clean.toLowerCase()))).toBe(clean);
    expect(toHex(globalObjectIdOfUid(clean, { year: 2008, month: 3, day: 25 }))).toBe(exceptionId);
  });

  it('wrap the UIDs of others', () => {
    const bytes = globalObjectIdOfUid('a-b@example.org');
    expect(Buffer.from(bytes.subarray(40)).toString('latin1')).toBe('vCal-Uid\x01\0\0\0a-b@example.org\0');
    expect(uidOfGlobalObjectId(bytes)).toBe('a-b@example.org');
    fc.assert(fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }).filter((uid) => !uid.endsWith('\0')), (uid) => expect(uidOfGlobalObjectId(globalObjectIdOfUid(uid, { year: 2026, month: 1, day: 2 }))).toBe(uid)));
    expect(uidOfGlobalObjectId(globalObjectIdOfUid(`${exceptionId.slice(0, 32)}00`))).toBe(`${exceptionId.slice(0, 32)}00`);
  });

  it('a typed error wherever they are cut off', () => {
    const bytes = hex(exceptionId);
    for (let size = 0; size < bytes.length; size++) expect(() => uidOfGlobalObjectId(bytes.subarray(0, size))).toThrow(CalendarBytesError);
  });
});
