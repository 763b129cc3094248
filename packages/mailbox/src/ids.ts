/**
 * Ids of the model are numbers drawn from one counter a mailbox, as Exchange's global counters are
 * ([MS-OXCFXICS] 2.2.2.1). Protocols dress them up as entry ids, item ids, UIDs. An id is never used twice,
 * except by replaying after `restore`.
 */
declare const brand: unique symbol;
export type FolderId = number & { readonly [brand]: 'folder' };
export type ItemId = number & { readonly [brand]: 'item' };
/** Number of an attachment within its item; never reused there. */
export type AttachmentId = number & { readonly [brand]: 'attachment' };

export const folderId = (value: number): FolderId => value as FolderId;
export const itemId = (value: number): ItemId => value as ItemId;
export const attachmentId = (value: number): AttachmentId => value as AttachmentId;
