import { Logon } from '../../logon/logon.ts';
import { defineRop } from '../../rop/define-rop.ts';
import { serverDN } from '@fauxchange/mailbox';
import { errorCode } from '@fauxchange/mapi-wire';
import { RopError } from '../../errors.ts';


/** [MS-OXCSTOR] 3.2.5.6: the one server that has public folders, by its ESSDN. */
export const getOwningServers = defineRop('RopGetOwningServers', [Logon], async ({ FolderId }, { logon, environment: { organization } }) => {
  if (!logon.isPublic) throw new RopError(errorCode.NotSupported, 'A mailbox is on one server.');
  await logon.session.folder(logon.folderId(FolderId));
  return { body: { OwningServersCount: 1, CheapServersCount: 1, OwningServers: [serverDN(`${logon.mailbox.guid}@${organization.domain}`)] } };
});

/** [MS-OXCSTOR] 3.2.5.7: no folder of a mailbox is ghosted, and no public one, since there is one server. */
export const publicFolderIsGhosted = defineRop('RopPublicFolderIsGhosted', [Logon], async ({ FolderId }, { logon }) => {
  if (logon.isPublic) await logon.session.folder(logon.folderId(FolderId));
  return { body: { IsGhosted: false } };
});
