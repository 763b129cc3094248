/** [MS-ASCMD] 2.2.3.177.13. */
export const searchStatus = {
  success: 1, invalidRequest: 2, serverError: 3, badLink: 4, accessDenied: 5, notFound: 6, connectionFailed: 7, tooComplex: 8, timedOut: 10, folderSyncRequired: 11, endOfRange: 12,
  accessBlocked: 13, credentialsRequired: 14,
} as const;
