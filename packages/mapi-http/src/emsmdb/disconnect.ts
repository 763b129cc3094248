import { defineRequestType, type RequestType } from '../request-type.ts';
import { DisconnectRequest, DisconnectResponse } from './bodies.ts';
import { errorCode } from './error-code.ts';

/** [MS-OXCMAPIHTTP] 2.2.4.3 Disconnect: the session ends, and all that waits in it. */
export const disconnect: RequestType = defineRequestType({ name: 'Disconnect', use: 'ends', request: DisconnectRequest, response: DisconnectResponse }, async () => ({
  value: { StatusCode: 0, ErrorCode: errorCode.success, AuxiliaryBuffer: new Uint8Array(0) },
}));
