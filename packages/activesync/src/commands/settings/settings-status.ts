/** [MS-ASCMD] 2.2.3.177.15. */
export const settingsStatus = { success: 1, protocolError: 2, accessDenied: 3, serverUnavailable: 4, invalidArguments: 5, conflictingArguments: 6, deniedByPolicy: 7 } as const;
