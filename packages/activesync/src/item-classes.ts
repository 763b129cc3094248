import type { ClassName } from './folders/folder-type.ts';
import { calendarClass } from './mapping/calendar/calendar-class.ts';
import { contactsClass } from './mapping/contacts/contacts-class.ts';
import { emailClass } from './mapping/email/email-class.ts';
import { notesClass } from './mapping/notes/notes-class.ts';
import { tasksClass } from './mapping/tasks/tasks-class.ts';
import type { ItemClass } from './sync/item-class.ts';

/** The classes of ActiveSync, a line each. */
export const itemClasses: Readonly<Record<ClassName, ItemClass>> = {
  Email: emailClass,
  Calendar: calendarClass,
  Contacts: contactsClass,
  Tasks: tasksClass,
  Notes: notesClass,
};
