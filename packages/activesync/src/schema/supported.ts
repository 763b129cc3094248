import { emptyTag, optional, struct } from '@fauxchange/wbxml';
import { calendarMembers } from './calendar.ts';
import { contactsMembers } from './contacts.ts';
import { tasksMembers } from './tasks.ts';

/** Names of properties that the client knows, [MS-ASCMD] 2.2.3.179: what it leaves out of a Change is ghosted if it is not listed here. */
const names = Object.keys({ ...calendarMembers, ...contactsMembers, ...tasksMembers });
export const Supported = struct('AirSync', Object.fromEntries(names.map((name) => [name, optional(emptyTag())])) as Readonly<Record<never, never>>);
