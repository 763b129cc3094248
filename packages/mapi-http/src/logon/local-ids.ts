import type { FolderId } from '@fauxchange/mailbox';
import { GlobSet } from '@fauxchange/mapi-wire';

/** Ranges that are kept of each folder; the oldest go. */
const mostRanges = 10_000;

/**
 * What clients have said of ids that they made up themselves: that they belong to nothing in a folder, or that what had them is
 * deleted. The deleted item list of [MS-OXCFXICS] 3.2.1, as far as the mailbox's own log cannot know it.
 */
export class LocalIds {
  readonly #neverUsed = new Map<FolderId, GlobSet>();
  #deletedFolders = GlobSet.empty;

  neverUsed(folderId: FolderId): GlobSet {
    return this.#neverUsed.get(folderId) ?? GlobSet.empty;
  }

  addNeverUsed(folderId: FolderId, ids: GlobSet): void {
    const all = this.neverUsed(folderId).union(ids);
    this.#neverUsed.set(folderId, all.ranges.length > mostRanges ? GlobSet.ofRanges(all.ranges.slice(-mostRanges)) : all);
  }

  isNeverUsed(folderId: FolderId, id: number): boolean {
    return this.neverUsed(folderId).has(id);
  }

  get deletedFolders(): GlobSet {
    return this.#deletedFolders;
  }

  addDeletedFolders(ids: GlobSet): void {
    const all = this.#deletedFolders.union(ids);
    this.#deletedFolders = all.ranges.length > mostRanges ? GlobSet.ofRanges(all.ranges.slice(-mostRanges)) : all;
  }
}
