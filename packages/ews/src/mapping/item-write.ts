import { attachmentId, draftFromMime, messageFlags, type Attachment, type Item, type ItemBody, type ItemChanges, type ItemDraft, type MailboxSession, type Recipient } from '@fauxchange/mailbox';
import { htmlToText } from '@fauxchange/mime';
import type { EwsContext } from '../context.ts';
import { EwsError, type ErrorDetails } from '../errors.ts';
import type { ExtendedPropertyType, ItemType } from '../schema/types.generated.ts';
import { completeItem } from './complete-item.ts';
import { uriOfElement } from './element-uri.ts';
import { decodeExtendedProperty } from './extended-property.ts';
import type { ItemField, ItemTarget } from './fields.ts';
import { classOfKind, kindTakesClass, type ItemKind } from './item-kind.ts';
import { get, type ItemView } from './item-view.ts';
import { attachmentsOf } from './attachment-write.ts';
import { allItemFields } from './paths.ts';

const byElement = new Map<string, readonly ItemField[]>();
for (const field of allItemFields) byElement.set(field.element, [...(byElement.get(field.element) ?? []), field]);

export function fieldOfElement(element: string, kind: ItemKind): ItemField | undefined {
  return byElement.get(element)?.find(({ kinds }) => !kinds || kind === 'Item' || kinds.includes(kind));
}

export function newTarget(kind: ItemKind, context: EwsContext, view?: ItemView): ItemTarget {
  return { kind, context, view, isNew: view === undefined, properties: {}, recipients: { to: undefined, cc: undefined, bcc: undefined } };
}

/** Everything that a request says of a new item, gathered: ErrorInvalidPropertySet for what is read-only. */
export function gather(sent: ItemType, kind: ItemKind, context: EwsContext): ItemTarget {
  const target = newTarget(kind, context);
  for (const [element, value] of Object.entries(sent)) {
    if (value !== undefined) setElement(element, value, target);
  }
  if (target.itemClass !== undefined && !kindTakesClass(kind, target.itemClass)) throw new EwsError('ErrorObjectTypeChanged');
  completeItem(target);
  return target;
}

/** Sets one element of an item; used for creation and for SetItemField alike. */
export function setElement(element: string, value: unknown, target: ItemTarget): void {
  if (element === 'ExtendedProperty') {
    for (const one of value as readonly ExtendedPropertyType[]) setExtended(one, target);
    return;
  }
  const field = fieldOfElement(element, target.kind);
  const uri = field?.uri ?? uriOfElement(element, target.kind);
  const details: ErrorDetails | undefined = uri === undefined ? undefined : { paths: [['FieldURI', { FieldURI: uri }]] };
  if (!field?.set || (field.onlyNew && !target.isNew)) throw new EwsError('ErrorInvalidPropertySet', undefined, details);
  if (field.isSealed && isSent(target)) throw new EwsError('ErrorInvalidPropertyUpdateSentMessage', undefined, details);
  field.set(value as never, target);
}

/** A message that has left can no longer be given other people. */
export function isSent({ kind, view }: ItemTarget): boolean {
  return kind === 'Message' && view !== undefined && ((get(view, 'PidTagMessageFlags') ?? 0) & messageFlags.unsent) === 0;
}

/** Properties that are an item's fields keep one truth: the flag bits and the class go where the fields are. */
function setExtended(sent: ExtendedPropertyType, target: ItemTarget): void {
  const [name, value] = decodeExtendedProperty(sent);
  if (name === 'PidTagMessageClass') target.itemClass = String(value);
  else if (name === 'PidTagMessageFlags' && target.isNew) {
    target.isRead = ((value as number) & 1) !== 0;
    target.properties[name] = value;
  } else if (name === 'PidTagBody') target.body = { type: 'Text', content: String(value) };
  else target.properties[name] = value;
}

/** The draft of a new item. `isDraft`: it is still to be sent (PidTagMessageFlags mfUnsent). */
export async function draftOf(target: ItemTarget, session: MailboxSession): Promise<ItemDraft> {
  const attachments = await attachmentsOf(target.sentAttachments ?? [], 1, session, target.context);
  const base = target.mime ? await mimeDraft(target.mime, session, target) : undefined;
  // MIME tells mail from invitations; that it is a post only the element says.
  const itemClass = target.itemClass ?? (target.kind === 'PostItem' ? undefined : base?.itemClass) ?? classOfKind(target.kind);
  // What the store has made and nobody has sent is unsent, contacts and tasks too: Microsoft's examples of GetItem.
  const flags = target.properties['PidTagMessageFlags'] ?? base?.properties['PidTagMessageFlags'] ?? (target.kind === 'PostItem' || target.kind === 'CalendarItem' ? 0 : messageFlags.unsent);
  return {
    itemClass,
    properties: { ...base?.properties, ...target.properties, PidTagMessageFlags: flags },
    isRead: target.isRead ?? true,
    isAssociated: target.isAssociated ?? false,
    recipients: recipientsOf(target, base?.recipients ?? []),
    attachments: [...(base?.attachments ?? []), ...renumbered(attachments, base?.attachments.length ?? 0)],
    body: (await bodyOf(target, session)) ?? base?.body,
    mime: base && !replacesMime(target) ? base.mime : undefined,
  };
}

function renumbered(attachments: readonly Attachment[], from: number): readonly Attachment[] {
  return from === 0 ? attachments : attachments.map((one, index) => ({ ...one, id: attachmentId(from + index + 1) }));
}

/** What an update changes. */
export async function changesOf(target: ItemTarget, session: MailboxSession, item: Item): Promise<ItemChanges> {
  const base = target.mime ? await mimeDraft(target.mime, session, target) : undefined;
  const { to, cc, bcc } = target.recipients;
  const body = target.body === 'none' ? 'none' : ((await bodyOf(target, session)) ?? base?.body);
  return {
    itemClass: target.itemClass,
    isRead: target.isRead,
    // No properties at all, rather than none of them: a change of the read flag alone is told as such to those who synchronize.
    properties: base || Object.keys(target.properties).length > 0 ? { ...base?.properties, ...target.properties } : undefined,
    recipients: to ?? cc ?? bcc ? recipientsOf(target, item.recipients) : base?.recipients,
    attachments: target.attachments ?? base?.attachments,
    body,
    mime: base?.mime,
  };
}

async function mimeDraft(mime: Uint8Array, session: MailboxSession, target: ItemTarget): Promise<ItemDraft> {
  return draftFromMime((bytes) => session.mailbox.store.keep(bytes), mime, { isDraft: target.kind === 'Message', maxBytes: target.context.organization.maxMessageBytes });
}

/** MIME stays verbatim beside properties that it does not carry. */
function replacesMime({ properties, recipients, body }: ItemTarget): boolean {
  return body !== undefined || Object.values(recipients).some((list) => list !== undefined) || Object.keys(properties).some((name) => mimeCarries.has(name));
}
const mimeCarries: ReadonlySet<string> = new Set([
  'PidTagSubject', 'PidTagImportance', 'PidTagSensitivity', 'PidTagInReplyToId', 'PidTagInternetReferences', 'PidTagInternetMessageId',
  'PidTagSenderName', 'PidTagSentRepresentingName', 'PidTagReplyRecipientEntries', 'PidTagReadReceiptRequested', 'PidTagOriginatorDeliveryReportRequested',
]);

function recipientsOf({ recipients }: ItemTarget, base: readonly Recipient[]): readonly Recipient[] {
  return (['to', 'cc', 'bcc'] as const).flatMap((type) => recipients[type] ?? base.filter((one) => one.type === type));
}

async function bodyOf({ body }: ItemTarget, session: MailboxSession): Promise<ItemBody | undefined> {
  if (body === undefined || body === 'none') return undefined;
  const keep = (text: string) => session.mailbox.store.keep(Buffer.from(text, 'utf8'));
  if (body.type === 'Text') return { native: 'text', text: await keep(body.content) };
  return { native: 'html', html: await keep(body.content), text: await keep(htmlToText(body.content)) };
}
