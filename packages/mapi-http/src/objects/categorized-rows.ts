import { sortBy, sortKey, type SortKey } from '@fauxchange/mailbox';
import type { PropertyName, PropertyValue } from '@fauxchange/properties';
import type { SortedBy } from '../mapping/table-order.ts';
import { HeaderRow } from './header-row.ts';
import type { ItemRow } from './item-row.ts';
import { ListedRows, type TableRow, type TableView } from './row-source.ts';

interface Group {
  readonly value: PropertyValue | undefined;
  readonly key: SortKey;
  readonly rows: ItemRow[];
}

/** A path names a category by the values that lead to it. */
const step = (key: SortKey): string => `${typeof key}:${String(key)}`;
const pathEnd = '\u0000';

/** Rows under their categories, those of closed ones left out: [MS-OXCTABL] 2.2.2.3.1. */
export class CategorizedRows extends ListedRows {
  /** All header rows by their path, hidden ones too. */
  readonly headers: ReadonlyMap<string, HeaderRow>;

  private constructor(rows: readonly TableRow[], headers: ReadonlyMap<string, HeaderRow>) {
    super(rows);
    this.headers = headers;
  }

  /** @param leaves sorted by all keys of the order */
  static of(leaves: readonly ItemRow[], view: TableView): CategorizedRows {
    const rows: TableRow[] = [];
    const headers = new Map<string, HeaderRow>();
    new Grouping(view, rows, headers).add(leaves, { level: 0, path: '', isVisible: true, values: new Map() });
    return new CategorizedRows(rows, headers);
  }
}

interface Place {
  readonly level: number;
  readonly path: string;
  readonly isVisible: boolean;
  readonly values: ReadonlyMap<PropertyName, PropertyValue | undefined>;
}

class Grouping {
  readonly #view: TableView;
  readonly #rows: TableRow[];
  readonly #headers: Map<string, HeaderRow>;

  constructor(view: TableView, rows: TableRow[], headers: Map<string, HeaderRow>) {
    this.#view = view;
    this.#rows = rows;
    this.#headers = headers;
  }

  add(leaves: readonly ItemRow[], { level, path, isVisible, values }: Place): void {
    const { order: { keys, categories, extreme }, categories: state } = this.#view;
    const by = keys[level];
    if (level >= categories || !by) {
      if (isVisible) for (const row of leaves) this.#rows.push(row);
      return;
    }
    for (const { value, key, rows } of this.#inOrder(grouped(leaves, by), level)) {
      const own = path + step(key) + pathEnd;
      const common = new Map(values).set(by.property.name, value);
      if (extreme && level === categories - 1) common.set(extreme.property.name, greatest(rows, extreme));
      const isOpen = state.isOpen(own, level);
      const header = new HeaderRow({ id: state.idOf(own), path: own, level, isOpen, count: rows.length, unreadCount: rows.filter(({ item }) => !item.isRead).length, values: common });
      this.#headers.set(own, header);
      if (isVisible) this.#rows.push(header);
      this.add(rows, { level: level + 1, path: own, isVisible: isVisible && isOpen, values: common });
    }
  }

  /** Those of the last level by the greatest of a value where that is asked for: MaximumCategory. */
  #inOrder(groups: readonly Group[], level: number): readonly Group[] {
    const { extreme, categories } = this.#view.order;
    if (!extreme || level !== categories - 1) return groups;
    const ranked = groups.map((group, id) => ({ id: extreme.descending ? -id : id, group, rank: greatest(group.rows, extreme) }));
    return sortBy(ranked, [{ property: extreme.property.name, descending: extreme.descending }], ({ rank }) => rank).map(({ group }) => group);
  }
}

function grouped(rows: readonly ItemRow[], by: SortedBy): readonly Group[] {
  const groups: Group[] = [];
  for (const row of rows) {
    const value = row.value(by.property);
    const key = sortKey(value);
    const last = groups.at(-1);
    if (last && last.key === key) last.rows.push(row);
    else groups.push({ value, key, rows: [row] });
  }
  return groups;
}

function greatest(rows: readonly ItemRow[], { property }: SortedBy): PropertyValue | undefined {
  const [first] = sortBy(rows, [{ property: property.name, descending: true }], (row, name) => row.value({ name }));
  return first?.value(property);
}
