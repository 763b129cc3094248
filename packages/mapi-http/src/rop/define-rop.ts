import type { Environment } from '@fauxchange/emulator';
import type { RopFailureValue, RopName, RopRequestValue, RopResponseValue } from '@fauxchange/mapi-wire';
import type { Logon } from '../logon/logon.ts';
import type { ServerObject } from '../objects/server-object.ts';
import type { EmsmdbSession } from '../session/emsmdb-session.ts';

/** What a ROP finds. */
export interface RopContext<O extends ServerObject = ServerObject> {
  readonly environment: Environment;
  readonly session: EmsmdbSession;
  /** What the ROP works on. */
  readonly object: O;
  /** The logon of that object. */
  readonly logon: Logon;
  /** LogonId of the request. */
  readonly logonId: number;
  /** Bytes that the members of the response may take. */
  readonly room: number;
  /** The same, if the ROP were the first of its list: what has no room even then can never be told so. */
  readonly mostRoom: number;
  /** The object of another index into the handles: of DestHandleIndex. @throws RopError ecDstNullObject */
  destination(handleIndex: number): ServerObject;
}

export interface RopAnswer<N extends RopName> {
  /** Members of the response; left out where it has none. */
  readonly body?: RopResponseValue<N> | RopFailureValue<N>;
  /** Default 0. Failures are thrown as RopError; this is for those that carry a body of their own. */
  readonly returnValue?: number;
  /** What gets a handle, in the place that the request names. */
  readonly opens?: ServerObject;
}

/** What a ROP asks for has no room in the answer: it has done nothing, and comes back to be asked again. [MS-OXCROPS] 3.2.5.2 */
export class BufferTooSmallError extends Error {
  override readonly name = 'BufferTooSmallError';
  /** Bytes that the members of its response need. */
  readonly needed: number;

  constructor(needed: number) {
    super('The answer has no room for this.');
    this.needed = needed;
  }
}

type Kind<O> = abstract new (...args: never[]) => O;

/** One ROP: its name, what it works on, what it does. */
export interface RopHandler<N extends RopName = RopName> {
  readonly name: N;
  /** Objects of other kinds are refused with ecNotSupported; empty for RopLogon, which needs none. */
  readonly on: readonly Kind<ServerObject>[];
  handle(request: RopRequestValue<N>, context: RopContext): Promise<RopAnswer<N>>;
}

/**
 * Declares a ROP.
 *
 * @example
 * export const openFolder = defineRop('RopOpenFolder', [Logon, FolderObject], async ({ FolderId }, { logon }) => ({ body: { … }, opens: new FolderObject(logon, id) }));
 */
export function defineRop<N extends RopName, K extends Kind<ServerObject> = Kind<ServerObject>>(name: N, on: readonly K[], handle: (request: RopRequestValue<N>, context: RopContext<InstanceType<K>>) => Promise<RopAnswer<N>>): RopHandler {
  return { name, on, handle: handle as unknown as RopHandler['handle'] } as unknown as RopHandler;
}

export type RopHandlers = ReadonlyMap<RopName, RopHandler>;
export const ropHandlers = (...groups: readonly (readonly RopHandler[])[]): RopHandlers => new Map(groups.flat().map((one) => [one.name, one]));
