import { customTimeZone } from '../custom-time-zone.ts';
import { timeZone } from '../time-zone.ts';
import type { TimeZone } from '../time-zone.ts';
import { ByteReader, ByteWriter, CalendarBytesError } from './bytes.ts';
import { definitionOfRules, zoneRules } from './time-zone-rule.ts';
import type { SystemTime, ZoneRule } from './time-zone-rule.ts';

function readDate(reader: ByteReader): SystemTime {
  const [year, month, dayOfWeek, day, hour, minute, second, milliseconds] = [0, 1, 2, 3, 4, 5, 6, 7].map(() => reader.uint16()) as [number, number, number, number, number, number, number, number];
  if (month > 12 || dayOfWeek > 6 || day > 31 || hour > 23 || minute > 59 || second > 59) reader.fail('a date has no such time');
  return { year, month, dayOfWeek, day, hour, minute, second, milliseconds };
}

const writeDate = (writer: ByteWriter, date: SystemTime): ByteWriter =>
  writer.uint16(date.year, date.month, date.dayOfWeek, date.day, date.hour, date.minute, date.second, date.milliseconds);

/**
 * PidLidTimeZoneStruct, [MS-OXOCAL] 2.2.1.39: 48 bytes.
 *
 * @throws CalendarBytesError
 */
export function decodeTimeZoneStruct(bytes: Uint8Array): ZoneRule {
  const reader = new ByteReader(bytes);
  const biases = { bias: reader.int32(), standardBias: reader.int32(), daylightBias: reader.int32() };
  // The years before the dates say again what the dates do.
  reader.uint16();
  const standardDate = readDate(reader);
  reader.uint16();
  return { ...biases, standardDate, daylightDate: readDate(reader) };
}

export function encodeTimeZoneStruct({ bias, standardBias, daylightBias, standardDate, daylightDate }: ZoneRule): Uint8Array {
  const writer = new ByteWriter().uint32(bias >>> 0, standardBias >>> 0, daylightBias >>> 0);
  writeDate(writer.uint16(standardDate.year), standardDate);
  return writeDate(writer.uint16(daylightDate.year), daylightDate).done();
}

/** The Timezone of ActiveSync, [MS-ASDTYPE] 2.7.6: a rule with names of at most 32 characters. */
export interface NamedZoneRule extends ZoneRule {
  readonly standardName: string;
  readonly daylightName: string;
}

const nameUnits = 32;

function readName(reader: ByteReader): string {
  const text = reader.utf16(nameUnits);
  const end = text.indexOf('\0');
  return end < 0 ? text : text.slice(0, end);
}

/**
 * The 172 bytes in base64 that ActiveSync has for a zone.
 *
 * @throws CalendarBytesError for other than base64 and for fewer or more bytes
 */
export function decodeActiveSyncTimeZone(base64: string): NamedZoneRule {
  if (base64.length > 400 || !/^[A-Za-z0-9+/\s]*={0,2}\s*$/.test(base64)) throw new CalendarBytesError('no base64 of a time zone', 0);
  const reader = new ByteReader(Buffer.from(base64, 'base64'));
  const bias = reader.int32();
  const standardName = readName(reader);
  const standardDate = readDate(reader);
  const standardBias = reader.int32();
  const daylightName = readName(reader);
  const daylightDate = readDate(reader);
  const rule = { bias, standardName, standardDate, standardBias, daylightName, daylightDate, daylightBias: reader.int32() };
  return reader.left === 0 ? rule : reader.fail(`${reader.left} bytes too many`);
}

/** Names are cut at 32 characters, then without a zero at their end, as Exchange cuts the names of its zones. */
export function encodeActiveSyncTimeZone(rule: NamedZoneRule): string {
  const name = (text: string): string => text.slice(0, nameUnits).padEnd(nameUnits, '\0');
  const writer = new ByteWriter().uint32(rule.bias >>> 0).utf16(name(rule.standardName));
  writeDate(writer, rule.standardDate).uint32(rule.standardBias >>> 0).utf16(name(rule.daylightName));
  return Buffer.from(writeDate(writer, rule.daylightDate).uint32(rule.daylightBias >>> 0).done()).toString('base64');
}

/** One TZRule, [MS-OXOCAL] 2.2.1.41.1. */
export interface TimeZoneRuleFields {
  /** 1: of a recurring series; 2: the one that holds. */
  readonly flags: number;
  /** From which year on. */
  readonly year: number;
  readonly rule: ZoneRule;
}

/** PidLidAppointmentTimeZoneDefinitionRecur, -StartDisplay and -EndDisplay, [MS-OXOCAL] 2.2.1.41 to 2.2.1.43. */
export interface TimeZoneDefinitionFields {
  /** Of the registry: `W. Europe Standard Time`. */
  readonly keyName: string;
  readonly rules: readonly TimeZoneRuleFields[];
}

/** The first year that there is, for a rule that holds from the beginning. */
const firstYear = 1601;
const ruleSize = 66;
/** Bytes of a TZRule after its own size. */
const ruleBody = 0x3e;
const unused = 14;
const mostRules = 1024;

function readRule(reader: ByteReader): TimeZoneRuleFields {
  if (reader.uint16() !== 0x0102) reader.fail('no version 2.1 of a rule');
  if (reader.uint16() !== ruleBody) reader.fail('no size of a rule');
  const flags = reader.uint16();
  const year = reader.uint16();
  reader.bytes(unused);
  const biases = { bias: reader.int32(), standardBias: reader.int32(), daylightBias: reader.int32() };
  const standardDate = readDate(reader);
  return { flags, year, rule: { ...biases, standardDate, daylightDate: readDate(reader) } };
}

/**
 * A TZDEFINITION.
 *
 * @throws CalendarBytesError
 */
export function decodeTimeZoneDefinition(bytes: Uint8Array): TimeZoneDefinitionFields {
  const reader = new ByteReader(bytes);
  if (reader.uint16() !== 0x0102) reader.fail('no version 2.1 of a time zone definition');
  const headerSize = reader.uint16();
  const reserved = reader.uint16();
  if (reserved !== 2) reader.fail('the reserved field is not 2');
  const keyName = reader.utf16(reader.uint16());
  if (headerSize !== 6 + keyName.length * 2) reader.fail('the size of the header is not that of its name');
  const count = reader.uint16();
  if (count > mostRules) reader.fail(`${count} rules`);
  reader.count(count, ruleSize);
  return { keyName, rules: Array.from({ length: count }, () => readRule(reader)) };
}

export function encodeTimeZoneDefinition({ keyName, rules }: TimeZoneDefinitionFields): Uint8Array {
  const writer = new ByteWriter().uint16(0x0102, 6 + keyName.length * 2, 2, keyName.length).utf16(keyName).uint16(rules.length);
  for (const { flags, year, rule } of rules) {
    writer.uint16(0x0102, ruleBody, flags, year).bytes(new Uint8Array(unused)).uint32(rule.bias >>> 0, rule.standardBias >>> 0, rule.daylightBias >>> 0);
    writeDate(writeDate(writer, rule.standardDate), rule.daylightDate);
  }
  return writer.done();
}

/**
 * The fields of a zone, all its rules, the one of the year marked as holding; `isRecurring` for
 * PidLidAppointmentTimeZoneDefinitionRecur.
 */
export function fieldsOfTimeZone(zone: TimeZone, year: number, isRecurring = false): TimeZoneDefinitionFields {
  const rules = zoneRules(zone);
  const holding = Math.max(0, rules.findLastIndex((each) => each.year <= year));
  return {
    keyName: zone.id,
    rules: rules.map(({ year: from, rule }, i) => ({ flags: i === holding ? (isRecurring ? 3 : 2) : 0, year: Number.isFinite(from) ? from : firstYear, rule })),
  };
}

/**
 * The zone that a definition means: that of Windows by its name, else what its rules say.
 *
 * @throws TimeZoneError for a definition without rules, or with impossible ones
 */
export function timeZoneOfFields({ keyName, rules }: TimeZoneDefinitionFields): TimeZone {
  return timeZone(keyName) ?? customTimeZone(definitionOfRules(keyName || 'Customized Time Zone', rules));
}
