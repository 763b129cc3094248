import { defineCommand, emptyAnswer } from '../../command.ts';
import { SmartReplyRequest, SmartReplyResponse } from '../../schema/compose-mail.ts';
import { commonStatus, EasStatusError } from '../../errors.ts';
import { bareAnswer } from './bare-answer.ts';
import { draftOf } from './outgoing.ts';
import { sendAnswer } from './smart-answer.ts';
import { openSource } from './source.ts';

/** [MS-ASCMD] 2.2.1.20 SmartReply */
export const smartReply = defineCommand({
  request: SmartReplyRequest,
  response: SmartReplyResponse,
  handleRaw: bareAnswer(false),
}, async ({ ClientId, AccountId, SaveInSentItems, Source, ReplaceMime, Mime }, context) => {
  if (Mime === undefined) throw new EasStatusError(commonStatus.InvalidXML, 'An answer has a message.');
  const original = await openSource(Source, context);
  await sendAnswer({ isForward: false, original, draft: await draftOf(Mime, context), isWhole: ReplaceMime === true, isSaved: SaveInSentItems === true, ClientId, AccountId }, context);
  return emptyAnswer;
});
