import { errorCode } from '@fauxchange/mapi-wire';
import { RopError } from '../../errors.ts';
import { ContentsSource } from '../../objects/contents-source.ts';
import { FolderObject } from '../../objects/folder-object.ts';
import { TableObject } from '../../objects/table-object.ts';
import { defineRop } from '../../rop/define-rop.ts';
import { checkFlags, invalidFlags, rowCountOf, tableFlag } from './table-of-folder.ts';

const { Associated, DeferredErrors, NoNotifications, SoftDeletes, UseUnicode, ConversationMembers } = tableFlag;
const known = Associated | DeferredErrors | NoNotifications | SoftDeletes | UseUnicode | ConversationMembers;

/** [MS-OXCFOLD] 3.2.5.14. Nothing is deferred: the answer is there at once. */
export const getContentsTable = defineRop('RopGetContentsTable', [FolderObject], async ({ TableFlags }, { object, logon, session: { notifications } }) => {
  checkFlags(TableFlags, known, invalidFlags.contents);
  const isConversation = (TableFlags & ConversationMembers) !== 0;
  const isRoot = object.id === logon.mailbox.wellKnown('root');
  // Conversations go through the whole mailbox, or through one public folder.
  if (isConversation && !isRoot && !logon.isPublic) throw new RopError(errorCode.InvalidParameter, 'Conversations are asked of the root of a mailbox.');
  const source = new ContentsSource(logon, {
    folderId: object.id, isAssociated: (TableFlags & Associated) !== 0, isSoftDeleted: (TableFlags & SoftDeletes) !== 0, isDeep: isConversation && isRoot, isSearch: (await object.folder()).kind === 'search',
  });
  const table = new TableObject(logon, source, { isUnicode: (TableFlags & UseUnicode) !== 0 });
  const RowCount = await rowCountOf(table);
  if ((TableFlags & NoNotifications) === 0) notifications.watch(table, { suppressesOwn: false });
  return { opens: table, body: { RowCount } };
});
