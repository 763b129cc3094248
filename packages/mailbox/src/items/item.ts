import type { PropertyName, PropertyValue } from '@fauxchange/properties';
import type { AttachmentId, FolderId, ItemId } from '../ids.ts';

/** Bytes that are kept beside the property bag: bodies, MIME, attachments. Immutable; the engine decides where they live. */
export interface StoredBytes {
  readonly size: number;
  read(): Promise<Uint8Array>;
  /** The bytes at once, where the engine has them in memory: what searching bodies needs. Not to be changed. */
  peek?(): Uint8Array | undefined;
}

/** The immutable properties of an item or folder. Unset and `undefined` are the same; there is no `null`. */
export interface PropertyBag {
  get<N extends PropertyName>(name: N): PropertyValue | undefined;
  has(name: PropertyName): boolean;
  entries(): IterableIterator<readonly [PropertyName, PropertyValue]>;
}

export interface Recipient {
  readonly type: 'to' | 'cc' | 'bcc';
  readonly name: string;
  /** SMTP address, or the X.500 address when `addressType` is EX. */
  readonly address: string;
  readonly addressType: string;
  /** What an attendee answered; undefined: nothing yet. */
  readonly response?: AttendeeResponse | undefined;
  /** Whatever else a client has said of it: PidTagRecipientEntryId, PidTagSearchKey, PidTagRecipientFlags … */
  readonly properties?: Properties | undefined;
}

/** A row of the organizer's attendee table, [MS-OXOCAL] 2.2.4.10. */
export interface AttendeeResponse {
  /** PidTagRecipientTrackStatus: 0 none, 1 organizer, 2 tentative, 3 accepted, 4 declined, 5 not answered. */
  readonly status: number;
  /** PidTagRecipientTrackStatusTime, ms since 1970 UTC. */
  readonly time?: number | undefined;
  /** PidTagRecipientProposedStartTime and …EndTime: the time that the attendee would prefer. */
  readonly proposedStart?: number | undefined;
  readonly proposedEnd?: number | undefined;
}

/** Every body that the item has; `native` is the one that was given, others were derived from it or given beside it. */
export interface ItemBody {
  readonly native: 'text' | 'html' | 'rtf';
  /** UTF-8. */
  readonly text?: StoredBytes | undefined;
  /** UTF-8, whatever the charset named inside. */
  readonly html?: StoredBytes | undefined;
  readonly rtf?: StoredBytes | undefined;
}

export type Attachment = FileAttachment | ItemAttachment;

interface AttachmentFacts {
  readonly id: AttachmentId;
  readonly name: string;
  readonly contentType: string;
  readonly contentId?: string | undefined;
  readonly contentLocation?: string | undefined;
  readonly isInline: boolean;
  /** ms since 1970 UTC. */
  readonly lastModified: number;
  /** Bytes, as PidTagAttachSize. */
  readonly size: number;
  readonly isContactPhoto?: boolean | undefined;
  /** Holds an exception of a series and is shown to nobody, [MS-OXOCAL] 2.2.10.1. */
  readonly isException?: boolean | undefined;
  /** Whatever else a client has said of it: PidTagAttachMethod, PidTagRenderingPosition, PidTagAttachEncoding … */
  readonly properties?: Properties | undefined;
}
export interface FileAttachment extends AttachmentFacts {
  readonly kind: 'file';
  readonly content: StoredBytes;
}
export interface ItemAttachment extends AttachmentFacts {
  readonly kind: 'item';
  readonly item: EmbeddedItem;
}

/** What an item is made of, wherever it is: in a folder, in an attachment, or on its way. */
export interface ItemContent {
  /** PidTagMessageClass, `IPM.Note`. */
  readonly itemClass: string;
  readonly recipients: readonly Recipient[];
  readonly attachments: readonly Attachment[];
  readonly body?: ItemBody | undefined;
  /** The message as it came, verbatim; dropped as soon as a property that it carries changes. */
  readonly mime?: StoredBytes | undefined;
}
export interface EmbeddedItem extends ItemContent {
  readonly bag: PropertyBag;
}

/** An item in a folder: an immutable value, replaced on change. */
export interface Item extends EmbeddedItem {
  readonly id: ItemId;
  readonly folderId: FolderId;
  /** Change number of the last change (any), and of the last change of anything but the read flag. */
  readonly cn: number;
  readonly contentCn: number;
  /** Change number of the last change of the read flag alone; 0 where it never changed. */
  readonly readCn: number;
  readonly isRead: boolean;
  /** Folder-associated information: hidden from the normal contents table. */
  readonly isAssociated: boolean;
}

/** Plain properties on their way into a bag. */
export type Properties = { readonly [N in PropertyName]?: PropertyValue | undefined };

/** An item to be made. The model adds what Exchange computes (sizes, times, display lists, conversation). */
export interface ItemDraft extends ItemContent {
  readonly properties: Properties;
  readonly isRead: boolean;
  readonly isAssociated: boolean;
}

/** A change of an item. Absent: left alone. A property set to `undefined` is removed. */
export interface ItemChanges {
  readonly itemClass?: string | undefined;
  readonly properties?: Properties | undefined;
  readonly isRead?: boolean | undefined;
  /** Properties that say of the item what the read flag says: it keeps its content's change number. PidTagMessageStatus, and the bits of PidTagMessageFlags that ask for receipts. */
  readonly marks?: Properties | undefined;
  readonly recipients?: readonly Recipient[] | undefined;
  readonly attachments?: readonly Attachment[] | undefined;
  readonly body?: ItemBody | 'none' | undefined;
  readonly mime?: StoredBytes | 'none' | undefined;
}
