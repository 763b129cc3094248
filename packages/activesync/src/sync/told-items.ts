import type { Item, ItemId } from '@fauxchange/mailbox';

/**
 * Each item as it was when the client was last told of it, so that it is told only what changed since. Items are values
 * that the store keeps anyway as long as they are current.
 */
export class ToldItems {
  /** As the client has them for certain, and as the last answer told them. */
  readonly #known = new Map<ItemId, Item>();
  readonly #last = new Map<ItemId, Item>();

  before(id: ItemId): Item | undefined {
    return this.#last.get(id) ?? this.#known.get(id);
  }

  tell(item: Item): void {
    this.#last.set(item.id, item);
  }

  drop(id: ItemId): void {
    this.#last.delete(id);
    this.#known.delete(id);
  }

  /** The client has read the last answer. */
  settle(): void {
    for (const [id, item] of this.#last) this.#known.set(id, item);
    this.#last.clear();
  }

  /** The last answer was lost. */
  forget(): void {
    this.#last.clear();
  }
}
