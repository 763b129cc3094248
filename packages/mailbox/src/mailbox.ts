import type { Clock } from '@fauxchange/kernel';
import type { MailboxEvents } from './changes/events.ts';
import type { DirectoryEntry } from './directory/directory.ts';
import type { DistinguishedFolderName } from './folders/distinguished.ts';
import type { FolderId } from './ids.ts';
import type { MailboxSession } from './session/mailbox-session.ts';
import type { MailboxStore } from './store/mailbox-store.ts';

/** One mailbox of the organization. Protocols open a session on it; only the model touches the store. */
export interface Mailbox {
  /** Lower-case, stable for the same seed and address. */
  readonly guid: string;
  /** The replica GUID that goes into entry ids and change keys of this mailbox. */
  readonly replicaGuid: string;
  /** As the directory has it now. */
  readonly owner: DirectoryEntry;
  readonly store: MailboxStore;
  readonly events: MailboxEvents;
  readonly clock: Clock;
  wellKnown(name: DistinguishedFolderName): FolderId | undefined;
  /** Opens as somebody of the directory; MailboxError AccessDenied where neither owner, nor full access, nor any folder right could apply is decided per folder, not here. */
  openAs(entry: DirectoryEntry): MailboxSession;
  openAsSystem(): MailboxSession;
}
