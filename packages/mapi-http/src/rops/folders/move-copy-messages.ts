import { MailboxError } from '@fauxchange/mailbox';
import { errorCode } from '@fauxchange/mapi-wire';
import { RopError } from '../../errors.ts';
import { FolderObject } from '../../objects/folder-object.ts';
import { defineRop } from '../../rop/define-rop.ts';
import { destinationFolder, withPartialCompletion } from './destination-folder.ts';
import { messagesOf } from './messages-of.ts';

/** [MS-OXCFOLD] 3.2.5.6. Always done at once. */
export const moveCopyMessages = defineRop('RopMoveCopyMessages', [FolderObject], async ({ DestHandleIndex, MessageIds, WantCopy }, context) => {
  const { object, logon: { session } } = context;
  const target = destinationFolder(context, DestHandleIndex);
  if ((await target.folder()).kind === 'search') throw new RopError(errorCode.SearchFolder, 'A search folder holds no messages of its own.');
  const { items, isPartial } = await messagesOf(object, MessageIds);
  const ids = items.map(({ id }) => id);
  const to = { session: target.logon.session, folderId: target.id };
  const results = await withPartialCompletion(() => (WantCopy ? session.copyItems(ids, to) : session.moveItems(ids, to)));
  return { body: { PartialCompletion: isPartial || results.some((one) => one instanceof MailboxError) } };
});
