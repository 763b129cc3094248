import type { DistinguishedFolderName, FolderPermission, MailboxGrant, NewEntry, Recipient } from '@fauxchange/mailbox';
import type { JsonValue } from './property-json.ts';

/** A whole organization in one JSON document. Bytes are base64. */
export interface Archive {
  readonly format: 'fauxchange-archive';
  readonly version: 1;
  readonly domain: string;
  readonly entries: readonly ArchivedEntry[];
  readonly grants: readonly { readonly owner: string; readonly grantee: string; readonly grants: readonly MailboxGrant[] }[];
  readonly impersonators: readonly string[];
  readonly mailboxes: readonly { readonly address: string; readonly folders: readonly ArchivedFolder[] }[];
}
export type ArchivedEntry = NewEntry;

export interface ArchivedFolder {
  readonly displayName: string;
  readonly wellKnown?: DistinguishedFolderName | undefined;
  readonly folderClass?: string | undefined;
  readonly properties: Readonly<Record<string, JsonValue>>;
  /** Members by address, `default` or `anonymous`. */
  readonly permissions: readonly { readonly member: string; readonly rights: FolderPermission['rights'] }[];
  readonly items: readonly ArchivedItem[];
  readonly folders: readonly ArchivedFolder[];
}

export interface ArchivedContent {
  readonly itemClass: string;
  readonly properties: Readonly<Record<string, JsonValue>>;
  readonly recipients: readonly Recipient[];
  readonly attachments: readonly ArchivedAttachment[];
  readonly body?: { readonly native: 'text' | 'html' | 'rtf'; readonly text?: string | undefined; readonly html?: string | undefined; readonly rtf?: string | undefined } | undefined;
  readonly mime?: string | undefined;
}
export interface ArchivedItem extends ArchivedContent {
  readonly isRead: boolean;
  readonly isAssociated: boolean;
}
export interface ArchivedAttachment {
  readonly name: string;
  readonly contentType: string;
  readonly contentId?: string | undefined;
  readonly contentLocation?: string | undefined;
  readonly isInline: boolean;
  readonly lastModified: number;
  readonly isContactPhoto?: boolean | undefined;
  readonly content?: string | undefined;
  readonly item?: ArchivedContent | undefined;
}

/** The document is no archive of ours; the message says where it stops being one. */
export class ArchiveError extends Error {
  override readonly name = 'ArchiveError';
}
