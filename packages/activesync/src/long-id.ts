import { folderId, itemId, type FolderId, type Item, type ItemId } from '@fauxchange/mailbox';

/** Exchange's long ids are opaque; ours have the length of one and name folder and item. */
const head = Buffer.from('fauxchange long id\0', 'latin1');

/** The id of an item that a search found: good in every folder of the mailbox that it stays in. */
export function encodeLongId({ folderId, id }: Pick<Item, 'folderId' | 'id'>): string {
  const bytes = Buffer.alloc(head.length + 12);
  head.copy(bytes);
  bytes.writeUIntBE(folderId, head.length, 6);
  bytes.writeUIntBE(id, head.length + 6, 6);
  return bytes.toString('base64url');
}

/** Undefined for a text that encodeLongId did not write. */
export function decodeLongId(text: string): { readonly folderId: FolderId; readonly id: ItemId } | undefined {
  const bytes = Buffer.from(text, 'base64url');
  if (bytes.length !== head.length + 12 || !bytes.subarray(0, head.length).equals(head)) return undefined;
  return { folderId: folderId(bytes.readUIntBE(head.length, 6)), id: itemId(bytes.readUIntBE(head.length + 6, 6)) };
}
