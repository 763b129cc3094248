import { u32 } from '../layout/numbers.ts';
import { blob } from '../layout/sequences.ts';
import { struct } from '../layout/struct.ts';
import { astr, wstr } from '../layout/text.ts';
import { auxiliary, responseBody } from './response.ts';

/** The request types of the mailbox endpoint but PING, which has no body: by the value of X-RequestType, [MS-OXCMAPIHTTP] 2.2.4. */
export const emsmdbRequestTypes = {
  /** 2.2.4.1. `PollsMax` and `RetryDelay` are in milliseconds. */
  Connect: {
    request: struct({ UserDn: astr, Flags: u32, DefaultCodePage: u32, LcidSort: u32, LcidString: u32, ...auxiliary }),
    response: responseBody({ PollsMax: u32, RetryCount: u32, RetryDelay: u32, DnPrefix: astr, DisplayName: wstr }),
  },
  /** 2.2.4.2. */
  Execute: {
    request: struct({ Flags: u32, RopBuffer: blob(u32), MaxRopOut: u32, ...auxiliary }),
    response: responseBody({ Flags: u32, RopBuffer: blob(u32) }),
  },
  /** 2.2.4.3. */
  Disconnect: { request: struct(auxiliary), response: responseBody({}) },
  /** 2.2.4.4. */
  NotificationWait: { request: struct({ Flags: u32, ...auxiliary }), response: responseBody({ EventPending: u32 }) },
} as const;
export type EmsmdbRequestType = keyof typeof emsmdbRequestTypes;

/** [MS-OXCMAPIHTTP] 2.2.4.2.1, Flags of an Execute request. */
export const executeFlag = { NoCompression: 0x1, NoXorMagic: 0x2, Chain: 0x4 } as const;
