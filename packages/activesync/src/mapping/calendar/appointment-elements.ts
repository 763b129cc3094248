import { timesOf, type Item, type PropertyBag } from '@fauxchange/mailbox';
import type { PropertyName } from '@fauxchange/properties';
import type { CommandContext } from '../../context.ts';
import type { ApplicationData } from '../../schema/application-data.ts';
import { formatCompact } from '../date-time.ts';
import { xmlText } from '../xml-text.ts';
import { encodeZone, floatingDay } from './calendar-zone.ts';
import { encodePlace } from './place.ts';

type Bag = Pick<PropertyBag, 'get'>;

/** BusyStatus as far as the schema has it: who works elsewhere is free to be asked ([MS-ASCAL] 2.2.2.9, [K]). */
export const encodeBusy = (bag: Bag): number => {
  const status = Number(bag.get('PidLidBusyStatus') ?? 2);
  return status >= 0 && status <= 3 ? status : 0;
};

/** Whether its days have no zone. */
export const isFloating = (item: Item, context: CommandContext): boolean => context.isAtLeast('16.0') && item.bag.get('PidLidAppointmentSubType') === true;

/** Facts of online meetings, told and never taken: [MS-ASCAL] 2.2.2.33 and 2.2.2.34. */
const onlineLinks: Readonly<Record<'Calendar:OnlineMeetingConfLink' | 'Calendar:OnlineMeetingExternalLink', PropertyName>> = {
  'Calendar:OnlineMeetingConfLink': '{00020329-0000-0000-c000-000000000046}:OnlineMeetingConfLink:String',
  'Calendar:OnlineMeetingExternalLink': '{00020329-0000-0000-c000-000000000046}:OnlineMeetingExternalLink:String',
};

/** Start and end, and by whose clock they are: since 16.0 whole days have no clock. */
export function timeElements(item: Item, context: CommandContext): ApplicationData {
  const times = timesOf(item);
  const isAllDay = item.bag.get('PidLidAppointmentSubType') === true;
  if (!times) return { 'Calendar:AllDayEvent': isAllDay ? 1 : 0 };
  const { start, end, zone } = times;
  const floating = isFloating(item, context);
  const shown = (at: number): string => formatCompact(floating ? floatingDay(at, zone) : at);
  return {
    'Calendar:Timezone': floating ? undefined : encodeZone(zone, start),
    'Calendar:AllDayEvent': isAllDay ? 1 : 0,
    'Calendar:StartTime': shown(start),
    'Calendar:EndTime': shown(end),
  };
}

export function placeElements(bag: Bag, context: CommandContext): ApplicationData {
  if (context.isAtLeast('16.0')) return { 'AirSyncBase:Location': encodePlace(bag) };
  const place = bag.get('PidLidLocation');
  return { 'Calendar:Location': typeof place === 'string' && place !== '' ? xmlText(place) : undefined };
}

export function linkElements(bag: Bag): ApplicationData {
  return Object.fromEntries(Object.entries(onlineLinks).map(([element, property]) => {
    const value = bag.get(property);
    return [element, typeof value === 'string' && value !== '' ? xmlText(value) : undefined];
  }));
}
