import type { PropertyBag } from '@fauxchange/mailbox';
import type { PropertyName } from '@fauxchange/properties';
import type { ApplicationData } from '../../schema/application-data.ts';
import type { ItemView } from '../../sync/item-class.ts';
import { encodeBody } from '../body.ts';
import { encodeCategories } from '../categories.ts';
import { formatDashed } from '../date-time.ts';
import { xmlText } from '../xml-text.ts';
import { encodeTaskDays } from './task-days.ts';
import { encodeTaskRecurrence } from './task-recurrence.ts';

/** [MS-ASTASK] 2.2.2 */
export async function encodeTask(view: ItemView): Promise<ApplicationData> {
  const { bag } = view.item;
  const isComplete = bag.get('PidLidTaskComplete') === true;
  const isReminded = bag.get('PidLidReminderSet') === true;
  const subOrdinal = bag.get('PidLidToDoSubOrdinal');
  return {
    'Tasks:Subject': xmlText(String(bag.get('PidTagSubject') ?? '')),
    'Tasks:Importance': Number(bag.get('PidTagImportance') ?? 1),
    ...encodeTaskDays(bag),
    'Tasks:Categories': encodeCategories(bag),
    'Tasks:Recurrence': encodeTaskRecurrence(bag),
    'Tasks:Complete': isComplete ? 1 : 0,
    'Tasks:DateCompleted': isComplete ? (timeIn(bag, 'PidLidTaskDateCompleted') ?? timeIn(bag, 'PidTagLastModificationTime')) : undefined,
    'Tasks:Sensitivity': Number(bag.get('PidTagSensitivity') ?? 0),
    'Tasks:ReminderTime': isReminded ? timeIn(bag, 'PidLidReminderTime') : undefined,
    'Tasks:ReminderSet': isReminded ? 1 : 0,
    'Tasks:OrdinalDate': timeIn(bag, 'PidLidToDoOrdinalDate'),
    'Tasks:SubOrdinalDate': typeof subOrdinal === 'string' ? xmlText(subOrdinal) : undefined,
    ...(await encodeBody(view, 'Tasks')),
  };
}

function timeIn(bag: Pick<PropertyBag, 'get'>, name: PropertyName): string | undefined {
  const value = bag.get(name);
  return typeof value === 'number' ? formatDashed(value) : undefined;
}
