/** TableStatus, [MS-OXCTABL] 2.2.2.1.3: servers since 2010 do nothing in the background. */
export const tableStatus = { complete: 0 } as const;
