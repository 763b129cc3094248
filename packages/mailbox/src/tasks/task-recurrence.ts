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

/** What makes a recurring task its next occurrence; undefined after the last. */
export function nextTaskOccurrence(read: ReadTask, completed: number, offset: LocalOffset): Properties | undefined {
  const recurrence = taskRecurrence(read('PidLidTaskRecurrence'));
  if (!recurrence) return undefined;
  const start = read('PidLidTaskStartDate') as number | undefined;
  const due = read('PidLidTaskDueDate') as number | undefined;
  const next = recurrence.pattern.kind === 'regenerating' ? regenerated(recurrence, completed) : following(recurrence, start ?? due ?? completed);
  return next && { ...daysFrom(next.day * msPerDay, start, due, offset), ...next.more };
}

interface Next {
  /** Days since 1970. */
  readonly day: number;
  readonly more?: Properties | undefined;
}

function following(recurrence: Recurrence, current: number): Next | undefined {
  const dates = dateSequence(recurrence);
  const index = dates.indexFrom(Math.floor(current / msPerDay) + 1);
  return index < dates.length ? { day: dates.dayAt(index) } : undefined;
}

/** The count of a regenerating series is of those still to come, the present one included: [MS-OXOTASK] 3.1.4.6.2. */
function regenerated(recurrence: Recurrence, completed: number): Next | undefined {
  const { pattern, range } = recurrence;
  if (pattern.kind !== 'regenerating' || (range.kind === 'numbered' && range.count <= 1)) return undefined;
  const date = regeneratedDate(pattern, civilDate(Math.floor(completed / msPerDay)));
  const day = dayNumber(date);
  if (range.kind === 'endDate' && day > dayNumber(range.end)) return undefined;
  const rest: Recurrence = { ...recurrence, start: date, range: range.kind === 'numbered' ? { kind: 'numbered', count: range.count - 1 } : range };
  return { day, more: { PidLidTaskRecurrence: encode(rest) } };
}
