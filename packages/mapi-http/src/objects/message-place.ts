import type { Binary } from '@fauxchange/properties';
import { bagOf, messageFlags, type EffectiveRights, type EmbeddedItem, type FolderId, type Item, type ItemDraft, type Properties } from '@fauxchange/mailbox';
import type { Logon } from '../logon/logon.ts';
import type { MessageObject } from './message-object.ts';

export type Access = 'readOnly' | 'readWrite';

/** What saves an embedded message: the attachment that holds it. */
export interface EmbeddingAttachment {
  readonly logon: Logon;
  readonly message: MessageObject;
  /** Its item from now on, in the attachment: not yet in the message. */
  embed(item: EmbeddedItem): void;
}

/** Where a message is saved. */
export type Place =
  | { readonly kind: 'item'; readonly item: Item }
  | { readonly kind: 'new'; readonly folderId: FolderId; readonly isAssociated: boolean; readonly create: ((draft: ItemDraft, options: SaveOptions) => Promise<Item>) | undefined }
  | { readonly kind: 'embedded'; readonly attachment: EmbeddingAttachment };

export interface MessageOptions {
  readonly access: Access;
  /** What the caller may do with it. */
  readonly rights?: EffectiveRights | undefined;
  /** Of 8-bit texts: CodePageId of the ROP that opened it. */
  readonly codePage?: number | undefined;
  /** Of one that is new: the language of the session. */
  readonly localeId?: number | undefined;
}

/** Of a message that is made in a folder. */
export interface NewMessageOptions {
  readonly now: number;
  readonly localeId: number;
  /** PidTagSearchKey, which is the message's from the beginning. */
  readonly searchKey?: Binary | undefined;
  readonly codePage?: number | undefined;
  readonly create?: ((draft: ItemDraft, options: SaveOptions) => Promise<Item>) | undefined;
}

export interface SaveOptions {
  /** Changes that others have saved meanwhile are overwritten: ForceSave. */
  readonly isForced?: boolean | undefined;
  /** Times and author are those that the changes say, as in what is synchronized. */
  readonly isRestored?: boolean | undefined;
}

/** What a message has before its client says anything: [MS-OXCMSG] 3.2.5.2. Exchange 2013 and above name who made it, and when it was changed, when it is saved. */
const initialProperties = (now: number, searchKey: Binary | undefined): Properties => ({ PidTagImportance: 1, PidTagSensitivity: 0, PidTagMessageFlags: messageFlags.read | messageFlags.unsent | messageFlags.everRead, PidTagCreationTime: now, PidTagSearchKey: searchKey });

/** A message before its client says anything. */
export const newContent = (now: number, searchKey?: Binary): EmbeddedItem => ({ itemClass: 'IPM.Note', recipients: [], attachments: [], bag: bagOf(initialProperties(now, searchKey)) });
