import { guidBytes, guidText, retentionTagsOf, type RetentionAction } from '@fauxchange/mailbox';
import { binary, type Binary } from '@fauxchange/properties';
import type { EwsContext } from '../context.ts';
import { EwsError } from '../errors.ts';
import type { RetentionTagType } from '../schema/types.generated.ts';
import type { ItemField, MutableProperties } from './fields.ts';
import type { FolderField } from './folder-fields.ts';
import { get } from './item-view.ts';

/** The two tags of an item or a folder, and the bits of PidTagRetentionFlags that say that somebody set them: [MS-OXCMSG] 2.2.1.58.4. */
type Kind = 'PolicyTag' | 'ArchiveTag';
const kinds: Readonly<Record<Kind, { readonly property: 'PidTagPolicyTag' | 'PidTagArchiveTag'; readonly action: RetentionAction; readonly bits: number }>> = {
  PolicyTag: { property: 'PidTagPolicyTag', action: 'DeleteAndAllowRecovery', bits: 0x1 | 0x8 },
  ArchiveTag: { property: 'PidTagArchiveTag', action: 'MoveToArchive', bits: 0x10 },
};

const nobody = '00000000-0000-0000-0000-000000000000';

/**
 * The properties of a tag that is set: ErrorInvalidRetentionTagInheritance for one that is not the item's own, ErrorInvalidRetentionTagIdGuid,
 * ErrorInvalidRetentionTagNone where the caller's policy has no tags, ErrorInvalidRetentionTagInvisible for one that people cannot
 * choose, ErrorInvalidRetentionTagTypeMismatch for one of the other kind. Documentation of the codes.
 */
function tagProperties(kind: Kind, { IsExplicit, $: id }: RetentionTagType, flags: number, { organization, caller }: EwsContext): MutableProperties {
  const { property, action, bits } = kinds[kind];
  if (!IsExplicit) throw new EwsError('ErrorInvalidRetentionTagInheritance');
  if (id === nobody) throw new EwsError('ErrorInvalidRetentionTagIdGuid');
  const tags = retentionTagsOf(organization, caller);
  if (tags.length === 0) throw new EwsError('ErrorInvalidRetentionTagNone');
  const tag = tags.find((one) => one.id === id.toLowerCase());
  if (tag?.scope !== 'Personal') throw new EwsError('ErrorInvalidRetentionTagInvisible');
  if (tag.action !== action) throw new EwsError('ErrorInvalidRetentionTagTypeMismatch');
  return { [property]: binary.from(guidBytes(tag.id)), PidTagRetentionFlags: flags | bits };
}

const tagElement = (kind: Kind, bytes: Binary | undefined, flags: number): RetentionTagType | undefined =>
  bytes === undefined ? undefined : { IsExplicit: (flags & kinds[kind].bits) !== 0, $: guidText(binary.toBytes(bytes)) };

const without = (kind: Kind, flags: number): MutableProperties => ({ [kinds[kind].property]: undefined, PidTagRetentionFlags: flags & ~kinds[kind].bits || undefined });

/** item:PolicyTag, item:ArchiveTag */
export function itemTag(kind: Kind): ItemField {
  const { property } = kinds[kind];
  const flagsOf = ({ properties, view }: Parameters<NonNullable<ItemField['remove']>>[0]): number => Number(properties['PidTagRetentionFlags'] ?? (view && get(view, 'PidTagRetentionFlags')) ?? 0);
  return {
    uri: `item:${kind}`, element: kind, shape: 'all', property,
    read: (view) => tagElement(kind, get(view, property), get(view, 'PidTagRetentionFlags') ?? 0),
    set: (value: RetentionTagType, target) => void Object.assign(target.properties, tagProperties(kind, value, flagsOf(target), target.context)),
    remove: (target) => void Object.assign(target.properties, without(kind, flagsOf(target))),
  };
}

/** folder:PolicyTag, folder:ArchiveTag. Nothing but these two sets the flags of a folder. */
export function folderTag(kind: Kind): FolderField {
  const { property, bits } = kinds[kind];
  return {
    uri: `folder:${kind}`, element: kind, shape: 'all',
    read: ({ folder: { bag } }) => tagElement(kind, bag.get(property) as Binary | undefined, Number(bag.get('PidTagRetentionFlags') ?? bits)),
    set: (value: RetentionTagType, target) => void Object.assign(target.properties, tagProperties(kind, value, Number(target.properties['PidTagRetentionFlags'] ?? 0), target.context)),
    remove: (target) => void Object.assign(target.properties, { [property]: undefined }),
  };
}
