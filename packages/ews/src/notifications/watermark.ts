import type { Mailbox } from '@fauxchange/mailbox';
import { EwsError } from '../errors.ts';
import { readGuid, writeGuid } from '../ids/entry-id.ts';

const version = 1;
const watermarkBytes = 30;

/** A place in the events of one mailbox: its GUID, a change number, and how often the mailbox has been set back. */
export function encodeWatermark({ guid, events }: Mailbox, cn: number): string {
  const bytes = Buffer.alloc(watermarkBytes);
  bytes.writeUInt8(version, 0);
  writeGuid(bytes, 4, guid);
  bytes.writeUIntLE(cn, 20, 6);
  bytes.writeUInt32LE(events.generation, 26);
  return bytes.toString('base64');
}

/** The change number; ErrorInvalidWatermark for what is no place in the events of this mailbox. */
export function decodeWatermark(text: string, { guid, events }: Mailbox): number {
  const bytes = /^[A-Za-z0-9+/]{40}$/.test(text) ? Buffer.from(text, 'base64') : undefined;
  const cn = bytes?.readUIntLE(20, 6) ?? 0;
  const isOurs = bytes?.[0] === version && readGuid(bytes, 4) === guid && bytes.readUInt32LE(26) === events.generation && cn <= events.latest;
  if (!isOurs) throw new EwsError('ErrorInvalidWatermark');
  return cn;
}
