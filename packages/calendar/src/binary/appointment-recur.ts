import { ByteReader, ByteWriter } from './bytes.ts';

/** [MS-OXOCAL] 2.2.1.44.1 RecurrencePattern, field by field; dates are minutes since 1601 of the local clock. Of tasks it is all there is. */
export interface RecurrencePatternFields {
  readonly readerVersion: number;
  readonly writerVersion: number;
  /** 0x200A daily, 0x200B weekly, 0x200C monthly, 0x200D yearly. */
  readonly recurFrequency: number;
  /** 0 day, 1 week, 2 month, 3 nth of a month, 4 end of a month, 0xA to 0xC the same of the Hijri calendar. */
  readonly patternType: number;
  readonly calendarType: number;
  readonly firstDateTime: number;
  /** Minutes for days; weeks; months. */
  readonly period: number;
  readonly slidingFlag: number;
  /** Nothing for days; a set of weekdays; a day of the month; a set of weekdays and which of them, 5 the last. */
  readonly patternTypeSpecific: readonly number[];
  /** 0x2021 by date, 0x2022 by number, 0x2023 never. */
  readonly endType: number;
  readonly occurrenceCount: number;
  readonly firstDow: number;
  /** Midnights of what was deleted or changed. */
  readonly deletedInstanceDates: readonly number[];
  /** Midnights of the days to which occurrences were changed. */
  readonly modifiedInstanceDates: readonly number[];
  readonly startDate: number;
  readonly endDate: number;
}

/** [MS-OXOCAL] 2.2.1.44.2; a member is there when its flag is, and the flags are written from the members. */
export interface ExceptionInfo {
  readonly startDateTime: number;
  readonly endDateTime: number;
  readonly originalStartDate: number;
  /** One byte a character, of the writer's code page. */
  readonly subject?: string | undefined;
  readonly meetingType?: number | undefined;
  readonly reminderDelta?: number | undefined;
  readonly reminderSet?: number | undefined;
  readonly location?: string | undefined;
  readonly busyStatus?: number | undefined;
  readonly attachment?: number | undefined;
  readonly subType?: number | undefined;
  readonly appointmentColor?: number | undefined;
  /** The exception has a body of its own, which is not here. */
  readonly hasExceptionalBody?: boolean | undefined;
  /** Bits of OverrideFlags that nobody has defined. */
  readonly otherFlags?: number | undefined;
}

/** [MS-OXOCAL] 2.2.1.44.4; what is there depends on the ExceptionInfo of the same place. */
export interface ExtendedException {
  /** The highlight, then reserved bytes; only where WriterVersion2 is 0x3009 or more. */
  readonly changeHighlight?: Uint8Array | undefined;
  readonly reservedBlock1: Uint8Array;
  /** Where the subject or the location was changed, the three times again. */
  readonly startDateTime?: number | undefined;
  readonly endDateTime?: number | undefined;
  readonly originalStartDate?: number | undefined;
  readonly subject?: string | undefined;
  readonly location?: string | undefined;
  readonly reservedBlock2?: Uint8Array | undefined;
}

/** [MS-OXOCAL] 2.2.1.44.5 AppointmentRecurrencePattern: PidLidAppointmentRecur. */
export interface AppointmentRecur {
  readonly pattern: RecurrencePatternFields;
  readonly readerVersion2: number;
  readonly writerVersion2: number;
  /** Minutes after midnight. */
  readonly startTimeOffset: number;
  readonly endTimeOffset: number;
  readonly exceptions: readonly ExceptionInfo[];
  readonly reservedBlock1: Uint8Array;
  readonly extendedExceptions: readonly ExtendedException[];
  readonly reservedBlock2: Uint8Array;
}

const flags = { subject: 0x1, meetingType: 0x2, reminderDelta: 0x4, reminderSet: 0x8, location: 0x10, busyStatus: 0x20, attachment: 0x40, subType: 0x80, appointmentColor: 0x100, hasExceptionalBody: 0x200 } as const;
type Flagged = keyof typeof flags;
/** In the order of the wire. */
const inOrder = Object.keys(flags) as readonly Flagged[];
const hasChangeHighlight = (writerVersion2: number): boolean => writerVersion2 >= 0x3009;

/** How many numbers PatternTypeSpecific has. */
function specificSize(reader: ByteReader, patternType: number): number {
  if (patternType === 0) return 0;
  if (patternType === 3 || patternType === 0xb) return 2;
  return [1, 2, 4, 0xa, 0xc].includes(patternType) ? 1 : reader.fail(`no pattern type ${patternType}`);
}

const many = <T>(count: number, read: () => T): readonly T[] => Array.from({ length: count }, read);
const block = (reader: ByteReader): Uint8Array => reader.bytes(reader.count(reader.uint32(), 1));

function readPattern(reader: ByteReader): RecurrencePatternFields {
  const readerVersion = reader.uint16();
  if (readerVersion !== 0x3004) reader.fail(`reader version 0x${readerVersion.toString(16)} is not 0x3004`);
  const writerVersion = reader.uint16();
  const recurFrequency = reader.uint16();
  const patternType = reader.uint16();
  const dates = (): readonly number[] => many(reader.count(reader.uint32(), 4), () => reader.uint32());
  return {
    readerVersion,
    writerVersion,
    recurFrequency,
    patternType,
    calendarType: reader.uint16(),
    firstDateTime: reader.uint32(),
    period: reader.uint32(),
    slidingFlag: reader.uint32(),
    patternTypeSpecific: many(specificSize(reader, patternType), () => reader.uint32()),
    endType: reader.uint32(),
    occurrenceCount: reader.uint32(),
    firstDow: reader.uint32(),
    deletedInstanceDates: dates(),
    modifiedInstanceDates: dates(),
    startDate: reader.uint32(),
    endDate: reader.uint32(),
  };
}

/** The first of the two lengths is the second with the zero that is not there. */
function narrow(reader: ByteReader): string {
  const withZero = reader.uint16();
  const length = reader.uint16();
  if (withZero !== length + 1) reader.fail(`the lengths ${withZero} and ${length} of a text do not agree`);
  return reader.latin1(length);
}

function readException(reader: ByteReader): ExceptionInfo {
  const times = { startDateTime: reader.uint32(), endDateTime: reader.uint32(), originalStartDate: reader.uint32() };
  const given = reader.uint16();
  const members: { [K in Flagged]?: number | string | boolean } = {};
  for (const name of inOrder) {
    if ((given & flags[name]) === 0) continue;
    members[name] = name === 'subject' || name === 'location' ? narrow(reader) : name === 'hasExceptionalBody' ? true : reader.uint32();
  }
  const otherFlags = given & ~0x3ff;
  return { ...times, ...(members as Partial<ExceptionInfo>), ...(otherFlags === 0 ? {} : { otherFlags }) };
}

function readExtended(reader: ByteReader, of: ExceptionInfo, writerVersion2: number): ExtendedException {
  const changeHighlight = hasChangeHighlight(writerVersion2) ? block(reader) : undefined;
  const start = { ...(changeHighlight ? { changeHighlight } : {}), reservedBlock1: block(reader) };
  const hasSubject = of.subject !== undefined;
  const hasLocation = of.location !== undefined;
  if (!hasSubject && !hasLocation) return start;
  const wide = (): string => reader.utf16(reader.uint16());
  return {
    ...start,
    startDateTime: reader.uint32(),
    endDateTime: reader.uint32(),
    originalStartDate: reader.uint32(),
    ...(hasSubject ? { subject: wide() } : {}),
    ...(hasLocation ? { location: wide() } : {}),
    reservedBlock2: block(reader),
  };
}

/**
 * PidLidAppointmentRecur. Bytes that follow the structure are passed over.
 *
 * @throws CalendarBytesError
 * @example
 * encodeAppointmentRecur(decodeAppointmentRecur(bytes)); // the same bytes
 */
export function decodeAppointmentRecur(bytes: Uint8Array): AppointmentRecur {
  const reader = new ByteReader(bytes);
  const pattern = readPattern(reader);
  const readerVersion2 = reader.uint32();
  const writerVersion2 = reader.uint32();
  const startTimeOffset = reader.uint32();
  const endTimeOffset = reader.uint32();
  const exceptions = many(reader.count(reader.uint16(), 14), () => readException(reader));
  const reservedBlock1 = block(reader);
  const extendedExceptions = exceptions.map((each) => readExtended(reader, each, writerVersion2));
  return { pattern, readerVersion2, writerVersion2, startTimeOffset, endTimeOffset, exceptions, reservedBlock1, extendedExceptions, reservedBlock2: block(reader) };
}

/**
 * PidLidTaskRecurrence, which is a RecurrencePattern alone.
 *
 * @throws CalendarBytesError
 */
export function decodeTaskRecurrence(bytes: Uint8Array): RecurrencePatternFields {
  return readPattern(new ByteReader(bytes));
}

function writePattern(writer: ByteWriter, fields: RecurrencePatternFields): ByteWriter {
  const { deletedInstanceDates: deleted, modifiedInstanceDates: modified } = fields;
  return writer
    .uint16(fields.readerVersion, fields.writerVersion, fields.recurFrequency, fields.patternType, fields.calendarType)
    .uint32(fields.firstDateTime, fields.period, fields.slidingFlag, ...fields.patternTypeSpecific)
    .uint32(fields.endType, fields.occurrenceCount, fields.firstDow)
    .uint32(deleted.length, ...deleted, modified.length, ...modified, fields.startDate, fields.endDate);
}

function writeException(writer: ByteWriter, exception: ExceptionInfo): void {
  const given = inOrder.filter((name) => exception[name] !== undefined && exception[name] !== false);
  const bits = given.reduce((all, name) => all | flags[name], exception.otherFlags ?? 0);
  writer.uint32(exception.startDateTime, exception.endDateTime, exception.originalStartDate).uint16(bits);
  for (const name of given) {
    const value = exception[name];
    if (typeof value === 'string') writer.uint16(value.length + 1, value.length).latin1(value);
    else if (typeof value === 'number') writer.uint32(value);
  }
}

function writeExtended(writer: ByteWriter, extended: ExtendedException | undefined, exception: ExceptionInfo, writerVersion2: number): void {
  const put = (bytes: Uint8Array): ByteWriter => writer.uint32(bytes.length).bytes(bytes);
  if (hasChangeHighlight(writerVersion2)) put(extended?.changeHighlight ?? new Uint8Array(4));
  put(extended?.reservedBlock1 ?? new Uint8Array(0));
  if (exception.subject === undefined && exception.location === undefined) return;
  writer.uint32(extended?.startDateTime ?? exception.startDateTime, extended?.endDateTime ?? exception.endDateTime, extended?.originalStartDate ?? exception.originalStartDate);
  for (const name of ['subject', 'location'] as const) {
    const text = extended?.[name] ?? exception[name] ?? '';
    if (exception[name] !== undefined) writer.uint16(text.length).utf16(text);
  }
  put(extended?.reservedBlock2 ?? new Uint8Array(0));
}

/** The bytes of PidLidAppointmentRecur. */
export function encodeAppointmentRecur(recur: AppointmentRecur): Uint8Array {
  const writer = writePattern(new ByteWriter(), recur.pattern)
    .uint32(recur.readerVersion2, recur.writerVersion2, recur.startTimeOffset, recur.endTimeOffset)
    .uint16(recur.exceptions.length);
  for (const exception of recur.exceptions) writeException(writer, exception);
  writer.uint32(recur.reservedBlock1.length).bytes(recur.reservedBlock1);
  recur.exceptions.forEach((exception, i) => writeExtended(writer, recur.extendedExceptions[i], exception, recur.writerVersion2));
  return writer.uint32(recur.reservedBlock2.length).bytes(recur.reservedBlock2).done();
}

/** The bytes of PidLidTaskRecurrence. */
export function encodeTaskRecurrence(pattern: RecurrencePatternFields): Uint8Array {
  return writePattern(new ByteWriter(), pattern).done();
}
