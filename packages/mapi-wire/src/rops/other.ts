import { u16, u32, u8 } from '../layout/numbers.ts';
import { blob, counted, rest } from '../layout/sequences.ts';
import { struct } from '../layout/struct.ts';
import { notificationData } from './notification.ts';
import { nothing, rop } from './rop.ts';

/** [MS-OXCROPS] 2.2.15.3: what has no response. */
export const otherRops = {
  RopRelease: { ...rop(0x01, nothing, nothing), responseHead: undefined },
} as const;

/** [MS-OXCROPS] 2.2.15.2.1.1. */
const backoffRop = struct({ RopIdBackoff: u8, Duration: u32 });

/** Responses that answer no request, as they stand behind their RopId. */
export const loneResponses = {
  /** [MS-OXCROPS] 2.2.14.2.1. */
  RopNotify: { id: 0x2a, body: struct({ NotificationHandle: u32, LogonId: u8, NotificationData: notificationData }) },
  /** [MS-OXCROPS] 2.2.14.3.1. */
  RopPending: { id: 0x6e, body: struct({ SessionIndex: u16 }) },
  /** [MS-OXCROPS] 2.2.15.2.1. */
  RopBackoff: { id: 0xf9, body: struct({ LogonId: u8, Duration: u32, BackoffRopData: counted(u8, backoffRop), AdditionalData: blob(u16) }) },
  /** [MS-OXCROPS] 2.2.15.1.1: requests that were not executed stand behind it, up to the end. */
  RopBufferTooSmall: { id: 0xff, body: struct({ SizeNeeded: u16, RequestBuffers: rest }) },
} as const;
