import {
  CalendarBytesError, civilDate, dateSequence, dayNumber, decodeTaskRecurrence, encodeTaskRecurrence, fieldsOfRecurrence, RecurrenceError, recurrenceOfFields, regeneratedDate, type Recurrence,
} from '@fauxchange/calendar';
import { binary, type Binary } from '@fauxchange/properties';
import type { Properties } from '../items/item.ts';
import { startOfDay, type LocalOffset } from './task-days.ts';

const msPerDay = 86_400_000;

/** PidLidTaskRecurrence as a recurrence; undefined where it is none, or none that we know. */
export function taskRecurrence(value: unknown): Recurrence | undefined {
  if (value === undefined) return undefined;
  try {
    return recurrenceOfFields(decodeTaskRecurrence(binary.toBytes(value as Binary)));
  } catch (thrown) {
    if (thrown instanceof CalendarBytesError || thrown instanceof RecurrenceError) return undefined;
    throw thrown;
  }
}

type ReadTask = (name: 'PidLidTaskRecurrence' | 'PidLidTaskStartDate' | 'PidLidTaskDueDate') => unknown;

const encode = (recurrence: Recurrence): Binary => binary.from(encodeTaskRecurrence(fieldsOfRecurrence(recurrence)));

/** What makes a task one that recurs, [MS-OXOTASK] 2.2.2.2.15 and 2.2.2.2.16. */
export function recurringTask(recurrence: Recurrence): Properties {
  return { PidLidTaskRecurrence: encode(recurrence), PidLidTaskFRecurring: true, PidLidTaskDeadOccurrence: false };
}

export const notRecurringTask: Properties = { PidLidTaskRecurrence: undefined, PidLidTaskFRecurring: false, PidLidTaskDeadOccurrence: undefined };

/** A task with a new recurrence is the first of its series: it is due on the first day of the pattern. Undefined for what is no recurrence. */
export function firstTaskOccurrence(read: ReadTask, offset: LocalOffset): Properties | undefined {
  const recurrence = taskRecurrence(read('PidLidTaskRecurrence'));
  if (!recurrence) return undefined;
  return daysFrom(dateSequence(recurrence).dayAt(0) * msPerDay, read('PidLidTaskStartDate') as number | undefined, read('PidLidTaskDueDate') as number | undefined, offset);
}

/** The days of an occurrence whose day it is: as long as the task took before. */
function daysFrom(day: number, start: number | undefined, due: number | undefined, offset: LocalOffset): Properties {
  const dueDay = start !== undefined && due !== undefined && due > start ? day + (due - start) : day;
  const startDay = start === undefined ? undefined : day;
  return {
    PidLidTaskStartDate: startDay, PidLidTaskDueDate: dueDay, PidLidCommonEnd: startOfDay(dueDay, offset),
    PidLidCommonStart: startDay === undefined ? undefined : startOfDay(startDay, offset),
  };
}

/** Whether a recurrence by fixed days got another first day. */
export function isSeriesMoved(before: unknown, after: unknown): boolean {
  const [old, now] = [taskRecurrence(before), taskRecurrence(after)];
  return old !== undefined && now !== undefined && old.pattern.kind !== 'regenerating' && dayNumber(old.start) !== dayNumber(now.start);
}

/**
 * What makes a recurring task its next occurrence; undefined after the last. The series is counted down: in what is kept
 * of it, the count is of the occurrences to come ([MS-OXOTASK] 3.1.4.6.2; for fixed days seen on real servers: the suite of exchangelib).
 */
export function nextTaskOccurrence(read: ReadTask, completed: number, offset: LocalOffset): Properties | undefined {
  const recurrence = taskRecurrence(read('PidLidTaskRecurrence'));
  if (!recurrence || (recurrence.range.kind === 'numbered' && recurrence.range.count <= 1)) return undefined;
  const start = read('PidLidTaskStartDate') as number | undefined;
  const due = read('PidLidTaskDueDate') as number | undefined;
  const day = recurrence.pattern.kind === 'regenerating' ? regenerated(recurrence, completed) : following(recurrence, start ?? due ?? completed);
  return day === undefined ? undefined : daysFrom(day * msPerDay, start, due, offset);
}

/** The series as it goes on from an occurrence on that day (ms since 1970): a regenerating one begins there. */
export function restOfSeries(value: unknown, day: number): Properties {
  const recurrence = taskRecurrence(value);
  if (!recurrence) return {};
  const { pattern, range } = recurrence;
  return {
    PidLidTaskRecurrence: encode({
      ...recurrence,
      start: pattern.kind === 'regenerating' ? civilDate(day / msPerDay) : recurrence.start,
      range: range.kind === 'numbered' ? { kind: 'numbered', count: range.count - 1 } : range,
    }),
  };
}

/** The day (since 1970) of the pattern after another; how many came before is not told by a count of those to come. */
function following(recurrence: Recurrence, current: number): number | undefined {
  const dates = dateSequence(recurrence.range.kind === 'numbered' ? { ...recurrence, range: { kind: 'noEnd' } } : recurrence);
  const index = dates.indexFrom(Math.floor(current / msPerDay) + 1);
  return index < dates.length ? dates.dayAt(index) : undefined;
}

function regenerated({ pattern, range }: Recurrence, completed: number): number | undefined {
  if (pattern.kind !== 'regenerating') return undefined;
  const day = dayNumber(regeneratedDate(pattern, civilDate(Math.floor(completed / msPerDay))));
  return range.kind === 'endDate' && day > dayNumber(range.end) ? undefined : day;
}
