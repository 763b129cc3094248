import { DirectoryError } from '../../directory/directory-error.ts';
import { MailboxError } from '../../errors.ts';
import { attachmentId, folderId, itemId } from '../../ids.ts';
import type { FolderId, ItemId } from '../../ids.ts';
import { bagOf } from '../../items/bag.ts';
import type { Attachment, ItemBody, ItemDraft, Properties, StoredBytes } from '../../items/item.ts';
import { validateProperties } from '../../items/validate.ts';
import type { Mailbox } from '../../mailbox.ts';
import type { Organization } from '../../organization.ts';
import type { FolderPermission } from '../../permissions/rights.ts';
import type { FolderOp, Op } from '../../store/mailbox-store.ts';
import type { KeepBytes } from '../../items/from-mime.ts';
import type { Seed } from '../seed.ts';
import { DumpError, dumpFormat, dumpVersion } from './dump.ts';
import type { AttachmentDump, ContentDump, EntryDump, FolderDump, MailboxDump, OrganizationDump } from './dump.ts';
import { criteriaFromJson, propertiesFromJson } from './json-values.ts';

/** Messages within messages; what was exported is never deeper. */
const MOST_NESTED = 64;
const BATCH = 1_000;

/**
 * A seed that brings back what `exportOrganization` wrote. Into an organization of the same `idSeed` and domain everything
 * comes back under the ids that it had; into another, people get the ids of that one.
 *
 * @throws DumpError at once for what is no dump; the seed throws it for what does not fit
 */
export function dumpSeed(dump: unknown): Seed {
  const checked = checkedDump(dump);
  return async (organization) => {
    try {
      await restore(checked, organization);
    } catch (error) {
      if (error instanceof DumpError) throw error;
      const isRefusal = error instanceof MailboxError || error instanceof DirectoryError || error instanceof TypeError || error instanceof SyntaxError || error instanceof RangeError;
      if (isRefusal) throw new DumpError(`the dump cannot be read: ${error.message}`, 'dump', { cause: error });
      throw error;
    }
  };
}

function checkedDump(dump: unknown): OrganizationDump {
  const given = (typeof dump === 'object' && dump !== null ? dump : {}) as Partial<OrganizationDump>;
  if (given.format !== dumpFormat) throw new DumpError('not the dump of an organization: it has no "format": "fauxchange-organization"', 'format');
  if (given.version !== dumpVersion) throw new DumpError(`dumps of version ${dumpVersion} can be read, not of ${String(given.version)}`, 'version');
  if (!Array.isArray(given.entries) || !Array.isArray(given.mailboxes)) throw new DumpError('a dump has lists of entries and mailboxes', 'entries');
  return given as OrganizationDump;
}

async function restore(dump: OrganizationDump, organization: Organization): Promise<void> {
  const { directory } = organization;
  const ids = new Map<string, string>();
  // Members, owners and managers first exist when everybody does.
  for (const entry of dump.entries) ids.set(entry.id, (await organization.add({ ...entry, members: undefined, owners: undefined, manager: undefined })).id);
  const idOf = (old: string): string => ids.get(old) ?? old;
  for (const entry of dump.entries) restoreRights(entry, organization, idOf);
  for (const mailbox of dump.mailboxes) {
    const owner = directory.byAddress(mailbox.owner);
    const made = owner && organization.mailboxOf(owner);
    if (!made) throw new DumpError(`nobody in the dump has the mailbox ${String(mailbox.owner).slice(0, 100)}`, 'mailboxes');
    await restoreMailbox(mailbox, made, idOf);
  }
}

function restoreRights({ id, members, owners, manager, grants, mayImpersonate }: EntryDump, { directory }: Organization, idOf: (old: string) => string): void {
  if (members) directory.update(idOf(id), { members: members.map((member) => (member.includes('@') ? member : idOf(member))) });
  if (owners) directory.update(idOf(id), { owners: owners.map(idOf) });
  if (manager !== undefined) directory.update(idOf(id), { manager: idOf(manager) });
  for (const { to, grants: given } of grants ?? []) for (const grant of given) directory.grant(idOf(id), idOf(to), grant);
  if (mayImpersonate) directory.allowImpersonation(idOf(id));
}

async function restoreMailbox(dump: MailboxDump, mailbox: Mailbox, idOf: (old: string) => string): Promise<void> {
  const { store } = mailbox;
  const folders = await restoreFolders(dump, mailbox, idOf);
  // Ids of items are kept where they are free: what clients remember stays true.
  const next = await store.reserveIds(0);
  if (Number.isSafeInteger(dump.nextId) && dump.nextId > next) await store.reserveIds(dump.nextId - next);
  const isFree = dump.items.every(({ id }) => Number.isSafeInteger(id) && id >= next && id < dump.nextId);
  const first = isFree ? 0 : await store.reserveIds(dump.items.length);
  for (let at = 0; at < dump.items.length; at += BATCH) {
    const ops: Op[] = [];
    for (const [nth, item] of dump.items.slice(at, at + BATCH).entries()) {
      const place = folders.get(item.folderId);
      if (place === undefined) throw new DumpError(`an item is in folder ${String(item.folderId)}, which the dump has not`, 'items');
      const id: ItemId = itemId(isFree ? item.id : first + at + nth);
      ops.push({ op: 'create', id, folderId: place, draft: await draftOf(item, item, (bytes) => store.keep(bytes)) });
    }
    await store.commit(ops);
  }
}

/** The folders of the dump by the ids that they have now: well-known ones are there already, so are others by name. */
async function restoreFolders(dump: MailboxDump, { store }: Mailbox, idOf: (old: string) => string): Promise<ReadonlyMap<number, FolderId>> {
  const born = await store.folders();
  const next = await store.reserveIds(0);
  const found = new Map<number, FolderId>([[0, folderId(0)]]);
  const waiting = new Set(dump.folders);
  while (waiting.size > 0) {
    const before = waiting.size;
    for (const folder of waiting) {
      const parentId = found.get(folder.parentId);
      if (parentId === undefined) continue;
      const known = born.find((each) => (folder.wellKnown ? each.wellKnown === folder.wellKnown : each.parentId === parentId && each.displayName === folder.displayName && each.wellKnown === undefined));
      const id = known?.id ?? folderId(folder.id >= next ? folder.id : await store.reserveIds(1));
      found.set(folder.id, id);
      const op = folderOp(folder, id, parentId, known !== undefined, idOf, found);
      await store.commitFolders([op]);
      waiting.delete(folder);
    }
    if (waiting.size === before) throw new DumpError('a folder of the dump has a parent that the dump has not', 'folders');
  }
  return found;
}

function folderOp(folder: FolderDump, id: FolderId, parentId: FolderId, isKnown: boolean, idOf: (old: string) => string, found: ReadonlyMap<number, FolderId>): FolderOp {
  const { displayName, folderClass } = folder;
  const searchCriteria = criteriaFromJson(folder.searchCriteria);
  const properties = propertiesFromJson(folder.properties);
  validateProperties(properties);
  const permissions = folder.permissions.map((permission): FolderPermission => (
    typeof permission.member === 'string' ? permission : { ...permission, member: { directoryId: idOf(permission.member.directoryId) } }));
  const criteria = searchCriteria && { ...searchCriteria, folderIds: searchCriteria.folderIds.map((old) => found.get(old) ?? old) };
  const facts = { displayName, folderClass, properties, permissions, searchCriteria: criteria };
  return isKnown ? { op: 'change', id, changes: facts } : { op: 'create', id, parentId, draft: { ...facts, kind: folder.kind === 'search' ? 'search' : 'generic' } };
}

/** The draft of what `contentDump` made. */
export async function draftOf(dump: ContentDump, facts: { readonly isRead: boolean; readonly isAssociated: boolean }, keep: KeepBytes, depth = 0): Promise<ItemDraft> {
  if (depth > MOST_NESTED) throw new DumpError('messages of the dump are nested too deep', 'attachments');
  const properties = propertiesFromJson(dump.properties);
  validateProperties(properties);
  const { itemClass, recipients, body, mime, attachments } = dump;
  return {
    itemClass, properties, isRead: facts.isRead, isAssociated: facts.isAssociated,
    recipients: recipients.map(({ properties: further, ...recipient }) => ({ ...recipient, ...furtherOf(further) })),
    body: body && { native: body.native, text: await kept(body.text, keep), html: await kept(body.html, keep), rtf: await kept(body.rtf, keep) } satisfies ItemBody,
    mime: await kept(mime, keep),
    attachments: await Promise.all(attachments.map((attachment) => attachmentOf(attachment, keep, depth + 1))),
  };
}

/** Further properties of a recipient or an attachment. */
function furtherOf(json: Parameters<typeof propertiesFromJson>[0] | undefined): { readonly properties?: Properties } {
  if (!json) return {};
  const properties = propertiesFromJson(json);
  validateProperties(properties);
  return { properties };
}

async function attachmentOf({ item, content, properties: further, ...told }: AttachmentDump, keep: KeepBytes, depth: number): Promise<Attachment> {
  const facts = { ...told, ...furtherOf(further) };
  const id = attachmentId(facts.id);
  if (!item) return { ...facts, id, kind: 'file', content: await keep(Buffer.from(content ?? '', 'base64')) };
  const { properties, ...nested } = await draftOf(item, { isRead: true, isAssociated: false }, keep, depth);
  return { ...facts, id, kind: 'item', item: { ...nested, bag: bagOf(properties) } };
}

async function kept(text: string | undefined, keep: KeepBytes): Promise<StoredBytes | undefined> {
  return text === undefined ? undefined : keep(Buffer.from(text, 'base64'));
}
