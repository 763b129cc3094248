import { copiedProperties, nextTaskOccurrence, taskRecurrence, taskStatuses, valueOf, type Item, type MailboxSession, type Properties } from '@fauxchange/mailbox';
import type { EwsContext } from './context.ts';
import { EwsError } from './errors.ts';

const isRecurring = (item: Item): boolean => valueOf(item, 'PidLidTaskFRecurring') === true;

/** A task that has still everything to be done. */
const notStarted: Properties = { PidLidTaskStatus: taskStatuses.NotStarted, PidLidPercentComplete: 0, PidLidTaskComplete: false, PidLidTaskDateCompleted: undefined };
/** What an occurrence that is done with no longer has. */
const noSeries: Properties = { PidLidTaskRecurrence: undefined, PidLidTaskFRecurring: false, PidLidTaskDeadOccurrence: true, PidTagSearchKey: undefined };

/**
 * A recurring task that has been completed leaves a task of its own behind, which is complete, and becomes the next
 * occurrence; after the last it stays complete. The answer is the completed one, as the EWS Managed API describes Task.Update.
 */
export async function finishOccurrence(item: Item, session: MailboxSession, { localOffset, clock }: EwsContext): Promise<Item> {
  if (!isRecurring(item) || valueOf(item, 'PidLidTaskComplete') !== true) return item;
  const completed = Number(valueOf(item, 'PidLidTaskDateCompleted') ?? clock.now());
  const next = nextTaskOccurrence((name) => valueOf(item, name), completed, localOffset);
  if (!next) return item;
  const done = await session.createItem(item.folderId, { ...item, properties: { ...copiedProperties(item.bag), ...noSeries } });
  await session.updateItem(item.id, { properties: { ...notStarted, ...next } });
  return done;
}

/**
 * Skips the present occurrence of a recurring task. False: there is no series, the task itself is what is meant.
 *
 * @throws EwsError ErrorCannotDeleteTaskOccurrence for the last one, and for what is made only on completion
 */
export async function deleteOccurrence(item: Item, session: MailboxSession, { localOffset, clock }: EwsContext): Promise<boolean> {
  if (!isRecurring(item)) return false;
  const isRegenerating = taskRecurrence(valueOf(item, 'PidLidTaskRecurrence'))?.pattern.kind === 'regenerating';
  const next = isRegenerating ? undefined : nextTaskOccurrence((name) => valueOf(item, name), clock.now(), localOffset);
  if (!next) throw new EwsError('ErrorCannotDeleteTaskOccurrence');
  await session.updateItem(item.id, { properties: { ...notStarted, ...next } });
  return true;
}
