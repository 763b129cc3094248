import type { Cursor, FolderId } from '@fauxchange/mailbox';
import { createHash } from 'node:crypto';
import { EwsError } from '../../errors.ts';
import { readGuid, writeGuid } from '../../ids/entry-id.ts';

/**
 * What a SyncState is good for: one kind of synchronization of one folder of one mailbox. Exchange's is a compressed blob
 * that nobody looks into; ours is a head with a check sum and the model's cursor.
 */
export interface SyncScope {
  readonly kind: 'items' | 'hierarchy';
  readonly mailboxGuid: string;
  /** 0: a hierarchy synchronized without naming a root, which is not the same as naming it. */
  readonly folderId: FolderId | 0;
}
const head = 1 + 16 + 6;
const kinds = { items: 1, hierarchy: 2 } as const;
const maxStateChars = 1_000_000;

export function encodeSyncState(scope: SyncScope, cursor: Cursor): string {
  const bytes = Buffer.alloc(head);
  bytes.writeUInt8(kinds[scope.kind], 0);
  writeGuid(bytes, 1, scope.mailboxGuid);
  bytes.writeUIntBE(scope.folderId, 17, 6);
  const body = Buffer.from(JSON.stringify(cursor));
  return Buffer.concat([checksum(bytes, body), bytes, body]).toString('base64');
}

/** ErrorInvalidSyncStateData for what is damaged, foreign, or of another scope. */
export function decodeSyncState(text: string, scope: SyncScope): Cursor {
  if (text.length > maxStateChars || text.length % 4 !== 0 || /[^A-Za-z0-9+/=]/.test(text)) throw new EwsError('ErrorInvalidSyncStateData');
  const bytes = Buffer.from(text, 'base64');
  if (bytes.length <= 8 + head) throw new EwsError('ErrorInvalidSyncStateData');
  const own = bytes.subarray(8, 8 + head);
  const body = bytes.subarray(8 + head);
  const isOurs = bytes.subarray(0, 8).equals(checksum(own, body));
  const isScope = own[0] === kinds[scope.kind] && readGuid(own, 1) === scope.mailboxGuid && own.readUIntBE(17, 6) === scope.folderId;
  if (!isOurs || !isScope) throw new EwsError('ErrorInvalidSyncStateData');
  return JSON.parse(body.toString()) as Cursor;
}

function checksum(...parts: readonly Buffer[]): Buffer {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest().subarray(0, 8);
}
