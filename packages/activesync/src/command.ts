import type { Document, ValueOf } from '@fauxchange/wbxml';
import type { CommandContext } from './context.ts';

/** An answer without a document: nothing (HTTP 200 and no body), or bytes of another type. */
export class BareAnswer {
  readonly contentType: string | undefined;
  readonly bytes: Uint8Array | undefined;

  constructor(contentType?: string, bytes?: Uint8Array) {
    this.contentType = contentType;
    this.bytes = bytes;
  }
}
export const emptyAnswer: BareAnswer = new BareAnswer();

/** One command: declared shapes, and what it does. */
export interface Command {
  readonly request: Document<unknown>;
  readonly response: Document<unknown>;
  /** Whether the request may have no body: then the handler gets undefined. */
  readonly mayBeEmpty: boolean;
  /** The answer that is nothing but a status: `{ Status }`, unless the command says otherwise. */
  readonly refusal: (status: number) => unknown;
  /** Status for a request that breaks its declared shape, where the command has one of its own. */
  readonly statusOfViolation: ((path: string, kind: string, context: CommandContext) => number | undefined) | undefined;
  /** Takes the body as it came, when the version has the command without a document (SendMail before 14.0). */
  readonly handleRaw: ((body: Uint8Array, context: CommandContext) => Promise<BareAnswer | undefined>) | undefined;
  handle(request: unknown, context: CommandContext): Promise<unknown>;
}

/**
 * Declares a command: types of both sides follow from the shapes.
 *
 * @example
 * export const folderSync = defineCommand({ request: FolderSyncRequest, response: FolderSyncResponse }, async ({ SyncKey }, context) => ({ Status: 1, … }));
 */
export function defineCommand<Q extends Document<unknown>, R extends Document<unknown>, E extends boolean = false>(
  declared: { readonly request: Q; readonly response: R; readonly mayBeEmpty?: E } & Partial<Pick<Command, 'statusOfViolation' | 'handleRaw' | 'refusal'>>,
  handle: (request: E extends true ? ValueOf<Q> | undefined : ValueOf<Q>, context: CommandContext) => Promise<NoInfer<ValueOf<R>> | BareAnswer>,
): Command {
  const { request, response, mayBeEmpty = false, statusOfViolation, handleRaw, refusal = (Status: number) => ({ Status }) } = declared;
  return { request, response, mayBeEmpty, statusOfViolation, handleRaw, refusal, handle: handle as Command['handle'] };
}
