import { errorCode } from '@fauxchange/mapi-wire';
import { RopError } from '../../errors.ts';
import { CollectorObject } from '../../objects/collector-object.ts';
import { MessageObject } from '../../objects/message-object.ts';
import { defineRop } from '../../rop/define-rop.ts';
import { imported, MessageImport } from '../../synchronization/import-message.ts';
import { contentOf, fixedValues, ImportedVersion, moment } from '../../synchronization/imported-version.ts';
import { checkKind } from './collector-kind.ts';

/** ImportFlag, [MS-OXCFXICS] 2.2.3.2.4.2.1. */
const importFlag = { Associated: 0x10, FailOnConflict: 0x40 } as const;
const knownFlags = importFlag.Associated | importFlag.FailOnConflict;
/** PidTagSourceKey, PidTagLastModificationTime, PidTagChangeKey, PidTagPredecessorChangeList. */
const header = [0x65e0_0102, 0x3008_0040, 0x65e2_0102, 0x65e3_0102] as const;

/** [MS-OXCFXICS] 3.2.5.9.4.2. The message is there once it is saved; what it was before is gone then. */
export const importMessageChange = defineRop('RopSynchronizationImportMessageChange', [CollectorObject], async ({ ImportFlag, PropertyValues }, { object, logon, session: { codePage, lcidString }, environment: { clock } }) => {
  if ((ImportFlag & ~knownFlags) !== 0) throw new RopError(errorCode.InvalidParameter, `ImportFlag 0x${ImportFlag.toString(16)} has unknown bits.`);
  checkKind(object, 'contents');
  const [sourceKey, lastModified, changeKey, list] = fixedValues(PropertyValues, header);
  const version = new ImportedVersion(sourceKey as Uint8Array, moment(lastModified), changeKey as Uint8Array, list as Uint8Array);
  object.start();
  const isAssociated = (ImportFlag & importFlag.Associated) !== 0;
  const place = await imported(object, version);
  const { existing } = place;
  const folder = await logon.session.folder(object.folderId);
  const rights = existing ? await logon.session.itemRights(existing) : undefined;
  if (rights ? !rights.modify : !logon.session.folderRights(folder).createContents) throw new RopError(errorCode.AccessDenied, 'The caller may not change this in the folder.');
  if (existing) {
    if (existing.isAssociated !== isAssociated) throw new RopError(errorCode.InvalidParameter, 'The message is of the other kind.');
    const relation = version.relationTo(logon.mailbox, contentOf(existing));
    if (relation === 'known') throw new RopError(errorCode.SyncIgnore, 'The server has this version, or a newer one.');
    if (relation === 'conflict' && (ImportFlag & importFlag.FailOnConflict) !== 0) throw new RopError(errorCode.SyncConflict, 'The message has been changed on the server too.');
  }
  const incoming = new MessageImport(object, version, isAssociated, place);
  return { opens: MessageObject.ofFolder(logon, object.folderId, isAssociated, { now: clock.now(), localeId: lcidString, codePage, create: (draft) => incoming.save(draft) }), body: { MessageId: 0n } };
});
