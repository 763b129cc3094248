import { completeCalendar } from './complete-calendar.ts';
import { completeContact } from './complete-contact.ts';
import { completeDistributionList } from './distribution-list-fields.ts';
import { completeReminder } from './complete-reminder.ts';
import { completeTask } from './task-status.ts';
import type { ItemTarget } from './fields.ts';
import { kindOfClass, type ItemKind } from './item-kind.ts';

const completions: { readonly [K in ItemKind]?: (target: ItemTarget) => void } = {
  CalendarItem: completeCalendar,
  Contact: completeContact,
  DistributionList: completeDistributionList,
  Task: completeTask,
};

const mail: ReadonlySet<ItemKind> = new Set<ItemKind>(['Item', 'Message', 'PostItem', 'MeetingMessage', 'MeetingRequest', 'MeetingResponse', 'MeetingCancellation']);

/** Adds to what a request says of an item what follows from it for items of its class. */
export function completeItem(target: ItemTarget): void {
  const kind = target.kind === 'Item' && target.itemClass !== undefined ? kindOfClass(target.itemClass) : target.kind;
  completions[kind]?.(target);
  // What is no mail was "sent" when it was made: Microsoft's examples of GetItem with contacts and tasks.
  if (target.isNew && !mail.has(kind)) target.properties['PidTagClientSubmitTime'] ??= target.context.clock.now();
  completeReminder(target);
}
