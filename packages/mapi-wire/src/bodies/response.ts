import { WireEncodeError } from '../errors.ts';
import { layout, type Layout, type LayoutValue } from '../layout/layout.ts';
import { u32 } from '../layout/numbers.ts';
import { blob } from '../layout/sequences.ts';
import { struct, type StructValue } from '../layout/struct.ts';

/** The last member of every body: what clients and servers tell each other aside, [MS-OXCRPC] 3.1.4.1.1. */
export const auxiliary: { readonly AuxiliaryBuffer: Layout<Uint8Array> } = { AuxiliaryBuffer: blob(u32) };
const failureTail = struct(auxiliary);

/** [MS-OXCMAPIHTTP] 2.2.4.1.3 and its like: a request that was not carried out at all. */
export interface FailureBody {
  /** Never 0. */
  readonly StatusCode: number;
  readonly AuxiliaryBuffer: Uint8Array;
}
/** An operation that was carried out, well or not: see ErrorCode. */
export type SuccessBody<M> = { readonly StatusCode: 0; readonly ErrorCode: number } & StructValue<M> & { readonly AuxiliaryBuffer: Uint8Array };
export type ResponseBody<M> = SuccessBody<M> | FailureBody;

/** Whether a response has what its request asked for. */
export const isSuccess = <R extends { readonly StatusCode: number }>(body: R): body is Extract<R, { readonly ErrorCode: number }> => body.StatusCode === 0;

/** A response in either form: StatusCode tells which. */
export function responseBody<M extends Readonly<Record<string, Layout<never> | Layout<unknown>>>>(members: M): Layout<ResponseBody<M>> {
  const tail = struct({ ErrorCode: u32, ...members, ...auxiliary }) as Layout<LayoutValue<typeof failureTail>>;
  return layout<ResponseBody<M>>(4 + failureTail.least, (reader, scope) => {
    const StatusCode = reader.u32();
    return { StatusCode, ...(StatusCode === 0 ? tail : failureTail).read(reader, scope) } as ResponseBody<M>;
  }, (writer, value, scope) => {
    const isFailure = value.StatusCode !== 0;
    if (isFailure && Object.keys(value).length > 2) throw new WireEncodeError('a failure says nothing but its status');
    u32.write(writer, value.StatusCode, scope);
    (isFailure ? failureTail : tail).write(writer, value, scope);
  });
}
