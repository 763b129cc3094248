import { itemId, itemTest, MailboxError, type FolderId, type Item, type LoggedItem, type MailboxSession, type Restriction } from '@fauxchange/mailbox';
import { GlobSet } from '@fauxchange/mapi-wire';
import { wholeUpTo, type SyncState } from './sync-state.ts';

const PAGE = 1_000;

export interface ContentsScope {
  readonly folderId: FolderId;
  readonly hasNormal: boolean;
  readonly hasFai: boolean;
  readonly hasReadState: boolean;
  readonly hasDeletions: boolean;
  /** Whether what does not match any more is told as gone. */
  readonly hasOutOfScope: boolean;
  readonly restriction?: Restriction | undefined;
  /** Ids that the client said it will never use, or has deleted. */
  readonly neverUsed: GlobSet;
}

/** What there is to tell a client, as of one change number. */
export interface ContentsChanges {
  readonly asOf: number;
  readonly changed: readonly LoggedItem[];
  readonly deleted: GlobSet;
  readonly outOfScope: GlobSet;
  readonly read: GlobSet;
  readonly unread: GlobSet;
  /** Change numbers of what a client who does not want to know is not told: it has not seen them. */
  readonly untold: { readonly normal: readonly number[]; readonly fai: readonly number[] };
  /** The state was none of this mailbox: it has to be told everything. */
  readonly isAnew: boolean;
}

interface Log {
  readonly asOf: number;
  readonly entries: readonly LoggedItem[];
  readonly isWhole: boolean;
}

/** The log behind a change number, as of the moment when its reading began. */
async function readLog(session: MailboxSession, folderId: FolderId, after: number): Promise<Log> {
  const entries: LoggedItem[] = [];
  let asOf: number | undefined;
  let isWhole = true;
  for (let at = after, more = true; more;) {
    const page = await session.log(folderId, at, PAGE);
    asOf ??= page.asOf;
    isWhole &&= page.isWhole;
    for (const entry of page.entries) if (entry.cn <= asOf) entries.push(entry);
    at = page.entries.at(-1)?.cn ?? at;
    more = page.more && at < asOf;
  }
  return { asOf: asOf ?? 0, entries, isWhole };
}

/** From where on something may be missing: a change of a kind that is asked for, with a number that the client has not. */
function begin({ seen, seenFai, read }: SyncState, { hasNormal, hasFai, hasReadState }: ContentsScope): number {
  const asked = [...(hasNormal ? [seen] : []), ...(hasFai ? [seenFai] : []), ...(hasReadState ? [read] : [])];
  return Math.min(...(asked.length > 0 ? asked : [seen, seenFai]).map(wholeUpTo));
}

const highest = ({ ranges }: GlobSet): number => ranges.at(-1)?.high ?? 0;

/** What differs between a folder and what a client has: [MS-OXCFXICS] 3.2.5.3. Costs what has changed, not what there is. */
export async function contentsChanges(session: MailboxSession, state: SyncState, scope: ContentsScope): Promise<ContentsChanges> {
  const now = await session.changeNumber();
  // Nobody can have seen what has not happened: the mailbox was set back.
  const isAnew = [state.seen, state.seenFai, state.read].some((set) => highest(set) > now);
  const known: SyncState = isAnew ? { ...state, seen: GlobSet.empty, seenFai: GlobSet.empty, read: GlobSet.empty } : state;
  const log = await readLog(session, scope.folderId, begin(known, scope));
  const found = new Finder(known, scope, await outOfScopeIds(session, log.entries, scope.restriction));
  for (const entry of log.entries) found.look(entry);
  await found.complete(session, !log.isWhole || isAnew);
  return { asOf: log.asOf, isAnew, ...found.changes };
}

/** Those that are there and do not match. */
async function outOfScopeIds(session: MailboxSession, entries: readonly LoggedItem[], restriction: Restriction | undefined): Promise<ReadonlySet<number>> {
  const out = new Set<number>();
  if (!restriction) return out;
  const test = itemTest(restriction);
  const live = entries.filter(({ isGone }) => !isGone).map(({ id }) => id);
  for (let at = 0; at < live.length; at += PAGE) {
    for (const item of await session.items(live.slice(at, at + PAGE))) if (!(item instanceof MailboxError) && !test(item)) out.add(item.id);
  }
  return out;
}

class Finder {
  readonly #state: SyncState;
  readonly #scope: ContentsScope;
  readonly #outOfScope: ReadonlySet<number>;
  readonly #readFlags: number[] = [];
  readonly #changed: LoggedItem[] = [];
  readonly #gone: number[] = [];
  #deleted = GlobSet.empty;
  readonly #lost: number[] = [];
  readonly #untold = { normal: [] as number[], fai: [] as number[] };
  #read = GlobSet.empty;
  #unread = GlobSet.empty;

  constructor(state: SyncState, scope: ContentsScope, outOfScope: ReadonlySet<number>) {
    this.#state = state;
    this.#scope = scope;
    this.#outOfScope = outOfScope;
  }

  get changes(): Omit<ContentsChanges, 'asOf' | 'isAnew'> {
    return { changed: this.#changed, deleted: this.#deleted, outOfScope: GlobSet.of(this.#lost), read: this.#read, unread: this.#unread, untold: this.#untold };
  }

  look(entry: LoggedItem): void {
    const { id, cn, isGone } = entry;
    const isGiven = this.#state.given.has(id);
    if (isGone) {
      if (isGiven && this.#scope.hasDeletions) this.#gone.push(id);
      else if (isGiven) this.#leave(entry, cn);
    } else if (this.#outOfScope.has(id)) {
      if (isGiven && this.#scope.hasOutOfScope) this.#lost.push(id);
      else if (isGiven) this.#leave(entry, cn);
    } else this.#lookAtContent(entry, isGiven);
  }

  #lookAtContent(entry: LoggedItem, isGiven: boolean): void {
    const { id, contentCn, readCn, isAssociated } = entry;
    const isAsked = isAssociated ? this.#scope.hasFai : this.#scope.hasNormal;
    const seen = isAssociated ? this.#state.seenFai : this.#state.seen;
    // What had not matched and matches again may have changed in its read flag alone.
    const isNew = !isGiven && this.#scope.restriction !== undefined;
    if (isAsked && (isNew || !seen.has(contentCn))) this.#changed.push(entry);
    else if (this.#scope.hasReadState && !isAssociated && isGiven && readCn > 0 && !this.#state.read.has(readCn)) this.#readFlags.push(id);
  }

  #leave({ isAssociated }: LoggedItem, cn: number): void {
    (isAssociated ? this.#untold.fai : this.#untold.normal).push(cn);
  }

  /** What the log does not say. */
  async complete(session: MailboxSession, isIncomplete: boolean): Promise<void> {
    const items = await session.items(this.#readFlags.map(itemId));
    const flags = items.filter((item): item is Item => !(item instanceof MailboxError));
    this.#read = GlobSet.of(flags.filter(({ isRead }) => isRead).map(({ id }) => id));
    this.#unread = GlobSet.of(flags.filter(({ isRead }) => !isRead).map(({ id }) => id));
    this.#deleted = GlobSet.of(this.#gone);
    if (!this.#scope.hasDeletions) return;
    const { given } = this.#state;
    const unused = given.difference(given.difference(this.#scope.neverUsed));
    if (!isIncomplete && unused.isEmpty && await this.#addsUp(session)) return;
    // The client has ids that the log does not explain: it is compared with all that is there.
    const { entries } = await readLog(session, this.#scope.folderId, 0);
    const live = GlobSet.of(entries.filter(({ isGone }) => !isGone).map(({ id }) => id));
    this.#deleted = given.difference(live);
  }

  /** Whether the client has as many items then as there are: only where it asks for all of them can that be known. */
  async #addsUp(session: MailboxSession): Promise<boolean> {
    const { hasNormal, hasFai, restriction, folderId } = this.#scope;
    if (restriction || !hasNormal) return true;
    const { totalCount, associatedCount } = await session.folder(folderId);
    const fresh = this.#changed.filter(({ id }) => !this.#state.given.has(id)).length;
    const count = this.#state.given.size - this.#deleted.size + fresh;
    return count === totalCount + associatedCount || (!hasFai && count <= totalCount);
  }
}
