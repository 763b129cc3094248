import type { ItemTarget } from './fields.ts';
import { currentValue } from './fields.ts';

/** The reminder goes off that long before what it is about, [MS-OXORMDR] 2.2.1.2; appointments have their own rule. */
export function completeReminder(target: ItemTarget): void {
  const { kind, properties } = target;
  if (kind === 'CalendarItem' || !('PidLidReminderTime' in properties || 'PidLidReminderDelta' in properties || 'PidLidReminderSet' in properties)) return;
  if (currentValue(target, 'PidLidReminderSet') !== true) return;
  const due = currentValue(target, 'PidLidReminderTime') as number | undefined;
  if (due !== undefined) properties['PidLidReminderSignalTime'] = due - Number(currentValue(target, 'PidLidReminderDelta') ?? 0) * 60_000;
}
