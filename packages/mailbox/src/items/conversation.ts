import { createHash } from 'node:crypto';
import { binary, type Binary } from '@fauxchange/properties';
import { fileTime } from './file-time.ts';

const HEADER_LENGTH = 22;
const LEVEL_LENGTH = 5;

/** A new conversation: reserved byte 1, the upper five bytes of the FILETIME, a GUID ([MS-OXOMSG] 2.2.1.3). */
export function newConversationIndex(now: number, guid: Uint8Array): Binary {
  const bytes = Buffer.alloc(HEADER_LENGTH);
  const time = Buffer.alloc(8);
  time.writeBigUInt64BE(fileTime(now));
  bytes[0] = 1;
  time.copy(bytes, 1, 1, 6);
  bytes.set(guid.subarray(0, 16), 6);
  return binary.from(bytes);
}

/**
 * The GUID of the conversation that a message begins or goes on with, when no index says it: made of the id of the first
 * message that it refers to, else of its own. So replies find their conversation, wherever they come from and wherever they arrive.
 */
export function conversationGuid(facts: { readonly references: string | undefined; readonly inReplyTo: string | undefined; readonly messageId: string | undefined }): Uint8Array | undefined {
  const root = /<[^<>\s]+>/.exec(`${facts.references ?? ''} ${facts.inReplyTo ?? ''}`)?.[0] ?? facts.messageId;
  return root ? createHash('sha256').update(root).digest().subarray(0, 16) : undefined;
}

/**
 * PidTagConversationId: the GUID of the conversation index where that is tracked, else a hash of the topic
 * ([MS-OXOMSG] 2.2.1.2: MD5 of the topic in upper case, UTF-16).
 */
export function conversationId(facts: { index: Binary | undefined; isTracked: boolean; topic: string | undefined }): Binary | undefined {
  const bytes = facts.index === undefined ? undefined : binary.toBytes(facts.index);
  const isWhole = bytes !== undefined && bytes.length >= HEADER_LENGTH && bytes[0] === 1;
  if (isWhole && (facts.isTracked || !facts.topic)) return binary.from(bytes.subarray(6, HEADER_LENGTH));
  if (!facts.topic) return undefined;
  return binary.from(createHash('md5').update(Buffer.from(facts.topic.toUpperCase(), 'utf16le')).digest());
}

/**
 * The index of an answer: the one of what it answers and a level of five bytes, which tell how much later it was
 * written than the first message ([MS-OXOMSG] 2.2.1.3). `random`: one byte.
 */
export function childConversationIndex(parent: Binary, now: number, random: number): Binary {
  const bytes = binary.toBytes(parent);
  const first = Buffer.alloc(8);
  // The reserved byte 1 is also the first of every FILETIME from 1829 to 2057.
  first.set(bytes.subarray(0, 6));
  const written = fileTime(now);
  const difference = written > first.readBigUInt64BE() ? written - first.readBigUInt64BE() : 0n;
  // Less than about 1.7 years: a finer unit. The highest bit says which.
  const isFar = (difference & 0x00fe_0000_0000_0000n) !== 0n;
  const delta = Number((difference >> (isFar ? 23n : 18n)) & 0x7fff_ffffn);
  const level = Buffer.alloc(LEVEL_LENGTH);
  level.writeUInt32BE(((isFar ? 0x8000_0000 : 0) | delta) >>> 0, 0);
  level[4] = random & 0xff;
  return binary.from(Buffer.concat([bytes, level]));
}
