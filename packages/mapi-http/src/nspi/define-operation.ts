import type { DirectoryEntry } from '@fauxchange/mailbox';
import { errorCode, nspiRequestTypes, type LayoutValue, type NspiRequestType, type Scope } from '@fauxchange/mapi-wire';
import type { RequestType, SessionUse } from '../request-type.ts';
import type { AddressBookServer } from './address-book-server.ts';
import { NspiError } from './nspi-error.ts';

/** What an operation of the address book finds. */
export interface NspiContext {
  readonly server: AddressBookServer;
  readonly caller: DirectoryEntry;
  /** The server as the client calls it. */
  readonly origin: string;
}

export type NspiRequest<N extends NspiRequestType> = LayoutValue<(typeof nspiRequestTypes)[N]['request']>;
type Body<N extends NspiRequestType> = Extract<LayoutValue<(typeof nspiRequestTypes)[N]['response']>, { readonly ErrorCode: number }>;
/** The members of an answer; its code where it is not Success. */
export type NspiAnswer<N extends NspiRequestType> = Omit<Body<N>, 'StatusCode' | 'ErrorCode' | 'AuxiliaryBuffer'> & { readonly ErrorCode?: number };

/** An operation, for whatever server has it. */
export type NspiOperation = (server: AddressBookServer) => RequestType;

/**
 * Declares an operation of the address book.
 *
 * @param failed what else stands in an answer that refuses: what was asked for is not there, and positions are as they were
 * @example
 * export const compareMIds = defineOperation('CompareMIds', () => ({ Result: 0 }), ({ State, MinimalId1, MinimalId2 }, { server }) => …);
 */
export function defineOperation<N extends NspiRequestType>(name: N, failed: (asked: NspiRequest<N>) => NoInfer<NspiAnswer<N>>, handle: (asked: NspiRequest<N>, context: NspiContext) => NoInfer<NspiAnswer<N>>, use: SessionUse = 'inTurn'): NspiOperation {
  const answer = (asked: NspiRequest<N>, context: NspiContext): NspiAnswer<N> => {
    try {
      return handle(asked, context);
    } catch (thrown) {
      if (thrown instanceof NspiError) return { ...failed(asked), ErrorCode: thrown.code };
      throw thrown;
    }
  };
  return (server) => ({
    name, use, request: nspiRequestTypes[name].request, response: nspiRequestTypes[name].response, scopeOf,
    handle: async (asked, { caller, origin }) => {
      const value = { StatusCode: 0, ErrorCode: errorCode.Success as number, ...answer(asked as NspiRequest<N>, { server, caller, origin }), AuxiliaryBuffer: new Uint8Array(0) };
      return use === 'begins' ? { value, endsSession: value.ErrorCode !== errorCode.Success } : { value };
    },
  });
}

/** Text of 8 bits is of the code page of the STAT, or of the one beside the names of an object. */
function scopeOf(asked: unknown): Scope | undefined {
  const { State, CodePage = State?.CodePage } = asked as { readonly State?: { readonly CodePage: number } | null; readonly CodePage?: number };
  return CodePage === undefined ? undefined : { codePage: CodePage };
}

/** What a client has to send. @throws NspiError InvalidParameter */
export function needed<T>(value: T | null): T {
  if (value === null) throw new NspiError('InvalidParameter');
  return value;
}
