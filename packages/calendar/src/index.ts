export type { LocalTime, WallTime } from './civil.ts';
export { customTimeZone, TimeZoneError } from './custom-time-zone.ts';
export { weekdays } from './definition.ts';
export type { GroupTransition, PeriodTransition, TimeZoneDefinition, TimeZonePeriod, TransitionsGroup, Weekday } from './definition.ts';
export { formatMinutes, parseMinutes } from './duration.ts';
export { timeZone, timeZoneOfIana, windowsTimeZones } from './time-zone.ts';
export type { TimeZone, WindowsTimeZone } from './time-zone.ts';
