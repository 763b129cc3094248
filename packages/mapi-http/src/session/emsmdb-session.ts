import type { DirectoryEntry } from '@fauxchange/mailbox';
import type { MailboxNames } from '../logon/mailbox-names.ts';
import { Notifications } from '../notifications/notifications.ts';
import type { SearchCompletions } from '../notifications/search-completions.ts';
import { ObjectTable } from '../objects/object-table.ts';

/** What sessions have in common. */
export interface EmsmdbShared {
  /** Names of properties, of each mailbox. */
  readonly names: MailboxNames;
  readonly searches: SearchCompletions;
}

/** What a client has made between Connect and Disconnect: its objects, and what it is to be told. */
export class EmsmdbSession {
  readonly objects = new ObjectTable();
  readonly caller: DirectoryEntry;
  /** Of 8-bit texts: DefaultCodePage of Connect. */
  readonly codePage: number;
  /** Names of properties, of each mailbox. */
  readonly names: MailboxNames;

  readonly notifications: Notifications;

  constructor(caller: DirectoryEntry, codePage: number, { names, searches }: EmsmdbShared, reportBug: (error: unknown) => void) {
    this.caller = caller;
    this.codePage = codePage;
    this.names = names;
    this.notifications = new Notifications(codePage, searches, reportBug);
  }

  end(): void {
    this.objects.clear();
    this.notifications.end();
  }
}
