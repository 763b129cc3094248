import type { Attachment, Properties } from '@fauxchange/mailbox';
import { namedProperty, propertySets, type PropertyName, type PropertyType, type PropertyValue } from '@fauxchange/properties';
import type { ReferenceAttachmentType } from '../schema/types.generated.ts';

/** afByWebReference: what is attached is somewhere in the web, [MS-OXCMSG] 2.2.2.9. */
const byWebReference = 7;

const named = (text: string, type: PropertyType): PropertyName => namedProperty(propertySets.PSETID_Attachment, text, type).name;

/** The elements of ReferenceAttachmentType and their properties; those that [MS-OXPROPS] does not list are named like its own ([K]). */
const rows = [
  ['AttachLongPathName', 'PidTagAttachLongPathname'],
  ['ProviderType', 'PidNameAttachmentProviderType'],
  ['ProviderEndpointUrl', named('AttachmentProviderEndpointUrl', 'String')],
  ['AttachmentThumbnailUrl', named('AttachmentThumbnailUrl', 'String')],
  ['AttachmentPreviewUrl', named('AttachmentPreviewUrl', 'String')],
  ['PermissionType', 'PidNameAttachmentPermissionType'],
  ['OriginalPermissionType', 'PidNameAttachmentOriginalPermissionType'],
  ['AttachmentIsFolder', named('AttachmentIsFolder', 'Boolean')],
] as const satisfies readonly (readonly [keyof ReferenceAttachmentType, PropertyName])[];

export function isReference({ kind, properties }: Attachment): boolean {
  return kind === 'file' && properties?.PidTagAttachMethod === byWebReference;
}

export function referenceProperties(sent: ReferenceAttachmentType): Properties {
  const told = rows.flatMap(([element, property]): [PropertyName, PropertyValue][] => (sent[element] === undefined ? [] : [[property, sent[element]]]));
  return { ...Object.fromEntries(told), PidTagAttachMethod: byWebReference };
}

export function referenceElements({ properties }: Attachment): Partial<ReferenceAttachmentType> {
  return Object.fromEntries(rows.map(([element, property]) => [element, properties?.[property]]));
}
