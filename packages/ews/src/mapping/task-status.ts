import { EwsError } from '../errors.ts';
import { currentValue, type ItemTarget } from './fields.ts';
import { localTime } from './task-days.ts';
import { placeFirstOccurrence } from './task-recurrence.ts';

/** PidLidTaskStatus, [MS-OXOTASK] 2.2.2.2.2. */
export const taskStatuses = { NotStarted: 0, InProgress: 1, Completed: 2, WaitingOnOthers: 3, Deferred: 4 } as const;
export type TaskStatus = keyof typeof taskStatuses;

const statusOf = (target: ItemTarget): number => Number(currentValue(target, 'PidLidTaskStatus') ?? taskStatuses.NotStarted);

function today({ context }: ItemTarget): number {
  return Math.floor(localTime(context.clock.now(), context.localOffset) / 86_400_000) * 86_400_000;
}

/** Completed, whichever of the three properties says so: [MS-OXWSTASK] 2.2.4.6. */
function complete(target: ItemTarget, day: number): void {
  Object.assign(target.properties, { PidLidTaskStatus: taskStatuses.Completed, PidLidPercentComplete: 1, PidLidTaskComplete: true, PidLidTaskDateCompleted: day });
}

function goOn(target: ItemTarget, status: number, percent: number): void {
  Object.assign(target.properties, { PidLidTaskStatus: status, PidLidPercentComplete: percent, PidLidTaskComplete: false, PidLidTaskDateCompleted: undefined });
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
  const now = context.clock.now();
  placeFirstOccurrence(target);
  if (isNew) {
    const defaults: ItemTarget['properties'] = {
      PidLidTaskStatus: taskStatuses.NotStarted, PidLidPercentComplete: 0, PidLidTaskComplete: false, PidLidTaskVersion: 1, PidLidTaskState: 1,
      PidLidTaskOwnership: 0, PidLidTaskAcceptanceState: 0, PidLidTaskMode: 0, PidLidTeamTask: false, PidLidTaskFRecurring: false, PidLidTaskOwner: context.caller.displayName,
    };
    for (const [name, value] of Object.entries(defaults)) properties[name as keyof typeof properties] ??= value;
  } else if (Object.keys(properties).length > 0) {
    properties['PidLidTaskVersion'] = Number(currentValue(target, 'PidLidTaskVersion') ?? 0) + 1;
  }
  properties['PidLidTaskLastUpdate'] = now;
  properties['PidLidTaskLastUser'] = context.caller.displayName;
}
