import { flag, integer, list, optional, repeated, struct, text } from '@fauxchange/wbxml';

/** [MS-ASTASK] 2.2.2.20. Values are judged by the class, whose answer to a wrong one is status 6. */
export const TaskRecurrence = struct('Tasks', {
  Type: optional(integer()),
  Start: optional(text()),
  Until: optional(text()),
  Occurrences: optional(integer()),
  Interval: optional(integer()),
  DayOfWeek: optional(integer()),
  DayOfMonth: optional(integer()),
  WeekOfMonth: optional(integer()),
  MonthOfYear: optional(integer()),
  Regenerate: optional(integer()),
  DeadOccur: optional(integer()),
  CalendarType: repeated(integer()),
  IsLeapMonth: optional(integer()),
  FirstDayOfWeek: optional(integer()),
});

/** Class Tasks, [MS-ASTASK] 2.2.2. */
export const tasksMembers = {
  'Tasks:Subject': optional(text()),
  'Tasks:Body': optional(text()),
  'Tasks:BodySize': optional(integer()),
  'Tasks:BodyTruncated': optional(flag()),
  'Tasks:Importance': optional(integer()),
  'Tasks:UtcStartDate': optional(text()),
  'Tasks:StartDate': optional(text()),
  'Tasks:UtcDueDate': optional(text()),
  'Tasks:DueDate': optional(text()),
  'Tasks:Categories': optional(list('Tasks', 'Category', text())),
  'Tasks:Recurrence': optional(TaskRecurrence),
  'Tasks:Complete': optional(integer()),
  'Tasks:DateCompleted': optional(text()),
  'Tasks:Sensitivity': optional(integer()),
  'Tasks:ReminderTime': optional(text()),
  'Tasks:ReminderSet': optional(integer()),
  'Tasks:OrdinalDate': optional(text()),
  'Tasks:SubOrdinalDate': optional(text()),
};
