import type { IconIndexType } from '../schema/types.generated.ts';
import { get, type ItemView } from './item-view.ts';
import { kindOfClass, type ItemKind } from './item-kind.ts';

/** PidTagIconIndex of messages that were answered or passed on, [MS-OXOMSG] 2.2.1.10. */
const answered: Readonly<Record<number, IconIndexType>> = { 0x105: 'MailReplied', 0x106: 'MailForwarded' };
const byKind: { readonly [K in ItemKind]?: IconIndexType } = { PostItem: 'PostItem', Contact: 'OutlookDefaultForContacts', CalendarItem: 'AppointmentItem', Task: 'TaskItem' };

/** The icon by what the item is and what was done with it. */
export function iconIndex(view: ItemView): IconIndexType {
  const kind = kindOfClass(view.item.itemClass);
  if (kind === 'Task' && get(view, 'PidLidTaskFRecurring')) return 'TaskRecur';
  return byKind[kind] ?? answered[get(view, 'PidTagIconIndex') ?? -1] ?? (view.isRead ? 'MailRead' : 'MailUnread');
}
