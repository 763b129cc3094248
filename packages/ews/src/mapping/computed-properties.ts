import { folderValueOf, type Folder } from '@fauxchange/mailbox';
import { binary, type Property, type PropertyValue } from '@fauxchange/properties';
import { encodeFolderEntryId, encodeMessageEntryId, encodePredecessor, type IdOwner } from '../ids/entry-id.ts';
import { getAny, type ItemView } from './item-view.ts';

/**
 * Properties that are made of ids, or of what the accessor may do: the model leaves them to the protocols. Everything else
 * comes from the item.
 */
export function computedProperty(view: ItemView, property: Property): PropertyValue | undefined {
  return itemComputations[property.name]?.(view) ?? getAny(view, property.name);
}

const itemComputations: { readonly [name: string]: ((view: ItemView) => PropertyValue | undefined) | undefined } = {
  PidTagEntryId: ({ placed, owner }) => placed && binary.from(encodeMessageEntryId(owner, placed.folderId, placed.id)),
  PidTagParentEntryId: ({ placed, owner }) => placed && binary.from(encodeFolderEntryId(owner, placed.folderId)),
  PidTagChangeKey: ({ placed, owner }) => placed && (placed.bag.get('PidTagChangeKey') ?? binary.from(encodePredecessor(owner.replicaGuid, placed.cn))),
  PidTagSourceKey: ({ placed, owner }) => placed && (placed.bag.get('PidTagSourceKey') ?? binary.from(encodePredecessor(owner.replicaGuid, placed.id))),
  // [MS-OXCMAIL] leaves it to the store: the last part of the item's URL.
  PidTagUrlComponentName: (view) => getAny(view, 'PidTagUrlComponentName') ?? `${String(getAny(view, 'PidTagSubject') ?? '').replaceAll(/[\\/:*?"<>|]/g, '-')}.EML`,
};

/** The same for folders. */
export function computedFolderProperty(folder: Folder, owner: IdOwner, property: Property): PropertyValue | undefined {
  return folderComputations[property.name]?.(folder, owner) ?? folderValueOf(folder, property.name);
}

const folderComputations: { readonly [name: string]: ((folder: Folder, owner: IdOwner) => PropertyValue | undefined) | undefined } = {
  PidTagEntryId: ({ id }, owner) => binary.from(encodeFolderEntryId(owner, id)),
  PidTagParentEntryId: ({ parentId }, owner) => binary.from(encodeFolderEntryId(owner, parentId)),
  PidTagChangeKey: ({ cn, bag }, owner) => bag.get('PidTagChangeKey') ?? binary.from(encodePredecessor(owner.replicaGuid, cn)),
  PidTagSourceKey: ({ id, bag }, owner) => bag.get('PidTagSourceKey') ?? binary.from(encodePredecessor(owner.replicaGuid, id)),
  // PR_REPLICA_LIST, which [MS-OXPROPS] has not: the mailbox that has the contents, its GUID as text and a NUL, as Microsoft's "Route public folder content requests" shows it.
  '0x6698:Binary': (_folder, { guid, isPublic }) => (isPublic ? binary.from(Buffer.from(`${guid}\0`, 'latin1')) : undefined),
  PidTagUrlComponentName: ({ bag, displayName }) => bag.get('PidTagUrlComponentName') ?? displayName,
};
