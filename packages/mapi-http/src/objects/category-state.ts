import { objectId } from '@fauxchange/mapi-wire';

/** Header rows have ids of a replica that no message is of. */
const noReplica = 0;

/** Which categories of a table stand open, and the ids of their header rows: [MS-OXCTABL] 2.2.1.1. */
export class CategoryState {
  /** So many levels stand open unless somebody has closed them. */
  readonly expanded: number;
  /** What clients have opened and closed, by path. */
  readonly #changed = new Map<string, boolean>();
  readonly #ids = new Map<string, bigint>();
  readonly #paths = new Map<bigint, string>();
  /** Rises when one is opened or closed. */
  version = 0;

  constructor(expanded: number) {
    this.expanded = expanded;
  }

  isOpen(path: string, level: number): boolean {
    return this.#changed.get(path) ?? level < this.expanded;
  }

  set(path: string, isOpen: boolean): void {
    this.#changed.set(path, isOpen);
    this.version += 1;
  }

  /** PidTagInstID of a header row: the same for a path as long as the table has this order. */
  idOf(path: string): bigint {
    const known = this.#ids.get(path);
    if (known !== undefined) return known;
    const id = objectId(noReplica, BigInt(this.#ids.size + 1));
    this.#ids.set(path, id);
    this.#paths.set(id, path);
    return id;
  }

  pathOf(id: bigint): string | undefined {
    return this.#paths.get(id);
  }

  /** What differs from how the table stood at first. */
  changes(): readonly (readonly [string, boolean])[] {
    return [...this.#changed];
  }

  replace(changes: Iterable<readonly [string, boolean]>): void {
    this.#changed.clear();
    for (const [path, isOpen] of changes) this.#changed.set(path, isOpen);
    this.version += 1;
  }
}
