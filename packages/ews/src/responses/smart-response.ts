import { attachmentId, htmlOfBody, localTime, messageFlags, textOfBody, valueOf, type Attachment, type EmbeddedItem, type Item, type ItemDraft } from '@fauxchange/mailbox';
import { quoteHtml, quoteText, type QuotedHeader } from '@fauxchange/mime';
import type { EwsContext } from '../context.ts';
import { EwsError } from '../errors.ts';
import { kindOfClass } from '../mapping/item-kind.ts';
import { draftOf, gather } from '../mapping/item-write.ts';
import type { BodyType, MessageType, SmartResponseType } from '../schema/types.generated.ts';
import type { ResponseVerb } from './last-verb.ts';
import { answerRecipients, personOf } from './recipients.ts';
import { inConversation, prefixed, type Reference } from './reference.ts';

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
  Object.assign(target.properties, { ...prefixed(prefix, item), ...inConversation(item, context), PidTagSensitivity: valueOf(item, 'PidTagSensitivity') }, { ...target.properties });
  const chosen = answerRecipients(verb, item, context);
  target.recipients.to ??= chosen.to;
  target.recipients.cc ??= chosen.cc;
  const isQuoted = quotable.has(kindOfClass(item.itemClass));
  if (target.body === undefined) target.body = await answerBody(NewBodyContent, reference, isQuoted, context);
  const draft = await draftOf(target, reference.session);
  const kept = isQuoted ? keptAttachments(verb, item, target.body !== 'none' && target.body?.type === 'HTML') : [attached(item, context)];
  return { ...draft, attachments: [...draft.attachments, ...kept].map((one, index) => ({ ...one, id: attachmentId(index + 1) })) };
}

/** A forward takes everything along; an answer only the pictures that the quoted HTML shows. */
function keptAttachments(verb: ResponseVerb, { attachments }: Item, isHtml: boolean): readonly Attachment[] {
  return verb === 'ForwardItem' ? attachments : attachments.filter(({ isInline }) => isInline && isHtml);
}

/** What is no mail is forwarded as an attachment. */
function attached(item: Item, { clock }: EwsContext): Attachment {
  const { itemClass, recipients, attachments, body, bag } = item;
  const embedded: EmbeddedItem = { itemClass, recipients, attachments, body, bag };
  const name = String(valueOf(item, 'PidTagSubject') ?? '') || 'Untitled';
  return { id: attachmentId(1), kind: 'item', name, contentType: 'message/rfc822', isInline: false, lastModified: clock.now(), size: Number(valueOf(item, 'PidTagMessageSize') ?? 0), item: embedded };
}

/** New words first, in the form in which they come; without any, in the form of the original. */
async function answerBody(added: BodyType | undefined, { item }: Reference, isQuoted: boolean, context: EwsContext): Promise<{ type: 'HTML' | 'Text'; content: string } | undefined> {
  if (!isQuoted) return added && { type: added.BodyType, content: added.$ };
  const type = added?.BodyType ?? (item.body?.native === 'html' ? 'HTML' : 'Text');
  const header = headerOf(item, context);
  const content = type === 'HTML' ? quoteHtml(added?.$ ?? '', header, (await htmlOfBody(item)) ?? '') : quoteText(added?.$ ?? '', header, (await textOfBody(item)) ?? '');
  return { type, content };
}

function headerOf(item: Item, { localOffset }: EwsContext): QuotedHeader {
  const from = personOf(item, 'PidTagSentRepresenting') ?? personOf(item, 'PidTagSender');
  const sent = Number(valueOf(item, 'PidTagClientSubmitTime') ?? valueOf(item, 'PidTagMessageDeliveryTime') ?? 0);
  const text = (name: 'PidTagDisplayTo' | 'PidTagDisplayCc' | 'PidTagSubject'): string => String(valueOf(item, name) ?? '');
  return { from: from?.name ?? '', fromAddress: from?.address ?? '', sent: longTime(localTime(sent, localOffset)), to: text('PidTagDisplayTo'), cc: text('PidTagDisplayCc'), subject: text('PidTagSubject') };
}

/** `Monday, January 5, 2026 9:00 AM`, of a local time as if it were UTC. */
export function longTime(local: number): string {
  const parts = (options: Intl.DateTimeFormatOptions): string => new Intl.DateTimeFormat('en-US', { timeZone: 'UTC', ...options }).format(local).replaceAll('\u202f', ' ');
  return `${parts({ weekday: 'long', year: 'numeric', month: 'long', day: 'numeric' })} ${parts({ hour: 'numeric', minute: '2-digit' })}`;
}
