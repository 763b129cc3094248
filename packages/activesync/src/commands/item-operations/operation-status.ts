/** [MS-ASCMD] 2.2.3.177.9. */
export const operationStatus = {
  success: 1, protocolError: 2, serverError: 3, badUri: 4, notFound: 6, noConnection: 7, invalidRange: 8, unknownStore: 9, emptyFile: 10, tooLarge: 11,
  invalidAttachment: 15, accessDenied: 16,
} as const;
