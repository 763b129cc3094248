import type { Layout } from '../layout/layout.ts';
import { u8 } from '../layout/numbers.ts';
import { struct, type StructValue } from '../layout/struct.ts';

/** Which index into the handle table a head has: [MS-OXCROPS] 2.2.3 to 2.2.15. */
export type HandleIndexName = 'InputHandleIndex' | 'OutputHandleIndex' | 'ResponseHandleIndex' | 'SourceHandleIndex';

/** A ROP as its buffers have it. */
export interface Rop<Request = unknown, Response = unknown, Failure = unknown> {
  readonly id: number;
  /** The RopId of its response: its own, but for one. */
  readonly responseId: number;
  /** The third byte of the request. */
  readonly requestHead: HandleIndexName;
  /** The second byte of the response; undefined for what has no response. */
  readonly responseHead: HandleIndexName | undefined;
  /** Behind RopId, LogonId and the index. */
  readonly request: Layout<Request>;
  /** Behind RopId, index and a ReturnValue of 0. */
  readonly response: Layout<Response>;
  /** Behind another ReturnValue; undefined where nothing follows. */
  readonly failure: (returnValue: number) => Layout<Failure> | undefined;
}

export type Members = Parameters<typeof struct>[0];
type Part = Members | Layout<unknown>;
type ValueOf<P> = P extends Layout<infer T> ? T : StructValue<P>;
const isLayout = (part: Part): part is Layout<unknown> => typeof (part as Partial<Layout<unknown>>).read === 'function';
const partLayout = <P extends Part>(part: P): Layout<ValueOf<P>> => (isLayout(part) ? part : struct(part)) as Layout<ValueOf<P>>;

type FailureLayouts<F> = (returnValue: number) => Layout<F> | undefined;
const nothingMore = (): undefined => undefined;

/** One that works on an object: its index is in both heads. */
export function rop<Q extends Members, P extends Part, F = undefined>(id: number, request: Q, response: P, failure: FailureLayouts<F> = nothingMore): Rop<StructValue<Q>, ValueOf<P>, F> {
  return { id, responseId: id, requestHead: 'InputHandleIndex', responseHead: 'InputHandleIndex', request: struct(request), response: partLayout(response), failure };
}

/** The same with an index more at the begin of the request. */
type With<N extends string, Q, P, F = undefined> = Rop<StructValue<Q> & { readonly [K in N]: number }, ValueOf<P>, F>;
type Heads = Pick<Rop, 'requestHead' | 'responseHead'>;
function withIndex<N extends string, Q extends Members, P extends Part, F>(name: N, id: number, [request, response, failure]: readonly [Q, P, FailureLayouts<F>?], heads: Partial<Heads>): With<N, Q, P, F> {
  return { ...rop(id, { [name]: u8, ...request }, response, failure), ...heads } as unknown as With<N, Q, P, F>;
}

/** One that opens an object: the response has the index of what was opened. */
export function opening<Q extends Members, P extends Part>(id: number, request: Q, response: P): With<'OutputHandleIndex', Q, P> {
  return withIndex('OutputHandleIndex', id, [request, response], { responseHead: 'OutputHandleIndex' });
}

/** One that works on two objects; the response has the index of the first. */
export function copying<Q extends Members, P extends Part, F>(id: number, request: Q, response: P, failure: FailureLayouts<F>): With<'DestHandleIndex', Q, P, F> {
  return withIndex('DestHandleIndex', id, [request, response, failure], { requestHead: 'SourceHandleIndex', responseHead: 'SourceHandleIndex' });
}

/** One whose head has the index for the response, and that of its object behind it. */
export function responding<Q extends Members, P extends Part>(id: number, request: Q, response: P): With<'InputHandleIndex', Q, P> {
  return withIndex('InputHandleIndex', id, [request, response], { requestHead: 'ResponseHandleIndex', responseHead: 'ResponseHandleIndex' });
}

/** One that answers with the same members whether it succeeds or not. */
export function alike<Q extends Members, P extends Members>(id: number, request: Q, response: P): Rop<StructValue<Q>, StructValue<P>, StructValue<P>> {
  const both = struct(response);
  return { ...rop(id, request, both, () => both) };
}

export const nothing = {} as const;
