import { itemId, markAnswered, type AnswerVerb, type Item, type MailboxSession, type Properties } from '@fauxchange/mailbox';
import { namedProperty, propertySets, type PropertyName } from '@fauxchange/properties';

export type ResponseVerb = 'ReplyToItem' | 'ReplyAllToItem' | 'ForwardItem';

const verbs: Readonly<Record<ResponseVerb, AnswerVerb>> = { ReplyToItem: 'reply', ReplyAllToItem: 'replyAll', ForwardItem: 'forward' };

/** The message has been answered so. */
export const markResponded = (session: MailboxSession, original: Item, verb: ResponseVerb, now: number): Promise<void> => markAnswered(session, original, verbs[verb], now);

/** A draft remembers what it answers until it is sent; Exchange keeps it under this name. */
const statusProperty: PropertyName = namedProperty(propertySets.PS_PUBLIC_STRINGS, 'ReplyForwardStatus', 'String').name;

export function rememberAnswer(verb: ResponseVerb, original: Item): Properties {
  return { [statusProperty]: `${verb} ${original.id}` };
}

/**
 * What is to be done once the draft has been sent: what it answers is marked. The draft forgets it first, so that
 * nobody receives it.
 */
export async function forgetAnswer(session: MailboxSession, draft: Item, now: number): Promise<() => Promise<void>> {
  const status = draft.bag.get(statusProperty);
  const [, verb, id] = /^(\w+) (\d+)$/.exec(String(status ?? '')) ?? [];
  if (status === undefined) return () => Promise.resolve();
  await session.updateItem(draft.id, { properties: { [statusProperty]: undefined } });
  return async () => {
    if (verb === undefined || !(verb in verbs)) return;
    const [original] = await session.items([itemId(Number(id))]);
    if (original && !(original instanceof Error)) await markResponded(session, original, verb as ResponseVerb, now);
  };
}
