import { bool8, u16, u32, u64, u8 } from '../layout/numbers.ts';
import { layout, type Layout } from '../layout/layout.ts';
import { blob, repeated } from '../layout/sequences.ts';
import { conditional, struct, when } from '../layout/struct.ts';
import { astr, wstr } from '../layout/text.ts';
import { bits } from './parts.ts';
import { nothing, opening } from './rop.ts';

/** [MS-OXCNOTIF] 2.2.1.1. */
export const notificationType = {
  NewMail: 0x2, ObjectCreated: 0x4, ObjectDeleted: 0x8, ObjectModified: 0x10, ObjectMoved: 0x20, ObjectCopied: 0x40, SearchCompleted: 0x80, TableModified: 0x100, Extended: 0x400,
} as const;
/** [MS-OXCNOTIF] 2.2.1.4.1.2: the upper bits of NotificationFlags. */
export const notificationFlag = { TotalMessageCount: 0x1000, UnreadMessageCount: 0x2000, SearchFolder: 0x4000, Message: 0x8000 } as const;
/** [MS-OXCNOTIF] 2.2.1.1.1. */
export const tableEvent = { TableChanged: 1, TableRowAdded: 3, TableRowDeleted: 4, TableRowModified: 5, TableRestrictionChanged: 7 } as const;

type Before = Readonly<Record<string, unknown>>;
const typeOf = ({ NotificationFlags }: Before): number => Number(NotificationFlags) & 0xfff;
const isOf = (...types: readonly number[]) => (before: Before): boolean => types.includes(typeOf(before));
const isOnMessage = bits('NotificationFlags', notificationFlag.Message);
const isInSearchFolder = bits('NotificationFlags', notificationFlag.SearchFolder);
const isOfTable = isOf(notificationType.TableModified);
const isOfObject = (before: Before): boolean => !isOf(notificationType.TableModified, notificationType.Extended)(before);
const isMovedOrCopied = isOf(notificationType.ObjectMoved, notificationType.ObjectCopied);
const hasRow = ({ TableEventType: event }: Before): boolean => event === tableEvent.TableRowAdded || event === tableEvent.TableRowDeleted || event === tableEvent.TableRowModified;
const hasRowData = (before: Before): boolean => hasRow(before) && before['TableEventType'] !== tableEvent.TableRowDeleted;
const both = (first: (before: Before) => boolean, second: (before: Before) => boolean) => (before: Before): boolean => first(before) && second(before);
/** Of a message in a search folder, or of a folder. */
const hasParent = both(isOf(notificationType.ObjectCreated, notificationType.ObjectDeleted, notificationType.ObjectMoved, notificationType.ObjectCopied), (before) => isInSearchFolder(before) === isOnMessage(before));

/** A count instead of which nothing is known of what has changed. */
const anyTags = 0xffff;
/** What has changed; null if that is not said. */
const changedTags: Layout<readonly number[] | null> = layout<readonly number[] | null>(2, (reader, scope) => {
  const count = reader.u16();
  return count === anyTags ? null : repeated(reader.count(count, u32.least), u32).read(reader, scope);
}, (writer, value, scope) => {
  u16.write(writer, value?.length ?? anyTags, scope);
  if (value) repeated(value.length, u32).write(writer, value, scope);
});

/** [MS-OXCNOTIF] 2.2.1.4.1.2. */
export const notificationData = struct({
  NotificationFlags: u16,
  TableEventType: when(isOfTable, u16),
  TableRowFolderID: when(hasRow, u64),
  TableRowMessageID: when(both(hasRow, isOnMessage), u64),
  TableRowInstance: when(both(hasRow, isOnMessage), u32),
  InsertAfterTableRowFolderID: when(hasRowData, u64),
  InsertAfterTableRowID: when(both(hasRowData, isOnMessage), u64),
  InsertAfterTableRowInstance: when(both(hasRowData, isOnMessage), u32),
  TableRowData: when(hasRowData, blob(u16)),
  FolderId: when(isOfObject, u64),
  MessageId: when(both(isOfObject, isOnMessage), u64),
  ParentFolderId: when(hasParent, u64),
  OldFolderId: when(isMovedOrCopied, u64),
  OldMessageId: when(both(isMovedOrCopied, isOnMessage), u64),
  OldParentFolderId: when(both(isMovedOrCopied, (before) => !isOnMessage(before)), u64),
  Tags: when(isOf(notificationType.ObjectCreated, notificationType.ObjectModified), changedTags),
  TotalMessageCount: when(bits('NotificationFlags', notificationFlag.TotalMessageCount), u32),
  UnreadMessageCount: when(bits('NotificationFlags', notificationFlag.UnreadMessageCount), u32),
  MessageFlags: when(isOf(notificationType.NewMail), u32),
  UnicodeFlag: when(isOf(notificationType.NewMail), bool8),
  MessageClass: conditional((before) => (isOf(notificationType.NewMail)(before) ? (before['UnicodeFlag'] === true ? wstr : astr) : undefined)),
});

/** [MS-OXCROPS] 2.2.14; RopNotify and RopPending are responses without a request. */
export const notificationRops = {
  RopRegisterNotification: opening(0x29, {
    NotificationTypes: u16, Reserved: when(bits('NotificationTypes', notificationType.Extended), u8), WantWholeStore: bool8,
    FolderId: when(({ WantWholeStore }) => WantWholeStore === false, u64), MessageId: when(({ WantWholeStore }) => WantWholeStore === false, u64),
  }, nothing),
} as const;
