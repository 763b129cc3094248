import type { Logon } from '../logon/logon.ts';

/** What a handle stands for, [MS-OXCROPS] 1.1 "Server object". */
export abstract class ServerObject {
  /** The logon that it was opened by. */
  abstract readonly logon: Logon;

  /** Its handle is given back: by RopRelease, or (`isLast`) with all others of its logon. */
  released(_isLast: boolean): void | Promise<void> {
    // Most hold nothing.
  }
}
