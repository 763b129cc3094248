import type { Clock, IdSource } from '@fauxchange/kernel';
import type { Item } from '../items/item.ts';
import { itemTest } from '../search/evaluate.ts';
import { parseQueryString } from '../search/query-string.ts';

/** A saved search as an administrator makes it (New-MailboxSearch). */
export interface NewDiscoverySearch {
  readonly name: string;
  /** Left out or empty: everything. */
  readonly query?: string | undefined;
  /** Addresses of mailboxes and groups. */
  readonly mailboxes?: readonly string[] | undefined;
  /** What the mailboxes have of it is kept, whatever their owners delete. */
  readonly isOnHold?: boolean | undefined;
  readonly language?: string | undefined;
}

/** An In-Place eDiscovery search; with a hold it is an In-Place Hold too: in Exchange they are one object. */
export interface DiscoverySearch {
  readonly name: string;
  readonly query: string;
  /** Directory ids of mailboxes, and of groups in searches without a hold. */
  readonly sources: readonly string[];
  readonly language: string | undefined;
  readonly hold: InPlaceHold | undefined;
}
export interface InPlaceHold {
  /** InPlaceHoldIdentity. */
  readonly identity: string;
  /** Milliseconds from when an item came that it is held; Infinity: without an end. */
  readonly period: number;
}

/** What discovery has saved; names are told apart without regard to case. */
export interface DiscoverySearches {
  /** In the order in which they were made. */
  list(): readonly DiscoverySearch[];
  byName(name: string): DiscoverySearch | undefined;
  /** Adds it, or takes it for the one of that name. Throws MailboxError RestrictionTooComplex for a query that is none. */
  put(search: Omit<DiscoverySearch, 'hold'> & { readonly hold?: { readonly identity?: string | undefined; readonly period?: number | undefined } | undefined }): DiscoverySearch;
  remove(name: string): void;
  /** Which items of the owner's mailbox a hold keeps; undefined where none is on it. O(searches). */
  holdOn(ownerId: string): ((item: Item) => boolean) | undefined;
}

export interface RestorableDiscoverySearches extends DiscoverySearches {
  snapshot(): DiscoverySnapshot;
  restore(snapshot: DiscoverySnapshot): void;
}
export type DiscoverySnapshot = readonly SavedSearch[];

interface SavedSearch extends DiscoverySearch {
  readonly test: (item: Item) => boolean;
}

export function createDiscoverySearches({ clock, ids }: { readonly clock: Clock; readonly ids: IdSource }): RestorableDiscoverySearches {
  return new SavedSearches(clock, ids);
}

class SavedSearches implements RestorableDiscoverySearches {
  readonly #clock: Clock;
  readonly #ids: IdSource;
  #searches = new Map<string, SavedSearch>();

  constructor(clock: Clock, ids: IdSource) {
    this.#clock = clock;
    this.#ids = ids;
  }

  list(): readonly DiscoverySearch[] { return [...this.#searches.values()]; }

  byName(name: string): DiscoverySearch | undefined { return this.#searches.get(keyOf(name)); }

  put({ hold, ...search }: Parameters<DiscoverySearches['put']>[0]): DiscoverySearch {
    const test = itemTest(parseQueryString(search.query, this.#clock.now()));
    const identity = (): string => hold?.identity ?? this.#ids.fork(`in-place hold ${search.name}`).uuid().replaceAll('-', '');
    const saved: SavedSearch = { ...search, test, hold: hold && { identity: identity(), period: hold.period ?? Infinity } };
    this.#searches.set(keyOf(search.name), saved);
    return saved;
  }

  remove(name: string): void { this.#searches.delete(keyOf(name)); }

  holdOn(ownerId: string): ((item: Item) => boolean) | undefined {
    const holds = [...this.#searches.values()].flatMap(({ hold, sources, test }) => (hold && sources.includes(ownerId) ? [{ period: hold.period, test }] : []));
    if (holds.length === 0) return undefined;
    return (item) => holds.some(({ period, test }) => this.#clock.now() - cameAt(item) < period && test(item));
  }

  snapshot(): DiscoverySnapshot { return [...this.#searches.values()]; }

  restore(snapshot: DiscoverySnapshot): void { this.#searches = new Map(snapshot.map((search) => [keyOf(search.name), search])); }
}

const keyOf = (name: string): string => name.toLowerCase();

/** A hold's period is counted from when an item was received, or created where it never was (New-MailboxSearch, ItemHoldPeriod). */
const cameAt = ({ bag }: Item): number => Number(bag.get('PidTagMessageDeliveryTime') ?? bag.get('PidTagCreationTime') ?? 0);
