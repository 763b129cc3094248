import { escapeAttribute, escapeText, rawXml } from '@fauxchange/xml';
import type { EwsContext } from './context.ts';
import { asEwsError, batchStoppingCodes, EwsError } from './errors.ts';
import type { ArrayOfResponseMessagesType, ResponseMessageType } from './schema/types.generated.ts';

type Gate = Pick<EwsContext, 'beforeEntry'>;

/** The response messages by their elements. */
export type Messages = { readonly [M in ArrayOfResponseMessagesType[number] as M[0]]: M[1] };

/** The head of a response message that tells of success. */
export const success: { readonly ResponseClass: 'Success'; readonly ResponseCode: 'NoError' } = { ResponseClass: 'Success', ResponseCode: 'NoError' };

/** The head of a response message that tells of an error. */
export function failure(error: EwsError): ResponseMessageType {
  return { ResponseClass: 'Error', MessageText: error.message, ResponseCode: error.code, DescriptiveLinkKey: 0, MessageXml: messageXml(error) };
}

/** As `failure`, of a warning. */
export function warning(error: EwsError): ResponseMessageType {
  return { ...failure(error), ResponseClass: 'Warning' };
}

const batchStopped: ResponseMessageType = { ...failure(new EwsError('ErrorBatchProcessingStopped')), ResponseClass: 'Warning' };

/**
 * Answers every entry of a batch in the order asked. An entry that fails gets its error and its neighbours go on; after
 * an error that would befall the rest too, the rest is answered ErrorBatchProcessingStopped.
 * An empty batch, which some schemas allow, has no answer that they allow: ErrorInvalidRequest.
 * @param context Lets throttling and fault rules stop the batch before each entry.
 * @param empty What an error message must still carry (`Items: []`).
 */
export async function forEachEntry<Entry, Name extends keyof Messages>(
  context: Gate,
  name: Name,
  entries: readonly Entry[],
  empty: (head: ResponseMessageType) => Messages[Name],
  answer: (entry: Entry) => Promise<Messages[Name]>,
): Promise<(readonly [Name, Messages[Name]])[]> {
  if (entries.length === 0) throw new EwsError('ErrorInvalidRequest');
  const messages: (readonly [Name, Messages[Name]])[] = [];
  let isStopped = false;
  for (const entry of entries) {
    if (isStopped) {
      messages.push([name, empty(batchStopped)]);
      continue;
    }
    try {
      context.beforeEntry();
      messages.push([name, await answer(entry)]);
    } catch (thrown) {
      const error = asEwsError(thrown);
      if (!error) throw thrown;
      isStopped = batchStoppingCodes.has(error.code) && entries.length > 1;
      messages.push([name, empty(failure(error))]);
    }
  }
  return messages;
}

/** The answer of an operation whose response is its only message. */
export function answerAlone<Message>(context: Gate, empty: (head: ResponseMessageType) => NoInfer<Message>, answer: () => NoInfer<Message> | Promise<NoInfer<Message>>): Promise<Message> {
  return attempt<Message>(empty, () => {
    context.beforeEntry();
    return answer();
  });
}

/** A message, or the one that tells why there is none. */
export async function attempt<Message>(empty: (head: ResponseMessageType) => NoInfer<Message>, answer: () => NoInfer<Message> | Promise<NoInfer<Message>>): Promise<Message> {
  try {
    return await answer();
  } catch (thrown) {
    const error = asEwsError(thrown);
    if (!error) throw thrown;
    return empty(failure(error));
  }
}

/** The content of MessageXml: the schema leaves it open, the elements are those of the types namespace. */
export function messageXml(error: EwsError): ReturnType<typeof rawXml> | undefined {
  const { values, paths } = error.details ?? {};
  if (!values && !paths) return undefined;
  const attributesOf = (attributes: Readonly<Record<string, string>>): string =>
    Object.entries(attributes).map(([key, value]) => ` ${key}="${escapeAttribute(value)}"`).join('');
  return rawXml(
    (paths ?? []).map(([name, attributes]) => `<t:${name}${attributesOf(attributes)}/>`).join('') +
      Object.entries(values ?? {}).map(([name, value]) => `<t:Value Name="${escapeAttribute(name)}">${escapeText(value)}</t:Value>`).join(''),
  );
}
