import { blob, boolFF, guid, i32, struct, u32, when } from '@fauxchange/mapi-wire';

const AuxiliaryBuffer = blob(u32);
const isAnswered = ({ StatusCode }: Readonly<Record<string, unknown>>): boolean => StatusCode === 0;

/** [MS-OXNSPI] 2.2.8: where in which table a client is. */
export const Stat = struct({ SortType: u32, ContainerID: u32, CurrentRec: u32, Delta: i32, NumPos: u32, TotalRecs: u32, CodePage: u32, TemplateLocale: u32, SortLocale: u32 });

/** [MS-OXCMAPIHTTP] 2.2.5.1 */
export const BindRequest = struct({ Flags: u32, HasState: boolFF, State: when(({ HasState }) => HasState === true, Stat), AuxiliaryBuffer });
export const BindResponse = struct({ StatusCode: u32, ErrorCode: when(isAnswered, u32), ServerGuid: when(isAnswered, guid), AuxiliaryBuffer });

/** [MS-OXCMAPIHTTP] 2.2.5.2 */
export const UnbindRequest = struct({ Reserved: u32, AuxiliaryBuffer });
export const UnbindResponse = struct({ StatusCode: u32, ErrorCode: when(isAnswered, u32), AuxiliaryBuffer });
