import { notRecurringTask, recurringTask } from '@fauxchange/mailbox';
import type { TaskRecurrenceType } from '../schema/types.generated.ts';
import type { ItemTarget } from './fields.ts';
import { decodeRecurrence } from './recurrence.ts';

export function setTaskRecurrence(sent: TaskRecurrenceType, target: ItemTarget): void {
  Object.assign(target.properties, recurringTask(decodeRecurrence(sent)));
}

export function removeTaskRecurrence(target: ItemTarget): void {
  Object.assign(target.properties, notRecurringTask);
}
