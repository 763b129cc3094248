import type { FolderId, Folder, ItemId, Mailbox, MailboxSession, WellKnownFolderName } from '@fauxchange/mailbox';
import { MailboxError } from '@fauxchange/mailbox';
import type { EwsContext } from './context.ts';
import { EwsError } from './errors.ts';
import { decodeChangeKey } from './ids/change-key.ts';
import { decodeId, maxIdChars, type EwsId, type IdStore } from './ids/ews-id.ts';
import type { DistinguishedFolderIdType, FolderIdType, ItemIdType, NonEmptyArrayOfBaseFolderIdsType, NonEmptyArrayOfBaseItemIdsType, TargetFolderIdType } from './schema/types.generated.ts';

export interface FolderReference {
  readonly session: MailboxSession;
  readonly folderId: FolderId;
  /** The change key that came with the id, as a change number. */
  readonly cn: number | undefined;
}
export interface ItemReference {
  readonly session: MailboxSession;
  readonly itemId: ItemId;
  readonly cn: number | undefined;
}
export type FolderIdEntry = NonEmptyArrayOfBaseFolderIdsType[number];
export type ItemIdEntry = NonEmptyArrayOfBaseItemIdsType[number];

/** Opens a mailbox as the caller. */
export function openMailbox(mailbox: Mailbox | undefined, context: EwsContext): MailboxSession {
  if (!mailbox) throw new EwsError('ErrorNonExistentMailbox');
  return mailbox.openAs(context.caller);
}

/** The store that an id leads to, as the caller; ErrorNonExistentMailbox, and ErrorItemNotFound for public folders of elsewhere. */
export function openStore(id: IdStore, context: EwsContext): MailboxSession {
  const { organization } = context;
  if ('mailboxGuid' in id) {
    const mailbox = organization.mailboxByGuid(id.mailboxGuid);
    // The text and the detail are those of the error example of AddNewImContactToGroup.
    if (!mailbox) throw new EwsError('ErrorNonExistentMailbox', 'No mailbox with such guid.', { values: { MailboxGuid: id.mailboxGuid } });
    return openMailbox(mailbox, context);
  }
  const { publicFolders } = organization;
  if (publicFolders?.replicaGuid !== id.publicReplica) throw new EwsError('ErrorItemNotFound');
  return openMailbox(publicFolders, context);
}

export function ownSession(context: EwsContext): MailboxSession {
  return openMailbox(context.organization.mailboxOf(context.caller), context);
}

/** Opens an id; ErrorInvalidIdEmpty, ErrorInvalidIdMonikerTooLong, ErrorInvalidIdMalformed. */
export function openId(text: string): EwsId {
  if (text === '') throw new EwsError('ErrorInvalidIdEmpty');
  if (text.length > maxIdChars) throw new EwsError('ErrorInvalidIdMonikerTooLong');
  const id = decodeId(text);
  if (!id) throw new EwsError('ErrorInvalidIdMalformed');
  return id;
}

export function openChangeKey(text: string | undefined): number | undefined {
  if (text === undefined || text === '') return undefined;
  const cn = decodeChangeKey(text);
  if (cn === undefined) throw new EwsError('ErrorInvalidChangeKey');
  return cn === 'bare' ? undefined : cn;
}

function resolveFolderId(id: FolderIdType, context: EwsContext): FolderReference {
  const opened = openId(id.Id);
  if (opened.kind === 'item' || opened.kind === 'attachment') throw new EwsError('ErrorCannotUseItemIdForFolderId');
  if (opened.kind !== 'folder') throw new EwsError('ErrorInvalidFolderId');
  const session = openStore(opened, context);
  return { session, folderId: opened.folderId, cn: openChangeKey(id.ChangeKey) };
}

/** Names of the schema that the model knows under another: the admin's message root is the mailbox's. */
function resolveDistinguished(id: DistinguishedFolderIdType, context: EwsContext): FolderReference {
  if (id.Id === 'publicfoldersroot') return resolvePublicRoot(id, context);
  const address = id.Mailbox?.EmailAddress;
  const entry = address === undefined ? context.caller : context.organization.directory.byAddress(address);
  // Whoever has no mailbox has to say whose folder is meant: documentation of the code.
  if (address === undefined && !context.organization.mailboxOf(context.caller)) throw new EwsError('ErrorMissingEmailAddress');
  const session = openMailbox(entry && context.organization.mailboxOf(entry), context);
  const folderId = session.mailbox.wellKnown(id.Id as WellKnownFolderName);
  if (folderId === undefined) throw new EwsError('ErrorFolderNotFound');
  return { session, folderId, cn: openChangeKey(id.ChangeKey) };
}

/** There is one hierarchy, whoever asks: a mailbox beside the name is an error that exchangelib takes care to avoid. */
function resolvePublicRoot(id: DistinguishedFolderIdType, context: EwsContext): FolderReference {
  if (id.Mailbox) throw new EwsError('ErrorInvalidOperation', 'It is not valid to specify a mailbox with the public folder root.');
  const { publicFolders } = context.organization;
  const folderId = publicFolders?.wellKnown('publicfoldersroot');
  if (!publicFolders || folderId === undefined) throw new EwsError('ErrorNoPublicFolderServerAvailable');
  return { session: openMailbox(publicFolders, context), folderId, cn: openChangeKey(id.ChangeKey) };
}

/** The folder that an entry of FolderIds means; whether it exists is asked by what follows. */
export function resolveFolder([kind, id]: FolderIdEntry, context: EwsContext): FolderReference {
  return kind === 'FolderId' ? resolveFolderId(id, context) : resolveDistinguished(id, context);
}

/** The folder itself: ErrorFolderNotFound, ErrorItemNotFound for a plain id of nothing, ErrorAccessDenied. */
export async function getFolder(entry: FolderIdEntry, context: EwsContext): Promise<FolderReference & { readonly folder: Folder }> {
  const reference = resolveFolder(entry, context);
  try {
    return { ...reference, folder: await reference.session.folder(reference.folderId) };
  } catch (thrown) {
    // A folder id that names nothing is an object that is not there; only names and parents are "folders not found".
    if (thrown instanceof MailboxError && thrown.code === 'FolderNotFound' && entry[0] === 'FolderId') throw new EwsError('ErrorItemNotFound');
    throw thrown;
  }
}

/** A target of the request (SavedItemFolderId, ToFolderId, …). `missing`: the code for a folder that is not there. */
export async function resolveTarget(target: TargetFolderIdType, context: EwsContext, missing: 'ErrorToFolderNotFound' | 'ErrorParentFolderNotFound' | 'ErrorSavedItemFolderNotFound' | 'ErrorSyncFolderNotFound' | 'ErrorFolderNotFound'): Promise<FolderReference & { readonly folder: Folder }> {
  const entry = targetEntry(target);
  try {
    const reference = resolveFolder(entry, context);
    return { ...reference, folder: await reference.session.folder(reference.folderId) };
  } catch (thrown) {
    const isMissing = (thrown instanceof MailboxError && thrown.code === 'FolderNotFound') || (thrown instanceof EwsError && thrown.code === 'ErrorFolderNotFound');
    throw isMissing ? new EwsError(missing) : thrown;
  }
}

export function targetEntry(target: TargetFolderIdType): FolderIdEntry {
  if (target.FolderId) return ['FolderId', target.FolderId];
  if (target.DistinguishedFolderId) return ['DistinguishedFolderId', target.DistinguishedFolderId];
  throw new EwsError('ErrorInvalidOperation');
}

/** The item that an ItemId means. */
export function resolveItemId(id: ItemIdType, context: EwsContext): ItemReference {
  const opened = openId(id.Id);
  if (opened.kind === 'folder') throw new EwsError('ErrorCannotUseFolderIdForItemId');
  // What goes with items and not with occurrences; calendar-items.ts opens these.
  if (opened.kind === 'occurrence') throw new EwsError('ErrorCalendarCannotMoveOrCopyOccurrence');
  if (opened.kind !== 'item') throw new EwsError('ErrorInvalidIdMalformed');
  const session = openStore(opened, context);
  return { session, itemId: opened.itemId, cn: openChangeKey(id.ChangeKey) };
}

export function resolveItem(entry: ItemIdEntry, context: EwsContext): ItemReference {
  if (entry[0] === 'ItemId') return resolveItemId(entry[1], context);
  // What takes these opens them with calendar-items.ts.
  throw new EwsError(entry[0] === 'OccurrenceItemId' ? 'ErrorCalendarCannotUseIdForOccurrenceId' : 'ErrorCalendarCannotUseIdForRecurringMasterId');
}
