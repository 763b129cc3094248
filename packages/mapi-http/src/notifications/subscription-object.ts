import type { FolderId, ItemId, MailboxEvent } from '@fauxchange/mailbox';
import { notificationType } from '@fauxchange/mapi-wire';
import type { Logon } from '../logon/logon.ts';
import { ServerObject } from '../objects/server-object.ts';
import type { Listener, Notifications } from './notifications.ts';
import { isVisibleTo, objectNotification, searchNotification } from './object-notification.ts';

/** What is of interest: everything in the mailbox, a folder with what is in it, or a message. */
export interface Scope {
  readonly folderId?: FolderId | undefined;
  readonly itemId?: ItemId | undefined;
}

export interface Interest {
  /** Of `notificationType`. */
  readonly types: number;
  readonly scope: Scope;
}

const typeOfKind: Readonly<Record<MailboxEvent['kind'], number>> = {
  newMail: notificationType.NewMail, created: notificationType.ObjectCreated, deleted: notificationType.ObjectDeleted, modified: notificationType.ObjectModified,
  moved: notificationType.ObjectMoved, copied: notificationType.ObjectCopied,
};

/** A Notification Subscription, [MS-OXCNOTIF] 3.1.1. */
export class SubscriptionObject extends ServerObject implements Listener {
  override readonly logon: Logon;
  readonly #interest: Interest;
  readonly #notifications: Notifications;
  stop: (() => void) | undefined;

  constructor(logon: Logon, interest: Interest, notifications: Notifications) {
    super();
    this.logon = logon;
    this.#interest = interest;
    this.#notifications = notifications;
  }

  async hear(events: readonly MailboxEvent[]): Promise<void> {
    for (const event of events) {
      const types = this.#interest.types & (typeOfKind[event.kind] | (isSearch(event) ? notificationType.SearchCompleted : 0));
      if (types === 0 || !isIn(this.#interest.scope, event) || !(await isVisibleTo(this.logon, event))) continue;
      if ((types & typeOfKind[event.kind]) !== 0) this.#notifications.tell({ about: this, ...await objectNotification(this.logon, event) });
      if ((types & notificationType.SearchCompleted) !== 0) this.#notifications.tell({ about: this, data: searchNotification(this.logon, event.id) });
    }
  }

  override released(): void {
    this.stop?.();
    this.#notifications.queue.drop(this);
  }
}

const isSearch = (event: MailboxEvent): boolean => event.subject === 'folder' && event.isSearchCompleted === true;

function isIn({ folderId, itemId }: Scope, event: MailboxEvent): boolean {
  if (folderId === undefined) return true;
  const { id, oldId, parentId, oldParentId, subject, kind } = event;
  if (itemId !== undefined) return subject === 'item' && (id === itemId || oldId === itemId);
  if (subject === 'item') return parentId === folderId || oldParentId === folderId;
  // A folder is told of itself, and of the folders in it that come and go.
  return id === folderId || oldId === folderId || (kind !== 'modified' && (parentId === folderId || oldParentId === folderId));
}
