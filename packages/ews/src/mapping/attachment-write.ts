import { attachmentId, bagOf, sizeOfItem, type Attachment, type AttachmentId, type EmbeddedItem, type MailboxSession } from '@fauxchange/mailbox';
import type { EwsContext } from '../context.ts';
import { EwsError } from '../errors.ts';
import type { FileAttachmentType, ItemAttachmentType, ItemType, NonEmptyArrayOfAttachmentsType } from '../schema/types.generated.ts';
import type { ItemKind } from './item-kind.ts';
import { draftOf, gather } from './item-write.ts';
import { referenceProperties } from './reference-attachment.ts';

type Sent = NonEmptyArrayOfAttachmentsType[number];

/** Attachments of a request as the model keeps them, numbered from `first`. */
export async function attachmentsOf(sent: readonly Sent[], first: number, session: MailboxSession, context: EwsContext): Promise<Attachment[]> {
  const made: Attachment[] = [];
  for (const one of sent) made.push(await attachmentOf(one, attachmentId(first + made.length), session, context));
  return made;
}

/** ErrorRequiredPropertyMissing without a name; ErrorMissingItemForCreateItemAttachment, and ErrorInvalidItemForOperationCreateItemAttachment for kinds that cannot be attached. */
export async function attachmentOf([kind, sent]: Sent, id: AttachmentId, session: MailboxSession, context: EwsContext): Promise<Attachment> {
  if (!sent.Name) throw new EwsError('ErrorRequiredPropertyMissing', undefined, { paths: [['FieldURI', { FieldURI: 'item:Attachments' }]] });
  const facts = {
    id,
    name: sent.Name,
    contentId: sent.ContentId,
    contentLocation: sent.ContentLocation,
    isInline: sent.IsInline ?? false,
    lastModified: context.clock.now(),
  };
  if (kind === 'ReferenceAttachment') return { ...(await fileAttachment(facts, sent, session)), properties: referenceProperties(sent) };
  return kind === 'FileAttachment' ? fileAttachment(facts, sent, session) : itemAttachment(facts, sent, session, context);
}

type Facts = Pick<Attachment, 'id' | 'name' | 'contentId' | 'contentLocation' | 'isInline' | 'lastModified'>;

async function fileAttachment(facts: Facts, sent: FileAttachmentType, session: MailboxSession): Promise<Attachment> {
  const content = await session.mailbox.store.keep(sent.Content ?? new Uint8Array());
  return { ...facts, kind: 'file', contentType: sent.ContentType ?? '', size: content.size, isContactPhoto: sent.IsContactPhoto, content };
}

async function itemAttachment(facts: Facts, sent: ItemAttachmentType, session: MailboxSession, context: EwsContext): Promise<Attachment> {
  const [kind, element] = embeddedOf(sent);
  const draft = await draftOf(gather(element, kind, context), session);
  const bag = bagOf({ ...draft.properties, PidTagCreationTime: facts.lastModified, PidTagLastModificationTime: facts.lastModified });
  const item: EmbeddedItem = { itemClass: draft.itemClass, recipients: draft.recipients, attachments: draft.attachments, body: draft.body, mime: draft.mime, bag };
  return { ...facts, kind: 'item', contentType: sent.ContentType ?? '', size: sizeOfItem(item, bag), item };
}

const itemElements = ['Item', 'Message', 'PostItem', 'CalendarItem', 'Contact', 'Task'] as const satisfies readonly ItemKind[];
/** Only the server makes these: [MS-OXWSATT] 2.2.4.6. */
const refusedElements = ['MeetingMessage', 'MeetingRequest', 'MeetingResponse', 'MeetingCancellation'] as const satisfies readonly ItemKind[];

/** The element in which the attached item came. */
export function embeddedOf(sent: ItemAttachmentType): readonly [ItemKind, ItemType] {
  for (const kind of itemElements) {
    const element = (sent as Readonly<Record<string, ItemType | undefined>>)[kind];
    if (element) return [kind, element];
  }
  const isRefused = refusedElements.some((kind) => sent[kind] !== undefined);
  throw new EwsError(isRefused ? 'ErrorInvalidItemForOperationCreateItemAttachment' : 'ErrorMissingItemForCreateItemAttachment');
}
