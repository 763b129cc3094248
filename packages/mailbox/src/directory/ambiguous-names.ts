import type { DirectoryEntry } from './directory.ts';
import { foldName, NameIndex } from './name-index.ts';

/** Longest text that name resolution looks at. */
const LONGEST_QUERY = 256;
const MOST_WORDS = 16;
/** Where so many times more rows match than are wanted, looking through the names in order finds enough of them soon. */
const PLENTY = 8;

interface Query {
  /** Folded. */
  readonly name: string;
  readonly isExact: boolean;
  /** More than one, or none. */
  readonly words: readonly string[];
}

/** Ambiguous name resolution, [MS-ADTS] 3.1.1.3.1.3.1.4, over the entries that address lists show. */
export class AmbiguousNames {
  readonly #names = new NameIndex();
  /** Display names alone: the order of answers. */
  readonly #shown = new NameIndex();
  /** Everything that an entry is found by, folded, its display name first. */
  readonly #keys = new Map<string, readonly string[]>();

  add(entry: DirectoryEntry): void {
    if (entry.isHiddenFromAddressLists) return;
    const keys = nameKeys(entry);
    this.#keys.set(entry.id, keys);
    this.#shown.add(keys[0] as string, entry.id);
    for (const key of keys) this.#names.add(key, entry.id);
  }

  remove({ id }: DirectoryEntry): void {
    const keys = this.#keys.get(id);
    if (!keys) return;
    this.#keys.delete(id);
    this.#shown.remove(keys[0] as string, id);
    for (const key of keys) this.#names.remove(key, id);
  }

  /** Ids in the order of display names, no more than asked for: a prefix of any of the names, or, for several words, each of them a prefix of one. */
  resolve(text: string, most: number): readonly string[] {
    const query = parse(text);
    if (query.name === '') return [];
    const rarest = this.#rarestWord(query);
    const rows = this.#names.count(query.name) + (rarest === '' ? 0 : this.#names.count(rarest));
    return rows > PLENTY * most ? this.#walk(query, most) : this.#gather(query, rarest, most);
  }

  /** As `resolve`, in no order: where plenty match it costs what is asked for. */
  resolveSome(text: string, most: number): readonly string[] {
    const query = parse(text);
    const found = new Set<string>();
    if (query.name === '') return [];
    for (const id of this.#matching(query, this.#rarestWord(query))) {
      if (found.size >= most) break;
      found.add(id);
    }
    return [...found];
  }

  #rarestWord({ words }: Query): string {
    return words.reduce((best, word) => (this.#names.count(word) < this.#names.count(best) ? word : best), words[0] ?? '');
  }

  /** Those that match; one may come more than once. */
  *#matching(query: Query, rarest: string): IterableIterator<string> {
    yield* this.#names.ids(query.name, query.isExact);
    if (rarest !== '') for (const id of this.#names.ids(rarest)) if (matches(query, this.#keysOf(id))) yield id;
  }

  /** All that match, then in order: costs what matches. */
  #gather(query: Query, rarest: string, most: number): readonly string[] {
    return [...new Set(this.#matching(query, rarest))]
      .map((id) => ({ id, key: this.#keysOf(id)[0] as string }))
      .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : a.id < b.id ? -1 : 1))
      .slice(0, most)
      .map(({ id }) => id);
  }

  /** In order, until there are enough. */
  #walk(query: Query, most: number): readonly string[] {
    const found: string[] = [];
    for (const id of this.#shown.ids('')) {
      if (found.length >= most) break;
      if (matches(query, this.#keysOf(id))) found.push(id);
    }
    return found;
  }

  #keysOf(id: string): readonly string[] { return this.#keys.get(id) as readonly string[]; }
}

function parse(text: string): Query {
  const query = text.trim().slice(0, LONGEST_QUERY);
  const isExact = query.startsWith('=');
  const name = foldName(isExact ? query.slice(1) : query).trim();
  const words = name.split(/[\s,]+/).filter((word) => word !== '').slice(0, MOST_WORDS);
  return { name, isExact, words: isExact || words.length < 2 ? [] : words };
}

function matches({ name, isExact, words }: Query, keys: readonly string[]): boolean {
  if (isExact) return keys.includes(name);
  return keys.some((key) => key.startsWith(name)) || (words.length > 0 && words.every((word) => keys.some((key) => key.startsWith(word))));
}

/** What ambiguous name resolution looks at, folded. */
function nameKeys(entry: DirectoryEntry): readonly string[] {
  const names = [entry.displayName, ...entry.displayName.split(/[\s,]+/), entry.alias, entry.samAccountName, entry.givenName, entry.surname, entry.officeLocation, ...entry.proxyAddresses];
  return [...new Set(names.filter((name) => name !== undefined && name !== '').map((name) => foldName(name as string)))];
}
