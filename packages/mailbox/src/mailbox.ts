import type { Clock } from '@fauxchange/kernel';
import type { MailboxEvents } from './changes/events.ts';
import type { DirectoryEntry } from './directory/directory.ts';
import type { WellKnownFolderName } from './folders/distinguished.ts';
import type { FolderId } from './ids.ts';
import type { MailboxSession } from './session/mailbox-session.ts';
import type { MailboxStore, StoreSnapshot } from './store/mailbox-store.ts';

/** A moment of a mailbox to come back to: plain data. */
export interface MailboxSnapshot {
  readonly store: StoreSnapshot;
  /** Where the source of random-looking values stood. */
  readonly ids: string;
}

/** One mailbox of the organization. Protocols open a session on it; only the model touches the store. */
export interface Mailbox {
  /** Lower-case, stable for the same seed and address. */
  readonly guid: string;
  /** The replica GUID that goes into entry ids and change keys of this mailbox. */
  readonly replicaGuid: string;
  /** It holds the public folders: nobody owns it, and permissions of its folders decide everything. */
  readonly isPublic: boolean;
  /** As the directory has it now. */
  readonly owner: DirectoryEntry;
  readonly store: MailboxStore;
  readonly events: MailboxEvents;
  readonly clock: Clock;
  /** Undefined for folders that this mailbox does not have (an archive's; public folders, or anything but these). */
  wellKnown(name: WellKnownFolderName): FolderId | undefined;
  /** Opens as somebody of the directory: never refused here, rights are decided folder by folder. Cheap; sessions hold nothing open. */
  openAs(entry: DirectoryEntry): MailboxSession;
  openAsSystem(): MailboxSession;
  /** Costs nothing. A snapshot stays good until an older one is restored. */
  snapshot(): Promise<MailboxSnapshot>;
  /** Costs what changed since. Watermarks and cursors from after the snapshot are invalid from then on. */
  restore(snapshot: MailboxSnapshot): Promise<void>;
  /** Removes every item and every folder it was not born with. An ordinary change: snapshots stay good. */
  clear(): Promise<void>;
  close(): Promise<void>;
}
