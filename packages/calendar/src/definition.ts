/** A time zone as EWS tells it: TimeZoneDefinitionType. `id`s of periods and groups are what `to` refers to. */
export interface TimeZoneDefinition {
  readonly id: string;
  readonly name: string;
  readonly periods: readonly TimeZonePeriod[];
  readonly groups: readonly TransitionsGroup[];
  /** Which group holds from when; the first, a plain one, from the beginning. */
  readonly transitions: readonly GroupTransition[];
}

export interface TimeZonePeriod {
  readonly id: string;
  /** `Standard` or `Daylight`. */
  readonly name: string;
  /** xs:duration, UTC less local time: `-PT1H` an hour east of Greenwich. */
  readonly bias: string;
}

export interface TransitionsGroup {
  readonly id: string;
  readonly transitions: readonly PeriodTransition[];
}

export const weekdays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const;
export type Weekday = (typeof weekdays)[number];

interface YearlyTransition {
  /** The period's id. */
  readonly to: string;
  /** xs:duration since midnight of the wall clock before the change. */
  readonly timeOffset: string;
  readonly month: number;
}

/** What happens within each year of a group. */
export type PeriodTransition =
  | { readonly kind: 'Transition'; readonly to: string }
  | (YearlyTransition & { readonly kind: 'RecurringDayTransition'; readonly dayOfWeek: Weekday; /** 1 to 4, -1 the last. */ readonly occurrence: number })
  | (YearlyTransition & { readonly kind: 'RecurringDateTransition'; readonly day: number });

export type GroupTransition =
  | { readonly kind: 'Transition'; readonly to: string }
  | { readonly kind: 'AbsoluteDateTransition'; readonly to: string; /** Without a zone: `2007-01-01T00:00:00`. */ readonly dateTime: string };
