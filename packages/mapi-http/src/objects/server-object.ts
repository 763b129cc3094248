import type { Logon } from '../logon/logon.ts';

/** What a handle stands for, [MS-OXCROPS] 1.1 "Server object". */
export abstract class ServerObject {
  /** The logon that it was opened by. */
  abstract readonly logon: Logon;

  /** Its handle is given back: by RopRelease, by the end of its logon or of the session. */
  released(): void | Promise<void> {
    // Most hold nothing.
  }
}
