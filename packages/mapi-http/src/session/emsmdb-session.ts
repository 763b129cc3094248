import type { DirectoryEntry } from '@fauxchange/mailbox';
import type { emsmdbRequestTypes, LayoutValue } from '@fauxchange/mapi-wire';
import type { AllMailboxFacts } from '../logon/mailbox-facts.ts';
import { Notifications } from '../notifications/notifications.ts';
import { ObjectTable } from '../objects/object-table.ts';
import type { StreamBudget } from '../objects/stream-object.ts';

type Connected = LayoutValue<typeof emsmdbRequestTypes.Connect.request>;

/** What a client has made between Connect and Disconnect: its objects, and what it is to be told. */
export class EmsmdbSession {
  readonly objects = new ObjectTable();
  readonly streams: StreamBudget = { bytes: 0 };
  readonly caller: DirectoryEntry;
  /** Of 8-bit texts: DefaultCodePage of Connect. */
  readonly codePage: number;
  /** Languages, [MS-LCID]: of sorting, and of everything else. */
  readonly lcidSort: number;
  readonly lcidString: number;
  /** What numbers stand for, mailbox by mailbox. */
  readonly facts: AllMailboxFacts;
  readonly notifications: Notifications;

  constructor(caller: DirectoryEntry, { DefaultCodePage, LcidSort, LcidString }: Pick<Connected, 'DefaultCodePage' | 'LcidSort' | 'LcidString'>, facts: AllMailboxFacts, reportBug: (error: unknown) => void) {
    this.caller = caller;
    this.codePage = DefaultCodePage;
    this.lcidSort = LcidSort;
    this.lcidString = LcidString;
    this.facts = facts;
    this.notifications = new Notifications(DefaultCodePage, reportBug);
  }

  end(): void {
    this.objects.clear();
    this.notifications.end();
  }
}
