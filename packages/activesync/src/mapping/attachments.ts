import { attachmentId, itemId, type Attachment, type AttachmentId, type Item, type ItemId } from '@fauxchange/mailbox';
import type { ApplicationData } from '../schema/application-data.ts';
import type { ItemView } from '../sync/item-class.ts';
import { xmlText } from './xml-text.ts';

/** [MS-ASAIRS] 2.2.2.31.2. */
const methods = { normal: 1, embeddedMessage: 5, ole: 6 } as const;

/** What a client may see of an item's attachments: neither exceptions of a series nor the photo of a contact. */
const visible = ({ attachments }: Pick<Item, 'attachments'>): readonly Attachment[] => attachments.filter(({ isException, isContactPhoto }) => !isException && !isContactPhoto);

/** The attachments of an item, without their content. */
export function encodeAttachments(view: ItemView): Pick<ApplicationData, 'AirSyncBase:Attachments' | 'Email:Attachments'> {
  const shown = visible(view.item);
  if (shown.length === 0) return {};
  if (view.context.isAtLeast('12.0')) return { 'AirSyncBase:Attachments': { Attachment: shown.map((one) => element(one, view)), Add: [], Delete: [] } };
  return { 'Email:Attachments': shown.map((one) => ({ AttName: referenceOf(one, view), AttSize: one.size, AttMethod: methodOf(one), DisplayName: xmlText(displayName(one)) })) };
}

type Element = NonNullable<ApplicationData['AirSyncBase:Attachments']>['Attachment'][number];

function element(attachment: Attachment, view: ItemView): Element {
  const { contentId, contentLocation, isInline, size } = attachment;
  return {
    DisplayName: xmlText(displayName(attachment)),
    FileReference: referenceOf(attachment, view),
    Method: methodOf(attachment),
    EstimatedDataSize: size,
    ContentId: contentId === undefined ? undefined : xmlText(contentId),
    ContentLocation: contentLocation === undefined ? undefined : xmlText(contentLocation),
    // Told when it is true only.
    IsInline: isInline || undefined,
    ...voiceFacts(attachment, view),
  };
}

function displayName({ kind, name }: Attachment): string {
  return kind === 'item' && !/\.eml$/i.test(name) ? `${name}.eml` : name;
}

function methodOf({ kind, contentType }: Attachment): number {
  if (kind === 'item') return methods.embeddedMessage;
  return /^application\/(x-ole|ole|vnd\.ms-ole|oda)/i.test(contentType) ? methods.ole : methods.normal;
}

/** Classes of messages with recordings, [MS-ASEMAIL] 2.2.2.81. */
export const isVoiceMail = ({ itemClass }: Pick<Item, 'itemClass'>): boolean => /^ipm\.note\.(rpmsg\.)?microsoft\.(voicemail|missed\.voice)/i.test(itemClass);

/** Of voice mail: how long each recording is, and its place among them, the newest being 1; [MS-ASEMAIL] 2.2.2.81 and 82. */
function voiceFacts(attachment: Attachment, { item, context }: ItemView): Pick<Element, 'Email2:UmAttDuration' | 'Email2:UmAttOrder'> {
  if (!isVoiceMail(item)) return {};
  const order = String(item.bag.get('PidTagVoiceMessageAttachmentOrder') ?? '').split(';').map((name) => name.trim()).filter((name) => name !== '');
  const place = order.findIndex((name) => name.toLowerCase() === attachment.name.toLowerCase());
  if (place < 0 || !context.isAtLeast('14.0')) return {};
  const seconds = item.bag.get('PidTagVoiceMessageDuration');
  const isNewest = place === order.length - 1;
  return { ...(isNewest && typeof seconds === 'number' && { 'Email2:UmAttDuration': seconds }), 'Email2:UmAttOrder': order.length - place };
}

/** `5%3a12%3a0`: collection, item, attachment. Clients give it back as it is; GetAttachment has it in a query string, which decodes it. */
export const encodeFileReference = (collectionId: string, item: ItemId, attachment: AttachmentId): string => `${collectionId}%3a${item}%3a${attachment}`;

const referenceOf = ({ id }: Attachment, { collectionId, item }: ItemView): string => encodeFileReference(collectionId, item.id, id);

/** The attachment that a FileReference or an AttName names; undefined for what is none of ours. */
export function decodeFileReference(reference: string): { readonly collectionId: string; readonly itemId: ItemId; readonly attachmentId: AttachmentId } | undefined {
  const [, collectionId, item, attachment] = /^([^:]{1,64}):(\d{1,15}):(\d{1,9})$/.exec(reference.replaceAll(/%3a/gi, ':')) ?? [];
  if (collectionId === undefined || item === undefined || attachment === undefined) return undefined;
  return { collectionId, itemId: itemId(Number(item)), attachmentId: attachmentId(Number(attachment)) };
}
