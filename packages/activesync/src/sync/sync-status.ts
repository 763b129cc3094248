/** [MS-ASCMD] 2.2.3.177.17. */
export const syncStatus = {
  success: 1, invalidSyncKey: 3, protocolError: 4, serverError: 5, conversionError: 6, conflict: 7, notFound: 8, outOfSpace: 9, hierarchyChanged: 12, incompleteRequest: 13,
  invalidInterval: 14, tooManyCollections: 15, retry: 16,
} as const;
