import type { MailboxGrant, NewEntry } from '../../directory/directory.ts';
import type { Folder } from '../../folders/folder.ts';
import type { Recipient } from '../../items/item.ts';
import type { JsonValue } from './json-values.ts';

/** A whole organization as plain JSON: what `exportOrganization` writes and `dumpSeed` reads. Bytes are base64. */
export interface OrganizationDump {
  readonly format: typeof dumpFormat;
  readonly version: typeof dumpVersion;
  readonly domain: string;
  readonly entries: readonly EntryDump[];
  readonly mailboxes: readonly MailboxDump[];
}
export const dumpFormat = 'fauxchange-organization';
export const dumpVersion = 1;

export interface EntryDump extends Omit<NewEntry, 'members'> {
  /** As others in the dump call it; the entry gets an id of its own when it is read. */
  readonly id: string;
  readonly members?: readonly string[] | undefined;
  readonly mayImpersonate?: boolean | undefined;
  /** What others may over this entry. */
  readonly grants?: readonly { readonly to: string; readonly grants: readonly MailboxGrant[] }[] | undefined;
}

export interface MailboxDump {
  /** Primary address of its owner. */
  readonly owner: string;
  /** First id that was not used yet. */
  readonly nextId: number;
  readonly folders: readonly FolderDump[];
  readonly items: readonly ItemDump[];
}

export interface FolderDump extends Pick<Folder, 'displayName' | 'folderClass' | 'kind' | 'permissions' | 'searchCriteria' | 'wellKnown'> {
  readonly id: number;
  readonly parentId: number;
  readonly properties: Readonly<Record<string, JsonValue>>;
}

export interface ContentDump {
  readonly itemClass: string;
  readonly properties: Readonly<Record<string, JsonValue>>;
  readonly recipients: readonly RecipientDump[];
  readonly body?: { readonly native: 'text' | 'html' | 'rtf'; readonly text?: string | undefined; readonly html?: string | undefined; readonly rtf?: string | undefined } | undefined;
  readonly mime?: string | undefined;
  readonly attachments: readonly AttachmentDump[];
}
export interface RecipientDump extends Omit<Recipient, 'properties'> {
  readonly properties?: Readonly<Record<string, JsonValue>> | undefined;
}
export interface ItemDump extends ContentDump {
  readonly id: number;
  readonly folderId: number;
  readonly isRead: boolean;
  readonly isAssociated: boolean;
}
export interface AttachmentDump {
  readonly id: number;
  readonly name: string;
  readonly contentType: string;
  readonly contentId?: string | undefined;
  readonly contentLocation?: string | undefined;
  readonly isInline: boolean;
  readonly isContactPhoto?: boolean | undefined;
  readonly isException?: boolean | undefined;
  readonly lastModified: number;
  readonly size: number;
  readonly properties?: Readonly<Record<string, JsonValue>> | undefined;
  /** One of the two. */
  readonly content?: string | undefined;
  readonly item?: ContentDump | undefined;
}

/** A file that is no dump, or not one of this version. `subject`: where in it. */
export class DumpError extends Error {
  override readonly name = 'DumpError';
  readonly subject: string;

  constructor(message: string, subject: string, options?: ErrorOptions) {
    super(message, options);
    this.subject = subject;
  }
}
