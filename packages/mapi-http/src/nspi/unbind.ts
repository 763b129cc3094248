import { errorCode, nspiRequestTypes } from '@fauxchange/mapi-wire';
import { defineRequestType, type RequestType } from '../request-type.ts';

/** [MS-OXCMAPIHTTP] 2.2.5.2 Unbind: its success has a code of its own, [MS-OXNSPI] 3.1.4.1.2. */
export const unbind: RequestType = defineRequestType({ name: 'Unbind', use: 'ends', ...nspiRequestTypes.Unbind }, async () => ({
  value: { StatusCode: 0, ErrorCode: errorCode.UnbindSuccess, AuxiliaryBuffer: new Uint8Array(0) },
}));
