import { rest } from '@fauxchange/mapi-wire';
import { defineRequestType, type RequestType } from '../request-type.ts';

/** [MS-OXCMAPIHTTP] 2.2.6 PING: whether the endpoint can be reached. Whatever the body is. */
export const ping: RequestType = defineRequestType({ name: 'PING', use: 'none', request: rest, response: rest }, async () => ({ value: new Uint8Array(0) }));
