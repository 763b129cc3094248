import type { Directory } from '../directory/directory.ts';
import { attachmentId } from '../ids.ts';
import { copiedProperties } from '../items/version.ts';
import type { EmbeddedItem, Item, ItemDraft, Recipient } from '../items/item.ts';
import { sizeOfItem } from '../items/item-size.ts';
import { valueOf } from '../items/value-of.ts';
import type { MailboxSession } from '../session/mailbox-session.ts';
import type { Transport } from '../transport/transport.ts';
import { bodyTextOf } from './match.ts';
import type { RuleParty, RuleStep } from './rule.ts';

export interface RuleSurroundings {
  readonly directory: Directory;
  readonly transport: Transport;
}

type Manner = Extract<RuleStep, { readonly kind: 'forward' }>['manner'];

export const recipientsOf = (parties: readonly RuleParty[]): readonly Recipient[] => parties.map(({ name, address }) => ({ type: 'to', name: name || address, address, addressType: 'SMTP' }));

/** Nobody answers machines: RFC 3834 2, and PidTagAutoResponseSuppress. */
export function isMachineMade(item: Item): boolean {
  const headers = String(valueOf(item, 'PidTagTransportMessageHeaders') ?? '');
  return /^report\./i.test(item.itemClass) || /\.rules\.(oof|reply)template/i.test(item.itemClass) || Number(valueOf(item, 'PidTagAutoResponseSuppress') ?? 0) !== 0 ||
    valueOf(item, 'PidTagAutoForwarded') === true || /^(auto-submitted:(?!\s*no\b)|precedence:\s*(bulk|list|junk)|list-id:|x-auto-response-suppress:)/im.test(headers);
}

const subjectOf = (item: EmbeddedItem): string => String(valueOf(item, 'PidTagSubject') ?? '');
const base = { recipients: [], attachments: [], itemClass: 'IPM.Note', isRead: false, isAssociated: false } as const;

/** What was sent on by a rule is not sent on again: two mailboxes that forward to each other would never be done. */
export async function sendForwarded(session: MailboxSession, item: Item, to: readonly RuleParty[], manner: Manner, { transport }: RuleSurroundings): Promise<void> {
  if (valueOf(item, 'PidTagAutoForwarded') === true) return;
  if (manner === 'forwarded') return void (await session.send(await forwarded(item, session, to), {}));
  if (manner === 'attached') return void (await session.send(await attached(item, session, to), {}));
  const { owner } = session.mailbox;
  const content: ItemDraft = { ...item, properties: { ...copiedProperties(item.bag), PidTagAutoForwarded: true }, isRead: false, isAssociated: false };
  await transport.submit({ mailbox: session.mailbox, sender: owner, representing: owner, content, envelope: recipientsOf(to) });
}

/** The message below a short head, with its attachments. */
async function forwarded(item: Item, session: MailboxSession, to: readonly RuleParty[]): Promise<ItemDraft> {
  const original = await bodyTextOf(item);
  const head = `\r\n________________________________\r\nFrom: ${String(valueOf(item, 'PidTagSentRepresentingName') ?? '')}\r\nTo: ${String(valueOf(item, 'PidTagDisplayTo') ?? '')}\r\nSubject: ${subjectOf(item)}\r\n\r\n`;
  return {
    ...base, recipients: recipientsOf(to), attachments: item.attachments, body: { native: 'text', text: await session.keep(Buffer.from(head + original, 'utf8')) },
    properties: { PidTagSubject: `FW: ${subjectOf(item)}`, PidTagAutoForwarded: true },
  };
}

async function attached(item: Item, session: MailboxSession, to: readonly RuleParty[]): Promise<ItemDraft> {
  const { itemClass, recipients: people, attachments, body, mime, bag } = item;
  const whole: EmbeddedItem = { itemClass, recipients: people, attachments, body, mime, bag };
  return {
    ...base, recipients: recipientsOf(to), properties: { PidTagSubject: `FW: ${subjectOf(item)}`, PidTagAutoForwarded: true },
    attachments: [{ kind: 'item', id: attachmentId(1), name: subjectOf(item) || 'message', contentType: 'message/rfc822', isInline: false, lastModified: session.mailbox.clock.now(), size: sizeOfItem(whole, bag), item: whole }],
  };
}

interface ReplyOptions {
  readonly isOof: boolean;
  /** Else to the template's recipients alone. */
  readonly sendsToSender: boolean;
}

/** The template's text to who sent the message, and to whom the template names besides. */
export async function sendReply(session: MailboxSession, item: Item, template: Item, { isOof, sendsToSender }: ReplyOptions): Promise<void> {
  const address = String(valueOf(item, 'PidTagSentRepresentingSmtpAddress') ?? valueOf(item, 'PidTagSenderSmtpAddress') ?? '');
  const sender = recipientsOf([{ name: String(valueOf(item, 'PidTagSentRepresentingName') ?? address), address }]);
  const recipients = [...(sendsToSender ? sender : []), ...template.recipients];
  if (recipients.length === 0) return;
  await session.send({
    ...base, itemClass: isOof ? 'IPM.Note.Rules.OofTemplate.Microsoft' : 'IPM.Note.Rules.ReplyTemplate.Microsoft', recipients, body: template.body, attachments: template.attachments,
    properties: { PidTagSubject: subjectOf(template) || `RE: ${subjectOf(item)}`, PidTagAutoResponseSuppress: -1, PidTagInReplyToId: valueOf(item, 'PidTagInternetMessageId') },
  }, {});
}
