import type { Directory, DirectoryEntry } from '@fauxchange/mailbox';
import type { EwsContext } from '../../context.ts';
import { EwsError } from '../../errors.ts';
import { mailboxElement } from '../../mapping/address.ts';
import { entryMailbox } from '../../mapping/directory-contact.ts';
import { defineOperation, type Operation } from '../../operation.ts';
import { answerAlone, success } from '../../response-messages.ts';
import type { EmailAddressType, GetMailTipsType, MailTips, MailTipTypes } from '../../schema/types.generated.ts';
import { mailTipsLimits } from './limits.ts';
import { outOfOfficeTip } from './out-of-office-tip.ts';

/** As ews-schema.ts takes it: a client may leave out which tips it asks for, and then means all. */
type Asked = Omit<GetMailTipsType, 'MailTipsRequested'> & Partial<Pick<GetMailTipsType, 'MailTipsRequested'>>;

/** @see [MS-OXWSMTIPS] 3.1.4.1 GetMailTips */
export const getMailTips: Operation<'GetMailTips'> = defineOperation('GetMailTips', ({ SendingAs, Recipients, MailTipsRequested }: Asked, context) =>
  answerAlone(context, (head) => head, async () => {
    const { directory } = context.organization;
    const recipients = Recipients.Mailbox ?? [];
    if (!SendingAs.EmailAddress || !entryOf(directory, SendingAs)) throw new EwsError('ErrorNonExistentMailbox');
    if (recipients.length > mailTipsLimits.recipients) throw new EwsError('ErrorInvalidArgument');
    const messages = [];
    for (const recipient of recipients) messages.push({ ...success, MailTips: await tipsOf(recipient, MailTipsRequested ?? ['All'], context) });
    return { ...success, ResponseMessages: { MailTipsResponseMessageType: messages } };
  }));

function entryOf(directory: Directory, { EmailAddress = '', RoutingType }: EmailAddressType): DirectoryEntry | undefined {
  return RoutingType?.toUpperCase() === 'EX' ? directory.byLegacyDN(EmailAddress) : directory.byAddress(EmailAddress);
}

async function tipsOf(recipient: EmailAddressType, asked: MailTipTypes, context: EwsContext): Promise<MailTips> {
  const { directory, maxMessageBytes } = context.organization;
  const entry = entryOf(directory, recipient);
  const isAsked = (tip: MailTipTypes[number]): boolean => asked.includes('All') || asked.includes(tip);
  const tip = <T>(name: MailTipTypes[number], value: () => T): T | undefined => (isAsked(name) ? value() : undefined);
  const address = entry ? entryMailbox(entry) : mailboxElement(recipient.Name, recipient.EmailAddress, recipient.RoutingType ?? 'SMTP');
  const { total, external } = entry ? countMembers(directory, entry) : { total: 1, external: isInternal(directory, recipient) ? 0 : 1 };
  const mailbox = entry && context.organization.mailboxOf(entry);
  return {
    RecipientAddress: address,
    PendingMailTips: [],
    OutOfOffice: mailbox && isAsked('OutOfOfficeMessage') ? await outOfOfficeTip(mailbox, context) : undefined,
    MailboxFull: mailbox && tip('MailboxFullStatus', () => false),
    TotalMemberCount: tip('TotalMemberCount', () => total),
    ExternalMemberCount: tip('ExternalMemberCount', () => external),
    MaxMessageSize: entry && tip('MaxMessageSize', () => maxMessageBytes),
    DeliveryRestricted: entry && tip('DeliveryRestriction', () => false),
    IsModerated: entry && tip('ModerationStatus', () => false),
    InvalidRecipient: tip('InvalidRecipient', () => entry === undefined && isInternal(directory, recipient)),
  };
}

/** An address of ours that nobody has is one that mail cannot reach. */
function isInternal({ acceptedDomains }: Directory, { EmailAddress = '', RoutingType }: EmailAddressType): boolean {
  return RoutingType?.toUpperCase() === 'EX' || acceptedDomains.includes(EmailAddress.slice(EmailAddress.indexOf('@') + 1).toLowerCase());
}

/** Everybody whom mail to the entry reaches, each once, groups in groups followed. */
function countMembers(directory: Directory, entry: DirectoryEntry): { readonly total: number; readonly external: number } {
  const seen = new Set<string>();
  let [total, external] = [0, 0];
  const waiting: (DirectoryEntry | { readonly address: string })[] = [entry];
  for (let one = waiting.pop(); one; one = waiting.pop()) {
    const key = 'address' in one ? one.address : one.id;
    if (seen.has(key)) continue;
    seen.add(key);
    if ('members' in one && one.members) {
      waiting.push(...directory.members(one.id));
      continue;
    }
    total += 1;
    if ('address' in one || one.recipientType === 'MailContact') external += 1;
  }
  return { total, external };
}
