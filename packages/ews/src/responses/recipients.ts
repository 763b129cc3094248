import { decodeReplyRecipients, personOf, valueOf, type DirectoryEntry, type Item, type Recipient } from '@fauxchange/mailbox';
import type { Binary } from '@fauxchange/properties';
import type { EwsContext } from '../context.ts';
import type { ResponseVerb } from './last-verb.ts';

type People = Readonly<Record<'to' | 'cc', readonly Recipient[]>>;

/**
 * Whom an answer goes to: the addresses for replies, else who the message is from. To all: also its other recipients,
 * in their places, without the one who answers. A forward goes to nobody unless the request says so.
 */
export function answerRecipients(verb: ResponseVerb, item: Item, context: EwsContext): People {
  if (verb === 'ForwardItem') return { to: [], cc: [] };
  const author = authors(item);
  if (verb === 'ReplyToItem') return { to: author, cc: [] };
  const seen = new Set([context.caller.id]);
  const others = (list: readonly Recipient[]): Recipient[] => list.filter((one) => {
    const key = keyOf(one, context);
    return !seen.has(key) && seen.add(key);
  });
  const to = others([...author, ...item.recipients.filter(({ type }) => type === 'to')]);
  const cc = others(item.recipients.filter(({ type }) => type === 'cc'));
  // Whoever answers themselves alone is written to after all.
  return to.length + cc.length === 0 ? { to: author, cc: [] } : { to: to.map((one) => ({ ...one, type: 'to' })), cc };
}

function keyOf({ address, addressType }: Recipient, { organization: { directory } }: EwsContext): string {
  const entry: DirectoryEntry | undefined = addressType === 'EX' ? directory.byLegacyDN(address) : directory.byAddress(address);
  return entry?.id ?? address.toLowerCase();
}

function authors(item: Item): Recipient[] {
  const replyTo = valueOf(item, 'PidTagReplyRecipientEntries');
  const asked = replyTo === undefined ? [] : decodeReplyRecipients(replyTo as Binary);
  if (asked.length > 0) return asked.map(({ name, address }) => ({ type: 'to', name: name || address, address, addressType: 'SMTP' }));
  const from = personOf(item, 'PidTagSentRepresenting') ?? personOf(item, 'PidTagSender');
  return from ? [{ type: 'to', ...from }] : [];
}
