import { astr, blob, struct, u32, when, wstr } from '@fauxchange/mapi-wire';

const AuxiliaryBuffer = blob(u32);
/** A status that is not 0 is followed by the auxiliary buffer alone, [MS-OXCMAPIHTTP] 2.2.2.2.2. */
const isAnswered = ({ StatusCode }: Readonly<Record<string, unknown>>): boolean => StatusCode === 0;

/** [MS-OXCMAPIHTTP] 2.2.4.1 */
export const ConnectRequest = struct({ UserDn: astr, Flags: u32, DefaultCodePage: u32, LcidSort: u32, LcidString: u32, AuxiliaryBuffer });
export const ConnectResponse = struct({
  StatusCode: u32, ErrorCode: when(isAnswered, u32), PollsMax: when(isAnswered, u32), RetryCount: when(isAnswered, u32), RetryDelay: when(isAnswered, u32), DnPrefix: when(isAnswered, astr), DisplayName: when(isAnswered, wstr),
  AuxiliaryBuffer,
});

/** [MS-OXCMAPIHTTP] 2.2.4.3 */
export const DisconnectRequest = struct({ AuxiliaryBuffer });
export const DisconnectResponse = struct({ StatusCode: u32, ErrorCode: when(isAnswered, u32), AuxiliaryBuffer });

/** [MS-OXCMAPIHTTP] 2.2.4.4 */
export const NotificationWaitRequest = struct({ Flags: u32, AuxiliaryBuffer });
export const NotificationWaitResponse = struct({ StatusCode: u32, ErrorCode: when(isAnswered, u32), EventPending: when(isAnswered, u32), AuxiliaryBuffer });
