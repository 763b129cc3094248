import type { Item, Properties } from '@fauxchange/mailbox';
import type { PropertyName } from '@fauxchange/properties';
import { EasStatusError } from '../../errors.ts';
import type { ApplicationData } from '../../schema/application-data.ts';
import { syncStatus } from '../../sync/sync-status.ts';
import { formatDashed, readDashed } from '../date-time.ts';
import { xmlText } from '../xml-text.ts';

type Flag = NonNullable<ApplicationData['Email:Flag']>;

/** PidTagFlagStatus and email:Status alike, [MS-OXOFLAG] 2.2.1.1. */
const statuses = { none: 0, complete: 1, flagged: 2 } as const;
const emptyFlag: Flag = {
  Status: [], 'Tasks:StartDate': [], 'Tasks:DueDate': [], 'Tasks:UtcStartDate': [], 'Tasks:UtcDueDate': [], 'Tasks:ReminderSet': [], 'Tasks:ReminderTime': [], 'Tasks:OrdinalDate': [], 'Tasks:SubOrdinalDate': [],
};
const only = <T>(value: T | undefined): readonly T[] => (value === undefined ? [] : [value]);

/** The flag of a message; one that has none gets an empty element, [MS-ASEMAIL] 7. */
export function encodeFlag({ bag }: Item): Flag {
  const status = Number(bag.get('PidTagFlagStatus') ?? statuses.none);
  if (status === statuses.none) return emptyFlag;
  const text = (name: PropertyName): string | undefined => (typeof bag.get(name) === 'string' ? xmlText(String(bag.get(name))) : undefined);
  const date = (...names: readonly PropertyName[]): string | undefined => {
    const ms = names.map((name) => bag.get(name)).find((value) => typeof value === 'number');
    return typeof ms === 'number' ? formatDashed(ms) : undefined;
  };
  const completed = status === statuses.complete ? date('PidTagFlagCompleteTime', 'PidLidTaskDateCompleted') : undefined;
  return {
    'Tasks:Subject': text('PidLidToDoTitle'),
    Status: [status],
    FlagType: text('PidLidFlagRequest'),
    'Tasks:DateCompleted': completed && (date('PidLidTaskDateCompleted') ?? completed),
    CompleteTime: completed,
    'Tasks:StartDate': only(date('PidLidTaskStartDate')),
    'Tasks:DueDate': only(date('PidLidTaskDueDate')),
    // The same moments by the clock of Greenwich, [MS-OXOFLAG] 2.2.3.2: clients of other protocols write only the local ones.
    'Tasks:UtcStartDate': only(date('PidLidCommonStart', 'PidLidTaskStartDate')),
    'Tasks:UtcDueDate': only(date('PidLidCommonEnd', 'PidLidTaskDueDate')),
    'Tasks:ReminderSet': [bag.get('PidLidReminderSet') === true],
    'Tasks:ReminderTime': bag.get('PidLidReminderSet') === true ? only(date('PidLidReminderTime')) : [],
    'Tasks:OrdinalDate': only(date('PidLidToDoOrdinalDate')),
    'Tasks:SubOrdinalDate': only(text('PidLidToDoSubOrdinal')),
  };
}

const fieldsOfNone: Properties = {
  PidTagFlagStatus: undefined, PidTagFlagCompleteTime: undefined, PidTagFollowupIcon: undefined, PidTagToDoItemFlags: undefined, PidLidFlagRequest: undefined, PidLidToDoTitle: undefined,
  PidLidTaskStatus: undefined, PidLidTaskStartDate: undefined, PidLidTaskDueDate: undefined, PidLidTaskDateCompleted: undefined, PidLidTaskComplete: undefined, PidLidPercentComplete: undefined,
  PidLidCommonStart: undefined, PidLidCommonEnd: undefined, PidLidReminderSet: false, PidLidReminderTime: undefined, PidLidReminderSignalTime: undefined,
  PidLidToDoOrdinalDate: undefined, PidLidToDoSubOrdinal: undefined,
};

/** Properties of which a flag is made. */
export const flagProperties: ReadonlySet<PropertyName> = new Set(Object.keys(fieldsOfNone) as PropertyName[]);

const refuse = (why: string): never => {
  throw new EasStatusError(syncStatus.conversionError, why);
};

/** What a client's flag makes of the message. @throws EasStatusError 6 for one that is not whole, [MS-ASEMAIL] 3.2.5.3.2 */
export function decodeFlag(flag: Flag, item: Pick<Item, 'itemClass'>): Properties {
  const last = lastOf(flag);
  const status = last.status ?? (Object.values(flag).every((value) => value === undefined || (Array.isArray(value) && value.length === 0)) ? statuses.none : undefined);
  if (status === statuses.none) return fieldsOfNone;
  if (status === statuses.complete) return completed(last);
  if (status !== statuses.flagged) return refuse('A flag has status 0, 1 or 2.');
  return flagged(last, item);
}

/** The last of what may stand several times, [MS-ASEMAIL] 7; dates as moments. */
function lastOf(flag: Flag) {
  const at = (text: string | undefined): number | undefined => (text === undefined ? undefined : (readDashed(text) ?? refuse(`${text} is no date.`)));
  return {
    status: flag.Status.at(-1), flagType: flag.FlagType, subject: flag['Tasks:Subject'],
    start: at(flag['Tasks:StartDate'].at(-1)), due: at(flag['Tasks:DueDate'].at(-1)), utcStart: at(flag['Tasks:UtcStartDate'].at(-1)), utcDue: at(flag['Tasks:UtcDueDate'].at(-1)),
    isReminderSet: flag['Tasks:ReminderSet'].at(-1), reminder: at(flag['Tasks:ReminderTime'].at(-1)), ordinal: at(flag['Tasks:OrdinalDate'].at(-1)), subOrdinal: flag['Tasks:SubOrdinalDate'].at(-1),
    completeTime: at(flag.CompleteTime), dateCompleted: at(flag['Tasks:DateCompleted']),
  };
}
type Sent = ReturnType<typeof lastOf>;

function completed({ completeTime, dateCompleted, flagType }: Sent): Properties {
  if (completeTime === undefined || dateCompleted === undefined) return refuse('A completed flag tells when.');
  return {
    PidTagFlagStatus: statuses.complete, PidTagFlagCompleteTime: completeTime, PidTagFollowupIcon: undefined, PidTagToDoItemFlags: 8,
    PidLidTaskDateCompleted: dateCompleted, PidLidTaskStatus: 2, PidLidTaskComplete: true, PidLidPercentComplete: 1, PidLidReminderSet: false,
    ...(flagType !== undefined && { PidLidFlagRequest: flagType }),
  };
}

function flagged(sent: Sent, { itemClass }: Pick<Item, 'itemClass'>): Properties {
  const { flagType, start, due, utcStart, utcDue, isReminderSet, reminder } = sent;
  // Meeting requests and responses do without, [MS-ASEMAIL] 2.2.2.35.
  if (flagType === undefined && !/^ipm\.schedule\.meeting\./i.test(itemClass)) return refuse('A flag has a type.');
  const dates = [start, due, utcStart, utcDue];
  const isDated = dates.some((date) => date !== undefined);
  if (isDated && dates.includes(undefined)) return refuse('All dates of a flag are set, or none.');
  if ((due ?? 0) < (start ?? 0) || (utcDue ?? 0) < (utcStart ?? 0)) return refuse('A flag is due after its start.');
  if (isReminderSet && reminder === undefined) return refuse('A reminder has a time.');
  return {
    PidTagFlagStatus: statuses.flagged, PidTagFlagCompleteTime: undefined, PidTagFollowupIcon: 6, PidTagToDoItemFlags: 1,
    PidLidTaskStatus: 0, PidLidTaskComplete: false, PidLidPercentComplete: 0, PidLidTaskDateCompleted: undefined,
    ...(flagType !== undefined && { PidLidFlagRequest: flagType }),
    // What an update leaves out stays as it was.
    ...(sent.subject !== undefined && { PidLidToDoTitle: sent.subject }),
    ...(isDated && { PidLidTaskStartDate: start, PidLidTaskDueDate: due, PidLidCommonStart: utcStart, PidLidCommonEnd: utcDue }),
    ...(isReminderSet !== undefined && { PidLidReminderSet: isReminderSet, PidLidReminderTime: reminder, PidLidReminderSignalTime: reminder }),
    ...(sent.ordinal !== undefined && { PidLidToDoOrdinalDate: sent.ordinal }),
    ...(sent.subOrdinal !== undefined && { PidLidToDoSubOrdinal: sent.subOrdinal }),
  };
}
