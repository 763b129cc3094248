import type { DirectoryEntry } from '../directory/directory.ts';

/** Who opens a mailbox. */
export interface Accessor {
  /** Undefined: the system itself (transport, seeds), which may do everything. */
  readonly entry: DirectoryEntry | undefined;
  /** Directory ids of the accessor and of every group it is in. */
  readonly memberships: ReadonlySet<string>;
  /** The owner, somebody with full access, or the system. */
  readonly hasFullAccess: boolean;
  /** A delegate whom the owner lets see private items, where folders let them see any. */
  readonly viewsPrivate: boolean;
}

/** Transport, seeds, administration: may do everything, and what it writes has no author. */
export const systemAccessor: Accessor = Object.freeze({ entry: undefined, memberships: new Set<string>(), hasFullAccess: true, viewsPrivate: true });
