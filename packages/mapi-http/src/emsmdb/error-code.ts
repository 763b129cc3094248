/** Codes of [MS-OXCDATA] 2.4 that request types of the mailbox answer. */
export const errorCode = { success: 0, unknownUser: 0x3eb, loginPerm: 0x3f2, accessDenied: 0x8007_0005 } as const;
