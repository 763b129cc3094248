import { folderValueOf, type Folder } from '@fauxchange/mailbox';
import { binary, type Property, type PropertyValue } from '@fauxchange/properties';
import { encodeFolderEntryId, encodeMessageEntryId, encodePredecessor } from '../ids/entry-id.ts';
import type { IdOwner } from '../ids/ews-id.ts';
import { getAny, type ItemView } from './item-view.ts';

/**
 * Properties that are made of ids, or of what the accessor may do: the model leaves them to the protocols. Everything else
 * comes from the item.
 */
export function computedProperty(view: ItemView, property: Property): PropertyValue | undefined {
  return itemComputations[property.name]?.(view) ?? getAny(view, property.name);
}

const itemComputations: { readonly [name: string]: ((view: ItemView) => PropertyValue | undefined) | undefined } = {
  PidTagEntryId: ({ placed, owner }) => placed && binary.from(encodeMessageEntryId(owner.guid, owner.replicaGuid, placed.folderId, placed.id)),
  PidTagParentEntryId: ({ placed, owner }) => placed && binary.from(encodeFolderEntryId(owner.guid, owner.replicaGuid, placed.folderId)),
  PidTagChangeKey: ({ placed, owner }) => placed && binary.from(encodePredecessor(owner.replicaGuid, placed.cn)),
  PidTagSourceKey: ({ placed, owner }) => placed && binary.from(encodePredecessor(owner.replicaGuid, placed.id)),
  // [MS-OXCMAIL] leaves it to the store: the last part of the item's URL.
  PidTagUrlComponentName: (view) => getAny(view, 'PidTagUrlComponentName') ?? `${String(getAny(view, 'PidTagSubject') ?? '').replaceAll(/[\\/:*?"<>|]/g, '-')}.EML`,
};

/** The same for folders. */
export function computedFolderProperty(folder: Folder, owner: IdOwner, property: Property): PropertyValue | undefined {
  return folderComputations[property.name]?.(folder, owner) ?? folderValueOf(folder, property.name);
}

const folderComputations: { readonly [name: string]: ((folder: Folder, owner: IdOwner) => PropertyValue | undefined) | undefined } = {
  PidTagEntryId: ({ id }, owner) => binary.from(encodeFolderEntryId(owner.guid, owner.replicaGuid, id)),
  PidTagParentEntryId: ({ parentId }, owner) => binary.from(encodeFolderEntryId(owner.guid, owner.replicaGuid, parentId)),
  PidTagChangeKey: ({ cn }, owner) => binary.from(encodePredecessor(owner.replicaGuid, cn)),
  PidTagSourceKey: ({ id }, owner) => binary.from(encodePredecessor(owner.replicaGuid, id)),
  PidTagUrlComponentName: ({ bag, displayName }) => bag.get('PidTagUrlComponentName') ?? displayName,
};
