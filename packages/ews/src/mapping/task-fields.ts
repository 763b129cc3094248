import { startOfDay, taskRecurrence, taskStatuses } from '@fauxchange/mailbox';
import type { PropertyName } from '@fauxchange/properties';
import { boolean, choice, computed, integer, strings, text, time } from './field-builders.ts';
import type { ItemField, ItemTarget } from './fields.ts';
import type { ItemKind } from './item-kind.ts';
import { get, type ItemView } from './item-view.ts';
import { encodeRecurrence } from './recurrence.ts';
import { dayOf, formatDay } from './task-days.ts';
import { removeTaskRecurrence, setTaskRecurrence } from './task-recurrence.ts';
import { removeCompleteDate, setCompleteDate, setPercentComplete, setTaskStatus, type TaskStatus } from './task-status.ts';

const task = ['Task'] as const satisfies readonly ItemKind[];
const writable = { shape: 'all', kinds: task, canSet: true, canDelete: true } as const;
const readOnly = { shape: 'all', kinds: task } as const;

/** StatusDescription of an English mailbox. */
const descriptions: Readonly<Record<number, string>> = { 0: 'Not Started', 1: 'In Progress', 2: 'Completed', 3: 'Waiting on someone else', 4: 'Deferred' };

const assignedTime = time('task:AssignedTime', 'PidLidTaskLastUpdate', readOnly);
/** PidLidTaskState 1: nobody gave it to anybody ([MS-OXOTASK] 2.2.2.2.14). */
const isAssigned = (view: ItemView): boolean => (get(view, 'PidLidTaskState') ?? 1) > 1;

/** Fields of tasks, in the order of TaskType. */
export const taskFields: readonly ItemField[] = [
  integer('task:ActualWork', 'PidLidTaskActualEffort', writable),
  { ...assignedTime, read: (view) => (isAssigned(view) ? assignedTime.read(view) : undefined) },
  text('task:BillingInformation', 'PidLidBilling', writable),
  { ...integer('task:ChangeCount', 'PidLidTaskVersion', readOnly), read: (view) => get(view, 'PidLidTaskVersion') ?? 0 },
  strings('task:Companies', 'PidLidCompanies', writable),
  { ...day('task:CompleteDate', 'PidLidTaskDateCompleted', 'all', setCompleteDate), remove: removeCompleteDate },
  strings('task:Contacts', 'PidLidContacts', writable),
  // "NoMatch" is the word for a task that nobody delegated: enumeration TaskDelegationState of the EWS Managed API.
  computed('task:DelegationState', 'all', () => 'NoMatch', { kinds: task }),
  text('task:Delegator', 'PidLidTaskAssigner', readOnly),
  day('task:DueDate', 'PidLidTaskDueDate', 'default', (at, target) => setDay(target, 'PidLidTaskDueDate', 'PidLidCommonEnd', at)),
  { ...integer('task:IsAssignmentEditable', 'PidLidTaskMode', readOnly), read: (view) => get(view, 'PidLidTaskMode') ?? 0 },
  boolean('task:IsComplete', 'PidLidTaskComplete', readOnly, false),
  boolean('task:IsRecurring', 'PidLidTaskFRecurring', readOnly, false),
  boolean('task:IsTeamTask', 'PidLidTeamTask', readOnly, false),
  text('task:Mileage', 'PidLidMileage', writable),
  text('task:Owner', 'PidLidTaskOwner', { ...readOnly, canSet: 'new' }),
  {
    uri: 'task:PercentComplete', element: 'PercentComplete', kinds: task, shape: 'default', property: 'PidLidPercentComplete',
    // Kept as a part of one: rounding takes back what the division cost.
    read: (view) => Number(((get(view, 'PidLidPercentComplete') ?? 0) * 100).toPrecision(12)),
    set: setPercentComplete,
    constant: (value) => Number(value) / 100,
  },
  {
    uri: 'task:Recurrence', element: 'Recurrence', kinds: task, shape: 'allGet',
    read: (view) => {
      const recurrence = taskRecurrence(get(view, 'PidLidTaskRecurrence'));
      return recurrence && encodeRecurrence(recurrence);
    },
    set: setTaskRecurrence,
    remove: removeTaskRecurrence,
  },
  day('task:StartDate', 'PidLidTaskStartDate', 'default', (at, target) => setDay(target, 'PidLidTaskStartDate', 'PidLidCommonStart', at)),
  { ...choice('task:Status', 'PidLidTaskStatus', taskStatuses, 'NotStarted', { shape: 'default', kinds: task }), set: (value: TaskStatus, target) => setTaskStatus(value, target) },
  computed('task:StatusDescription', 'all', (view) => descriptions[get(view, 'PidLidTaskStatus') ?? 0], { kinds: task }),
  integer('task:TotalWork', 'PidLidTaskEstimatedEffort', writable),
];

function day(uri: string, property: 'PidLidTaskStartDate' | 'PidLidTaskDueDate' | 'PidLidTaskDateCompleted', shape: ItemField['shape'], set: (day: number, target: ItemTarget) => void): ItemField {
  return {
    uri, element: uri.slice('task:'.length), kinds: task, shape, property,
    read: (view) => formatDay(get(view, property), view),
    set: (value: string, target) => set(dayOf(value, target.context), target),
    remove: (target) => setDay(target, property, property === 'PidLidTaskDueDate' ? 'PidLidCommonEnd' : 'PidLidCommonStart', undefined),
    constant: dayOf,
  };
}

/** The floating day, and beside it the instant at which it begins for whoever wrote it ([MS-OXOTASK] 2.2.2.1). */
function setDay(target: ItemTarget, property: PropertyName, instant: PropertyName, at: number | undefined): void {
  target.properties[property] = at;
  target.properties[instant] = at === undefined ? undefined : startOfDay(at, target.context.localOffset);
}
