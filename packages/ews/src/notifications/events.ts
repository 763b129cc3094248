import type { FolderEvent, FolderId, ItemEvent, Mailbox, MailboxEvent } from '@fauxchange/mailbox';
import { bareChangeKey } from '../ids/change-key.ts';
import { encodeFolderId, encodeItemId } from '../ids/ews-id.ts';
import { rowOfClass } from '../mapping/item-kind.ts';
import { formatDateTime } from '../mapping/date-time.ts';
import type { FolderIdType, NotificationType } from '../schema/types.generated.ts';
import { eventTypes } from './subscription.ts';
import { encodeWatermark } from './watermark.ts';

type EventElement = NotificationType[number];

/** An event as EWS tells it. Streaming notifications carry no watermarks. */
export function eventElement(event: MailboxEvent, mailbox: Mailbox, hasWatermark: boolean): EventElement {
  const common = {
    Watermark: hasWatermark ? encodeWatermark(mailbox, event.cn) : undefined,
    TimeStamp: formatDateTime(event.time),
    ...(event.subject === 'item' ? itemIds(event, mailbox) : folderIds(event, mailbox)),
    ParentFolderId: folderIdElement(event.parentId, mailbox),
    OldParentFolderId: event.oldParentId === undefined ? undefined : folderIdElement(event.oldParentId, mailbox),
    UnreadCount: event.subject === 'folder' && event.kind === 'modified' ? event.unreadCount : undefined,
  };
  return [eventTypes[event.kind], common] as EventElement;
}

function itemIds({ id, oldId, parentId, oldParentId, itemClass }: ItemEvent, mailbox: Mailbox): object {
  const { changeKey } = rowOfClass(itemClass);
  const ItemId = { Id: encodeItemId(mailbox, parentId, id), ChangeKey: bareChangeKey(changeKey) };
  const OldItemId = oldId !== undefined && oldParentId !== undefined ? { Id: encodeItemId(mailbox, oldParentId, oldId), ChangeKey: bareChangeKey(changeKey) } : undefined;
  return { ItemId, OldItemId };
}

function folderIds({ id, oldId }: FolderEvent, mailbox: Mailbox): object {
  return { FolderId: folderIdElement(id, mailbox), OldFolderId: oldId === undefined ? undefined : folderIdElement(oldId, mailbox) };
}

function folderIdElement(id: FolderId, mailbox: Mailbox): FolderIdType {
  return { Id: encodeFolderId(mailbox, id), ChangeKey: bareChangeKey('folder') };
}
