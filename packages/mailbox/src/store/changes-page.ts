import type { Change, ChangesPage, Cursor } from './mailbox-store.ts';
import { rangesHave, rangesWith } from './number-ranges.ts';

/** One entry a thing, whatever the number of its changes: what the log of changes consists of. */
export interface LogEntry<Id> {
  readonly id: Id;
  /** Of the last change; the log is in its order. */
  readonly cn: number;
  readonly createdCn: number;
  /** Of the last change of anything but the read flag. */
  readonly contentCn: number;
  readonly isGone: boolean;
  readonly isAssociated: boolean | undefined;
}

/** Entries that tell the client nothing are walked over, but not without end in one page. */
const MAX_SILENT = 10_000;

/**
 * One page of what a client has to hear. Created or updated is judged against what the client had when the round began
 * and what earlier pages gave it, never against where the page stands: an item that was created and then changed would
 * arrive as an update at a client that never saw it.
 */
export function changesPage<Id extends number>(
  entries: Iterable<LogEntry<Id>>,
  cursor: Cursor | undefined,
  limit: number,
  now: { readonly epoch: number; readonly cn: number },
): ChangesPage<Id> {
  const { base, given } = cursor ?? { base: 0, given: undefined };
  const changes: Change<Id>[] = [];
  const created: number[] = [];
  let at = cursor?.cn ?? 0;
  let silent = 0;
  let more = false;
  for (const entry of entries) {
    // At least one a page, or a client that asks for none would ask for ever.
    if (changes.length >= Math.max(1, limit) || silent >= MAX_SILENT) {
      more = true;
      break;
    }
    at = entry.cn;
    const wasGiven = rangesHave(given, entry.id);
    const isKnown = entry.createdCn <= base || wasGiven;
    if (entry.isGone && !isKnown) {
      silent++;
      continue;
    }
    if (!isKnown) created.push(entry.id);
    changes.push({ kind: kindOf(entry, isKnown, base), id: entry.id, cn: entry.cn, isAssociated: entry.isAssociated });
  }
  if (!more) return { changes, more, cursor: { epoch: now.epoch, asOf: now.cn, base: now.cn, cn: now.cn } };
  return { changes, more, cursor: { epoch: now.epoch, asOf: now.cn, base, cn: at, given: rangesWith(given, created) } };
}

function kindOf(entry: LogEntry<number>, isKnown: boolean, base: number): Change['kind'] {
  if (entry.isGone) return 'removed';
  if (!isKnown) return 'created';
  return entry.contentCn <= base ? 'readFlag' : 'updated';
}
