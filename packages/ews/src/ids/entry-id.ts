import { folderId, itemId, type FolderId, type ItemId } from '@fauxchange/mailbox';

/**
 * Long-term entry ids of folders and messages, [MS-OXCDATA] 2.2.4.1 and 2.2.4.2: flags (4), provider UID (16),
 * object type (2), then a database GUID (16), a global counter (6) and a pad (2) for the folder, and the same
 * again for the message.
 */
const folderEntryIdBytes = 46;
const messageEntryIdBytes = 70;
const objectTypes = { privateFolder: 0x0001, publicFolder: 0x0003, privateMessage: 0x0007, publicMessage: 0x0009 } as const;
/** The provider of all public folders; a mailbox has its own GUID there. */
const publicProvider = Buffer.from('1A447390AA6611CD9BC800AA002FC45A', 'hex');

/** What a mailbox looks like to its ids. */
export interface IdOwner {
  readonly guid: string;
  readonly replicaGuid: string;
  readonly isPublic: boolean;
}

export type EntryId = { readonly replicaGuid: string; readonly isPublic: boolean; readonly folderId: FolderId } & ({ readonly kind: 'folder' } | { readonly kind: 'item'; readonly itemId: ItemId });

export function encodeFolderEntryId(owner: IdOwner, folder: FolderId): Buffer {
  const bytes = Buffer.alloc(folderEntryIdBytes);
  writeHead(bytes, owner, owner.isPublic ? objectTypes.publicFolder : objectTypes.privateFolder);
  writeGlobalId(bytes, 22, owner.replicaGuid, folder);
  return bytes;
}

export function encodeMessageEntryId(owner: IdOwner, folder: FolderId, item: ItemId): Buffer {
  const { replicaGuid } = owner;
  const bytes = Buffer.alloc(messageEntryIdBytes);
  writeHead(bytes, owner, owner.isPublic ? objectTypes.publicMessage : objectTypes.privateMessage);
  writeGlobalId(bytes, 22, replicaGuid, folder);
  writeGlobalId(bytes, 46, replicaGuid, item);
  return bytes;
}

/** Writes the counters of folder and message into an entry id that stands at `offset`. */
export function writeMessageCounters(bytes: Buffer, offset: number, folder: FolderId, item: ItemId): void {
  bytes.writeUIntBE(folder, offset + 38, 6);
  bytes.writeUIntBE(item, offset + 62, 6);
}

/** Undefined where the bytes are not an entry id of a mailbox or of public folders. */
export function decodeEntryId(bytes: Buffer): EntryId | undefined {
  if (bytes.length !== folderEntryIdBytes && bytes.length !== messageEntryIdBytes) return undefined;
  const isFolder = bytes.length === folderEntryIdBytes;
  const isPublic = bytes.subarray(4, 20).equals(publicProvider);
  const [folderType, messageType] = isPublic ? [objectTypes.publicFolder, objectTypes.publicMessage] : [objectTypes.privateFolder, objectTypes.privateMessage];
  if (bytes.readUInt16LE(20) !== (isFolder ? folderType : messageType)) return undefined;
  const place = { replicaGuid: readGuid(bytes, 22), isPublic, folderId: folderId(bytes.readUIntBE(38, 6)) };
  return isFolder ? { kind: 'folder', ...place } : { kind: 'item', ...place, itemId: itemId(bytes.readUIntBE(62, 6)) };
}

/** The change key of [MS-OXCFXICS] 2.2.2.3: a GUID and the change number as a global counter. */
export function encodePredecessor(replicaGuid: string, cn: number): Buffer {
  const bytes = Buffer.alloc(22);
  writeGuid(bytes, 0, replicaGuid);
  bytes.writeUIntBE(cn, 16, 6);
  return bytes;
}

function writeHead(bytes: Buffer, { guid, isPublic }: IdOwner, type: number): void {
  if (isPublic) publicProvider.copy(bytes, 4);
  else writeGuid(bytes, 4, guid);
  bytes.writeUInt16LE(type, 20);
}

function writeGlobalId(bytes: Buffer, offset: number, guid: string, counter: number): void {
  writeGuid(bytes, offset, guid);
  bytes.writeUIntBE(counter, offset + 16, 6);
}

/** GUIDs travel with their first three groups little-endian, [MS-DTYP] 2.3.4.2. */
export function writeGuid(bytes: Buffer, offset: number, guid: string): void {
  const hex = guid.replaceAll('-', '');
  bytes.writeUInt32LE(Number.parseInt(hex.slice(0, 8), 16), offset);
  bytes.writeUInt16LE(Number.parseInt(hex.slice(8, 12), 16), offset + 4);
  bytes.writeUInt16LE(Number.parseInt(hex.slice(12, 16), 16), offset + 6);
  bytes.write(hex.slice(16), offset + 8, 8, 'hex');
}

export function readGuid(bytes: Buffer, offset: number): string {
  const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, '0');
  const tail = bytes.toString('hex', offset + 8, offset + 16);
  return [hex(bytes.readUInt32LE(offset), 8), hex(bytes.readUInt16LE(offset + 4), 4), hex(bytes.readUInt16LE(offset + 6), 4), tail.slice(0, 4), tail.slice(4)].join('-');
}
