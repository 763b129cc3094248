import { binary } from '@fauxchange/properties';
import { errorCode } from '@fauxchange/mapi-wire';
import { RopError } from '../../errors.ts';
import { Logon } from '../../logon/logon.ts';
import { FolderObject } from '../../objects/folder-object.ts';
import { MessageObject } from '../../objects/message-object.ts';
import { defineRop } from '../../rop/define-rop.ts';
import { codePageOf } from './open-mode.ts';

const searchKeySize = 16;

/** [MS-OXCMSG] 3.2.5.2. The message has no id before it is saved. */
export const createMessage = defineRop('RopCreateMessage', [FolderObject, Logon], async ({ CodePageId, FolderId, AssociatedFlag }, { logon, environment: { clock, ids }, session: { lcidString: localeId } }) => {
  const codePage = codePageOf(CodePageId);
  const folder = await logon.session.folder(logon.folderId(FolderId));
  const { createContents, createAssociated } = logon.session.folderRights(folder);
  if (!(AssociatedFlag ? createAssociated : createContents)) throw new RopError(errorCode.AccessDenied, 'No message may be made in the folder.');
  if (folder.kind === 'search') throw new RopError(errorCode.NotSupported, 'A search folder has no messages of its own.');
  return { opens: MessageObject.ofFolder(logon, folder.id, AssociatedFlag, { now: clock.now(), localeId, searchKey: binary.from(ids.bytes(searchKeySize)), codePage }), body: { HasMessageId: false } };
});
