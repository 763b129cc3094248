import { MailboxError, parseQueryString, type FolderId, type Item, type Mailbox, type MailboxSession, type Restriction, type WellKnownFolderName } from '@fauxchange/mailbox';
import type { EwsContext } from '../context.ts';
import type { MailboxSearchLocationType } from '../schema/types.generated.ts';

/** An item that a search has found, with where it is. */
export interface DiscoveredItem {
  readonly id: Item['id'];
  readonly item: Item;
  readonly session: MailboxSession;
}

const roots: Readonly<Record<MailboxSearchLocationType, readonly WellKnownFolderName[]>> = { PrimaryOnly: ['root'], ArchiveOnly: ['archiveroot'], All: ['root', 'archiveroot'] };
const dumpsters: ReadonlySet<WellKnownFolderName | undefined> = new Set<WellKnownFolderName | undefined>(['recoverableitemsroot', 'archiverecoverableitemsroot']);

/** Discovery looks everywhere whatever the permissions, in Recoverable Items too. Undefined: the mailbox has no archive, and only that was wanted. */
export async function discover(mailbox: Mailbox, location: MailboxSearchLocationType, restriction: Restriction, { withDumpster = true }: { readonly withDumpster?: boolean } = {}): Promise<readonly DiscoveredItem[] | undefined> {
  const session = mailbox.openAsSystem();
  const rootIds = roots[location].flatMap((name) => mailbox.wellKnown(name) ?? []);
  if (rootIds.length === 0) return undefined;
  const folderIds: FolderId[] = [];
  for (const rootId of rootIds) folderIds.push(rootId, ...(await foldersBelow(session, rootId, withDumpster)));
  const { items } = await session.query(folderIds, { restriction, limit: Number.MAX_SAFE_INTEGER });
  return items.map((item) => ({ id: item.id, item, session }));
}

/** Search folders only show what is in others. */
async function foldersBelow(session: MailboxSession, rootId: FolderId, withDumpster: boolean): Promise<readonly FolderId[]> {
  const leftOut = new Set<FolderId>();
  const found: FolderId[] = [];
  // Parents come before what is below them.
  for (const { id, parentId, kind, wellKnown } of await session.folders(rootId, 'deep')) {
    if (leftOut.has(parentId) || (!withDumpster && dumpsters.has(wellKnown))) leftOut.add(id);
    else if (kind !== 'search') found.push(id);
  }
  return found;
}

/** The query as a restriction; undefined where it is none that can be understood. */
export function discoveryRestriction(query: string, { clock, limits }: EwsContext): Restriction | undefined {
  try {
    // Between the keywords there are operators and parentheses.
    return parseQueryString(query, clock.now(), { mostTokens: 4 * (limits.discoveryMaxKeywords ?? mostKeywords) });
  } catch (thrown) {
    if (thrown instanceof MailboxError && thrown.code === 'RestrictionTooComplex') return undefined;
    throw thrown;
  }
}

/** Where the throttling policy has no limit there is this one. */
export const mostKeywords = 10_000;
