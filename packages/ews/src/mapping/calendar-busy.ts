/** PidLidBusyStatus, [MS-OXOCAL] 2.2.1.2; NoData is no status that is stored by anybody else. */
export const busyTypes = { Free: 0, Tentative: 1, Busy: 2, OOF: 3, WorkingElsewhere: 4, NoData: -1 } as const;
export type BusyName = keyof typeof busyTypes;
