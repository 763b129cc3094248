import type { Item } from '../items/item.ts';
import type { MailboxSession } from '../session/mailbox-session.ts';

/** What was done with a message. */
export type AnswerVerb = 'reply' | 'replyAll' | 'forward';

/** PidTagLastVerbExecuted and the PidTagIconIndex that goes with it, [MS-OXOMSG] 2.2.1.10 and 2.2.1.13. */
const verbs: Readonly<Record<AnswerVerb, { readonly verb: number; readonly icon: number }>> = {
  reply: { verb: 102, icon: 0x105 }, replyAll: { verb: 103, icon: 0x105 }, forward: { verb: 104, icon: 0x106 },
};

/** The message has been answered. A reader who may not change it leaves no trace. */
export async function markAnswered(session: MailboxSession, original: Item, verb: AnswerVerb, now: number): Promise<void> {
  if (!(await session.itemRights(original)).modify) return;
  const { verb: PidTagLastVerbExecuted, icon: PidTagIconIndex } = verbs[verb];
  await session.updateItem(original.id, { properties: { PidTagLastVerbExecuted, PidTagLastVerbExecutionTime: now, PidTagIconIndex } });
}
