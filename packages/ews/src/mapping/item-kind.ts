import type { ChangeKeyKind } from '../ids/change-key.ts';

/** The elements by which EWS shows items. */
export type ItemKind = 'Item' | 'Message' | 'CalendarItem' | 'Contact' | 'DistributionList' | 'MeetingMessage' | 'MeetingRequest' | 'MeetingResponse' | 'MeetingCancellation' | 'Task' | 'PostItem';

interface KindRow {
  readonly kind: ItemKind;
  /** PidTagMessageClass given to an item created under this element without ItemClass. */
  readonly itemClass: string;
  /** Classes shown under this element: this one and everything below it. */
  readonly prefixes: readonly string[];
  readonly changeKey: ChangeKeyKind;
}

/** The first row whose prefix fits. Classes are compared without regard to case, [MS-OXCMSG] 2.2.1.3. */
const rows: readonly KindRow[] = [
  { kind: 'CalendarItem', itemClass: 'IPM.Appointment', prefixes: ['IPM.Appointment'], changeKey: 'calendarItem' },
  { kind: 'Contact', itemClass: 'IPM.Contact', prefixes: ['IPM.Contact'], changeKey: 'contact' },
  { kind: 'DistributionList', itemClass: 'IPM.DistList', prefixes: ['IPM.DistList'], changeKey: 'distributionList' },
  { kind: 'Task', itemClass: 'IPM.Task', prefixes: ['IPM.Task'], changeKey: 'task' },
  { kind: 'PostItem', itemClass: 'IPM.Post', prefixes: ['IPM.Post'], changeKey: 'post' },
  { kind: 'MeetingRequest', itemClass: 'IPM.Schedule.Meeting.Request', prefixes: ['IPM.Schedule.Meeting.Request'], changeKey: 'meetingRequest' },
  { kind: 'MeetingResponse', itemClass: 'IPM.Schedule.Meeting.Resp', prefixes: ['IPM.Schedule.Meeting.Resp'], changeKey: 'meetingResponse' },
  { kind: 'MeetingCancellation', itemClass: 'IPM.Schedule.Meeting.Canceled', prefixes: ['IPM.Schedule.Meeting.Canceled'], changeKey: 'meetingCancellation' },
  { kind: 'MeetingMessage', itemClass: 'IPM.Schedule.Meeting', prefixes: ['IPM.Schedule.Meeting'], changeKey: 'message' },
  // Notes have no element of their own; Evolution finds them, as Exchange shows them, by Message and their class.
  { kind: 'Message', itemClass: 'IPM.Note', prefixes: ['IPM.Note', 'REPORT', 'IPM.StickyNote'], changeKey: 'message' },
  { kind: 'Item', itemClass: 'IPM', prefixes: [''], changeKey: 'item' },
];

export function rowOfClass(itemClass: string): KindRow {
  const folded = itemClass.toLowerCase();
  return rows.find(({ prefixes }) => prefixes.some((prefix) => isBelow(folded, prefix.toLowerCase()))) as KindRow;
}

export function kindOfClass(itemClass: string): ItemKind {
  return rowOfClass(itemClass).kind;
}

/** The class that an element gives to an item created without one; Item makes a plain IPM.Note ([MS-OXWSCORE] 3.1.4.2). */
export function classOfKind(kind: ItemKind): string {
  return kind === 'Item' ? 'IPM.Note' : (rows.find((row) => row.kind === kind) as KindRow).itemClass;
}

/** Whether an item of that class may be created or changed under this element; otherwise ErrorObjectTypeChanged. */
export function kindTakesClass(kind: ItemKind, itemClass: string): boolean {
  return kind === 'Item' || kindOfClass(itemClass) === kind || (kind === 'Message' && kindOfClass(itemClass) === 'Item');
}

function isBelow(folded: string, prefix: string): boolean {
  return prefix === '' || folded === prefix || folded.startsWith(`${prefix}.`);
}
