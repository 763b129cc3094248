import type { DirectoryEntry } from '@fauxchange/mailbox';
import type { MailboxNames } from '../logon/mailbox-names.ts';
import type { StreamBudget } from '../objects/stream-object.ts';
import { ObjectTable } from '../objects/object-table.ts';

/** What a client has made between Connect and Disconnect: its objects. */
export class EmsmdbSession {
  readonly objects = new ObjectTable();
  readonly streams: StreamBudget = { bytes: 0 };
  readonly caller: DirectoryEntry;
  /** Of 8-bit texts: DefaultCodePage of Connect. */
  readonly codePage: number;
  /** Of new messages: LcidString of Connect. */
  readonly localeId: number;
  /** Names of properties, of each mailbox. */
  readonly names: MailboxNames;

  constructor(caller: DirectoryEntry, { codePage, localeId }: { readonly codePage: number; readonly localeId: number }, names: MailboxNames) {
    this.caller = caller;
    this.codePage = codePage;
    this.localeId = localeId;
    this.names = names;
  }

  end(): void {
    this.objects.clear();
  }
}
