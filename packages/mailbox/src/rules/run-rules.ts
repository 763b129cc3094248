import type { Directory } from '../directory/directory.ts';
import { MailboxError } from '../errors.ts';
import { attachmentId } from '../ids.ts';
import { copiedProperties } from '../items/version.ts';
import type { EmbeddedItem, Item, ItemDraft, Properties, Recipient } from '../items/item.ts';
import { sizeOfItem } from '../items/item-size.ts';
import { valueOf } from '../items/value-of.ts';
import type { Mailbox } from '../mailbox.ts';
import type { MailboxSession } from '../session/mailbox-session.ts';
import type { Transport } from '../transport/transport.ts';
import { bodyTextOf, matches, ruleSubject } from './match.ts';
import type { InboxRule, RuleActions, RuleParty } from './rule.ts';
import { inboxRules, markRuleInError } from './rule-store.ts';

export interface RuleSurroundings {
  readonly directory: Directory;
  readonly transport: Transport;
}

/** Runs the mailbox's rules over a message that has just arrived; the message where it is afterwards, undefined if it is gone. */
export async function runInboxRules(mailbox: Mailbox, arrived: Item, surroundings: RuleSurroundings): Promise<Item | undefined> {
  const session = mailbox.openAsSystem();
  const rules = (await inboxRules(session)).filter(({ isEnabled, isInError }) => isEnabled && !isInError);
  if (rules.length === 0) return arrived;
  const smtpOf = (address: string, type: string): string => (type.toUpperCase() === 'EX' ? (surroundings.directory.byLegacyDN(address)?.primarySmtpAddress ?? address) : address).toLowerCase();
  // All rules judge the message as it arrived, whatever an earlier one did with it.
  const subject = await ruleSubject(arrived, mailbox.owner, smtpOf);
  let item: Item | undefined = arrived;
  for (const rule of rules) {
    if (!matches(rule.conditions, rule.exceptions, subject)) continue;
    item = await perform(rule, item, arrived, session, surroundings);
    if (rule.actions.stops || item === undefined) break;
  }
  return item;
}

async function perform(rule: InboxRule, item: Item, arrived: Item, session: MailboxSession, surroundings: RuleSurroundings): Promise<Item | undefined> {
  const { actions } = rule;
  try {
    await sendOn(actions, arrived, session, surroundings);
    return await putAway(actions, await mark(actions, item, session), session);
  } catch (error) {
    if (!(error instanceof MailboxError)) throw error;
    await markRuleInError(session, rule.id);
    return item;
  }
}

async function mark({ categories, importance, isMarkedAsRead }: RuleActions, item: Item, session: MailboxSession): Promise<Item> {
  if (categories === undefined && importance === undefined && !isMarkedAsRead) return item;
  const own = (valueOf(item, 'PidNameKeywords') as readonly string[] | undefined) ?? [];
  const properties: Properties = { ...(categories && { PidNameKeywords: [...new Set([...own, ...categories])] }), ...(importance !== undefined && { PidTagImportance: importance }) };
  return session.updateItem(item.id, { ...(Object.keys(properties).length > 0 && { properties }), ...(isMarkedAsRead && { isRead: true }) });
}

async function putAway({ copyTo, moveTo, isDeleted, isPermanentlyDeleted }: RuleActions, item: Item, session: MailboxSession): Promise<Item | undefined> {
  if (copyTo !== undefined) one(await session.copyItems([item.id], { session, folderId: copyTo }));
  if (isPermanentlyDeleted) return one(await session.removeItems([item.id], 'soft')) && undefined;
  if (isDeleted) return one(await session.removeItems([item.id], 'moveToDeletedItems'));
  return moveTo === undefined || moveTo === item.folderId ? item : one(await session.moveItems([item.id], { session, folderId: moveTo }));
}

function one<T>([result]: readonly (T | MailboxError)[]): T {
  if (result instanceof MailboxError) throw result;
  return result as T;
}

const recipients = (parties: readonly RuleParty[]): readonly Recipient[] => parties.map(({ name, address }) => ({ type: 'to', name: name || address, address, addressType: 'SMTP' }));

/** What was sent on by a rule is not sent on again: two mailboxes that forward to each other would never be done. */
async function sendOn({ forwardTo, forwardAsAttachmentTo, redirectTo, replyWith }: RuleActions, item: Item, session: MailboxSession, { transport }: RuleSurroundings): Promise<void> {
  if (valueOf(item, 'PidTagAutoForwarded') === true) return;
  if (forwardTo) await session.send(await forwarded(item, session, forwardTo), {});
  if (forwardAsAttachmentTo) await session.send(await attached(item, session, forwardAsAttachmentTo), {});
  if (redirectTo) {
    const { owner } = session.mailbox;
    const content: ItemDraft = { ...item, properties: { ...copiedProperties(item.bag), PidTagAutoForwarded: true }, isRead: false, isAssociated: false };
    await transport.submit({ mailbox: session.mailbox, sender: owner, representing: owner, content, envelope: recipients(redirectTo) });
  }
  if (replyWith !== undefined && !suppressesReplies(item)) {
    const [template] = await session.items([replyWith]);
    if (template instanceof MailboxError || template === undefined) throw template ?? new MailboxError('ItemNotFound', 'The template of the rule is gone.');
    await session.send(reply(item, template), {});
  }
}

/** Nobody answers machines: RFC 3834 2, and PidTagAutoResponseSuppress. */
export function suppressesReplies(item: Item): boolean {
  const headers = String(valueOf(item, 'PidTagTransportMessageHeaders') ?? '');
  return /^report\./i.test(item.itemClass) || /\.rules\.(oof|reply)template/i.test(item.itemClass) || Number(valueOf(item, 'PidTagAutoResponseSuppress') ?? 0) !== 0 ||
    valueOf(item, 'PidTagAutoForwarded') === true || /^(auto-submitted:(?!\s*no\b)|precedence:\s*(bulk|list|junk)|list-id:|x-auto-response-suppress:)/im.test(headers);
}

const subjectOf = (item: EmbeddedItem): string => String(valueOf(item, 'PidTagSubject') ?? '');
const base = { recipients: [], attachments: [], itemClass: 'IPM.Note', isRead: false, isAssociated: false } as const;

/** The message below a short head, with its attachments. */
async function forwarded(item: Item, session: MailboxSession, to: readonly RuleParty[]): Promise<ItemDraft> {
  const original = await bodyTextOf(item);
  const head = `\r\n________________________________\r\nFrom: ${String(valueOf(item, 'PidTagSentRepresentingName') ?? '')}\r\nTo: ${String(valueOf(item, 'PidTagDisplayTo') ?? '')}\r\nSubject: ${subjectOf(item)}\r\n\r\n`;
  return {
    ...base, recipients: recipients(to), attachments: item.attachments, body: { native: 'text', text: await session.keep(Buffer.from(head + original, 'utf8')) },
    properties: { PidTagSubject: `FW: ${subjectOf(item)}`, PidTagAutoForwarded: true },
  };
}

async function attached(item: Item, session: MailboxSession, to: readonly RuleParty[]): Promise<ItemDraft> {
  const { itemClass, recipients: people, attachments, body, mime, bag } = item;
  const whole: EmbeddedItem = { itemClass, recipients: people, attachments, body, mime, bag };
  return {
    ...base, recipients: recipients(to), properties: { PidTagSubject: `FW: ${subjectOf(item)}`, PidTagAutoForwarded: true },
    attachments: [{ kind: 'item', id: attachmentId(1), name: subjectOf(item) || 'message', contentType: 'message/rfc822', isInline: false, lastModified: session.mailbox.clock.now(), size: sizeOfItem(whole, bag), item: whole }],
  };
}

function reply(item: Item, template: Item): ItemDraft {
  const address = String(valueOf(item, 'PidTagSentRepresentingSmtpAddress') ?? valueOf(item, 'PidTagSenderSmtpAddress') ?? '');
  return {
    ...base, itemClass: 'IPM.Note.Rules.ReplyTemplate.Microsoft', recipients: recipients([{ name: String(valueOf(item, 'PidTagSentRepresentingName') ?? address), address }]), body: template.body, attachments: template.attachments,
    properties: { PidTagSubject: subjectOf(template) || `RE: ${subjectOf(item)}`, PidTagAutoResponseSuppress: -1, PidTagInReplyToId: valueOf(item, 'PidTagInternetMessageId') },
  };
}
