import { completedTask, newTaskProperties, openTask, taskRevision, taskStatuses, valueOf, type Item, type ItemChanges, type Properties } from '@fauxchange/mailbox';
import type { PropertyName } from '@fauxchange/properties';
import type { ApplicationData } from '../../schema/application-data.ts';
import type { ItemPlace } from '../../sync/item-class.ts';
import { decodeBody } from '../body.ts';
import { decodeCategories } from '../categories.ts';
import { asFlag, within } from '../conversion-error.ts';
import { parseTime } from '../date-time.ts';
import { SentElements } from '../ghosting.ts';
import { decodeTaskDays } from './task-days.ts';
import { decodeTaskRecurrence, noTaskRecurrence } from './task-recurrence.ts';

/** What an Add or a Change says of a task. @throws EasStatusError 6 */
export async function decodeTask(data: ApplicationData, before: Item | undefined, { session, collection, context }: ItemPlace): Promise<ItemChanges> {
  const sent = new SentElements(data, collection, before !== undefined);
  const author = session.accessor.entry?.displayName ?? session.mailbox.owner.displayName;
  const now = context.clock.now();
  const version = Number(before?.bag.get('PidLidTaskVersion') ?? 0) + 1;
  const recurrence = sent.said('Tasks:Recurrence');
  return {
    properties: {
      ...(before ? {} : newTaskProperties(author)),
      ...factsOf(data, sent),
      ...decodeTaskDays(sent),
      ...(recurrence === null ? noTaskRecurrence : recurrence && decodeTaskRecurrence(recurrence, context)),
      ...completionOf(data, before, now),
      ...reminderOf(data, before),
      ...ordinalsOf(sent),
      ...taskRevision(version, author, now),
    },
    body: await decodeBody(data, session, 'Tasks'),
  };
}

function factsOf(data: ApplicationData, sent: SentElements): Properties {
  const [subject, categories, sensitivity] = [sent.said('Tasks:Subject'), sent.said('Tasks:Categories'), sent.said('Tasks:Sensitivity')];
  const { 'Tasks:Importance': importance } = data;
  return {
    ...(subject !== undefined && { PidTagSubject: subject === null ? '' : subject }),
    ...(categories !== undefined && decodeCategories(categories === null ? [] : categories)),
    ...(sensitivity !== undefined && { PidTagSensitivity: sensitivity === null ? 0 : within('Sensitivity', sensitivity, 0, 3) }),
    // Whatever it is, it is kept and told back, and stays when it is left out: [MS-ASTASK] 2.2.2.14 and 3.2.5.3.1.
    ...(importance !== undefined && { PidTagImportance: importance }),
  };
}

function completionOf({ 'Tasks:Complete': complete, 'Tasks:DateCompleted': completed }: ApplicationData, before: Item | undefined, now: number): Properties {
  if (complete === undefined) return {};
  const isComplete = asFlag('Complete', complete);
  if (isComplete) return completedTask(completed === undefined || completed === '' ? now : parseTime(completed, 'DateCompleted'));
  const status = Number(before?.bag.get('PidLidTaskStatus') ?? taskStatuses.NotStarted);
  if (status !== taskStatuses.Completed) return { PidLidTaskComplete: false, PidLidTaskDateCompleted: undefined };
  return openTask(taskStatuses.NotStarted, 0);
}

/** ReminderSet stays when it is left out, [MS-ASTASK] 3.2.5.3.2; so does its time. */
function reminderOf(data: ApplicationData, before: Item | undefined): Properties {
  const { 'Tasks:ReminderSet': set, 'Tasks:ReminderTime': time } = data;
  if (set === undefined && time === undefined) return {};
  const isSet = set === undefined ? before?.bag.get('PidLidReminderSet') === true : asFlag('ReminderSet', set);
  const known = before && valueOf(before, 'PidLidReminderTime');
  const at = time === undefined || time === '' ? (typeof known === 'number' ? known : undefined) : parseTime(time, 'ReminderTime');
  return { PidLidReminderSet: isSet, ...(at !== undefined && { PidLidReminderTime: at, PidLidReminderSignalTime: at }) };
}

function ordinalsOf(sent: SentElements): Properties {
  const [ordinal, subOrdinal] = [sent.said('Tasks:OrdinalDate'), sent.said('Tasks:SubOrdinalDate')];
  const put = (name: PropertyName, value: string | number | undefined): Properties => ({ [name]: value });
  return {
    ...(ordinal !== undefined && put('PidLidToDoOrdinalDate', ordinal === null || ordinal === '' ? undefined : parseTime(ordinal, 'OrdinalDate'))),
    ...(subOrdinal !== undefined && put('PidLidToDoSubOrdinal', subOrdinal === null || subOrdinal === '' ? undefined : subOrdinal)),
  };
}
