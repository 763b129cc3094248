import type { Environment } from '@fauxchange/emulator';
import type { DirectoryEntry } from '@fauxchange/mailbox';
import type { Layout } from '@fauxchange/mapi-wire';
import type { Profile } from '../profile.ts';
import type { RpcSessions } from './rpc-sessions.ts';

/** Statuses of faults: [MS-RPCE] 3.1.1.5.5, [MS-ERREF] 2.2, C706 appendix E. */
export const faultStatus = { OperationRange: 0x1c01_0002, UnknownInterface: 0x1c01_0003, ContextMismatch: 0x1c00_001a, BadStubData: 0x6f7, CallFailed: 0x1c00_0012 } as const;

/** A call that is answered with a fault instead of what it returns. */
export class RpcFault extends Error {
  override readonly name = 'RpcFault';
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** What a call finds. */
export interface RpcContext {
  readonly environment: Environment;
  readonly caller: DirectoryEntry;
  readonly sessions: RpcSessions;
  readonly profile: Profile;
  /** Aborts when the connection or the server goes. */
  readonly signal: AbortSignal;
}

/** One call of an interface: declared arguments, and what it does. */
export interface RpcCall {
  readonly name: string;
  readonly number: number;
  readonly request: Layout<unknown>;
  readonly response: Layout<unknown>;
  handle(asked: unknown, context: RpcContext): Promise<unknown>;
}

/** @example defineCall('EcDummyRpc', emsmdbCalls.EcDummyRpc, async () => ({ ReturnValue: 0 })) */
export function defineCall<Q, R>(name: string, declared: { readonly number: number; readonly request: Layout<Q>; readonly response: Layout<R> }, handle: (asked: Q, context: RpcContext) => Promise<NoInfer<R>>): RpcCall {
  return { name, ...declared, handle: handle as RpcCall['handle'] } as unknown as RpcCall;
}

/** The calls of one interface. */
export interface RpcInterface {
  readonly syntax: { readonly Uuid: string; readonly Version: number };
  readonly calls: readonly RpcCall[];
}
