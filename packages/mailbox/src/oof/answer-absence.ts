import { htmlToText } from '@fauxchange/mime';
import type { Directory } from '../directory/directory.ts';
import type { Item, ItemBody, ItemDraft } from '../items/item.ts';
import { valueOf } from '../items/value-of.ts';
import type { Mailbox } from '../mailbox.ts';
import { isMachineMade } from '../rules/rule-mail.ts';
import type { MailboxSession } from '../session/mailbox-session.ts';
import { isAway, oofSettings, rememberAnswered } from './oof-settings.ts';

/**
 * Answers a message that has just arrived while its receiver is away: once to each sender until the settings change, only
 * what was addressed to the receiver by name, and no machine ([MS-OXWOOF] 1.3, RFC 3834 2).
 */
export async function answerAbsence(mailbox: Mailbox, arrived: Item, directory: Directory): Promise<void> {
  const session = mailbox.openAsSystem();
  const settings = await oofSettings(session);
  if (!isAway(settings, mailbox.clock.now()) || isMachineMade(arrived) || valueOf(arrived, 'PidTagMessageRecipientMe') !== true) return;
  const address = String(valueOf(arrived, 'PidTagSentRepresentingSmtpAddress') ?? valueOf(arrived, 'PidTagSenderSmtpAddress') ?? '').toLowerCase();
  if (address === '' || mailbox.owner.proxyAddresses.includes(address)) return;
  const sender = directory.byAddress(address);
  const isInternal = sender !== undefined && sender.recipientType !== 'MailContact';
  const isTold = isInternal || settings.audience === 'all' || (settings.audience === 'known' && (await isKnown(session, address)));
  const text = isInternal ? settings.internalReply : settings.externalReply;
  if (!isTold || text === '' || !(await rememberAnswered(session, address))) return;
  await session.send(await answer(arrived, address, text, session), {});
}

async function isKnown(session: MailboxSession, address: string): Promise<boolean> {
  const contacts = session.mailbox.wellKnown('contacts');
  if (contacts === undefined) return false;
  const restrictions = ([1, 2, 3] as const).map((n) => ({ kind: 'contains', property: `PidLidEmail${n}EmailAddress`, text: address, mode: 'fullString', ignoreCase: true, ignoreNonSpacing: false }) as const);
  return (await session.query([contacts], { restriction: { kind: 'or', restrictions }, limit: 1 })).items.length > 0;
}

async function answer(arrived: Item, address: string, text: string, session: MailboxSession): Promise<ItemDraft> {
  const keep = (content: string) => session.keep(Buffer.from(content, 'utf8'));
  const isHtml = /<[a-z!/]/i.test(text);
  const body: ItemBody = isHtml ? { native: 'html', html: await keep(text), text: await keep(htmlToText(text)) } : { native: 'text', text: await keep(text) };
  return {
    itemClass: 'IPM.Note.Rules.OofTemplate.Microsoft', attachments: [], isRead: false, isAssociated: false, body,
    recipients: [{ type: 'to', name: String(valueOf(arrived, 'PidTagSentRepresentingName') ?? address), address, addressType: 'SMTP' }],
    properties: {
      PidTagSubject: `Automatic reply: ${String(valueOf(arrived, 'PidTagSubject') ?? '')}`, PidTagAutoResponseSuppress: -1, PidTagInReplyToId: valueOf(arrived, 'PidTagInternetMessageId'),
    },
  };
}
