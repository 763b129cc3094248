import type { Folder } from '../../folders/folder.ts';
import type { FolderId } from '../../ids.ts';
import type { FolderContents } from './folder-contents.ts';
import type { FolderFacts } from './hierarchy.ts';

/** A folder as the port gives it. Written out: a spread of this size costs ten times as much, and folders are read with every request. */
export function folderValue({ id, cn, facts, contents, childFolderCount, isIpm, now }: {
  readonly id: FolderId;
  readonly cn: number;
  readonly facts: FolderFacts;
  readonly contents: FolderContents;
  readonly childFolderCount: number;
  readonly isIpm: boolean;
  readonly now: number;
}): Folder {
  return {
    id,
    cn,
    parentId: facts.parentId,
    displayName: facts.displayName,
    folderClass: facts.folderClass,
    kind: facts.kind,
    wellKnown: facts.wellKnown,
    createdAt: facts.createdAt,
    bag: facts.bag,
    permissions: facts.permissions,
    searchCriteria: facts.searchCriteria,
    totalCount: contents.totalCount,
    unreadCount: contents.unreadCount,
    associatedCount: contents.associatedCount,
    size: contents.size,
    childFolderCount,
    hierarchyChangeNumber: contents.hierarchyChangeNumber,
    hierarchyChangedAt: contents.hierarchyChangedAt || facts.createdAt,
    isIpm,
    contentsCn: Math.min(contents.lastCn, now),
    contentsChangedAt: contents.changedAt || facts.createdAt,
    deletedCount: contents.deletedCount,
    highestItemId: contents.highestItemId,
  };
}
