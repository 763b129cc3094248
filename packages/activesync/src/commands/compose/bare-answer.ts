import { emptyAnswer, type Command } from '../../command.ts';
import type { CommandContext } from '../../context.ts';
import type { Source } from '../../schema/compose-mail.ts';
import { draftOf, isBare } from './outgoing.ts';
import { sendAnswer } from './smart-answer.ts';
import { openSource } from './source.ts';

/** What the query string names. */
const sourceOfLine = ({ line }: CommandContext): Source => ({ FolderId: line.longId === undefined ? line.collectionId : undefined, ItemId: line.longId === undefined ? line.itemId : undefined, LongId: line.longId, InstanceId: line.occurrence });

/** SmartReply and SmartForward until 12.1, [MS-ASHTTP] 2.2.1.1.1.2: the body is the message, the query string names the original. */
export function bareAnswer(isForward: boolean): NonNullable<Command['handleRaw']> {
  return async (body, context) => {
    if (!isBare(context)) return undefined;
    const original = await openSource(sourceOfLine(context), context);
    await sendAnswer({ isForward, original, draft: await draftOf(body, context), isWhole: false, isSaved: context.line.saveInSent }, context);
    return emptyAnswer;
  };
}
