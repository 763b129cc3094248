import type { Recurrence, RecurrenceFault } from '../recurrence/recurrence.ts';
import type { TimeZone } from '../time-zone.ts';

/** ORGANIZER or ATTENDEE. */
export interface CalendarAddress {
  /** Without `mailto:`. */
  readonly email: string;
  readonly name?: string | undefined;
  /** `CHAIR`, `REQ-PARTICIPANT`, `OPT-PARTICIPANT`, `NON-PARTICIPANT`. */
  readonly role?: string | undefined;
  /** `NEEDS-ACTION`, `ACCEPTED`, `DECLINED`, `TENTATIVE`, `DELEGATED`. */
  readonly status?: string | undefined;
  readonly isResponseRequested?: boolean | undefined;
  /** `INDIVIDUAL`, `GROUP`, `RESOURCE`, `ROOM`. */
  readonly type?: string | undefined;
  readonly sentBy?: string | undefined;
}

/** What events and tasks have in common. Instants are milliseconds since 1970 UTC. */
export interface CalendarComponent {
  readonly uid?: string | undefined;
  readonly summary?: string | undefined;
  /** Plain text with `\n`. */
  readonly description?: string | undefined;
  readonly categories?: readonly string[] | undefined;
  /** `PUBLIC`, `PERSONAL`, `PRIVATE`, `CONFIDENTIAL`. */
  readonly classification?: string | undefined;
  /** 1 to 4 high, 5 normal, 6 to 9 low; 0 undefined. */
  readonly priority?: number | undefined;
  readonly status?: string | undefined;
  readonly stamp?: number | undefined;
  readonly created?: number | undefined;
  readonly lastModified?: number | undefined;
  readonly recurrence?: Recurrence | undefined;
  /** Of an RRULE that Exchange has no pattern for: `recurrence` is undefined then. */
  readonly recurrenceFault?: RecurrenceFault | undefined;
  /** Of the first alarm, before the start; undefined for none. */
  readonly reminderMinutes?: number | undefined;
}

export interface CalendarEvent extends CalendarComponent {
  readonly start: number;
  readonly end: number;
  /** `start` and `end` are midnights of `zone`. */
  readonly isAllDay: boolean;
  /** Of DTSTART. */
  readonly zone: TimeZone;
  /** Of DTEND; undefined for the same. */
  readonly endZone?: TimeZone | undefined;
  /** X-ALT-DESC. */
  readonly htmlDescription?: string | undefined;
  readonly location?: string | undefined;
  readonly organizer?: CalendarAddress | undefined;
  readonly attendees?: readonly CalendarAddress[] | undefined;
  readonly isTransparent?: boolean | undefined;
  readonly sequence?: number | undefined;
  /** EXDATE: original starts. */
  readonly deleted?: readonly number[] | undefined;
  /** RDATE: starts besides those of the rule. */
  readonly added?: readonly number[] | undefined;
  /** RECURRENCE-ID: the original start of the occurrence that this event is. */
  readonly recurrenceId?: number | undefined;
  readonly comment?: string | undefined;
  /** PidLidBusyStatus: 0 free, 1 tentative, 2 busy, 3 out of office, 4 working elsewhere. */
  readonly busyStatus?: number | undefined;
  readonly intendedBusyStatus?: number | undefined;
  /** PidTagImportance: 0 low, 1 normal, 2 high. */
  readonly importance?: number | undefined;
  readonly appointmentSequence?: number | undefined;
  readonly ownerAppointmentId?: number | undefined;
  readonly isCounterDisallowed?: boolean | undefined;
  readonly isForwardDisallowed?: boolean | undefined;
}

/** VTODO. */
export interface CalendarTodo extends CalendarComponent {
  readonly start?: number | undefined;
  readonly due?: number | undefined;
  readonly completed?: number | undefined;
  readonly percentComplete?: number | undefined;
}

/** A VCALENDAR. */
export interface CalendarText {
  /** `REQUEST`, `REPLY`, `CANCEL`, `COUNTER`, `PUBLISH` …, in capitals. */
  readonly method?: string | undefined;
  readonly productId?: string | undefined;
  readonly name?: string | undefined;
  readonly events: readonly CalendarEvent[];
  readonly todos: readonly CalendarTodo[];
}

/** [MS-OXCICAL] 2.1.3.1.1.20 X-MICROSOFT-CDO-BUSYSTATUS, by PidLidBusyStatus. */
export const busyStatusNames = ['FREE', 'TENTATIVE', 'BUSY', 'OOF', 'WORKINGELSEWHERE'] as const;
