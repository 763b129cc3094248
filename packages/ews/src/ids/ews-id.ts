import type { AttachmentId, FolderId, ItemId } from '@fauxchange/mailbox';
import { attachmentId, folderId, itemId } from '@fauxchange/mailbox';
import { decodeEntryId, encodeFolderEntryId, encodeMessageEntryId, writeMessageCounters, type EntryId, type IdOwner } from './entry-id.ts';
import { expandRuns, shortenRuns } from './run-length.ts';

/** The store that an id leads to: a mailbox, or public folders, whose ids name no mailbox but the replica of the hierarchy. */
export type IdStore = { readonly mailboxGuid: string } | { readonly publicReplica: string };

/** What an EWS id says once it is opened, [MS-OXWSITEMID] 2.1. */
export type EwsId =
  | (IdStore & { readonly kind: 'folder'; readonly folderId: FolderId })
  | (IdStore & { readonly kind: 'item'; readonly folderId: FolderId; readonly itemId: ItemId })
  /** An occurrence of a series: `day` is that of its original start in the zone of the series, in days since 1970. */
  | (IdStore & { readonly kind: 'occurrence'; readonly folderId: FolderId; readonly itemId: ItemId; readonly day: number })
  /** `path`: from the attachment of the item inwards. */
  | (IdStore & { readonly kind: 'attachment'; readonly folderId: FolderId; readonly itemId: ItemId; readonly path: readonly AttachmentId[] })
  | { readonly kind: 'conversation'; readonly mailboxGuid: string; readonly conversation: Buffer };

const storageType = { publicFolder: 1, publicFolderItem: 2, mailboxGuid: 3, conversation: 4 } as const;
/** IdProcessingInstruction, [MS-OXWSITEMID] 2.1. */
const processing = { normal: 0, recurrence: 1 } as const;
/** Longer ones are none, whatever is in them. */
export const maxIdChars = 4096;
const maxIdBytes = 3072;

export function encodeFolderId(owner: IdOwner, folder: FolderId): string {
  const entryId = encodeFolderEntryId(owner, folder);
  return owner.isPublic ? shortest(Buffer.concat([Buffer.of(storageType.publicFolder), counted(entryId)])) : moniker(storageType.mailboxGuid, owner.guid, entryId).toString('base64');
}

export function encodeItemId(owner: IdOwner, folder: FolderId, item: ItemId): string {
  if (owner.isPublic) return shortest(publicItem(owner, folder, encodeMessageEntryId(owner, folder, item)));
  // The hottest of all: every item of every answer has one. Its ids differ in the two counters only.
  const template = itemTemplates.get(owner) ?? moniker(storageType.mailboxGuid, owner.guid, encodeMessageEntryId(owner, noFolder, noItem));
  itemTemplates.set(owner, template);
  const bytes = Buffer.from(template);
  writeMessageCounters(bytes, monikerHead, folder, item);
  return bytes.toString('base64');
}
/** Constant for an owner, and gone with it. */
const itemTemplates = new WeakMap<IdOwner, Buffer>();
const noFolder = folderId(0);
const noItem = itemId(0);

/** [MS-OXCEXT] 2.2.6.1.1.2 RecurrenceItemData: the date in front of the master's entry id. */
export function encodeOccurrenceId(owner: IdOwner, folder: FolderId, master: ItemId, day: number): string {
  const entryId = encodeMessageEntryId(owner, folder, master);
  const head = Buffer.alloc(occurrenceHead);
  head.writeUInt8(8, 0);
  head.writeBigUInt64BE(BigInt(day + daysToYearOne) * ticksOfDay, 1);
  head.writeUInt8(entryId.length, 9);
  const data = Buffer.concat([head, entryId, Buffer.of(occurrenceEnd)]);
  return owner.isPublic ? shortest(publicItem(owner, folder, data, processing.recurrence)) : moniker(storageType.mailboxGuid, owner.guid, data, processing.recurrence).toString('base64');
}
/** Sizes and the date, in ticks of 100 nanoseconds since the year 1. */
const occurrenceHead = 10;
const occurrenceEnd = 0x10;
const ticksOfDay = 864_000_000_000n;
const daysToYearOne = 719_162;

export function encodeConversationId(owner: IdOwner, conversation: Uint8Array): string {
  return moniker(storageType.conversation, owner.guid, conversation).toString('base64');
}

/** The item's id, then a count of attachment ids and each with its length, [MS-OXWSITEMID] 2.1.3.3. */
export function encodeAttachmentId(owner: IdOwner, folder: FolderId, item: ItemId, path: readonly AttachmentId[]): string {
  const entryId = encodeMessageEntryId(owner, folder, item);
  const tail = Buffer.alloc(1 + path.length * (2 + attachmentIdBytes));
  tail.writeUInt8(path.length, 0);
  path.forEach((id, index) => {
    const at = 1 + index * (2 + attachmentIdBytes);
    tail.writeUInt16LE(attachmentIdBytes, at);
    tail.writeUInt32LE(id, at + 2);
  });
  return owner.isPublic ? shortest(Buffer.concat([publicItem(owner, folder, entryId), tail])) : Buffer.concat([moniker(storageType.mailboxGuid, owner.guid, entryId), tail]).toString('base64');
}
/** Exchange's attachment ids are 16 bytes; the number fills the first four. */
const attachmentIdBytes = 16;

/** Undefined where the text is no id of ours: the caller answers ErrorInvalidIdMalformed. */
export function decodeId(text: string): EwsId | undefined {
  if (text.length > maxIdChars || text.length % 4 !== 0 || /[^A-Za-z0-9+/=]/.test(text)) return undefined;
  const raw = Buffer.from(text, 'base64');
  if (raw.length < 5) return undefined;
  const bytes = raw[0] === 1 ? expandRuns(raw.subarray(1), maxIdBytes) : raw[0] === 0 ? raw.subarray(1) : undefined;
  return bytes && decodeMoniker(new Reader(bytes));
}

/** Compression, type, length and text of the mailbox GUID, processing, length of the store id. */
const monikerHead = 2 + 2 + 36 + 1 + 2;
function moniker(type: number, mailboxGuid: string, storeId: Uint8Array, instruction: number = processing.normal): Buffer {
  const head = Buffer.alloc(monikerHead);
  head.writeUInt8(0, 0); // compression: none
  head.writeUInt8(type, 1);
  head.writeUInt16LE(36, 2);
  head.write(mailboxGuid, 4, 'latin1');
  head.writeUInt8(instruction, 40);
  head.writeUInt16LE(storeId.length, 41);
  return Buffer.concat([head, storeId]);
}

/** Ids of public folders that real servers were seen to give are compressed where that makes them shorter. */
function shortest(plain: Buffer): string {
  const runs = shortenRuns(plain);
  const isShorter = runs.length < plain.length;
  return Buffer.concat([Buffer.of(isShorter ? 1 : 0), isShorter ? runs : plain]).toString('base64');
}

/** A length of two bytes and the bytes. */
function counted(bytes: Buffer): Buffer {
  const length = Buffer.alloc(2);
  length.writeUInt16LE(bytes.length);
  return Buffer.concat([length, bytes]);
}

/** Type, processing, store id and the id of the folder: [MS-OXWSITEMID] 2.1.3.2.4. */
function publicItem(owner: IdOwner, folder: FolderId, storeId: Buffer, instruction: number = processing.normal): Buffer {
  return Buffer.concat([Buffer.of(storageType.publicFolderItem, instruction), counted(storeId), counted(encodeFolderEntryId(owner, folder))]);
}

function decodePublicFolder(reader: Reader): EwsId | undefined {
  const entry = decodeEntryId(reader.counted() ?? Buffer.alloc(0));
  return entry?.kind === 'folder' && entry.isPublic && reader.atEnd ? { kind: 'folder', publicReplica: entry.replicaGuid, folderId: entry.folderId } : undefined;
}

function decodePublicItem(reader: Reader): EwsId | undefined {
  const instruction = reader.byte();
  const storeId = reader.counted();
  const folder = decodeEntryId(reader.counted() ?? Buffer.alloc(0));
  if (!storeId || folder?.kind !== 'folder' || !folder.isPublic) return undefined;
  const store = { publicReplica: folder.replicaGuid };
  if (instruction === processing.recurrence) return reader.atEnd ? decodeOccurrence(store, storeId) : undefined;
  const entry = decodeEntryId(storeId);
  return instruction === processing.normal && entry?.kind === 'item' && entry.isPublic ? decodeItem(store, entry, reader) : undefined;
}

/** An item, or with what follows one of its attachments. */
function decodeItem(store: IdStore, { folderId: folder, itemId: item }: EntryId & { readonly kind: 'item' }, reader: Reader): EwsId | undefined {
  if (reader.atEnd) return { ...store, kind: 'item', folderId: folder, itemId: item };
  const path = readPath(reader);
  return path && { ...store, kind: 'attachment', folderId: folder, itemId: item, path };
}

function decodeMoniker(reader: Reader): EwsId | undefined {
  const type = reader.byte();
  if (type === storageType.publicFolder) return decodePublicFolder(reader);
  if (type === storageType.publicFolderItem) return decodePublicItem(reader);
  if (type !== storageType.mailboxGuid && type !== storageType.conversation) return undefined;
  const mailboxGuid = reader.counted()?.toString('latin1').toLowerCase();
  const instruction = reader.byte();
  const storeId = reader.counted();
  if (!mailboxGuid || !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(mailboxGuid) || !storeId) return undefined;
  if (instruction === processing.recurrence) return type === storageType.mailboxGuid && reader.atEnd ? decodeOccurrence({ mailboxGuid }, storeId) : undefined;
  if (instruction !== processing.normal) return undefined;
  if (type === storageType.conversation) return reader.atEnd ? { kind: 'conversation', mailboxGuid, conversation: storeId } : undefined;
  const entry = decodeEntryId(storeId);
  if (!entry || entry.isPublic) return undefined;
  if (entry.kind === 'item') return decodeItem({ mailboxGuid }, entry, reader);
  return reader.atEnd ? { kind: 'folder', mailboxGuid, folderId: entry.folderId } : undefined;
}

function decodeOccurrence(store: IdStore, data: Buffer): EwsId | undefined {
  const end = data.length - 1;
  if (end < occurrenceHead || data[0] !== 8 || data[9] !== end - occurrenceHead || data[end] !== occurrenceEnd) return undefined;
  const ticks = data.readBigUInt64BE(1);
  const entry = decodeEntryId(data.subarray(occurrenceHead, end));
  if (entry?.kind !== 'item' || ticks % ticksOfDay !== 0n) return undefined;
  const day = Number(ticks / ticksOfDay) - daysToYearOne;
  return { ...store, kind: 'occurrence', folderId: entry.folderId, itemId: entry.itemId, day };
}

function readPath(reader: Reader): AttachmentId[] | undefined {
  const count = reader.byte() ?? 0;
  const path: AttachmentId[] = [];
  for (let n = 0; n < count; n++) {
    const id = reader.counted();
    if (id?.length !== attachmentIdBytes) return undefined;
    path.push(attachmentId(id.readUInt32LE(0)));
  }
  return count > 0 && reader.atEnd ? path : undefined;
}

class Reader {
  readonly #bytes: Buffer;
  #at = 0;
  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }
  get atEnd(): boolean {
    return this.#at === this.#bytes.length;
  }
  byte(): number | undefined {
    return this.#bytes[this.#at++];
  }
  /** A little-endian length of two bytes and as many bytes. */
  counted(): Buffer | undefined {
    if (this.#at + 2 > this.#bytes.length) return undefined;
    const length = this.#bytes.readUInt16LE(this.#at);
    const from = this.#at + 2;
    if (from + length > this.#bytes.length) return undefined;
    this.#at = from + length;
    return this.#bytes.subarray(from, this.#at);
  }
}
