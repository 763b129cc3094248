import type { FolderId, Mailbox } from '@fauxchange/mailbox';
import type { Notifications } from './notifications.ts';

/** Brings the news of filled search folders from the session that filled them to all others. */
export class SearchCompletions {
  readonly #sessions = new Set<Notifications>();

  add(session: Notifications): void {
    this.#sessions.add(session);
  }

  remove(session: Notifications): void {
    this.#sessions.delete(session);
  }

  completed(mailbox: Mailbox, folderId: FolderId): void {
    for (const session of this.#sessions) session.searchCompleted(mailbox, folderId);
  }
}
