import { attachmentId, htmlOfBody, inConversation, itemAsAttachment, keptAttachments, localTime, messageFlags, prefixedSubject, quotedHeaderOf, textOfBody, valueOf, type Item, type ItemDraft } from '@fauxchange/mailbox';
import { quoteHtml, quoteText } from '@fauxchange/mime';
import type { EwsContext } from '../context.ts';
import { EwsError } from '../errors.ts';
import { kindOfClass } from '../mapping/item-kind.ts';
import { draftOf, gather } from '../mapping/item-write.ts';
import type { BodyType, MessageType, SmartResponseType } from '../schema/types.generated.ts';
import type { ResponseVerb } from './last-verb.ts';
import { answerRecipients } from './recipients.ts';
import type { Reference } from './reference.ts';

const quotable: ReadonlySet<string> = new Set(['Message', 'PostItem', 'MeetingMessage', 'MeetingRequest', 'MeetingResponse', 'MeetingCancellation']);

/** Checks that the item may be answered so; ErrorInvalidReferenceItem: drafts have nobody to answer to, and contacts are nobody's words. */
export function checkAnswerable(verb: ResponseVerb, item: Item): void {
  const isDraft = (Number(valueOf(item, 'PidTagMessageFlags') ?? 0) & messageFlags.unsent) !== 0;
  if (verb !== 'ForwardItem' && (!quotable.has(kindOfClass(item.itemClass)) || isDraft)) throw new EwsError('ErrorInvalidReferenceItem');
}

/** The message that a ReplyToItem, ReplyAllToItem or ForwardItem stands for. @see [MS-OXWSCDATA] 2.2.4.72 SmartResponseType */
export async function answerDraft(verb: ResponseVerb, sent: SmartResponseType, reference: Reference, context: EwsContext): Promise<ItemDraft> {
  const { item } = reference;
  checkAnswerable(verb, item);
  const { ReferenceItemId: _, NewBodyContent, ...fields } = sent;
  const target = gather(fields as MessageType, 'Message', context);
  const prefix = verb === 'ForwardItem' ? 'FW: ' : 'RE: ';
  Object.assign(target.properties, { ...prefixedSubject(prefix, item), ...inConversation(item, context.clock.now(), context.ids), PidTagSensitivity: valueOf(item, 'PidTagSensitivity') }, { ...target.properties });
  const chosen = answerRecipients(verb, item, context);
  target.recipients.to ??= chosen.to;
  target.recipients.cc ??= chosen.cc;
  const isQuoted = quotable.has(kindOfClass(item.itemClass));
  if (target.body === undefined) target.body = await answerBody(NewBodyContent, reference, isQuoted, context);
  const draft = await draftOf(target, reference.session);
  const kept = isQuoted ? keptAttachments(verb === 'ForwardItem', item, target.body !== 'none' && target.body?.type === 'HTML') : [itemAsAttachment(item, context.clock.now())];
  return { ...draft, attachments: [...draft.attachments, ...kept].map((one, index) => ({ ...one, id: attachmentId(index + 1) })) };
}

/** New words first, in the form in which they come; without any, in the form of the original. */
async function answerBody(added: BodyType | undefined, { item }: Reference, isQuoted: boolean, context: EwsContext): Promise<{ type: 'HTML' | 'Text'; content: string } | undefined> {
  if (!isQuoted) return added && { type: added.BodyType, content: added.$ };
  const type = added?.BodyType ?? (item.body?.native === 'html' ? 'HTML' : 'Text');
  const header = quotedHeaderOf(item, (time) => localTime(time, context.localOffset));
  const content = type === 'HTML' ? quoteHtml(added?.$ ?? '', header, (await htmlOfBody(item)) ?? '') : quoteText(added?.$ ?? '', header, (await textOfBody(item)) ?? '');
  return { type, content };
}
