/** [MS-OXNSPI] 2.2.1.2 */
export const nspiErrorCode = { success: 0, unbindSuccess: 1, invalidCodePage: 0x8004_011e } as const;
