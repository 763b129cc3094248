import { MailboxError, valueOf, type FolderEvent, type ItemEvent, type MailboxEvent } from '@fauxchange/mailbox';
import { notificationFlag, notificationType } from '@fauxchange/mapi-wire';
import type { Logon } from '../logon/logon.ts';
import type { NotificationData } from './notification-queue.ts';

const { NewMail, ObjectCreated, ObjectDeleted, ObjectModified, ObjectMoved, ObjectCopied } = notificationType;
const { Message, TotalMessageCount, UnreadMessageCount } = notificationFlag;
const types: Readonly<Record<MailboxEvent['kind'], number>> = { newMail: NewMail, created: ObjectCreated, deleted: ObjectDeleted, modified: ObjectModified, moved: ObjectMoved, copied: ObjectCopied };

interface Told {
  readonly data: NotificationData;
  readonly name?: string | undefined;
}

/** Whether who is logged on may know of it. */
export async function isVisibleTo({ session }: Logon, { parentId, subject, id }: MailboxEvent): Promise<boolean> {
  if (session.accessor.hasFullAccess) return true;
  try {
    const folder = await session.folder(subject === 'folder' ? id : parentId);
    return subject === 'folder' || session.folderRights(folder).read;
  } catch (thrown) {
    if (thrown instanceof MailboxError) return false;
    throw thrown;
  }
}

/** NotificationData of what happened to a message or a folder, [MS-OXCNOTIF] 2.2.1.4.1.2. */
export function objectNotification(logon: Logon, event: MailboxEvent): Promise<Told> {
  return event.subject === 'item' ? ofMessage(logon, event) : ofFolder(logon, event);
}

/** A search folder has been filled. */
export const searchNotification = (logon: Logon, id: number): NotificationData => ({ NotificationFlags: notificationType.SearchCompleted, FolderId: logon.wireId(id) }) as NotificationData;

async function ofMessage(logon: Logon, { kind, id, oldId, parentId, oldParentId, itemClass }: ItemEvent): Promise<Told> {
  const old = kind === 'moved' || kind === 'copied';
  const data = {
    NotificationFlags: types[kind] | Message, FolderId: logon.wireId(parentId), MessageId: logon.wireId(id),
    ...(old && { OldFolderId: logon.wireId(oldParentId ?? parentId), OldMessageId: logon.wireId(oldId ?? id) }),
    ...tagsOf(kind),
    ...(kind === 'newMail' && { MessageFlags: await messageFlagsOf(logon, id), UnicodeFlag: true, MessageClass: itemClass }),
  } as NotificationData;
  return { data, name: kind === 'modified' ? `item ${id}` : undefined };
}

async function ofFolder(logon: Logon, event: FolderEvent): Promise<Told> {
  const { kind, id, parentId, oldParentId, unreadCount } = event;
  // What is in a folder changes its counts and nothing else.
  const counts = unreadCount === undefined ? undefined : await countsOf(logon, event);
  const data = {
    NotificationFlags: types[kind] | (counts ? TotalMessageCount | UnreadMessageCount : 0), FolderId: logon.wireId(id),
    ...(kind !== 'modified' && { ParentFolderId: logon.wireId(parentId) }),
    ...((kind === 'moved' || kind === 'copied') && { OldFolderId: logon.wireId(event.oldId ?? id), OldParentFolderId: logon.wireId(oldParentId ?? parentId) }),
    ...tagsOf(kind), ...counts,
  } as NotificationData;
  return { data, name: kind === 'modified' ? `folder ${id} ${counts ? 'counts' : ''}` : undefined };
}

/** Servers since 2013 do not say which properties have changed: note 9. */
const tagsOf = (kind: MailboxEvent['kind']): { readonly Tags?: readonly number[] } => (kind === 'modified' || kind === 'created' ? { Tags: [] } : {});

async function countsOf({ session }: Logon, { id, unreadCount = 0 }: FolderEvent): Promise<{ readonly TotalMessageCount: number; readonly UnreadMessageCount: number }> {
  const { totalCount } = await session.folder(id);
  return { TotalMessageCount: totalCount, UnreadMessageCount: unreadCount };
}

async function messageFlagsOf({ session }: Logon, id: ItemEvent['id']): Promise<number> {
  const [item] = await session.items([id]);
  return item && !(item instanceof MailboxError) ? Number(valueOf(item, 'PidTagMessageFlags') ?? 0) : 0;
}
