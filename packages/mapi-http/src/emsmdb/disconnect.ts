import { emsmdbRequestTypes, errorCode } from '@fauxchange/mapi-wire';
import { defineRequestType, type RequestType } from '../request-type.ts';

/** [MS-OXCMAPIHTTP] 2.2.4.3 Disconnect: the session ends, and all that waits in it. */
export const disconnect: RequestType = defineRequestType({ name: 'Disconnect', use: 'ends', ...emsmdbRequestTypes.Disconnect }, async () => ({
  value: { StatusCode: 0, ErrorCode: errorCode.Success, AuxiliaryBuffer: new Uint8Array(0) },
}));
