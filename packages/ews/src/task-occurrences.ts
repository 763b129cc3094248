import { copiedProperties, isSeriesMoved, nextTaskOccurrence, restOfSeries, taskRecurrence, taskStatuses, valueOf, type Item, type MailboxSession, type Properties } from '@fauxchange/mailbox';
import type { EwsContext } from './context.ts';
import { EwsError } from './errors.ts';

const isRecurring = (item: Item): boolean => valueOf(item, 'PidLidTaskFRecurring') === true;

/** A task that has still everything to be done. */
const notStarted: Properties = { PidLidTaskStatus: taskStatuses.NotStarted, PidLidPercentComplete: 0, PidLidTaskComplete: false, PidLidTaskDateCompleted: undefined };
/** What an occurrence that is done with no longer has. */
const noSeries: Properties = { PidLidTaskRecurrence: undefined, PidLidTaskFRecurring: false, PidLidTaskDeadOccurrence: true, PidTagSearchKey: undefined };

/**
 * An occurrence of a recurring task that has been completed, or moved out of a series by fixed days, stays behind as a task of its
 * own, and the series goes on with its next occurrence; after the last it stays complete. The answer is the one that stays behind:
 * Task.Update of the EWS Managed API.
 */
export async function leaveOccurrence(before: Item, updated: Item, session: MailboxSession, { localOffset, clock }: EwsContext): Promise<Item> {
  if (!isRecurring(updated)) return updated;
  const isComplete = valueOf(updated, 'PidLidTaskComplete') === true;
  if (!isComplete && !isMoved(before, updated)) return updated;
  const completed = Number(valueOf(updated, 'PidLidTaskDateCompleted') ?? clock.now());
  // Where the update changes the series too, the next day is still one of the old series: the suite of exchangelib.
  const series = isRecurring(before) ? before : updated;
  const next = nextTaskOccurrence((name) => valueOf(series, name), completed, localOffset);
  if (!next) return updated;
  const left = await session.createItem(updated.folderId, { ...updated, properties: { ...copiedProperties(updated.bag), ...noSeries } });
  await goOn(updated, next, session);
  return left;
}

function isMoved(before: Item, updated: Item): boolean {
  if (!isRecurring(before) || isRegenerating(before)) return false;
  return isSeriesMoved(valueOf(before, 'PidLidTaskRecurrence'), valueOf(updated, 'PidLidTaskRecurrence'))
    || (['PidLidTaskStartDate', 'PidLidTaskDueDate'] as const).some((name) => valueOf(before, name) !== valueOf(updated, name));
}

const isRegenerating = (item: Item): boolean => taskRecurrence(valueOf(item, 'PidLidTaskRecurrence'))?.pattern.kind === 'regenerating';

function goOn(item: Item, next: Properties, session: MailboxSession): Promise<Item> {
  const rest = restOfSeries(valueOf(item, 'PidLidTaskRecurrence'), Number(next.PidLidTaskStartDate ?? next.PidLidTaskDueDate));
  return session.updateItem(item.id, { properties: { ...notStarted, ...next, ...rest } });
}

/**
 * Skips the present occurrence of a recurring task. False: there is no series, the task itself is what is meant.
 *
 * @throws EwsError ErrorCannotDeleteTaskOccurrence for the last one, and for what is made only on completion
 */
export async function deleteOccurrence(item: Item, session: MailboxSession, { localOffset, clock }: EwsContext): Promise<boolean> {
  if (!isRecurring(item)) return false;
  const next = isRegenerating(item) ? undefined : nextTaskOccurrence((name) => valueOf(item, name), clock.now(), localOffset);
  if (!next) throw new EwsError('ErrorCannotDeleteTaskOccurrence');
  await goOn(item, next, session);
  return true;
}
