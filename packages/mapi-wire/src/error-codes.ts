/** [MS-OXCMAPIHTTP] 2.2.3.3.3, X-ResponseCode: what became of a request before any operation of MAPI. */
export const responseCode = {
  Success: 0, UnknownFailure: 1, InvalidVerb: 2, InvalidPath: 3, InvalidHeader: 4, InvalidRequestType: 5, InvalidContextCookie: 6, MissingHeader: 7, AnonymousNotAllowed: 8, TooLarge: 9,
  ContextNotFound: 10, NoPrivilege: 11, InvalidRequestBody: 12, MissingCookie: 13, InvalidSequence: 15, EndpointDisabled: 16, InvalidResponse: 17, EndpointShuttingDown: 18,
} as const;
export type ResponseCode = (typeof responseCode)[keyof typeof responseCode];

/** [MS-OXCDATA] 2.4 with its tables of additional codes, of property errors and of warnings: those that Exchange's protocols speak of. */
export const errorCode = {
  Success: 0x0, UnbindSuccess: 0x1, UnbindFailure: 0x2,
  GeneralFailure: 0x80004005, NoInterface: 0x80004002, AccessDenied: 0x80070005, OutOfMemory: 0x8007000e, InvalidParameter: 0x80070057,
  StreamAccessDenied: 0x80030005, StreamSeekError: 0x80030019, StreamInvalidParameter: 0x80030057, NotSupported: 0x80040102, InvalidCharacterWidth: 0x80040103, StringTooLong: 0x80040105, InvalidFlag: 0x80040106, InvalidEntryId: 0x80040107, InvalidObject: 0x80040108,
  ObjectChanged: 0x80040109, ObjectDeleted: 0x8004010a, ServerBusy: 0x8004010b, OutOfDisk: 0x8004010d, OutOfResources: 0x8004010e, NotFound: 0x8004010f,
  VersionMismatch: 0x80040110, LogonFailed: 0x80040111, TooManySessions: 0x80040112, UserCanceled: 0x80040113, UnableToAbort: 0x80040114, NetworkError: 0x80040115, DiskError: 0x80040116, TooComplex: 0x80040117,
  InvalidColumn: 0x80040118, ComputedValue: 0x8004011a, CorruptData: 0x8004011b, InvalidCodepage: 0x8004011e, InvalidLocale: 0x8004011f,
  InvalidType: 0x80040302, TooBig: 0x80040305, UnableToComplete: 0x80040400, TableEmpty: 0x80040402, TableTooBig: 0x80040403, InvalidBookmark: 0x80040405,
  NotImplemented: 0x80040fff, NotInQueue: 0x80040601, DuplicateName: 0x80040604, NoRecipients: 0x80040607, NotInitialized: 0x80040605, FolderHasChildren: 0x80040609, FolderHasContents: 0x8004060a, FolderCycle: 0x8004060b, AmbiguousRecipient: 0x80040700,
  SyncObjectDeleted: 0x80040800, SyncIgnore: 0x80040801, SyncConflict: 0x80040802, SyncNoParent: 0x80040803,
  IsamError: 0x3ea, UnknownUser: 0x3eb, Exiting: 0x3ed, BadConfiguration: 0x3ee, UnknownCodePage: 0x3ef, ServerMemory: 0x3f0, LoginPermission: 0x3f2,
  ParameterOverflow: 0x450, SearchFolder: 0x460, NotSearchFolder: 0x461, NoReceiveFolder: 0x463, NoReplicaHere: 0x468, WrongServer: 0x478, ServerPaused: 0x47f, BufferTooSmall: 0x47d, SearchFolderScopeViolation: 0x490,
  RpcFormat: 0x4b6, NullObject: 0x4b9, QuotaExceeded: 0x4d9, MaxAttachmentExceeded: 0x4db, TooManyOpenObjects: 0x4de, ClientVersionBlocked: 0x4df, RpcHttpDisallowed: 0x4e0, CachedModeRequired: 0x4e1,
  FormatError: 0x4ed, NotExpanded: 0x4f7, NotCollapsed: 0x4f8, NoExpandedLeafRow: 0x4f9, NoCreateRight: 0x4ff, NullDestinationObject: 0x503, MessageCycle: 0x504, TooManyRecips: 0x505, BadStubData: 0x6f7, ProtocolDisabled: 0x7d8, Rejected: 0x7ee, NotEncrypted: 0x970,
  ErrorsReturned: 0x40380, PartiallyComplete: 0x40680, SyncClientChangeNewer: 0x40821,
} as const;
export type ErrorCodeName = keyof typeof errorCode;

const names = new Map<number, ErrorCodeName>(Object.entries(errorCode).map(([name, code]) => [code, name as ErrorCodeName]));
/** The name of a code; undefined for one that is not in the table. */
export const errorCodeName = (code: number): ErrorCodeName | undefined => names.get(code);
