import { struct } from '../layout/struct.ts';
import { ndrBytes, ndrContextHandle, ndrLong, ndrShort, ndrString, ndrUnique, ndrVaryingBytes, ndrVersion } from './ndr.ts';

/** The interfaces of Outlook Anywhere by their syntax: [MS-OXCRPC] 1.9, [MS-OXNSPI] 1.9, [MS-OXABREF] 1.9. */
export const rpcInterface = {
  Emsmdb: { Uuid: 'a4f1db00-ca47-1067-b31f-00dd010662da', Version: 0x0051_0000 },
  AsyncEmsmdb: { Uuid: '5261574a-4572-206e-b268-6b199213b4e4', Version: 0x0001_0000 },
  Nspi: { Uuid: 'f5cc5a18-4264-101a-8c59-08002b2f8426', Version: 56 },
  Rfri: { Uuid: '1544f5e0-613c-11d1-93df-00c04fd7bd09', Version: 1 },
} as const;

const handle = { ContextHandle: ndrContextHandle } as const;
const returned = { ReturnValue: ndrLong } as const;

/** EMSMDB by operation number, [MS-OXCRPC] 3.1.4. Members are the parameters in their order. */
export const emsmdbCalls = {
  EcDoDisconnect: { number: 1, request: struct(handle), response: struct({ ...handle, ...returned }) },
  EcDummyRpc: { number: 6, request: struct({}), response: struct(returned) },
  EcDoConnectEx: {
    number: 10,
    request: struct({
      UserDn: ndrString, Flags: ndrLong, ConnectModulus: ndrLong, Limit: ndrLong, CodePage: ndrLong, LcidString: ndrLong, LcidSort: ndrLong, SessionIndexLink: ndrLong, CanConvertCodePages: ndrShort,
      ClientVersion: ndrVersion, TimeStamp: ndrLong, AuxiliaryIn: ndrBytes, AuxiliaryInSize: ndrLong, AuxiliaryOutSize: ndrLong,
    }),
    response: struct({
      ...handle, PollsMax: ndrLong, RetryCount: ndrLong, RetryDelay: ndrLong, SessionIndex: ndrShort, DnPrefix: ndrUnique(ndrString), DisplayName: ndrUnique(ndrString), ServerVersion: ndrVersion,
      BestVersion: ndrVersion, TimeStamp: ndrLong, AuxiliaryOut: ndrVaryingBytes, AuxiliaryOutSize: ndrLong, ...returned,
    }),
  },
  EcDoRpcExt2: {
    number: 11,
    request: struct({ ...handle, Flags: ndrLong, In: ndrBytes, InSize: ndrLong, OutSize: ndrLong, AuxiliaryIn: ndrBytes, AuxiliaryInSize: ndrLong, AuxiliaryOutSize: ndrLong }),
    response: struct({ ...handle, Flags: ndrLong, Out: ndrVaryingBytes, OutSize: ndrLong, AuxiliaryOut: ndrVaryingBytes, AuxiliaryOutSize: ndrLong, TransTime: ndrLong, ...returned }),
  },
  EcDoAsyncConnectEx: { number: 14, request: struct(handle), response: struct({ AsyncContextHandle: ndrContextHandle, ...returned }) },
} as const;

/** [MS-OXCRPC] 3.3.4. */
export const asyncEmsmdbCalls = {
  EcDoAsyncWaitEx: { number: 0, request: struct({ AsyncContextHandle: ndrContextHandle, FlagsIn: ndrLong }), response: struct({ FlagsOut: ndrLong, ...returned }) },
} as const;

/** [MS-OXABREF] 3.1.4. */
export const rfriCalls = {
  RfrGetNewDSA: { number: 0, request: struct({ Flags: ndrLong, UserDn: ndrString, Unused: ndrUnique(ndrUnique(ndrString)), Server: ndrUnique(ndrUnique(ndrString)) }), response: struct({ Unused: ndrUnique(ndrUnique(ndrString)), Server: ndrUnique(ndrUnique(ndrString)), ...returned }) },
  RfrGetFQDNFromServerDN: { number: 1, request: struct({ Flags: ndrLong, MailboxServerDnSize: ndrLong, MailboxServerDn: ndrString }), response: struct({ ServerFqdn: ndrUnique(ndrString), ...returned }) },
} as const;
