import type { FolderId, ItemId } from '../../ids.ts';
import type { Item } from '../../items/item.ts';
import type { CommitResult, Op } from '../mailbox-store.ts';

/** Why a commit cannot be done at all, judged as if its earlier ops were done. */
export function refusal(
  ops: readonly Op[],
  itemOf: (id: ItemId) => Item | undefined,
  isFolder: (id: FolderId) => boolean,
): Extract<CommitResult, { conflict: ItemId } | { missing: ItemId | FolderId }> | undefined {
  /** What earlier ops of the same commit leave: gone, or there in a version that nobody can expect. */
  const after = new Map<ItemId, boolean>();
  const isThere = (id: ItemId): boolean => after.get(id) ?? itemOf(id) !== undefined;
  for (const op of ops) {
    if ('folderId' in op && !isFolder(op.folderId)) return { missing: op.folderId };
    const source = op.op === 'transfer' ? op.from : op.id;
    if (op.op !== 'create' && !isThere(source)) return { missing: source };
    if (('folderId' in op) && isThere(op.id)) return { conflict: op.id };
    const expected = 'expected' in op ? op.expected : undefined;
    if (expected !== undefined && (after.has(source) || itemOf(source)?.cn !== expected)) return { conflict: source };
    if (op.op === 'remove' || (op.op === 'transfer' && !op.keep)) after.set(source, false);
    if (op.op !== 'remove') after.set(op.id, true);
  }
  return undefined;
}
