import type { FolderId, ItemId } from '../ids.ts';
import type { Accessor } from '../permissions/accessor.ts';

/** What happened, in the words of EWS notifications and MAPI's [MS-OXCNOTIF]. */
export type MailboxEventKind = 'created' | 'deleted' | 'modified' | 'moved' | 'copied' | 'newMail';

interface EventFacts {
  /** Change number: the watermark. */
  readonly cn: number;
  /** ms since 1970 UTC. */
  readonly time: number;
  readonly kind: MailboxEventKind;
  readonly parentId: FolderId;
  /** With `moved` and `copied`. */
  readonly oldParentId?: FolderId | undefined;
}
export interface ItemEvent extends EventFacts {
  readonly subject: 'item';
  readonly id: ItemId;
  readonly oldId?: ItemId | undefined;
  readonly itemClass: string;
  /** It is, or was, among the hidden items of its folder. */
  readonly isAssociated?: boolean | undefined;
}
export interface FolderEvent extends EventFacts {
  readonly subject: 'folder';
  readonly id: FolderId;
  readonly oldId?: FolderId | undefined;
  /** With `modified` caused by contents: the folder's unread count then. */
  readonly unreadCount?: number | undefined;
  /** With `created` and `modified`: it was told what to search for, and has found it. */
  readonly isSearchCompleted?: boolean | undefined;
}
export type MailboxEvent = ItemEvent | FolderEvent;

/** The recent events of a mailbox: bounded; a reader that is too far behind is told that it missed some. */
export interface MailboxEvents {
  /** The watermark of now. */
  readonly latest: number;
  /** Rises when the mailbox is set back (restore, reset): a watermark of an earlier generation means nothing any more. */
  readonly generation: number;
  /** Events after the watermark. Those of one change number are never torn apart, so a page may be a little longer than the limit. */
  since(cn: number, limit: number): { readonly events: readonly MailboxEvent[]; readonly more: boolean; readonly missed: boolean };
  /** Called after the commit, once a commit, with whose session it was (a session has an accessor of its own). Returns the way to stop. */
  subscribe(listener: (events: readonly MailboxEvent[], by: Accessor | undefined) => void): () => void;
}
