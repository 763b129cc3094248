import {
  attachmentId, bagOf, sizeOfItem, type Attachment, type EmbeddedItem, type FolderId, type FolderPermission, type ItemBody, type ItemContent, type Mailbox, type MailboxSession,
  type Organization, type Properties, type StoredBytes,
} from '@fauxchange/mailbox';
import type { PropertyName } from '@fauxchange/properties';
import { ArchiveError, type Archive, type ArchivedAttachment, type ArchivedContent, type ArchivedFolder } from './archive.ts';
import { fromJson, type JsonValue } from './property-json.ts';

const maxDepth = 300;

/** Reads the document of an export; ArchiveError says what is wrong with another. */
export function parseArchive(text: string): Archive {
  let archive: Partial<Archive>;
  try {
    archive = JSON.parse(text) as Partial<Archive>;
  } catch (error) {
    throw new ArchiveError(`not JSON: ${(error as Error).message}`);
  }
  if (archive.format !== 'fauxchange-archive') throw new ArchiveError('not an export of Fauxchange: "format" is missing or another');
  if (archive.version !== 1) throw new ArchiveError(`version ${String(archive.version)} is not known; this program reads version 1`);
  for (const key of ['entries', 'mailboxes', 'grants', 'impersonators'] as const) if (!Array.isArray(archive[key])) throw new ArchiveError(`"${key}" is not a list`);
  return archive as Archive;
}

/** Fills an organization with what was exported. Entries that it has already are kept; mail is added to theirs. */
export async function importOrganization(organization: Organization, archive: Archive): Promise<void> {
  const { directory } = organization;
  const isGroup = ({ recipientType }: Archive['entries'][number]): boolean => recipientType === 'MailUniversalDistributionGroup';
  for (const entry of [...archive.entries].sort((a, b) => Number(isGroup(a)) - Number(isGroup(b)))) {
    if (!directory.byAddress(entry.primarySmtpAddress)) await organization.add({ ...entry, members: undefined });
  }
  // Groups may hold groups: members are filled in when everybody is there.
  for (const entry of archive.entries) {
    const known = directory.byAddress(entry.primarySmtpAddress);
    if (known && entry.members) directory.update(known.id, { members: entry.members.map((member) => directory.byAddress(member)?.id ?? member) });
  }
  for (const { owner, grantee, grants } of archive.grants) {
    const [from, to] = [directory.byAddress(owner), directory.byAddress(grantee)];
    if (from && to) for (const grant of grants) directory.grant(from.id, to.id, grant);
  }
  for (const address of archive.impersonators) {
    const entry = directory.byAddress(address);
    if (entry) directory.allowImpersonation(entry.id);
  }
  for (const { address, folders } of archive.mailboxes) {
    const mailbox = organization.mailboxByAddress(address);
    if (!mailbox) throw new ArchiveError(`the mailbox ${address} has no entry`);
    await new MailboxImport(mailbox, organization).roots(folders);
  }
}

class MailboxImport {
  readonly #mailbox: Mailbox;
  readonly #session: MailboxSession;
  readonly #organization: Organization;

  constructor(mailbox: Mailbox, organization: Organization) {
    this.#mailbox = mailbox;
    this.#session = mailbox.openAsSystem();
    this.#organization = organization;
  }

  async roots(folders: readonly ArchivedFolder[]): Promise<void> {
    for (const folder of folders) {
      const id = folder.wellKnown && this.#mailbox.wellKnown(folder.wellKnown);
      if (id !== undefined) await this.#fill(id, folder, 0);
    }
  }

  async #fill(id: FolderId, folder: ArchivedFolder, depth: number): Promise<void> {
    if (depth > maxDepth) throw new ArchiveError('folders are nested too deep');
    await this.#session.updateFolder(id, { permissions: this.#permissions(folder), properties: propertiesOf(folder.properties) });
    for (const item of folder.items) {
      const draft = { ...(await this.#content(item)), properties: propertiesOf(item.properties), isRead: item.isRead, isAssociated: item.isAssociated };
      await this.#session.createItem(id, draft);
    }
    const known = new Map((await this.#session.folders(id, 'shallow')).map((child) => [child.displayName.toLowerCase(), child.id]));
    for (const child of folder.folders) {
      const existing = (child.wellKnown && this.#mailbox.wellKnown(child.wellKnown)) ?? known.get(child.displayName.toLowerCase());
      const { displayName, folderClass } = child;
      await this.#fill(existing ?? (await this.#session.createFolder(id, { displayName, folderClass })).id, child, depth + 1);
    }
  }

  #permissions({ permissions }: ArchivedFolder): FolderPermission[] {
    return permissions.flatMap(({ member, rights }): FolderPermission[] => {
      if (member === 'default' || member === 'anonymous') return [{ member, rights }];
      const entry = this.#organization.directory.byAddress(member);
      return entry ? [{ member: { directoryId: entry.id }, rights }] : [];
    });
  }

  async #content(archived: ArchivedContent): Promise<ItemContent> {
    const { itemClass, recipients, body } = archived;
    const attachments: Attachment[] = [];
    for (const one of archived.attachments) attachments.push(await this.#attachment(one, attachments.length + 1));
    return { itemClass, recipients, attachments, body: body && (await this.#body(body)), mime: await this.#keep(archived.mime) };
  }

  async #body({ native, text, html, rtf }: NonNullable<ArchivedContent['body']>): Promise<ItemBody> {
    return { native, text: await this.#keep(text), html: await this.#keep(html), rtf: await this.#keep(rtf) };
  }

  async #attachment({ content, item, ...facts }: ArchivedAttachment, number: number): Promise<Attachment> {
    const id = attachmentId(number);
    if (item) {
      const bag = bagOf(propertiesOf(item.properties));
      const embedded: EmbeddedItem = { ...(await this.#content(item)), bag };
      return { ...facts, id, kind: 'item', item: embedded, size: sizeOfItem(embedded, bag) };
    }
    const kept = await this.#mailbox.store.keep(Buffer.from(content ?? '', 'base64'));
    return { ...facts, id, kind: 'file', content: kept, size: kept.size };
  }

  async #keep(base64: string | undefined): Promise<StoredBytes | undefined> {
    return base64 === undefined ? undefined : this.#mailbox.store.keep(Buffer.from(base64, 'base64'));
  }
}

function propertiesOf(json: Readonly<Record<string, JsonValue>>): Properties {
  return Object.fromEntries(Object.entries(json).map(([name, value]) => [name, fromJson(name as PropertyName, value)]));
}
