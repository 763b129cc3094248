import { meetingKindOf, prefixedSubject, type Item, type ItemDraft, type Recipient } from '@fauxchange/mailbox';
import type { ValueOf } from '@fauxchange/wbxml';
import { defineCommand, emptyAnswer } from '../../command.ts';
import type { CommandContext } from '../../context.ts';
import { commonStatus, EasStatusError } from '../../errors.ts';
import { decodeBody } from '../../mapping/body.ts';
import { SmartForwardRequest, SmartForwardResponse } from '../../schema/compose-mail.ts';
import { bareAnswer } from './bare-answer.ts';
import { draftOf } from './outgoing.ts';
import { sendAnswer } from './smart-answer.ts';
import { openSource } from './source.ts';

type Request = ValueOf<typeof SmartForwardRequest>;

/** [MS-ASCMD] 2.2.1.19 SmartForward: a message as MIME, or since 16.0 a meeting to people that are named. */
export const smartForward = defineCommand({
  request: SmartForwardRequest,
  response: SmartForwardResponse,
  handleRaw: bareAnswer(true),
}, async (request, context) => {
  const { ClientId, AccountId, SaveInSentItems, Source, ReplaceMime } = request;
  const original = await openSource(Source, context);
  const draft = await forwardDraft(request, original, context);
  await sendAnswer({ isForward: true, original, draft, isWhole: ReplaceMime === true, isSaved: SaveInSentItems === true, ClientId, AccountId }, context);
  return emptyAnswer;
});

/** Forwardees are for meetings and exclude a message, [MS-ASCMD] 2.2.2: 179. */
async function forwardDraft({ Mime, Forwardees, 'AirSyncBase:Body': body }: Request, original: Item, context: CommandContext): Promise<ItemDraft> {
  const isOfMeeting = /^ipm\.appointment/i.test(original.itemClass) || meetingKindOf(original.itemClass) !== undefined;
  if ((Forwardees || body) && (Mime !== undefined || !isOfMeeting)) throw new EasStatusError(commonStatus.InvalidSmartForwardParameters, 'Forwardees and Body are for meetings, and instead of MIME.');
  if (Mime !== undefined) return draftOf(Mime, context);
  if (!Forwardees) throw new EasStatusError(commonStatus.InvalidXML, 'A forward has a message or forwardees.');
  const recipients = Forwardees.map(({ ForwardeeEmail, ForwardeeName }): Recipient => ({ type: 'to', name: ForwardeeName ?? ForwardeeEmail, address: ForwardeeEmail, addressType: 'SMTP' }));
  const words = body && (await decodeBody({ 'AirSyncBase:Body': body }, context.session));
  return { itemClass: 'IPM.Note', properties: prefixedSubject('FW: ', original), recipients, attachments: [], body: words === 'none' ? undefined : words, isRead: true, isAssociated: false };
}
