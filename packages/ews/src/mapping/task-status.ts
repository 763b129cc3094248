import { completedTask, firstTaskOccurrence, isSeriesMoved, localDay, newTaskProperties, openTask, taskRevision, taskStatuses } from '@fauxchange/mailbox';
import { EwsError } from '../errors.ts';
import { currentValue, type ItemTarget } from './fields.ts';
import { get } from './item-view.ts';

export type TaskStatus = keyof typeof taskStatuses;

const statusOf = (target: ItemTarget): number => Number(currentValue(target, 'PidLidTaskStatus') ?? taskStatuses.NotStarted);

function today({ context }: ItemTarget): number {
  return localDay(context.clock.now(), context.localOffset);
}

/** Completed, whichever of the three properties says so: [MS-OXWSTASK] 2.2.4.6. */
function complete(target: ItemTarget, day: number): void {
  Object.assign(target.properties, completedTask(day));
}

function goOn(target: ItemTarget, status: number, percent: number): void {
  Object.assign(target.properties, openTask(status, percent));
}

export function setTaskStatus(name: TaskStatus, target: ItemTarget): void {
  const status = taskStatuses[name];
  const percent = Number(currentValue(target, 'PidLidPercentComplete') ?? 0);
  if (status === taskStatuses.Completed) complete(target, (currentValue(target, 'PidLidTaskDateCompleted') as number | undefined) ?? today(target));
  else if (status === taskStatuses.NotStarted) goOn(target, status, 0);
  else goOn(target, status, percent >= 1 ? 0 : percent);
}

/** @throws EwsError ErrorInvalidPercentCompleteValue outside of 0 to 100 */
export function setPercentComplete(percent: number, target: ItemTarget): void {
  if (!(percent >= 0 && percent <= 100)) throw new EwsError('ErrorInvalidPercentCompleteValue');
  const status = statusOf(target);
  const isWaiting = status === taskStatuses.WaitingOnOthers || status === taskStatuses.Deferred;
  if (percent === 100) complete(target, (currentValue(target, 'PidLidTaskDateCompleted') as number | undefined) ?? today(target));
  else if (isWaiting) goOn(target, status, percent / 100);
  else goOn(target, percent === 0 ? taskStatuses.NotStarted : taskStatuses.InProgress, percent / 100);
}

/** @throws EwsError ErrorInvalidCompleteDate for a day to come */
export function setCompleteDate(day: number, target: ItemTarget): void {
  if (day > today(target)) throw new EwsError('ErrorInvalidCompleteDate');
  complete(target, day);
}

export function removeCompleteDate(target: ItemTarget): void {
  if (statusOf(target) === taskStatuses.Completed) goOn(target, taskStatuses.NotStarted, 0);
  else target.properties['PidLidTaskDateCompleted'] = undefined;
}

/** Defaults of a new task and the count of its versions, [MS-OXOTASK] 2.2.2. */
export function completeTask(target: ItemTarget): void {
  const { properties, context, isNew } = target;
  if (beginsSeries(target)) Object.assign(properties, firstTaskOccurrence((name) => currentValue(target, name), context.localOffset));
  const isTouched = Object.keys(properties).length > 0;
  if (isNew) for (const [name, value] of Object.entries(newTaskProperties(context.caller.displayName))) properties[name as keyof typeof properties] ??= value;
  const version = Number(currentValue(target, 'PidLidTaskVersion') ?? 0);
  Object.assign(properties, taskRevision(isNew || !isTouched ? version : version + 1, context.caller.displayName, context.clock.now()));
}

/** A task with a new recurrence is the first of its series. A series that is moved leaves its occurrence where it is: task-occurrences.ts. */
function beginsSeries({ properties, view }: ItemTarget): boolean {
  const [before, after] = [view && get(view, 'PidLidTaskRecurrence'), properties['PidLidTaskRecurrence']];
  return after !== undefined && before !== after && !isSeriesMoved(before, after);
}
