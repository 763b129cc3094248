import type { PropertyName } from '@fauxchange/properties';
import type { ArrayOfInboxReminderType, InboxReminderType } from '../schema/types.generated.ts';
import { computed } from './field-builders.ts';
import type { ItemField, ItemTarget } from './fields.ts';
import { getAny, type ItemView } from './item-view.ts';

/** A list of them as JSON, in a property of ours: how Exchange keeps them is nowhere told. */
const property: PropertyName = '{00062002-0000-0000-c000-000000000046}:InboxReminders:String';

/** What was not said is made out, the identifier among it; who gets it follows from whose reminder it is: [MS-OXWSMTGS] 2.2.5.7. */
function complete({ Id, ReminderOffset = 0, Message, IsOrganizerReminder = false, OccurrenceChange = 'None', SendOption = 'NotSet' }: InboxReminderType, { context }: ItemTarget): InboxReminderType {
  const option = SendOption === 'NotSet' ? (IsOrganizerReminder ? 'AllAttendees' : 'User') : SendOption;
  return { Id: Id ?? context.ids.uuid(), ReminderOffset, Message, IsOrganizerReminder, OccurrenceChange, SendOption: option };
}

function read(view: ItemView): ArrayOfInboxReminderType | undefined {
  const kept = getAny(view, property);
  return typeof kept === 'string' ? { InboxReminder: listIn(kept) } : undefined;
}

/** Whoever writes properties by their names may have written anything. */
function listIn(text: string): readonly InboxReminderType[] {
  try {
    const list: unknown = JSON.parse(text);
    return Array.isArray(list) ? list.filter(isReminder) : [];
  } catch {
    return [];
  }
}

const isReminder = (one: unknown): one is InboxReminderType => typeof one === 'object' && one !== null && Number.isInteger((one as InboxReminderType).ReminderOffset);

/** Reminders by mail. @see [MS-OXWSMTGS] 2.2.4.13 InboxReminderType */
export const inboxReminders: ItemField = {
  ...computed('calendar:InboxReminders', 'allGet', read, { kinds: ['CalendarItem'] }),
  set: ({ InboxReminder: list = [] }: ArrayOfInboxReminderType, target) => void (target.properties[property] = list.length > 0 ? JSON.stringify(list.map((one) => complete(one, target))) : undefined),
  remove: (target) => void (target.properties[property] = undefined),
};
