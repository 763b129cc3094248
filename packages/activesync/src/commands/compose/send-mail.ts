import { defineCommand, emptyAnswer, type BareAnswer } from '../../command.ts';
import type { CommandContext } from '../../context.ts';
import { SendMailRequest, SendMailResponse } from '../../schema/compose-mail.ts';
import { draftOf, isBare, sendOnce, sentItems, type Sending } from './outgoing.ts';

/** [MS-ASCMD] 2.2.1.17 SendMail: until 12.1 the body is the message; nothing is answered when it went. */
export const sendMail = defineCommand({
  request: SendMailRequest,
  response: SendMailResponse,
  handleRaw: async (body, context) => (isBare(context) ? send(body, { isSaved: context.line.saveInSent }, context) : undefined),
}, ({ Mime, ClientId, AccountId, SaveInSentItems }, context) => send(Mime, { ClientId, AccountId, isSaved: SaveInSentItems === true }, context));

async function send(mime: string | Uint8Array, sending: Sending, context: CommandContext): Promise<BareAnswer> {
  await sendOnce(sending, context, async () => {
    await context.session.send(await draftOf(mime, context), { saveIn: await sentItems(sending, context) });
  });
  return emptyAnswer;
}
