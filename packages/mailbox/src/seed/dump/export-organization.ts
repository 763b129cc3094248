import type { Directory, DirectoryEntry } from '../../directory/directory.ts';
import type { Attachment, EmbeddedItem, StoredBytes } from '../../items/item.ts';
import type { Mailbox } from '../../mailbox.ts';
import type { Organization } from '../../organization.ts';
import { dumpFormat, dumpVersion } from './dump.ts';
import type { AttachmentDump, ContentDump, EntryDump, MailboxDump, OrganizationDump } from './dump.ts';
import { bagToJson, propertiesToJson, criteriaToJson } from './json-values.ts';

/**
 * Everything of an organization but its clock and outbox, to be written to a file as JSON.
 *
 * @example
 * const text = JSON.stringify(await exportOrganization(organization));
 * const again = await createOrganization({ seed: dumpSeed(JSON.parse(text)) });
 */
export async function exportOrganization(organization: Organization): Promise<OrganizationDump> {
  await organization.settle();
  const { directory } = organization;
  const mailboxes: MailboxDump[] = [];
  for (const mailbox of organization.mailboxes()) mailboxes.push(await mailboxDump(mailbox));
  return { format: dumpFormat, version: dumpVersion, domain: organization.domain, entries: directory.list().map((entry) => entryDump(entry, directory)), mailboxes };
}

/** What the directory makes up for each entry itself. */
const issued: ReadonlySet<string> = new Set<keyof DirectoryEntry>(['legacyExchangeDN', 'mailboxGuid', 'userPrincipalName', 'samAccountName', 'sid']);

function entryDump(entry: DirectoryEntry, directory: Directory): EntryDump {
  // What is restored when everybody exists stands last, whenever it was set.
  const { owners, manager, ...told } = Object.fromEntries(Object.entries(entry).filter(([name]) => !issued.has(name))) as Omit<EntryDump, 'grants'>;
  const grants = directory.list().map(({ id }) => ({ to: id, grants: directory.grants(entry.id, id) })).filter((each) => each.grants.length > 0);
  return { ...told, owners, manager, password: directory.passwordOf(entry.id), mayImpersonate: directory.mayImpersonate(entry.id), grants };
}

async function mailboxDump({ owner, store }: Mailbox): Promise<MailboxDump> {
  const folders = await store.folders();
  const items = await store.find({ folderIds: folders.filter(({ kind }) => kind !== 'search').map(({ id }) => id), table: 'both', restriction: { kind: 'always' } });
  // In the order in which they changed last, so that they come back in it.
  const ordered = [...items].sort((a, b) => a.cn - b.cn);
  return {
    owner: owner.primarySmtpAddress,
    nextId: await store.reserveIds(0),
    folders: folders.map(({ id, parentId, displayName, folderClass, kind, permissions, searchCriteria, wellKnown, bag }) => (
      { id, parentId, displayName, folderClass, kind, permissions, searchCriteria: criteriaToJson(searchCriteria), wellKnown, properties: bagToJson(bag) })),
    items: await Promise.all(ordered.map(async (item) => ({ id: item.id, folderId: item.folderId, isRead: item.isRead, isAssociated: item.isAssociated, ...await contentDump(item) }))),
  };
}

/** An item without its place, as dumps and exports have it. */
export async function contentDump({ itemClass, bag, recipients, attachments, body, mime }: EmbeddedItem): Promise<ContentDump> {
  return {
    itemClass,
    recipients: recipients.map((recipient) => ({ ...recipient, properties: propertiesToJson(recipient.properties) })),
    properties: bagToJson(bag),
    body: body && { native: body.native, text: await base64(body.text), html: await base64(body.html), rtf: await base64(body.rtf) },
    mime: await base64(mime),
    attachments: await Promise.all(attachments.map(attachmentDump)),
  };
}

async function attachmentDump(attachment: Attachment): Promise<AttachmentDump> {
  const { id, name, contentType, contentId, contentLocation, isInline, isContactPhoto, isException, lastModified, size } = attachment;
  const facts = { id, name, contentType, contentId, contentLocation, isInline, isContactPhoto, isException, lastModified, size, properties: propertiesToJson(attachment.properties) };
  return attachment.kind === 'file' ? { ...facts, content: await base64(attachment.content) } : { ...facts, item: await contentDump(attachment.item) };
}

async function base64(bytes: StoredBytes | undefined): Promise<string | undefined> {
  return bytes && Buffer.from(await bytes.read()).toString('base64');
}
