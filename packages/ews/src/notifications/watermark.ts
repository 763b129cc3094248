import { readGuid, writeGuid } from '../ids/entry-id.ts';

/** A watermark is a place in the events of one mailbox: its GUID and a change number. */
export interface Watermark {
  readonly mailboxGuid: string;
  readonly cn: number;
}

export function encodeWatermark({ mailboxGuid, cn }: Watermark): string {
  const bytes = Buffer.alloc(30);
  bytes.writeUInt8(1, 0);
  writeGuid(bytes, 4, mailboxGuid);
  bytes.writeUIntLE(cn, 20, 6);
  return bytes.toString('base64');
}

/** Undefined where the text is no watermark: ErrorInvalidWatermark. */
export function decodeWatermark(text: string): Watermark | undefined {
  if (!/^[A-Za-z0-9+/]{40}$/.test(text)) return undefined;
  const bytes = Buffer.from(text, 'base64');
  if (bytes[0] !== 1) return undefined;
  return { mailboxGuid: readGuid(bytes, 4), cn: bytes.readUIntLE(20, 6) };
}
