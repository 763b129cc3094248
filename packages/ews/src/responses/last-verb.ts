import { itemId, type Item, type MailboxSession, type Properties } from '@fauxchange/mailbox';
import { namedProperty, propertySets, type PropertyName } from '@fauxchange/properties';

export type ResponseVerb = 'ReplyToItem' | 'ReplyAllToItem' | 'ForwardItem';

/** PidTagLastVerbExecuted and the PidTagIconIndex that goes with it, [MS-OXOMSG] 2.2.1.10 and 2.2.1.13. */
const verbs: Readonly<Record<ResponseVerb, { readonly verb: number; readonly icon: number }>> = {
  ReplyToItem: { verb: 102, icon: 0x105 }, ReplyAllToItem: { verb: 103, icon: 0x105 }, ForwardItem: { verb: 104, icon: 0x106 },
};

/** A draft remembers what it answers until it is sent; Exchange keeps it under this name. */
const statusProperty: PropertyName = namedProperty(propertySets.PS_PUBLIC_STRINGS, 'ReplyForwardStatus', 'String').name;

export function rememberAnswer(verb: ResponseVerb, original: Item): Properties {
  return { [statusProperty]: `${verb} ${original.id}` };
}

/** The message has been answered. A reader who may not change it leaves no trace. */
export async function markAnswered(session: MailboxSession, original: Item, verb: ResponseVerb, now: number): Promise<void> {
  if (!(await session.itemRights(original)).modify) return;
  const { verb: PidTagLastVerbExecuted, icon: PidTagIconIndex } = verbs[verb];
  await session.updateItem(original.id, { properties: { PidTagLastVerbExecuted, PidTagLastVerbExecutionTime: now, PidTagIconIndex } });
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
    if (original && !(original instanceof Error)) await markAnswered(session, original, verb as ResponseVerb, now);
  };
}
