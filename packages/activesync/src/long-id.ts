import { itemId, type Item, type ItemId } from '@fauxchange/mailbox';

/** Where an entry id of Exchange has its flags. */
const head = Buffer.from([0x52, 0x67, 0x00, 0x00]);
const length = head.length + 8;

/** An item by itself, wherever it is found: Search and Find tell it, [MS-ASCMD] 2.2.3.99. It is as stable as the item's place. */
export function encodeLongId({ id }: Pick<Item, 'id'>): string {
  const bytes = Buffer.alloc(length);
  head.copy(bytes);
  bytes.writeBigUInt64BE(BigInt(id), head.length);
  return bytes.toString('base64');
}

/** The other way; undefined for what is none of ours. Clients give it back in a query string, too, perhaps still encoded. */
export function decodeLongId(text: string): ItemId | undefined {
  const bytes = Buffer.from(text.replaceAll(/%2b/gi, '+').replaceAll(/%2f/gi, '/').replaceAll(/%3d/gi, '='), 'base64');
  if (bytes.length !== length || !bytes.subarray(0, head.length).equals(head)) return undefined;
  const id = bytes.readBigUInt64BE(head.length);
  return id > BigInt(Number.MAX_SAFE_INTEGER) ? undefined : itemId(Number(id));
}
