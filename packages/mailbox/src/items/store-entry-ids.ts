import { binary, type Binary } from '@fauxchange/properties';
import type { FolderId, ItemId } from '../ids.ts';
import type { Mailbox } from '../mailbox.ts';

/** Of the numbers of a mailbox's folders and items: six bytes, the highest first. */
const counterSize = 6;
/** `FolderType` and `MessageType` of a private mailbox, [MS-OXCDATA] 2.2.4. */
const objectType = { folder: 0x1, message: 0x7 } as const;
/** The short number of the mailbox's own replica. */
const ownReplId = 1;

const guidForm = /^(..)(..)(..)(..)-(..)(..)-(..)(..)-(..)(..)-(.{12})$/;
/** The first three parts of a GUID are numbers, little end first: [MS-DTYP] 2.3.4.2. */
export const guidBytes = (guid: string): Buffer => Buffer.from(guid.replace(guidForm, '$4$3$2$1$6$5$8$7$9$10$11'), 'hex');
/** The GUID of such bytes, lower-case. */
export function guidText(bytes: Uint8Array): string {
  const hex = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex');
  return hex.replace(/^(..)(..)(..)(..)(..)(..)(..)(..)(....)(.{12})$/, '$4$3$2$1-$6$5-$8$7-$9-$10');
}
const u16 = (value: number): Buffer => Buffer.from([value & 0xff, value >> 8]);

function counter(id: number): Buffer {
  const bytes = Buffer.alloc(counterSize);
  bytes.writeUIntBE(id, 0, counterSize);
  return bytes;
}

/** The id of a folder or item as it stands on the wire, [MS-OXCDATA] 2.2.1.1 and 2.2.1.2. */
export const shortTermId = (id: number): Buffer => Buffer.concat([u16(ownReplId), counter(id)]);

const placeOf = ({ replicaGuid }: Mailbox, id: number): Buffer => Buffer.concat([guidBytes(replicaGuid), counter(id), u16(0)]);

/** [MS-OXCDATA] 2.2.4.1. */
export const folderEntryId = (mailbox: Mailbox, id: FolderId): Binary => binary.from(Buffer.concat([Buffer.alloc(4), guidBytes(mailbox.guid), u16(objectType.folder), placeOf(mailbox, id)]));
/** [MS-OXCDATA] 2.2.4.2. */
export const messageEntryId = (mailbox: Mailbox, folderId: FolderId, id: ItemId): Binary => binary.from(Buffer.concat([Buffer.alloc(4), guidBytes(mailbox.guid), u16(objectType.message), placeOf(mailbox, folderId), placeOf(mailbox, id)]));
/** [MS-OXCDATA] 2.11.1.4. */
export const serverEntryId = (folderId: FolderId, id: ItemId): Binary => binary.from(Buffer.concat([Buffer.from([1]), shortTermId(folderId), shortTermId(id), Buffer.alloc(4)]));
