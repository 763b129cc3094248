import { binary } from '@fauxchange/properties';
import { renameDeferred } from '@fauxchange/mailbox';
import { errorCode } from '@fauxchange/mapi-wire';
import { RopError } from '../../errors.ts';
import { Logon } from '../../logon/logon.ts';
import { defineRop } from '../../rop/define-rop.ts';

/** [MS-OXORULE] 3.2.5.4: that there is none of the name is no failure. */
export const updateDeferredActionMessages = defineRop('RopUpdateDeferredActionMessages', [Logon], async ({ ServerEntryId, ClientEntryId }, { logon }) => {
  if (logon.isPublic) throw new RopError(errorCode.NotSupported, 'Public folders have no deferred actions.');
  await renameDeferred(logon.session, binary.from(ServerEntryId), binary.from(ClientEntryId));
  return {};
});
