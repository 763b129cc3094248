import { errorCode } from '@fauxchange/mapi-wire';
import { RopError } from '../../errors.ts';
import { AttachmentObject } from '../../objects/attachment-object.ts';
import { FolderObject } from '../../objects/folder-object.ts';
import { MessageObject } from '../../objects/message-object.ts';
import { AttachmentTarget, MessageTarget, type UploadContext } from '../../objects/upload-content.ts';
import { FolderTarget, type FolderRoot } from '../../objects/upload-folder.ts';
import { UploadObject } from '../../objects/upload-object.ts';
import type { UploadTarget } from '../../objects/upload-target.ts';
import { defineRop } from '../../rop/define-rop.ts';
import { checkFlags, knownCopyFlags } from './copy-flags.ts';

/** SourceOperation, [MS-OXCFXICS] 2.2.3.1.2.1.1. */
const sourceOperation = { CopyTo: 1, CopyProperties: 2, CopyMessages: 3, CopyFolder: 4 } as const;
const operations: ReadonlySet<number> = new Set(Object.values(sourceOperation));
const folderRoots: ReadonlyMap<number, FolderRoot> = new Map([[sourceOperation.CopyMessages, 'messageList'], [sourceOperation.CopyFolder, 'topFolder']]);

/** [MS-OXCFXICS] 3.2.5.8.2.1: which stream comes follows from the operation that it comes from and from what it goes to. */
export const destinationConfigure = defineRop('RopFastTransferDestinationConfigure', [FolderObject, MessageObject, AttachmentObject], async ({ SourceOperation, CopyFlags }, { object, logon, session, environment: { clock } }) => {
  checkFlags(CopyFlags, knownCopyFlags.destination);
  if (!operations.has(SourceOperation)) throw new RopError(errorCode.InvalidParameter, `No operation has the number ${SourceOperation}.`);
  const context: UploadContext = { logon, codePage: session.codePage, localeId: session.lcidString, now: () => clock.now() };
  return { opens: new UploadObject(await targetOf(object, folderRoots.get(SourceOperation), context), context, logon.maxMessageBytes + 0x1000) };
});

async function targetOf(object: FolderObject | MessageObject | AttachmentObject, root: FolderRoot | undefined, context: UploadContext): Promise<UploadTarget> {
  if (object instanceof FolderObject) {
    const { kind } = await object.folder();
    if (kind === 'search') throw new RopError(errorCode.NotSupported, 'A search folder has no contents of its own.');
    return new FolderTarget(object, context, root ?? 'folderContent');
  }
  if (root) throw new RopError(errorCode.NotSupported, 'Messages and folders go into a folder.');
  object.checkWritable();
  return object instanceof MessageObject ? new MessageTarget(object, context) : new AttachmentTarget(object, context);
}
