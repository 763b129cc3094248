import type { Cursor, FolderId, ItemId } from '@fauxchange/mailbox';
import type { ClassName } from '../folders/folder-type.ts';
import type { CollectionOptions } from './collection-options.ts';
import { ToldItems } from './told-items.ts';

/** Where the first round of a mail folder stands: newest first, in the order of the folder. */
export interface FirstRound {
  /** Changes after this moment are told when the round is over. */
  readonly since: Cursor;
  readonly offset: number;
  /** Items that the folder had lost by then: as many places everything behind may have moved up. */
  readonly deletedCount: number;
}

/** What the client holds, or will hold when it has read the answer, under one synchronization key. */
export interface SyncGeneration {
  readonly key: string;
  /** Undefined before the first round has begun. */
  readonly cursor: Cursor | undefined;
  readonly firstRound: FirstRound | undefined;
  /** Change number of the mailbox when the answer was made: what an item has beyond it, the client has not seen. */
  readonly asOf: number;
  /** Beginning of the filter's time, ms since 1970 UTC; what is older was not sent. */
  readonly filterFrom: number | undefined;
  /** The client's own changes that the cursor has not passed: they are not told back. Change numbers by item. */
  readonly own: ReadonlyMap<ItemId, number>;
  /** What this generation added to and took from what the one before held. */
  readonly added: ReadonlySet<ItemId>;
  readonly removed: ReadonlySet<ItemId>;
  /** ServerIds by ClientId of the Adds that led here, and what was deleted: a request that comes again does nothing twice. */
  readonly addedByClient: ReadonlyMap<string, string>;
  readonly deletedByClient: ReadonlySet<string>;
}

/** The state of one collection at one device. */
export class Collection {
  readonly collectionId: string;
  readonly folderId: FolderId;
  readonly className: ClassName;
  options: CollectionOptions;
  /** Names of Supported; undefined: the client sent no such element, and nothing is ghosted ([MS-ASCMD] 2.2.3.179). */
  supported: ReadonlySet<string> | undefined;
  current: SyncGeneration;
  previous: SyncGeneration | undefined;
  readonly told: ToldItems = new ToldItems();
  /** What the client holds under `previous` (or under `current` when that is the first). */
  readonly #held = new Set<ItemId>();
  #keyNumber: number;

  constructor(facts: { readonly collectionId: string; readonly folderId: FolderId; readonly className: ClassName; readonly options: CollectionOptions; readonly firstKey: number }) {
    this.collectionId = facts.collectionId;
    this.folderId = facts.folderId;
    this.className = facts.className;
    this.options = facts.options;
    this.#keyNumber = facts.firstKey;
    this.current = { ...nothing, key: String(facts.firstKey) };
  }

  /**
   * The state that a key of the client stands for: the newest, or the one before it, when the answer was lost on the way; then what
   * that answer told is forgotten. Undefined for every other key.
   */
  resume(key: string): SyncGeneration | undefined {
    if (key === this.current.key) {
      this.told.settle();
      for (const id of this.current.removed) this.#held.delete(id);
      for (const id of this.current.added) this.#held.add(id);
      this.current = { ...this.current, added: none, removed: none };
      // Who has this key will not come back with the one before.
      this.previous = undefined;
      return this.current;
    }
    if (key !== this.previous?.key) return undefined;
    this.told.forget();
    const { addedByClient, deletedByClient, own } = this.current;
    this.current = { ...this.previous, addedByClient, deletedByClient, own: new Map([...this.previous.own, ...own]), added: none, removed: none };
    this.previous = undefined;
    return this.current;
  }

  /** Whether the client holds an item under the key that was resumed. */
  holds(id: ItemId): boolean {
    return this.#held.has(id);
  }

  get heldCount(): number {
    return this.#held.size;
  }

  held(): Iterable<ItemId> {
    return this.#held;
  }

  /** Whether the key is one that the next request may bring. */
  knows(key: string): boolean {
    return key === this.current.key || key === this.previous?.key;
  }

  advance(next: Omit<SyncGeneration, 'key'>): SyncGeneration {
    this.#keyNumber += 1;
    this.previous = this.current;
    this.current = { ...next, key: String(this.#keyNumber) };
    return this.current;
  }
}

const none: ReadonlySet<ItemId> = new Set();
const nothing: Omit<SyncGeneration, 'key'> = {
  cursor: undefined, firstRound: undefined, asOf: 0, filterFrom: undefined, own: new Map(), added: none, removed: none, addedByClient: new Map(), deletedByClient: new Set(),
};
