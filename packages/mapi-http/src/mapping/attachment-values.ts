import { binary, type Binary, type Property, type PropertyName, type PropertyValue } from '@fauxchange/properties';
import type { Attachment, Properties, StoredBytes } from '@fauxchange/mailbox';
import { objectType } from './item-values.ts';

/** PidTagAttachMethod, [MS-OXCMSG] 2.2.2.9. */
export const attachMethod = { none: 0, byValue: 1, byReference: 2, byReferenceOnly: 4, embeddedMessage: 5, storage: 6, byWebReference: 7 } as const;
/** attRenderedInBody of PidTagAttachFlags, [MS-OXCMSG] 2.2.2.18. */
const renderedInBody = 0x4;
/** afException of PidTagAttachmentFlags, [MS-OXCMSG] 2.2.2.23. */
const exception = 0x2;
/** PidTagRenderingPosition of what stands nowhere in the text. */
const noPosition = -1;

const bytesOf = (bytes: StoredBytes): Binary | undefined => {
  const raw = bytes.peek?.();
  return raw && binary.from(raw);
};
const extensionOf = (name: string): string | undefined => /\.[^.\\/]+$/.exec(name)?.[0];
const further = (one: Attachment, name: PropertyName): PropertyValue | undefined => one.properties?.[name];
const methodOf = (one: Attachment): number => (one.kind === 'item' ? attachMethod.embeddedMessage : Number(further(one, 'PidTagAttachMethod') ?? attachMethod.byValue));

type Compute = (attachment: Attachment) => PropertyValue | undefined;

/** What the model says itself of an attachment. */
const facts: { readonly [N in PropertyName]?: Compute } = {
  PidTagAttachNumber: ({ id }) => id,
  PidTagAttachSize: ({ size }) => size,
  PidTagAttachMethod: methodOf,
  PidTagObjectType: () => objectType.attachment,
  PidTagRecordKey: ({ id }) => {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32LE(id);
    return binary.from(bytes);
  },
  PidTagAttachLongFilename: ({ name }) => name || undefined,
  PidTagAttachExtension: (one) => further(one, 'PidTagAttachExtension') ?? extensionOf(one.name),
  PidTagAttachMimeTag: ({ contentType }) => contentType || undefined,
  PidTagAttachContentId: ({ contentId }) => contentId,
  PidTagAttachContentLocation: ({ contentLocation }) => contentLocation,
  PidTagLastModificationTime: ({ lastModified }) => lastModified,
  PidTagAttachmentHidden: (one) => further(one, 'PidTagAttachmentHidden') ?? (one.isInline || one.isException === true),
  PidTagAttachmentContactPhoto: ({ isContactPhoto }) => isContactPhoto,
  PidTagAttachDataBinary: (one) => (one.kind === 'file' && methodOf(one) !== attachMethod.storage ? bytesOf(one.content) : undefined),
  PidTagAttachDataObject: (one) => (one.kind === 'file' && methodOf(one) === attachMethod.storage ? bytesOf(one.content) : undefined),
  PidTagInstanceKey: ({ id }) => {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32LE(id);
    return binary.from(bytes);
  },
  PidTagRowType: () => 1,
};
/** What follows unless a client has said otherwise. */
const fallbacks: { readonly [N in PropertyName]?: Compute } = {
  PidTagRenderingPosition: () => noPosition,
  PidTagDisplayName: ({ name }) => name || undefined,
  PidTagAttachFilename: ({ name }) => shortName(name),
  PidTagCreationTime: ({ lastModified }) => lastModified,
  PidTagAttachFlags: ({ isInline }) => (isInline ? renderedInBody : 0),
  PidTagAttachEncoding: () => '' as Binary,
  PidTagAttachmentFlags: ({ isException }) => (isException ? exception : 0),
  PidTagAttachmentLinkId: () => 0,
};

/** The 8.3 name of a file, [MS-OXCMSG] 2.2.2.11; a short one stays as it is. */
function shortName(name: string): string | undefined {
  if (name === '') return undefined;
  const extension = extensionOf(name) ?? '';
  const stem = name.slice(0, name.length - extension.length);
  return stem.length <= 8 && extension.length <= 4 ? name : `${stem.replaceAll(/[ .]/g, '').slice(0, 6)}~1${extension.slice(0, 4)}`;
}

/** Reads any property of an attachment but PidTagAccessLevel, which depends on how it was opened. */
export function attachmentValue(attachment: Attachment, { name }: Pick<Property, 'name'>): PropertyValue | undefined {
  const fact = facts[name];
  return fact ? fact(attachment) : (further(attachment, name) ?? fallbacks[name]?.(attachment));
}

export function* attachmentNames(attachment: Attachment): IterableIterator<PropertyName> {
  const names = new Set([...Object.keys(facts), ...Object.keys(attachment.properties ?? {}), ...Object.keys(fallbacks)] as PropertyName[]);
  for (const name of names) if (attachmentValue(attachment, { name }) !== undefined) yield name;
}

/** What no client may set: [MS-OXCMSG] 2.2.2.1, 2.2.2.5, 2.2.2.6. */
const computed: ReadonlySet<PropertyName> = new Set<PropertyName>(['PidTagAttachNumber', 'PidTagAttachSize', 'PidTagObjectType', 'PidTagRecordKey', 'PidTagAccessLevel', 'PidTagInstanceKey', 'PidTagRowType', 'PidTagStoreEntryId', 'PidTagStoreRecordKey', 'PidTagMappingSignature']);
export const isComputedOfAttachment = (name: PropertyName): boolean => computed.has(name);

type Facts = { -readonly [K in keyof Attachment]?: Attachment[K] };
/** Properties that are members of the model's attachment. */
const members: { readonly [N in PropertyName]?: (value: PropertyValue | undefined, attachment: Attachment) => Facts } = {
  PidTagAttachLongFilename: (value) => ({ name: String(value ?? '') }),
  PidTagAttachMimeTag: (value) => ({ contentType: String(value ?? '') }),
  PidTagAttachContentId: (value) => ({ contentId: value as string | undefined }),
  PidTagAttachContentLocation: (value) => ({ contentLocation: value as string | undefined }),
  PidTagAttachmentContactPhoto: (value) => ({ isContactPhoto: value as boolean | undefined }),
  PidTagLastModificationTime: (value, { lastModified }) => ({ lastModified: typeof value === 'number' ? value : lastModified }),
};

/** The attachment with a property set, or (undefined) deleted. Contents go another way: they are bytes. */
export function withAttachmentValue(attachment: Attachment, name: PropertyName, value: PropertyValue | undefined): Attachment {
  const member = members[name];
  if (member) return { ...attachment, ...member(value, attachment) } as Attachment;
  const { [name]: _old, ...others } = attachment.properties ?? {};
  const properties: Properties = value === undefined ? others : { ...others, [name]: value };
  const whole: Attachment = { ...attachment, properties };
  if (name === 'PidTagAttachmentFlags') return { ...whole, isException: (Number(value ?? 0) & exception) !== 0 || undefined };
  if (name === 'PidTagAttachFilename' && attachment.name === '') return { ...whole, name: String(value ?? '') };
  if (name !== 'PidTagAttachmentHidden' && name !== 'PidTagAttachFlags') return whole;
  const isInline = properties.PidTagAttachmentHidden === true || (Number(properties.PidTagAttachFlags ?? 0) & renderedInBody) !== 0;
  return { ...whole, isInline };
}

/** What a row of attachments may have: those that are always there, and those that others set. */
export const attachmentColumns: readonly PropertyName[] = [...Object.keys(facts), ...Object.keys(fallbacks), 'PidTagAttachRendering', 'PidTagAttachTag', 'PidTagAttachPathname', 'PidTagAttachLongPathname', 'PidTagAccessLevel'] as PropertyName[];
