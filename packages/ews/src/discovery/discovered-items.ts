import { MailboxError, parseQueryString, type FolderId, type Mailbox, type Restriction, type WellKnownFolderName } from '@fauxchange/mailbox';
import type { EwsContext } from '../context.ts';
import type { MailboxSearchLocationType } from '../schema/types.generated.ts';
import { foldersBelow, type FoundItem } from '../searched-folders.ts';

const roots: Readonly<Record<MailboxSearchLocationType, readonly WellKnownFolderName[]>> = { PrimaryOnly: ['root'], ArchiveOnly: ['archiveroot'], All: ['root', 'archiveroot'] };
const dumpsters: ReadonlySet<WellKnownFolderName | undefined> = new Set<WellKnownFolderName | undefined>(['recoverableitemsroot', 'archiverecoverableitemsroot']);

/** Discovery looks everywhere whatever the permissions, in Recoverable Items too. Undefined: the mailbox has no archive, and only that was wanted. */
export async function discover(mailbox: Mailbox, location: MailboxSearchLocationType, restriction: Restriction, { withDumpster = true }: { readonly withDumpster?: boolean } = {}): Promise<readonly FoundItem[] | undefined> {
  const session = mailbox.openAsSystem();
  const rootIds = roots[location].flatMap((name) => mailbox.wellKnown(name) ?? []);
  if (rootIds.length === 0) return undefined;
  const folderIds: FolderId[] = [];
  for (const rootId of rootIds) folderIds.push(rootId, ...(await foldersBelow(session, rootId, ({ wellKnown }) => withDumpster || !dumpsters.has(wellKnown))));
  const { items } = await session.query(folderIds, { restriction, limit: Number.MAX_SAFE_INTEGER });
  return items.map((item) => ({ id: item.id, item, session }));
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
