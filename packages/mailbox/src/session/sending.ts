import type { DirectoryEntry } from '../directory/directory.ts';
import { MailboxError } from '../errors.ts';
import type { ItemId } from '../ids.ts';
import { copiedProperties } from '../items/version.ts';
import { finishDraft, senderProperties } from '../items/finish.ts';
import type { Item, ItemDraft, Properties, Recipient, StoredBytes } from '../items/item.ts';
import { messageFlags } from '../items/value-of.ts';
import { rights } from '../permissions/rights.ts';
import { commitItem, itemNotFound } from './commit-items.ts';
import { checkContent, readableItems } from './item-actions.ts';
import { creationPlan, deletionPlan, rehoused, transferPlan } from './item-copies.ts';
import { withRequired, type RequiredFields } from '../transport/message-headers.ts';
import { accessDenied, finishContext, folderToFill, folderWith, whoseWords, type Scope } from './scope.ts';

export interface SendTarget {
  readonly scope: Scope;
  readonly folderId: Parameters<typeof folderToFill>[1];
}

const MAX_ADDRESS_LENGTH = 1_860;

function checkRecipients(recipients: readonly Recipient[]): void {
  if (recipients.length === 0) throw new MailboxError('MissingRecipients', 'A message needs a recipient to be sent.');
  for (const { address, addressType } of recipients) {
    const isSmtp = addressType.toUpperCase() === 'SMTP' || addressType === '';
    const isWell = address !== '' && address.length <= MAX_ADDRESS_LENGTH && (!isSmtp || /^[^\s@<>]+@[^\s@<>]+$/.test(address));
    if (!isWell) throw new MailboxError('InvalidRecipients', 'A recipient has no address that mail could go to.', address.slice(0, 100));
  }
}

/** Who sends, and for whom. SendAsDenied where the sender may neither send as nor on behalf of the other. */
function parties(scope: Scope, properties: Properties): { readonly sender: DirectoryEntry; readonly representing: DirectoryEntry } {
  const { directory, mailbox, accessor } = scope;
  const user = accessor.entry ?? mailbox.owner;
  const representing = representedBy(scope, properties) ?? whoseWords(mailbox, accessor);
  if (representing.id === user.id || accessor.entry === undefined) return { sender: representing, representing };
  const grants = [user.id, ...accessor.memberships].flatMap((id) => directory.grants(representing.id, id));
  if (grants.includes('sendAs')) return { sender: representing, representing };
  if (grants.includes('sendOnBehalf')) return { sender: user, representing };
  throw new MailboxError('SendAsDenied', 'The user has no right to send in this name.', representing.primarySmtpAddress);
}

/** The From that the message asks for; undefined where it asks for none. */
function representedBy({ directory }: Scope, properties: Properties): DirectoryEntry | undefined {
  const smtp = properties.PidTagSentRepresentingSmtpAddress as string | undefined;
  const address = properties.PidTagSentRepresentingEmailAddress as string | undefined;
  const given = smtp || address;
  if (!given) return undefined;
  const entry = (smtp && directory.byAddress(smtp)) || (address && (directory.byLegacyDN(address) ?? directory.byAddress(address))) || undefined;
  if (entry === undefined) throw new MailboxError('SendAsDenied', 'Nobody of the organization has the address given as From.', given.slice(0, 100));
  return entry;
}

async function completed({ store }: Scope, mime: StoredBytes, required: RequiredFields): Promise<StoredBytes> {
  const bytes = await mime.read();
  const whole = withRequired(bytes, required);
  return whole === bytes ? mime : store.keep(whole);
}

/** The message as it leaves: sender, times and id settled. MIME that the client gave gets what it lacks and is kept. */
async function outgoing(scope: Scope, draft: ItemDraft): Promise<{ readonly sender: DirectoryEntry; readonly representing: DirectoryEntry; readonly content: ItemDraft }> {
  checkRecipients(draft.recipients);
  const { sender, representing } = parties(scope, draft.properties);
  const now = scope.clock.now();
  const flags = Number(draft.properties.PidTagMessageFlags ?? 0);
  const domain = representing.primarySmtpAddress.split('@')[1] ?? 'localhost';
  const given = draft.properties.PidTagInternetMessageId;
  const messageId = typeof given === 'string' ? given : `<${scope.ids.uuid()}@${domain}>`;
  const mime = draft.mime && await completed(scope, draft.mime, { messageId, time: now, from: { name: representing.displayName, address: representing.primarySmtpAddress } });
  const properties: Properties = {
    ...draft.properties,
    ...senderProperties(sender, representing),
    PidTagClientSubmitTime: now,
    PidTagMessageDeliveryTime: now,
    PidTagMessageFlags: flags & ~(messageFlags.unsent | messageFlags.submitted | messageFlags.unmodified),
    PidTagInternetMessageId: messageId,
  };
  return { sender, representing, content: { ...draft, properties, isRead: true, isAssociated: false, mime } };
}

/** The properties in which the copy of what was sent differs from the draft. */
function sentChanges(before: Item, content: ItemDraft): Parameters<typeof transferPlan>[4] {
  const changed = Object.entries(content.properties).filter(([name, value]) => before.bag.get(name as Parameters<Item['bag']['get']>[0]) !== value);
  return { properties: Object.fromEntries(changed) as Properties, isRead: true, mime: content.mime === before.mime ? undefined : (content.mime ?? 'none') };
}

export async function submitItem(scope: Scope, id: ItemId, saveIn: SendTarget | undefined): Promise<Item | undefined> {
  const [item] = await readableItems(scope, [id]);
  if (item === undefined || item instanceof MailboxError) throw item ?? itemNotFound(id);
  if (saveIn) await folderToFill(saveIn.scope, saveIn.folderId);
  // The draft leaves its folder: whoever sends it must be allowed to take it away.
  await folderWith(scope, item.folderId, rights.deleteAny | rights.deleteOwned, 'send the item from its folder');
  const draft: ItemDraft = { ...item, properties: copiedProperties(item.bag) };
  const message = await outgoing(scope, draft);
  const isHere = saveIn?.scope.store === scope.store;
  // A draft that is sent twice at once leaves once; one that is edited meanwhile stays.
  const expected = item.cn;
  let sent: Item | undefined;
  if (saveIn && isHere) {
    sent = await commitItem(scope, transferPlan(item, await scope.store.reserveIds(1), saveIn.folderId, false, sentChanges(item, message.content), expected));
  } else {
    await commitItem(scope, deletionPlan(item, expected));
    if (saveIn) sent = await saved(saveIn, { ...message.content, isAssociated: item.isAssociated });
  }
  await scope.transport.submit({ mailbox: scope.mailbox, ...message });
  return sent;
}

/** The copy in another mailbox, whose engine keeps the bytes. */
async function saved({ scope, folderId }: SendTarget, content: ItemDraft): Promise<Item> {
  const { properties, isAssociated } = content;
  const draft: ItemDraft = { ...(await rehoused(content, scope.store)), properties, isRead: true, isAssociated };
  return (await commitItem(scope, creationPlan(await scope.store.reserveIds(1), folderId, draft, false))) as Item;
}

export async function sendDraft(scope: Scope, draft: ItemDraft, saveIn: SendTarget | undefined): Promise<Item | undefined> {
  if (scope.accessor.entry !== undefined && !scope.accessor.hasFullAccess) throw accessDenied('send from this mailbox');
  checkContent(scope, draft);
  if (saveIn) await folderToFill(saveIn.scope, saveIn.folderId);
  const message = await outgoing(scope, draft);
  // Finished once, so that the copy that is kept and the one that goes out are of one conversation.
  const content = finishDraft(message.content, finishContext(scope));
  let sent: Item | undefined;
  if (saveIn?.scope.store === scope.store) {
    sent = await commitItem(saveIn.scope, creationPlan(await scope.store.reserveIds(1), saveIn.folderId, content, false));
  } else if (saveIn) {
    sent = await saved(saveIn, content);
  }
  await scope.transport.submit({ mailbox: scope.mailbox, sender: message.sender, representing: message.representing, content });
  return sent;
}
