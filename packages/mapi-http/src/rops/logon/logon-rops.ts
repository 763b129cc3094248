import type { RopHandler } from '../../rop/define-rop.ts';
import { getOwningServers, publicFolderIsGhosted } from './ghosted.ts';
import { logon } from './logon.ts';
import { idFromLongTermId, longTermIdFromId } from './long-term-id.ts';
import { getPerUserGuid, getPerUserLongTermIds, readPerUserInformation, writePerUserInformation } from './per-user.ts';
import { getReceiveFolder, getReceiveFolderTable, setReceiveFolderRop } from './receive-folder.ts';
import { getStoreState } from './store-state.ts';

/** [MS-OXCROPS] 2.2.3. */
export const logonRops: readonly RopHandler[] = [
  logon, getReceiveFolder, setReceiveFolderRop, getReceiveFolderTable, getStoreState, getOwningServers, publicFolderIsGhosted, longTermIdFromId, idFromLongTermId,
  getPerUserLongTermIds, getPerUserGuid, readPerUserInformation, writePerUserInformation,
];
