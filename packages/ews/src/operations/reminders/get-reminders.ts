import { isOccurrence, remindersUntil, valueOf, type MailboxSession, type Reminder, uidOfItem } from '@fauxchange/mailbox';
import type { EwsContext } from '../../context.ts';
import { EwsError } from '../../errors.ts';
import { itemIdElement } from '../../items.ts';
import { formatDateTime, parseDateTime } from '../../mapping/date-time.ts';
import { defineOperation, type Operation } from '../../operation.ts';
import { ownSession } from '../../resolve.ts';
import { answerAlone, success } from '../../response-messages.ts';
import type { GetRemindersType, ReminderType } from '../../schema/types.generated.ts';

/** [MS-OXWSMTGS] 3.1.4.5.3.2 MaxItems. */
const mostReminders = 200;

/** @see [MS-OXWSMTGS] 3.1.4.5 GetReminders */
export const getReminders: Operation<'GetReminders'> = defineOperation('GetReminders', (request, context) =>
  answerAlone(context, (head) => ({ ...head, Reminders: {} }), async () => {
    const session = ownSession(context);
    const { MaxItems: most = mostReminders } = request;
    if (most < 0 || most > mostReminders) throw new EwsError('ErrorInvalidArgument');
    const chosen = await chosenReminders(request, session, context);
    return { ...success, Reminders: { Reminder: chosen.slice(0, most).map((one) => encodeReminder(one, session, context)) } };
  }));

/** The three types as the operation's page of the EWS reference tells them apart. */
async function chosenReminders({ BeginTime, EndTime, ReminderType: type = 'All' }: GetRemindersType, session: MailboxSession, { clock, localOffset }: EwsContext): Promise<readonly Reminder[]> {
  if (type === 'Old' && (BeginTime === undefined || EndTime === undefined)) throw new EwsError('ErrorInvalidArgument', 'Old reminders are asked for with BeginTime and EndTime.');
  const from = BeginTime === undefined ? -Infinity : parseDateTime(BeginTime, localOffset);
  const until = EndTime === undefined ? Infinity : parseDateTime(EndTime, localOffset);
  const now = clock.now();
  const isOver = ({ end }: Reminder): boolean => end <= now;
  return (await remindersUntil(session, until)).filter((one) => {
    const isWithin = one.at >= from;
    if (type === 'Old') return isWithin && isOver(one) && one.isTask;
    return isWithin || (type === 'Current' && (!one.isTask || !isOver(one)));
  });
}

function encodeReminder({ item, isTask, at, start, end }: Reminder, session: MailboxSession, { precision }: EwsContext): ReminderType {
  const time = (ms: number): string => formatDateTime(ms, precision);
  const location = valueOf(item, 'PidLidLocation');
  const id = itemIdElement(item, session);
  return {
    Subject: String(valueOf(item, 'PidTagSubject') ?? ''), Location: typeof location === 'string' ? location : undefined,
    ReminderTime: time(at), StartDate: time(start), EndDate: time(end), ItemId: id,
    RecurringMasterItemId: isOccurrence(item) ? itemIdElement(item.master, session) : undefined,
    ReminderGroup: isTask ? 'Task' : 'Calendar', UID: uidOfItem(item) ?? id.Id,
  };
}
