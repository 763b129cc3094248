import type { Mailbox } from '@fauxchange/mailbox';
import type { EwsContext } from '../../context.ts';
import { EwsError } from '../../errors.ts';
import { decodeEntryId, encodeFolderEntryId, encodeMessageEntryId, type EntryId } from '../../ids/entry-id.ts';
import { decodeId, encodeFolderId, encodeItemId } from '../../ids/ews-id.ts';
import { defineOperation, type Operation } from '../../operation.ts';
import { inMailboxes } from '../../public-folders.ts';
import { openStore } from '../../resolve.ts';
import { forEachEntry, success } from '../../response-messages.ts';
import type { AlternatePublicFolderIdType, AlternatePublicFolderItemIdType, ConvertIdResponseMessageType, IdFormatType, NonEmptyArrayOfAlternateIdsType } from '../../schema/types.generated.ts';

/** @see [MS-OXWSCVTID] 3.1.4.1 ConvertId */
export const convertId: Operation<'ConvertId'> = defineOperation('ConvertId', async ({ DestinationFormat, SourceIds }, context) => ({
  ResponseMessages: await forEachEntry(context, 'ConvertIdResponseMessage', SourceIds, (head) => head, async (source) => convert(source, DestinationFormat, context)),
}));

interface Opened {
  readonly mailbox: Mailbox;
  readonly id: EntryId;
}

/** The answer names the mailbox that the id belongs to, whatever the request said: clients learn their address from it. */
function convert([kind, source]: NonEmptyArrayOfAlternateIdsType[number], format: IdFormatType, context: EwsContext): ConvertIdResponseMessageType {
  if (kind !== 'AlternateId') return { ...success, AlternateId: publicId(openPublic(source, context), format, context) };
  const { Format, Id, Mailbox: address, IsArchive } = source;
  const opened = open(Id, Format, () => context.organization.mailboxByAddress(address), context);
  if (opened.id.isPublic) return { ...success, AlternateId: publicId(opened, format, context) };
  return { ...success, AlternateId: { 'xsi:type': 'AlternateIdType', Format: format, Id: write(opened, format, context), Mailbox: opened.mailbox.owner.primarySmtpAddress, IsArchive } };
}

/** The folder alone, or the item in it; what is not in public folders is malformed here ([K]). */
function openPublic(source: AlternatePublicFolderIdType | AlternatePublicFolderItemIdType, context: EwsContext): Opened {
  const { publicFolders } = context.organization;
  const folder = open(source.FolderId, source.Format, () => publicFolders, context);
  const item = 'ItemId' in source ? open(source.ItemId, source.Format, () => publicFolders, context) : undefined;
  if (!folder.id.isPublic || folder.id.kind !== 'folder' || (item && !(item.id.isPublic && item.id.kind === 'item'))) throw new EwsError('ErrorInvalidIdMalformed');
  return item ?? folder;
}

function publicId(opened: Opened, format: IdFormatType, context: EwsContext): NonNullable<ConvertIdResponseMessageType['AlternateId']> {
  const { mailbox, id } = opened;
  const FolderId = write({ mailbox, id: { kind: 'folder', isPublic: true, replicaGuid: id.replicaGuid, folderId: id.folderId } }, format, context);
  if (id.kind === 'folder') return { 'xsi:type': 'AlternatePublicFolderIdType', Format: format, FolderId };
  return { 'xsi:type': 'AlternatePublicFolderItemIdType', Format: format, FolderId, ItemId: write(opened, format, context) };
}

const isOfEws = (format: IdFormatType): boolean => format === 'EwsId' || format === 'EwsLegacyId' || format === 'OwaId';

/** `named`: the mailbox that the request names, for ids that name none. */
function open(text: string, format: IdFormatType, named: () => Mailbox | undefined, context: EwsContext): Opened {
  if (text === '') throw new EwsError('ErrorInvalidIdEmpty');
  if (!isOfEws(format)) {
    const id = decodeEntryId(format === 'HexEntryId' ? fromHex(text) : fromBase64(text));
    if (!id) throw new EwsError('ErrorInvalidIdMalformed');
    return { mailbox: id.isPublic ? openStore({ publicReplica: id.replicaGuid }, context).mailbox : existing(named()), id };
  }
  const id = decodeId(format === 'OwaId' ? fromOwa(text) : text);
  if (id?.kind !== 'folder' && id?.kind !== 'item') throw new EwsError('ErrorInvalidIdMalformed');
  const { mailbox } = openStore(id, context);
  const { replicaGuid, isPublic } = mailbox;
  return { mailbox, id: { ...(id.kind === 'folder' ? { kind: 'folder' } : { kind: 'item', itemId: id.itemId }), replicaGuid, isPublic, folderId: id.folderId } };
}

function existing(mailbox: Mailbox | undefined): Mailbox {
  if (!mailbox) throw new EwsError('ErrorNonExistentMailbox');
  return mailbox;
}

function write({ mailbox, id }: Opened, format: IdFormatType, context: EwsContext): string {
  if (isOfEws(format)) {
    const text = id.kind === 'folder' ? encodeFolderId(mailbox, id.folderId) : encodeItemId(mailbox, id.folderId, id.itemId);
    return format === 'OwaId' ? encodeURIComponent(text) : text;
  }
  // Since Exchange 2013 store ids of public folders come out as those of a mailbox: the documentation of ConvertId knows it, and how clients mend them.
  const owner = format === 'StoreId' && inMailboxes(context) ? { guid: mailbox.guid, replicaGuid: mailbox.replicaGuid, isPublic: false } : mailbox;
  const bytes = id.kind === 'folder' ? encodeFolderEntryId(owner, id.folderId) : encodeMessageEntryId(owner, id.folderId, id.itemId);
  return format === 'HexEntryId' ? bytes.toString('hex').toUpperCase() : bytes.toString('base64');
}

/** OWA's ids are made for URLs. */
function fromOwa(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new EwsError('ErrorInvalidIdMalformed');
  }
}

function fromHex(text: string): Buffer {
  if (text.length % 2 !== 0 || /[^0-9A-Fa-f]/.test(text)) throw new EwsError('ErrorInvalidIdMalformed');
  return Buffer.from(text, 'hex');
}

function fromBase64(text: string): Buffer {
  if (text.length % 4 !== 0 || /[^A-Za-z0-9+/=]/.test(text)) throw new EwsError('ErrorInvalidIdMalformed');
  return Buffer.from(text, 'base64');
}
