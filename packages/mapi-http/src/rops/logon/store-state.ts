import { errorCode } from '@fauxchange/mapi-wire';
import { RopError } from '../../errors.ts';
import { Logon } from '../../logon/logon.ts';
import { defineRop } from '../../rop/define-rop.ts';
import { privateLogon } from './private-logon.ts';

/** [MS-OXCSTOR] 3.2.5.5: servers since 2010 do not carry it out (note 11). */
export const getStoreState = defineRop('RopGetStoreState', [Logon], async (_asked, { logon }) => {
  privateLogon(logon);
  throw new RopError(errorCode.NotImplemented, 'Servers since 2010 do not tell of searches.');
});
