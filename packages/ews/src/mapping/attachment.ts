import type { Attachment, Item, Properties } from '@fauxchange/mailbox';
import { encodeAttachmentId, encodeItemId } from '../ids/ews-id.ts';
import { encodeChangeKey } from '../ids/change-key.ts';
import type { AttachmentIdType, NonEmptyArrayOfAttachmentsType } from '../schema/types.generated.ts';
import { formatDateTime } from './date-time.ts';
import { kindOfClass, rowOfClass } from './item-kind.ts';
import { idOf, type ItemView } from './item-view.ts';
import { isReference, referenceElements } from './reference-attachment.ts';

type AttachmentElement = NonEmptyArrayOfAttachmentsType[number];

/** The attachments of an item without their contents, as item:Attachments shows them. */
export function attachmentElements(view: ItemView): NonEmptyArrayOfAttachmentsType | undefined {
  const attachments = view.item.attachments.filter(({ isException }) => !isException);
  return attachments.length > 0 ? attachments.map((attachment) => attachmentElement(attachment, view)) : undefined;
}

/** The element by which EWS shows it. */
export function attachmentKind(attachment: Attachment): AttachmentElement[0] {
  if (attachment.kind === 'item') return 'ItemAttachment';
  return isReference(attachment) ? 'ReferenceAttachment' : 'FileAttachment';
}

export function attachmentElement(attachment: Attachment, view: ItemView): AttachmentElement {
  const facts = {
    AttachmentId: { Id: attachmentIdOf(attachment, view) },
    Name: attachment.name,
    ContentType: attachment.contentType || undefined,
    ContentId: attachment.contentId,
    ContentLocation: attachment.contentLocation,
    Size: attachment.size,
    LastModifiedTime: formatDateTime(attachment.lastModified),
    IsInline: attachment.isInline,
  };
  const kind = attachmentKind(attachment);
  if (kind === 'ReferenceAttachment') return [kind, { ...facts, ...referenceElements(attachment) }];
  return kind === 'FileAttachment' ? [kind, { ...facts, IsContactPhoto: attachment.isContactPhoto ?? false }] : [kind, facts];
}

export function attachmentIdOf(attachment: Attachment, { owner, root }: ItemView): string {
  return encodeAttachmentId(owner, root.folderId, root.itemId, [...root.path, attachment.id]);
}

/** The root item as it is after a change of its attachments. */
export function rootIdOf(view: ItemView): Pick<AttachmentIdType, 'RootItemId' | 'RootItemChangeKey'> {
  const { placed, owner, root } = view;
  return {
    RootItemId: placed ? idOf(placed, owner) : encodeItemId(owner, root.folderId, root.itemId),
    RootItemChangeKey: placed && encodeChangeKey(rowOfClass(placed.itemClass).changeKey, owner, placed.cn),
  };
}

/** A contact says whether one of its attachments is its photo: PidLidHasPicture, [MS-OXOCNTC] 2.2.1.8.1. */
export function photoProperties({ itemClass }: Item, attachments: readonly Attachment[]): Properties | undefined {
  return kindOfClass(itemClass) === 'Contact' ? { PidLidHasPicture: attachments.some(({ isContactPhoto }) => isContactPhoto) } : undefined;
}
