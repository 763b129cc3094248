import {
  CalendarBytesError, civilDate, dateSequence, dayNumber, decodeTaskRecurrence, encodeTaskRecurrence, fieldsOfRecurrence, RecurrenceError, recurrenceOfFields, regeneratedDate, type Recurrence,
} from '@fauxchange/calendar';
import type { Properties } from '@fauxchange/mailbox';
import { binary, type Binary } from '@fauxchange/properties';
import type { TaskRecurrenceType } from '../schema/types.generated.ts';
import { currentValue, type ItemTarget } from './fields.ts';
import { decodeRecurrence } from './recurrence.ts';
import { startOfDay } from './task-days.ts';

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

const encode = (recurrence: Recurrence): Binary => binary.from(encodeTaskRecurrence(fieldsOfRecurrence(recurrence)));

export function setTaskRecurrence(sent: TaskRecurrenceType, target: ItemTarget): void {
  const recurrence = decodeRecurrence(sent);
  Object.assign(target.properties, { PidLidTaskRecurrence: encode(recurrence), PidLidTaskFRecurring: true, PidLidTaskDeadOccurrence: false });
}

export function removeTaskRecurrence(target: ItemTarget): void {
  Object.assign(target.properties, { PidLidTaskRecurrence: undefined, PidLidTaskFRecurring: false, PidLidTaskDeadOccurrence: undefined });
}

/** A task with a new recurrence is the first of its series: it is due on the first day of the pattern. */
export function placeFirstOccurrence(target: ItemTarget): void {
  const recurrence = taskRecurrence(target.properties['PidLidTaskRecurrence']);
  if (!recurrence) return;
  const day = dateSequence(recurrence).dayAt(0) * msPerDay;
  const start = currentValue(target, 'PidLidTaskStartDate') as number | undefined;
  const due = currentValue(target, 'PidLidTaskDueDate') as number | undefined;
  Object.assign(target.properties, daysFrom(day, start, due, target.context.localOffset));
}

/** The days of an occurrence whose day it is: as long as the task took before. */
function daysFrom(day: number, start: number | undefined, due: number | undefined, offset: (localMs: number) => number): Properties {
  const dueDay = start !== undefined && due !== undefined && due > start ? day + (due - start) : day;
  const startDay = start === undefined ? undefined : day;
  return {
    PidLidTaskStartDate: startDay, PidLidTaskDueDate: dueDay, PidLidCommonEnd: startOfDay(dueDay, offset),
    PidLidCommonStart: startDay === undefined ? undefined : startOfDay(startDay, offset),
  };
}

/** What makes a recurring task its next occurrence; undefined after the last. */
export function nextOccurrence(read: (name: 'PidLidTaskRecurrence' | 'PidLidTaskStartDate' | 'PidLidTaskDueDate') => unknown, completed: number, offset: (localMs: number) => number): Properties | undefined {
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
