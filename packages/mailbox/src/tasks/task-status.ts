import type { Properties } from '../items/item.ts';

/** PidLidTaskStatus, [MS-OXOTASK] 2.2.2.2.2. */
export const taskStatuses = { NotStarted: 0, InProgress: 1, Completed: 2, WaitingOnOthers: 3, Deferred: 4 } as const;

/** A task that was done on a day, whichever of its properties is asked. */
export function completedTask(day: number): Properties {
  return { PidLidTaskStatus: taskStatuses.Completed, PidLidPercentComplete: 1, PidLidTaskComplete: true, PidLidTaskDateCompleted: day };
}

/** A task that goes on; `part` of it, up to 1, is done. */
export function openTask(status: number, part: number): Properties {
  return { PidLidTaskStatus: status, PidLidPercentComplete: part, PidLidTaskComplete: false, PidLidTaskDateCompleted: undefined };
}

/** What every task has from its beginning, [MS-OXOTASK] 2.2.2. */
export function newTaskProperties(owner: string): Properties {
  return {
    PidLidTaskStatus: taskStatuses.NotStarted, PidLidPercentComplete: 0, PidLidTaskComplete: false, PidLidTaskVersion: 1, PidLidTaskState: 1,
    PidLidTaskOwnership: 0, PidLidTaskAcceptanceState: 0, PidLidTaskMode: 0, PidLidTeamTask: false, PidLidTaskFRecurring: false, PidLidTaskOwner: owner,
  };
}

/** What every change of a task leaves behind: the count of its versions, who wrote it and when. */
export function taskRevision(version: number, author: string, now: number): Properties {
  return { PidLidTaskVersion: version, PidLidTaskLastUpdate: now, PidLidTaskLastUser: author };
}
