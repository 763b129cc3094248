import type { FolderChanges } from '@fauxchange/mailbox';
import type { Property, PropertyName, PropertyValue } from '@fauxchange/properties';
import { errorCode } from '@fauxchange/mapi-wire';
import type { Problem } from '../objects/property-object.ts';
import { folderFactNames } from './folder-values.ts';

/** What the store computes of a folder, beside what it makes of ids: [MS-OXCFOLD] 2.2.2.2.1. */
const computed: ReadonlySet<PropertyName> = new Set<PropertyName>([
  ...folderFactNames,
  'PidTagContentCount', 'PidTagContentUnreadCount', 'PidTagAssociatedContentCount', 'PidTagDeletedOn', 'PidTagAddressBookEntryId', 'PidTagHierarchyChangeNumber', 'PidTagHierRev', 'PidTagMessageSize',
  'PidTagMessageSizeExtended', 'PidTagSubfolders', 'PidTagLocalCommitTime', 'PidTagLocalCommitTimeMax', 'PidTagDeletedCountTotal', 'PidTagFolderType', 'PidTagHasRules', 'PidTagCreationTime',
  'PidTagContainerHierarchy', 'PidTagFolderAssociatedContents', 'PidTagContainerContents', '0x6751:Integer32', '0x6752:Integer32',
]);

/** Changes of a folder's properties as the model takes them, and what is refused of them. */
export function folderChanges(changes: ReadonlyMap<Property, PropertyValue | undefined>): { readonly accepted: FolderChanges | undefined; readonly problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const properties: { [N in PropertyName]?: PropertyValue | undefined } = {};
  let accepted: FolderChanges | undefined;
  for (const [property, value] of changes) {
    const { name } = property;
    if (computed.has(name)) problems.push({ property, code: errorCode.ComputedValue });
    else if (name === 'PidTagDisplayName' && value === undefined) problems.push({ property, code: errorCode.AccessDenied });
    else if (name === 'PidTagDisplayName') accepted = { ...accepted, displayName: value as string };
    else if (name === 'PidTagContainerClass') accepted = { ...accepted, folderClass: value as string | undefined };
    else {
      properties[name] = value;
      accepted = { ...accepted, properties: properties as FolderChanges['properties'] };
    }
  }
  return { accepted, problems };
}
