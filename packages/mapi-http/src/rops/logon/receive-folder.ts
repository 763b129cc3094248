import { receiveFolderOf, receiveFolders, setReceiveFolder } from '@fauxchange/mailbox';
import { errorCode } from '@fauxchange/mapi-wire';
import { RopError } from '../../errors.ts';
import { Logon } from '../../logon/logon.ts';
import { fileTime } from '../../mapping/wire-values.ts';
import { defineRop } from '../../rop/define-rop.ts';
import { privateLogon } from './private-logon.ts';

/** [MS-OXCSTOR] 2.2.1.2.1. */
const mostClass = 254;
function checkClass(text: string): void {
  const isWell = text.length <= mostClass && /^[\x20-\x7e]*$/.test(text) && !/^\.|\.$|\.\./.test(text);
  if (!isWell) throw new RopError(errorCode.InvalidParameter, 'No message class is written so.');
}

/** [MS-OXCSTOR] 3.2.5.2. */
export const getReceiveFolder = defineRop('RopGetReceiveFolder', [Logon], async ({ MessageClass }, { logon }) => {
  privateLogon(logon);
  checkClass(MessageClass);
  const row = await receiveFolderOf(logon.session, MessageClass);
  const folderId = row?.folderId ?? logon.mailbox.wellKnown('inbox') ?? 0;
  return { body: { FolderId: logon.wireId(folderId), ExplicitMessageClass: row?.messageClass ?? '' } };
});

/** [MS-OXCSTOR] 3.2.5.3. */
export const setReceiveFolderRop = defineRop('RopSetReceiveFolder', [Logon], async ({ FolderId, MessageClass }, { logon }) => {
  privateLogon(logon);
  checkClass(MessageClass);
  if (/^(ipm|report\.ipm)$/i.test(MessageClass)) throw new RopError(errorCode.AccessDenied, `The receive folder of ${MessageClass} stays what it is.`);
  if (MessageClass === '' && FolderId === 0n) throw new RopError(errorCode.GeneralFailure, 'All other classes need a receive folder.');
  if (!logon.session.accessor.hasFullAccess) throw new RopError(errorCode.AccessDenied, 'Receive folders are the business of who has the whole mailbox.');
  await setReceiveFolder(logon.session, MessageClass, FolderId === 0n ? undefined : logon.folderId(FolderId));
  return {};
});

/** [MS-OXCSTOR] 3.2.5.4. */
export const getReceiveFolderTable = defineRop('RopGetReceiveFolderTable', [Logon], async (_asked, { logon }) => {
  privateLogon(logon);
  const rows = await receiveFolders(logon.session);
  return { body: { Rows: rows.map(({ folderId, messageClass, lastModified }) => [{ value: BigInt.asIntN(64, logon.wireId(folderId)) }, { value: messageClass }, { value: fileTime(lastModified) }]) } };
});
