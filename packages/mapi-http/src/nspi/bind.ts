import { errorCode, nspiRequestTypes } from '@fauxchange/mapi-wire';
import { defineRequestType, type RequestType } from '../request-type.ts';

/** CP_WINUNICODE, [MS-OXNSPI] 2.2.1.4: texts of 8 bits have to have a code page. */
const unicode = 0x4b0;
const noGuid = '00000000-0000-0000-0000-000000000000';

/** [MS-OXCMAPIHTTP] 2.2.5.1 Bind: begins a session with the address book, which is the same for everybody. */
export const bind: RequestType = defineRequestType({ name: 'Bind', use: 'begins', ...nspiRequestTypes.Bind }, async ({ State }, { environment }) => {
  const AuxiliaryBuffer = new Uint8Array(0);
  if (State?.CodePage === unicode) return { value: { StatusCode: 0, ErrorCode: errorCode.InvalidCodepage, ServerGuid: noGuid, AuxiliaryBuffer }, endsSession: true };
  return { value: { StatusCode: 0, ErrorCode: errorCode.Success, ServerGuid: environment.ids.fork('address book server').uuid(), AuxiliaryBuffer } };
});
