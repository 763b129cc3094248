import type { Properties, PropertyBag } from '@fauxchange/mailbox';
import type { ApplicationData } from '../../schema/application-data.ts';
import { formatDashed, parseTime } from '../date-time.ts';
import type { SentElements } from '../ghosting.ts';

/** A day of a task: by the clock of its owner, and the instant at which it begins there. */
interface DayElements {
  readonly local: 'Tasks:StartDate' | 'Tasks:DueDate';
  readonly utc: 'Tasks:UtcStartDate' | 'Tasks:UtcDueDate';
  readonly day: 'PidLidTaskStartDate' | 'PidLidTaskDueDate';
  readonly instant: 'PidLidCommonStart' | 'PidLidCommonEnd';
}
const days: readonly DayElements[] = [
  { local: 'Tasks:StartDate', utc: 'Tasks:UtcStartDate', day: 'PidLidTaskStartDate', instant: 'PidLidCommonStart' },
  { local: 'Tasks:DueDate', utc: 'Tasks:UtcDueDate', day: 'PidLidTaskDueDate', instant: 'PidLidCommonEnd' },
];

const msPerDay = 86_400_000;
const dayOf = (at: number): number => Math.floor(at / msPerDay) * msPerDay;

/** Days float, [MS-OXOTASK] 2.2.2.2.4; where an instant was never told the day of UTC stands for it. */
export function encodeTaskDays(bag: Pick<PropertyBag, 'get'>): ApplicationData {
  return Object.assign({}, ...days.map(({ local, utc, day, instant }) => {
    const at = bag.get(day);
    if (typeof at !== 'number') return {};
    return { [utc]: formatDashed(Number(bag.get(instant) ?? at)), [local]: formatDashed(at) };
  })) as ApplicationData;
}

/** One of a pair tells the other, as far as it can. */
export function decodeTaskDays(sent: SentElements): Properties {
  return Object.assign({}, ...days.map(({ local, utc, day, instant }) => {
    const [own, common] = [sent.said(local), sent.said(utc)];
    if (own === undefined && common === undefined) return {};
    const told = (said: string | null | undefined, name: string): number | undefined => (said === undefined || said === null || said === '' ? undefined : parseTime(said, name));
    const [localAt, instantAt] = [told(own, local), told(common, utc)];
    const at = localAt ?? instantAt;
    return { [day]: at === undefined ? undefined : dayOf(at), [instant]: instantAt ?? localAt };
  })) as Properties;
}
