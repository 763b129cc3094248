import { dismissReminder, snoozeReminder, type Item } from '@fauxchange/mailbox';
import { openItem } from '../../calendar-items.ts';
import type { EwsContext } from '../../context.ts';
import { EwsError } from '../../errors.ts';
import { itemIdElement } from '../../items.ts';
import { kindOfClass } from '../../mapping/item-kind.ts';
import { parseDateTime } from '../../mapping/date-time.ts';
import { defineOperation, type Operation } from '../../operation.ts';
import { answerAlone, success } from '../../response-messages.ts';
import type { ItemIdType, ReminderItemActionType } from '../../schema/types.generated.ts';

/** @see [MS-OXWSMTGS] 3.1.4.7 PerformReminderAction */
export const performReminderAction: Operation<'PerformReminderAction'> = defineOperation('PerformReminderAction', ({ ReminderItemActions }, context) =>
  answerAlone(context, (head) => ({ ...head, UpdatedItemIds: { ItemId: ReminderItemActions.ReminderItemAction.map(({ ItemId }) => ItemId) } }), async () => {
    const updated: ItemIdType[] = [];
    for (const action of ReminderItemActions.ReminderItemAction) updated.push(await perform(action, context));
    return { ...success, UpdatedItemIds: { ItemId: updated } };
  }));

async function perform({ ActionType, ItemId, NewReminderTime }: ReminderItemActionType, context: EwsContext): Promise<ItemIdType> {
  const { session, item } = await openItem(['ItemId', ItemId], context);
  if (!['CalendarItem', 'Task', 'Message'].includes(kindOfClass(item.itemClass))) throw new EwsError('ErrorInvalidOperation');
  const done: Item = ActionType === 'Dismiss' ? await dismissReminder(session, item) : await snoozeReminder(session, item, newTime(NewReminderTime, context));
  return { Id: ItemId.Id, ChangeKey: itemIdElement(done, session).ChangeKey };
}

function newTime(text: string | undefined, { localOffset }: EwsContext): number {
  if (text === undefined) throw new EwsError('ErrorInvalidArgument', 'To snooze is to ring again at NewReminderTime.');
  return parseDateTime(text, localOffset);
}
