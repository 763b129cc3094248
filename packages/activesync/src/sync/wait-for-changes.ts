import type { FolderId } from '@fauxchange/mailbox';
import type { CommandContext } from '../context.ts';

/** Resolves when something happens in one of the folders, when the time is over, or when client or server go away. */
export function waitForChanges(folderIds: readonly FolderId[], ms: number, { clock, mailbox, signal }: Pick<CommandContext, 'clock' | 'mailbox' | 'signal'>): Promise<'changed' | 'expired' | 'closed'> {
  if (signal.aborted) return Promise.resolve('closed');
  if (ms <= 0) return Promise.resolve('expired');
  const watched = new Set<FolderId>(folderIds);
  return new Promise((resolve) => {
    const end = (outcome: 'changed' | 'expired' | 'closed'): void => {
      timer.cancel();
      stop();
      signal.removeEventListener('abort', close);
      resolve(outcome);
    };
    const close = (): void => end('closed');
    const timer = clock.setTimeout(() => end('expired'), ms);
    const stop = mailbox.events.subscribe((events) => {
      if (events.some(({ parentId, oldParentId }) => watched.has(parentId) || (oldParentId !== undefined && watched.has(oldParentId)))) end('changed');
    });
    signal.addEventListener('abort', close, { once: true });
  });
}
