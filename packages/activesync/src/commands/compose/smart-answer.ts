import {
  attachmentId, forwardMeeting, htmlOfBody, inConversation, isMeeting, isOccurrence, itemAsAttachment, keptAttachments, markAnswered, meetingKindOf, messageFlags, quotedHeaderOf, textOfBody, valueOf, zoneOfMailbox,
  type AnswerVerb, type Item, type ItemBody, type ItemDraft,
} from '@fauxchange/mailbox';
import { quoteHtml, quoteText } from '@fauxchange/mime';
import type { CommandContext } from '../../context.ts';
import { commonStatus, EasStatusError } from '../../errors.ts';
import { sendOnce, sentItems, type Sending } from './outgoing.ts';

/** An answer or a forward as it is asked for. */
export interface SmartAnswer extends Sending {
  readonly isForward: boolean;
  readonly original: Item;
  /** The words and recipients of the client. */
  readonly draft: ItemDraft;
  /** What the client sends is all: nothing of the original is added. */
  readonly isWhole: boolean;
}

const isMail = (itemClass: string): boolean => /^(ipm\.(note|post|schedule)|report\.)/i.test(itemClass);

/** Sends it with what it adds of the original, and marks the original. @throws EasStatusError 117 for what has nobody to answer to */
export async function sendAnswer(answer: SmartAnswer, context: CommandContext): Promise<void> {
  const { isForward, original, draft } = answer;
  const { session, clock } = context;
  if (!isForward && (Number(valueOf(original, 'PidTagMessageFlags') ?? 0) & messageFlags.unsent) !== 0 && isMail(original.itemClass)) throw new EasStatusError(commonStatus.MessageReplyNotAllowed, 'A draft has nobody to answer to.');
  await sendOnce(answer, context, async () => {
    const saveIn = await sentItems(answer, context);
    const whole = answer.isWhole ? inThread(draft, original, context) : await withOriginal(answer, context);
    if (isForward && isInvitation(original)) await forwardMeeting(session, original, whole, { saveIn });
    else await session.send(whole, { saveIn });
  });
  if (!isOccurrence(original)) await markAnswered(session, original, verbOf(answer), clock.now());
}

/** A request, or an appointment that others are invited to, is forwarded so that it can be accepted. */
const isInvitation = (item: Item): boolean => meetingKindOf(item.itemClass) === 'request' || (/^ipm\.appointment/i.test(item.itemClass) && isMeeting(item));

function inThread(draft: ItemDraft, original: Item, { clock, ids }: CommandContext): ItemDraft {
  if (!isMail(original.itemClass)) return draft;
  const { PidTagInReplyToId, PidTagInternetReferences } = draft.properties;
  const said = { ...(PidTagInReplyToId !== undefined && { PidTagInReplyToId }), ...(PidTagInternetReferences !== undefined && { PidTagInternetReferences }) };
  return { ...draft, properties: { ...draft.properties, ...inConversation(original, clock.now(), ids), ...said } };
}

/** New words first, then the original: quoted when it is mail, else attached, [MS-ASCMD] 2.2.1.19 and 2.2.1.20. */
async function withOriginal({ isForward, original, draft }: SmartAnswer, context: CommandContext): Promise<ItemDraft> {
  const threaded = inThread(draft, original, context);
  const isQuoted = isMail(original.itemClass) || isInvitation(original) || !isForward;
  const native = draft.body?.native ?? original.body?.native;
  const isHtml = native === 'html';
  const body = isQuoted ? await quotedBody(draft, original, isHtml, context) : draft.body;
  const kept = isQuoted ? keptAttachments(isForward, original, isHtml) : [itemAsAttachment(original, context.clock.now())];
  const attachments = [...draft.attachments, ...kept.filter(({ isException }) => !isException)].map((one, index) => ({ ...one, id: attachmentId(index) }));
  return { ...threaded, body, attachments, mime: undefined };
}

async function quotedBody(draft: ItemDraft, original: Item, isHtml: boolean, { session }: CommandContext): Promise<ItemBody> {
  const zone = await zoneOfMailbox(session);
  const header = quotedHeaderOf(original, (time) => time + (zone?.offsetAt(time) ?? 0) * 60_000);
  if (isHtml) return { native: 'html', html: await session.keep(Buffer.from(quoteHtml((await htmlOfBody(draft)) ?? '', header, (await htmlOfBody(original)) ?? ''))) };
  return { native: 'text', text: await session.keep(Buffer.from(quoteText((await textOfBody(draft)) ?? '', header, (await textOfBody(original)) ?? ''))) };
}

/** An answer that goes to more than one was one to all: nothing else says so. */
function verbOf({ isForward, draft }: SmartAnswer): AnswerVerb {
  if (isForward) return 'forward';
  return draft.recipients.length > 1 ? 'replyAll' : 'reply';
}
