import { MailboxError, type Disposal } from '@fauxchange/mailbox';
import { FolderObject } from '../../objects/folder-object.ts';
import { defineRop } from '../../rop/define-rop.ts';
import type { RopHandler } from '../../rop/define-rop.ts';
import { messagesOf } from './messages-of.ts';

/** At once, whether the client wants that or not: a server need not work asynchronously. Nobody is told that a message was never read. */
function deletion(name: 'RopDeleteMessages' | 'RopHardDeleteMessages', disposal: Disposal): RopHandler {
  return defineRop(name, [FolderObject], async ({ MessageIds }, { object, logon }) => {
    const { items, isPartial } = await messagesOf(object, MessageIds);
    const removed = await logon.session.removeItems(items.map(({ id }) => id), disposal);
    return { body: { PartialCompletion: isPartial || removed.some((one) => one instanceof MailboxError) } };
  });
}

/** [MS-OXCFOLD] 3.2.5.11: into recoverable items. */
export const deleteMessages = deletion('RopDeleteMessages', 'soft');
/** [MS-OXCFOLD] 3.2.5.12. */
export const hardDeleteMessages = deletion('RopHardDeleteMessages', 'hard');
