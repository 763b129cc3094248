import { property as propertyNamed, type Property, type PropertyName } from '@fauxchange/properties';
import { valueOf, type Attachment, type EmbeddedItem, type Item, type ItemBody, type Recipient } from '@fauxchange/mailbox';
import { idOfTag, metaTagOfStream, propertyType, tagOf, type AttachmentContent, type MessageContent, type PropList, type StreamProperty } from '@fauxchange/mapi-wire';
import { attachmentNames, attachmentValue } from './attachment-values.ts';
import { bodyValue, readBodies } from './body-values.ts';
import { messageNames } from './message-values.ts';
import { recipientNames, recipientValue } from './recipient-rows.ts';
import { propListOf, streamProperty, TagFilter, type StreamForm } from './stream-properties.ts';

/** What denotes subobjects, [MS-OXCFXICS] 2.2.1.7. */
export const subobjectTag = {
  recipients: 0x0e12_000d, attachments: 0x0e13_000d, embedded: 0x3701_000d, contents: 0x360f_000d, associated: 0x3610_000d, hierarchy: 0x360e_000d,
} as const;

type BodyName = 'PidTagBody' | 'PidTagHtml' | 'PidTagRtfCompressed';
const nativeBody: Readonly<Record<ItemBody['native'], BodyName>> = { text: 'PidTagBody', html: 'PidTagHtml', rtf: 'PidTagRtfCompressed' };
const bodies: readonly BodyName[] = ['PidTagHtml', 'PidTagBody', 'PidTagRtfCompressed'];

/** What says of an object where it is, which version it is and who asks: in headers, or in no stream at all. [MS-OXCFXICS] 3.2.5.12 */
const notContent: ReadonlySet<PropertyName> = new Set<PropertyName>([
  'PidTagEntryId', 'PidTagRecordKey', 'PidTagParentEntryId', 'PidTagStoreEntryId', 'PidTagStoreRecordKey', 'PidTagMappingSignature', 'PidTagSourceKey', 'PidTagParentSourceKey', 'PidTagChangeKey',
  'PidTagPredecessorChangeList', 'PidTagChangeNumber', 'PidTagMid', 'PidTagFolderId', 'PidTagInstanceKey', 'PidTagInstID', 'PidTagInstanceNum', 'PidTagRowType', 'PidTagObjectType', 'PidTagAccess', 'PidTagAccessLevel',
  'PidTagHasNamedProperties', 'PidTagMessageSize', 'PidTagMessageSizeExtended', 'PidTagRead', 'PidTagAssociated', 'PidTagMessageStatus', ...bodies,
]);
const notOfAttachment: ReadonlySet<PropertyName> = new Set<PropertyName>(['PidTagObjectType', 'PidTagRecordKey', 'PidTagInstanceKey', 'PidTagRowType', 'PidTagAttachDataBinary', 'PidTagAttachDataObject']);

export interface MessageOptions {
  readonly form: StreamForm;
  /** PropertyTags, of this message alone. */
  readonly filter?: TagFilter | undefined;
  /** Whether subobjects are wanted at all. Default true. */
  readonly hasSubobjects?: boolean | undefined;
  /** Whether the filter could have left subobjects out: then those that are there stand behind MetaTagFXDelProp. */
  readonly isFiltered?: boolean | undefined;
  /** Properties in front of the others, and whatever else is left out. */
  readonly first?: PropList | undefined;
  readonly without?: ReadonlySet<PropertyName> | undefined;
  /** PidTagMid of embedded messages, which have none: [MS-OXCFXICS] 2.2.4.3.16. */
  readonly embeddedFirst?: PropList | undefined;
}

const allNames = (content: EmbeddedItem | Item): Set<PropertyName> => {
  const names = new Set<PropertyName>(messageNames);
  for (const [name] of content.bag.entries()) names.add(name);
  return names;
};

/**
 * A message as a stream has it. Its body is in the form that it was given in and in no other, as Exchange 2013 and above have it
 * ([MS-OXCFXICS] notes 3 and 5); another one where the filter wants that one alone.
 */
export async function messageContentOf(content: EmbeddedItem | Item, options: MessageOptions): Promise<MessageContent> {
  const { form, filter = TagFilter.all, hasSubobjects = true, isFiltered = false, first = [], without } = options;
  const names = [...allNames(content)].filter((name) => !notContent.has(name) && without?.has(name) !== true);
  const propList = [...first, ...propListOf(names, ({ name }) => valueOf(content, name), form, filter), ...await bodyOf(content, form, filter)];
  const hasRecipients = hasSubobjects && filter.lets(subobjectTag.recipients);
  const hasAttachments = hasSubobjects && filter.lets(subobjectTag.attachments);
  return {
    propList,
    deleted: isFiltered ? [...(hasRecipients ? [subobjectTag.recipients] : []), ...(hasAttachments ? [subobjectTag.attachments] : [])] : [],
    recipients: hasRecipients ? content.recipients.map((one, row) => recipientList(one, row, form)) : [],
    attachments: hasAttachments ? await attachmentsOf(content.attachments, options) : [],
  };
}

async function bodyOf({ body, bag }: EmbeddedItem | Item, form: StreamForm, filter: TagFilter): Promise<PropList> {
  if (!body) return [];
  const { forms } = await readBodies(body);
  const codePage = bag.get('PidTagInternetCodepage');
  const one = (name: BodyName): StreamProperty | undefined => {
    const property = propertyNamed(name) as Property & { readonly tag: number };
    const value = filter.lets(tagOf(property.tag, property.type === 'String' ? propertyType.String : propertyType.Binary)) ? bodyValue(name, forms, typeof codePage === 'number' ? codePage : undefined) : undefined;
    return value === undefined ? undefined : streamProperty(property, value, form);
  };
  const native = one(nativeBody[body.native]);
  if (native) return [native];
  return filter.isOnly ? bodies.flatMap((name) => one(name) ?? []) : [];
}

function recipientList(recipient: Recipient, row: number, form: StreamForm): PropList {
  const told = recipient.properties?.PidTagRowid;
  return propListOf(recipientNames(recipient), (property) => recipientValue({ id: typeof told === 'number' ? told : row, recipient, directory: form.directory }, property), form);
}

async function attachmentsOf(attachments: readonly Attachment[], options: MessageOptions): Promise<readonly AttachmentContent[]> {
  const all: AttachmentContent[] = [];
  for (const one of attachments) all.push(await attachmentContentOf(one, options));
  return all;
}

/** An attachment as a stream has it: PidTagAttachNumber first. The filter is one of attachments. */
export async function attachmentContentOf(attachment: Attachment, { form, embeddedFirst }: MessageOptions, filter: TagFilter = TagFilter.all): Promise<AttachmentContent> {
  const names = [...attachmentNames(attachment)].filter((name) => !notOfAttachment.has(name));
  const propList = [...propListOf(names, (property) => attachmentValue(attachment, property), form, filter), ...await dataOf(attachment, filter)];
  if (attachment.kind !== 'item' || !filter.lets(subobjectTag.embedded)) return { propList };
  return { propList, embeddedMessage: await messageContentOf(attachment.item, { form, first: embeddedFirst, embeddedFirst }) };
}

async function dataOf(attachment: Attachment, filter: TagFilter): Promise<PropList> {
  if (attachment.kind !== 'file') return [];
  const isObject = attachmentValue(attachment, { name: 'PidTagAttachDataObject' }) !== undefined;
  const tag = isObject ? subobjectTag.embedded : tagOf(idOfTag(subobjectTag.embedded), propertyType.Binary);
  return filter.lets(tag) ? [{ tag, value: await attachment.content.read() }] : [];
}

/** MetaTagEcWarning, where something could not be told. */
export const warning = (code: number): StreamProperty => ({ tag: metaTagOfStream.EcWarning, value: code | 0 });
