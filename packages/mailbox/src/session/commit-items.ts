import type { NewEvent } from '../changes/event-ring.ts';
import { MailboxError } from '../errors.ts';
import type { FolderId, ItemId } from '../ids.ts';
import type { Item } from '../items/item.ts';
import type { CommitResult, Op } from '../store/mailbox-store.ts';
import type { PerItem } from './mailbox-session.ts';
import { publish, type MailboxCore } from './scope.ts';

const BATCH = 1_000;

/** An op with what it means to those who watch the mailbox. */
export interface Plan {
  readonly op: Op;
  /** Folders whose contents it changes. */
  readonly folders: readonly FolderId[];
  /** `item` is what the op left: undefined after a removal. */
  readonly events: (cn: number, item: Item | undefined) => readonly NewEvent[];
}

export const itemNotFound = (id: ItemId): MailboxError => new MailboxError('ItemNotFound', 'The item does not exist.', String(id));

const isDone = (result: CommitResult): result is Extract<CommitResult, { cn: number }> => 'cn' in result;
const touched = (op: Op): number => (op.op === 'transfer' && !op.keep ? 2 : 1);

function refused(result: Exclude<CommitResult, { cn: number }>, op: Op): MailboxError {
  if ('conflict' in result) return new MailboxError('ItemChanged', 'The item has been changed since.', String(result.conflict));
  if ('folderId' in op && result.missing === op.folderId) return new MailboxError('FolderNotFound', 'The folder does not exist any more.', String(result.missing));
  return itemNotFound(result.missing as ItemId);
}

async function tell(core: MailboxCore, plans: readonly Plan[], result: Extract<CommitResult, { cn: number }>): Promise<void> {
  let cn = result.cn - plans.reduce((sum, { op }) => sum + touched(op), 0);
  const happened: NewEvent[] = [];
  plans.forEach(({ op, events }, at) => {
    cn += touched(op);
    for (const event of events(cn, result.items[at])) happened.push(event);
  });
  for (const id of new Set(plans.flatMap(({ folders }) => folders))) {
    const folder = await core.store.folder(id);
    if (folder) happened.push({ subject: 'folder', kind: 'modified', cn: result.cn, id, parentId: folder.parentId, unreadCount: folder.unreadCount });
  }
  publish(core, happened);
}

/** All in one commit where that goes; otherwise one by one, so that what can be done is done. */
export async function commitItems(core: MailboxCore, plans: readonly Plan[]): Promise<PerItem<Item | undefined>> {
  const results: (Item | undefined | MailboxError)[] = [];
  for (let at = 0; at < plans.length; at += BATCH) {
    const batch = plans.slice(at, at + BATCH);
    const result = await core.store.commit(batch.map(({ op }) => op));
    if (isDone(result)) {
      for (const item of result.items) results.push(item);
      await tell(core, batch, result);
    } else {
      for (const plan of batch) results.push(await commitAlone(core, plan));
    }
  }
  return results;
}

async function commitAlone(core: MailboxCore, plan: Plan): Promise<Item | undefined | MailboxError> {
  const result = await core.store.commit([plan.op]);
  if (!isDone(result)) return refused(result, plan.op);
  await tell(core, [plan], result);
  return result.items[0];
}

/** One op that has to succeed. */
export async function commitItem(core: MailboxCore, plan: Plan): Promise<Item | undefined> {
  const done = await commitAlone(core, plan);
  if (done instanceof MailboxError) throw done;
  return done;
}
