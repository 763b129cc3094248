import type { EwsContext } from './context.ts';
import type { OperationTypes } from './schema/operation-types.generated.ts';

export type OperationName = keyof OperationTypes;
export type Request<N extends OperationName, Side extends 'request' | 'response' = 'request'> = OperationTypes[N][Side];

/** One operation: semantics only; its schema is generated. */
export interface Operation<N extends OperationName = OperationName> {
  readonly name: N;
  /** Undefined: everything was already written to `context.stream`. */
  handle(request: OperationTypes[N]['request'], context: EwsContext): Promise<OperationTypes[N]['response'] | undefined>;
}

/**
 * Declares the handler of an operation.
 *
 * @example
 * export const unsubscribe: Operation<'Unsubscribe'> = defineOperation('Unsubscribe', async ({ SubscriptionId }, context) => {
 *   context.subscriptions.remove(SubscriptionId, context.caller);
 *   return { ResponseMessages: [['UnsubscribeResponseMessage', success]] };
 * });
 */
export function defineOperation<N extends OperationName>(
  name: N,
  handle: (request: OperationTypes[N]['request'], context: EwsContext) => Promise<NoInfer<OperationTypes[N]['response']> | undefined>,
): Operation<N> {
  return { name, handle };
}
