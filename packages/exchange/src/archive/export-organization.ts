import type { Attachment, DirectoryEntry, EmbeddedItem, Folder, FolderId, Item, Mailbox, Organization, PropertyBag, StoredBytes } from '@fauxchange/mailbox';
import type { Archive, ArchivedAttachment, ArchivedContent, ArchivedEntry, ArchivedFolder, ArchivedItem } from './archive.ts';
import { toJson, type JsonValue } from './property-json.ts';

const itemsAPage = 200;

/** Writes down everything that the organization holds. Ids are not kept: whoever imports it gets new ones. */
export async function exportOrganization(organization: Organization): Promise<Archive> {
  const { directory } = organization;
  const entries = directory.list();
  const mailboxes = [];
  for (const mailbox of organization.mailboxes()) mailboxes.push({ address: mailbox.owner.primarySmtpAddress, folders: await new MailboxExport(mailbox, organization).roots() });
  return {
    format: 'fauxchange-archive', version: 1, domain: organization.domain,
    entries: entries.map((entry) => archiveEntry(entry, organization)),
    grants: entries.flatMap((owner) =>
      entries.flatMap((grantee) => {
        const grants = owner.mailboxGuid && grantee.id !== owner.id ? directory.grants(owner.id, grantee.id) : [];
        return grants.length > 0 ? [{ owner: owner.primarySmtpAddress, grantee: grantee.primarySmtpAddress, grants }] : [];
      }),
    ),
    impersonators: entries.filter(({ id }) => directory.mayImpersonate(id)).map(({ primarySmtpAddress }) => primarySmtpAddress),
    mailboxes,
  };
}

function archiveEntry(entry: DirectoryEntry, { directory }: Organization): ArchivedEntry {
  const { id, recipientType, displayName, alias, primarySmtpAddress, proxyAddresses, givenName, surname, jobTitle, department, company, officeLocation, businessPhone, mobilePhone, isHiddenFromAddressLists, targetAddress, roomCapacity } = entry;
  return {
    recipientType, displayName, alias, primarySmtpAddress, proxyAddresses, givenName, surname, jobTitle, department, company, officeLocation, businessPhone, mobilePhone,
    isHiddenFromAddressLists, targetAddress, roomCapacity,
    password: directory.passwordOf(id),
    members: entry.members?.map((member) => directory.byId(member)?.primarySmtpAddress ?? member),
  };
}

class MailboxExport {
  readonly #mailbox: Mailbox;
  readonly #organization: Organization;

  constructor(mailbox: Mailbox, organization: Organization) {
    this.#mailbox = mailbox;
    this.#organization = organization;
  }

  async roots(): Promise<ArchivedFolder[]> {
    const byParent = new Map<FolderId, Folder[]>();
    for (const folder of await this.#mailbox.store.folders()) byParent.set(folder.parentId, [...(byParent.get(folder.parentId) ?? []), folder]);
    return this.#folders(byParent, 0 as FolderId);
  }

  async #folders(byParent: ReadonlyMap<FolderId, readonly Folder[]>, parent: FolderId): Promise<ArchivedFolder[]> {
    const archived: ArchivedFolder[] = [];
    for (const folder of byParent.get(parent) ?? []) {
      if (folder.kind === 'search') continue;
      archived.push({
        displayName: folder.displayName, wellKnown: folder.wellKnown, folderClass: folder.folderClass,
        properties: properties(folder.bag),
        permissions: folder.permissions.map(({ member, rights }) => ({ rights, member: typeof member === 'string' ? member : (this.#organization.directory.byId(member.directoryId)?.primarySmtpAddress ?? '') })).filter(({ member }) => member !== ''),
        items: await this.#items(folder.id),
        folders: await this.#folders(byParent, folder.id),
      });
    }
    return archived;
  }

  async #items(folderId: FolderId): Promise<ArchivedItem[]> {
    const archived: ArchivedItem[] = [];
    const order = [{ property: 'PidTagCreationTime', descending: false }] as const;
    for (let offset = 0; ; offset += itemsAPage) {
      const page = await this.#mailbox.store.scan({ folderId, table: 'both', order, from: { offset }, limit: itemsAPage });
      for (const item of page.items) archived.push(await archiveItem(item));
      if (page.items.length < itemsAPage) return archived;
    }
  }
}

async function archiveItem(item: Item): Promise<ArchivedItem> {
  return { ...(await archiveContent(item)), isRead: item.isRead, isAssociated: item.isAssociated };
}

async function archiveContent(item: EmbeddedItem): Promise<ArchivedContent> {
  const { body } = item;
  return {
    itemClass: item.itemClass,
    properties: properties(item.bag),
    recipients: item.recipients,
    attachments: await Promise.all(item.attachments.map(archiveAttachment)),
    body: body && { native: body.native, text: await base64(body.text), html: await base64(body.html), rtf: await base64(body.rtf) },
    mime: await base64(item.mime),
  };
}

async function archiveAttachment(attachment: Attachment): Promise<ArchivedAttachment> {
  const { name, contentType, contentId, contentLocation, isInline, lastModified, isContactPhoto } = attachment;
  const facts = { name, contentType, contentId, contentLocation, isInline, lastModified, isContactPhoto };
  return attachment.kind === 'file' ? { ...facts, content: await base64(attachment.content) } : { ...facts, item: await archiveContent(attachment.item) };
}

async function base64(bytes: StoredBytes | undefined): Promise<string | undefined> {
  return bytes && Buffer.from(await bytes.read()).toString('base64');
}

function properties(bag: PropertyBag): Record<string, JsonValue> {
  return Object.fromEntries([...bag.entries()].map(([name, value]) => [name, toJson(name, value)]));
}
