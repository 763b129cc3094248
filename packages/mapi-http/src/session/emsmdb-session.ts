import type { DirectoryEntry } from '@fauxchange/mailbox';
import type { emsmdbRequestTypes, LayoutValue } from '@fauxchange/mapi-wire';
import type { AllMailboxFacts } from '../logon/mailbox-facts.ts';
import { ObjectTable } from '../objects/object-table.ts';

type Connected = LayoutValue<typeof emsmdbRequestTypes.Connect.request>;

/** What a client has made between Connect and Disconnect: its objects. */
export class EmsmdbSession {
  readonly objects = new ObjectTable();
  readonly caller: DirectoryEntry;
  /** Of 8-bit texts: DefaultCodePage of Connect. */
  readonly codePage: number;
  /** Languages, [MS-LCID]: of sorting, and of everything else. */
  readonly lcidSort: number;
  readonly lcidString: number;
  /** What numbers stand for, mailbox by mailbox. */
  readonly facts: AllMailboxFacts;

  constructor(caller: DirectoryEntry, { DefaultCodePage, LcidSort, LcidString }: Pick<Connected, 'DefaultCodePage' | 'LcidSort' | 'LcidString'>, facts: AllMailboxFacts) {
    this.caller = caller;
    this.codePage = DefaultCodePage;
    this.lcidSort = LcidSort;
    this.lcidString = LcidString;
    this.facts = facts;
  }

  end(): void {
    this.objects.clear();
  }
}
