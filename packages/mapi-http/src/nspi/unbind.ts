import { defineRequestType, type RequestType } from '../request-type.ts';
import { UnbindRequest, UnbindResponse } from './bodies.ts';
import { nspiErrorCode } from './error-code.ts';

/** [MS-OXCMAPIHTTP] 2.2.5.2 Unbind: its success has a code of its own, [MS-OXNSPI] 3.1.4.1.2. */
export const unbind: RequestType = defineRequestType({ name: 'Unbind', use: 'ends', request: UnbindRequest, response: UnbindResponse }, async () => ({
  value: { StatusCode: 0, ErrorCode: nspiErrorCode.unbindSuccess, AuxiliaryBuffer: new Uint8Array(0) },
}));
