import type { Mailbox } from '@fauxchange/mailbox';
import type { EwsContext } from '../../context.ts';
import { EwsError } from '../../errors.ts';
import { decodeEntryId, encodeFolderEntryId, encodeMessageEntryId, type EntryId } from '../../ids/entry-id.ts';
import { decodeId, encodeFolderId, encodeItemId } from '../../ids/ews-id.ts';
import { defineOperation, type Operation } from '../../operation.ts';
import { forEachEntry, success } from '../../response-messages.ts';
import type { AlternateIdType, ConvertIdResponseMessageType, IdFormatType, NonEmptyArrayOfAlternateIdsType } from '../../schema/types.generated.ts';

/** @see [MS-OXWSCVTID] 3.1.4.1 ConvertId */
export const convertId: Operation<'ConvertId'> = defineOperation('ConvertId', async ({ DestinationFormat, SourceIds }, context) => ({
  ResponseMessages: await forEachEntry('ConvertIdResponseMessage', SourceIds, (head) => head, async (source) => convert(source, DestinationFormat, context)),
}));

interface Opened {
  readonly mailbox: Mailbox;
  readonly entryId: EntryId;
}

/** The answer names the mailbox that the id belongs to, whatever the request said: clients learn their address from it. */
function convert([kind, source]: NonEmptyArrayOfAlternateIdsType[number], format: IdFormatType, context: EwsContext): ConvertIdResponseMessageType {
  if (kind !== 'AlternateId') throw new EwsError('ErrorInvalidOperation', 'Public folders are not emulated yet.');
  const opened = open(source, context);
  const { primarySmtpAddress } = opened.mailbox.owner;
  return { ...success, AlternateId: { 'xsi:type': 'AlternateIdType', Format: format, Id: write(opened, format), Mailbox: primarySmtpAddress, IsArchive: source.IsArchive } };
}

function open({ Format, Id, Mailbox }: AlternateIdType, context: EwsContext): Opened {
  if (Id === '') throw new EwsError('ErrorInvalidIdEmpty');
  if (Format === 'EwsId' || Format === 'EwsLegacyId' || Format === 'OwaId') {
    const id = decodeId(Format === 'OwaId' ? fromOwa(Id) : Id);
    if (id?.kind !== 'folder' && id?.kind !== 'item') throw new EwsError('ErrorInvalidIdMalformed');
    const mailbox = context.organization.mailboxByGuid(id.mailboxGuid);
    if (!mailbox) throw new EwsError('ErrorNonExistentMailbox');
    const { replicaGuid } = mailbox;
    return { mailbox, entryId: id.kind === 'folder' ? { kind: 'folder', replicaGuid, folderId: id.folderId } : { kind: 'item', replicaGuid, folderId: id.folderId, itemId: id.itemId } };
  }
  const entryId = decodeEntryId(Format === 'HexEntryId' ? fromHex(Id) : fromBase64(Id));
  if (!entryId) throw new EwsError('ErrorInvalidIdMalformed');
  const mailbox = context.organization.mailboxByAddress(Mailbox);
  if (!mailbox) throw new EwsError('ErrorNonExistentMailbox');
  return { mailbox, entryId };
}

function write({ mailbox, entryId }: Opened, format: IdFormatType): string {
  if (format === 'EwsId' || format === 'EwsLegacyId' || format === 'OwaId') {
    const id = entryId.kind === 'folder' ? encodeFolderId(mailbox, entryId.folderId) : encodeItemId(mailbox, entryId.folderId, entryId.itemId);
    return format === 'OwaId' ? encodeURIComponent(id) : id;
  }
  const { guid, replicaGuid } = mailbox;
  const bytes = entryId.kind === 'folder' ? encodeFolderEntryId(guid, replicaGuid, entryId.folderId) : encodeMessageEntryId(guid, replicaGuid, entryId.folderId, entryId.itemId);
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
