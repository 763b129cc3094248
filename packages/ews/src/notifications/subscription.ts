import type { FolderId, MailboxEvent, MailboxEventKind, Mailbox } from '@fauxchange/mailbox';
import type { NotificationEventTypeType } from '../schema/types.generated.ts';

/** Which events somebody wants of one mailbox. */
export interface Subscription {
  readonly id: string;
  readonly kind: 'pull' | 'streaming' | 'push';
  /** Directory id of whoever subscribed. */
  readonly ownerId: string;
  readonly mailbox: Mailbox;
  /** Undefined: every folder of the mailbox. */
  readonly folderIds: ReadonlySet<FolderId> | undefined;
  readonly eventTypes: ReadonlySet<NotificationEventTypeType>;
  /** Change number up to which its events have been told. What happens while nobody is connected is told when somebody is. */
  place: number;
  /** Of the mailbox's events when the place was taken: a mailbox that was set back since has lost it. */
  generation: number;
}

export const eventTypes: Readonly<Record<MailboxEventKind, NotificationEventTypeType>> = {
  created: 'CreatedEvent', deleted: 'DeletedEvent', modified: 'ModifiedEvent', moved: 'MovedEvent', copied: 'CopiedEvent', newMail: 'NewMailEvent',
};

/** An event concerns a subscribed folder when it happened in it, moved something out of it, or changed the folder itself. */
export function wants({ folderIds, eventTypes: types }: Subscription, event: MailboxEvent): boolean {
  if (!types.has(eventTypes[event.kind])) return false;
  if (!folderIds) return true;
  return folderIds.has(event.parentId) || (event.oldParentId !== undefined && folderIds.has(event.oldParentId)) || (event.subject === 'folder' && folderIds.has(event.id));
}
