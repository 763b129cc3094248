import { struct, type ValueOf } from '@fauxchange/wbxml';
import { airSyncBaseMembers } from './airsyncbase.ts';
import { calendarMembers } from './calendar.ts';
import { contactsMembers } from './contacts.ts';
import { emailMembers } from './email.ts';
import { notesMembers } from './notes.ts';
import { tasksMembers } from './tasks.ts';

/** What an item consists of, whatever its class; which members may stand together is the class's business. */
export const applicationDataMembers = {
  ...emailMembers,
  ...calendarMembers,
  ...contactsMembers,
  ...tasksMembers,
  ...notesMembers,
  ...airSyncBaseMembers,
};
export const ApplicationData = struct('AirSync', applicationDataMembers);
export type ApplicationData = ValueOf<typeof ApplicationData>;
