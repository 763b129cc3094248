import { defineCommand, emptyAnswer } from '../../command.ts';
import type { CommandContext } from '../../context.ts';
import { SmartReplyRequest, SmartReplyResponse, type Source } from '../../schema/compose-mail.ts';
import { commonStatus, EasStatusError } from '../../errors.ts';
import { draftOf, isBare } from './outgoing.ts';
import { sendAnswer } from './smart-answer.ts';
import { openSource } from './source.ts';

/** What the query string names until 12.1. */
export const sourceOfLine = ({ line }: CommandContext): Source => ({ FolderId: line.longId === undefined ? line.collectionId : undefined, ItemId: line.longId === undefined ? line.itemId : undefined, LongId: line.longId, InstanceId: line.occurrence });

/** [MS-ASCMD] 2.2.1.20 SmartReply */
export const smartReply = defineCommand({
  request: SmartReplyRequest,
  response: SmartReplyResponse,
  handleRaw: async (body, context) => {
    if (!isBare(context)) return undefined;
    const original = await openSource(sourceOfLine(context), context);
    await sendAnswer({ isForward: false, original, draft: await draftOf(body, context), isWhole: false, isSaved: context.line.saveInSent }, context);
    return emptyAnswer;
  },
}, async ({ ClientId, AccountId, SaveInSentItems, Source, ReplaceMime, Mime }, context) => {
  if (Mime === undefined) throw new EasStatusError(commonStatus.InvalidXML, 'An answer has a message.');
  const original = await openSource(Source, context);
  await sendAnswer({ isForward: false, original, draft: await draftOf(Mime, context), isWhole: ReplaceMime === true, isSaved: SaveInSentItems === true, ClientId, AccountId }, context);
  return emptyAnswer;
});
