import type { PropertyName, PropertyValue } from '@fauxchange/properties';
import type { OrderSpec } from './restriction.ts';
import { fold } from './text.ts';

/** Longer texts count as equal: keys are kept in memory beside the rows. */
const MAX_KEY_LENGTH = 255;

/** What a value is sorted by. Undefined (absent) comes first in ascending order. */
export type SortKey = string | number | bigint | undefined;
/** One key, or several for an order by several properties. */
export type SortKeys = SortKey | readonly SortKey[];
export type ValueReader<T> = (subject: T, name: PropertyName) => PropertyValue | undefined;

/** Strings by their text without case and accents, then code units; of several values the first; false before true. */
export function sortKey(value: PropertyValue | undefined): SortKey {
  if (typeof value === 'string') return fold(value.slice(0, MAX_KEY_LENGTH));
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value === 'number') return Number.isNaN(value) ? undefined : value;
  if (typeof value === 'bigint') return value;
  return Array.isArray(value) ? sortKey((value as readonly PropertyValue[])[0]) : undefined;
}

function compareKeys(a: SortKey, b: SortKey): number {
  if (a === b) return 0;
  if (a === undefined) return -1;
  if (b === undefined) return 1;
  // Values of one property are of one type; if not (an item with a wrong one), texts come after numbers.
  if ((typeof a === 'string') !== (typeof b === 'string')) return typeof a === 'string' ? 1 : -1;
  if (a < b) return -1;
  return a > b ? 1 : 0;
}

/**
 * An order made ready: how to take the keys and to compare them. A descending first property turns the whole order
 * round (`isReversed`), ties included, so that one structure serves both directions.
 */
export interface PreparedOrder<T> {
  readonly name: string;
  readonly isReversed: boolean;
  keys(subject: T): SortKeys;
  compare(a: SortKeys, b: SortKeys): number;
}

export function prepareOrder<T>(order: OrderSpec, valueOf: ValueReader<T>): PreparedOrder<T> {
  const isReversed = order[0]?.descending ?? false;
  const parts = order.map(({ property, descending }) => ({ property, sign: descending === isReversed ? 1 : -1 }));
  const name = parts.map(({ property, sign }) => `${sign > 0 ? '+' : '-'}${property}`).join('\n');
  const [only] = parts;
  if (only === undefined) return { name, isReversed, keys: () => undefined, compare: () => 0 };
  if (parts.length === 1) {
    return { name, isReversed, keys: (subject) => sortKey(valueOf(subject, only.property)), compare: (a, b) => compareKeys(a as SortKey, b as SortKey) };
  }
  return {
    name,
    isReversed,
    keys: (subject) => parts.map(({ property }) => sortKey(valueOf(subject, property))),
    compare: (a, b) => {
      for (let at = 0; at < parts.length; at++) {
        const difference = compareKeys((a as readonly SortKey[])[at], (b as readonly SortKey[])[at]);
        if (difference !== 0) return difference * (parts[at] as { sign: number }).sign;
      }
      return 0;
    },
  };
}

/**
 * Sorts by an order; ties by id, in the direction of the first property. The argument is left alone.
 *
 * @example
 * sortBy(folders, [{ property: 'PidTagDisplayName', descending: false }], folderValueOf);
 */
export function sortBy<T extends { readonly id: number }>(subjects: readonly T[], order: OrderSpec, valueOf: ValueReader<T>): T[] {
  const prepared = prepareOrder(order, valueOf);
  const sign = prepared.isReversed ? -1 : 1;
  return subjects
    .map((subject) => ({ subject, keys: prepared.keys(subject) }))
    .sort((a, b) => sign * (prepared.compare(a.keys, b.keys) || a.subject.id - b.subject.id))
    .map(({ subject }) => subject);
}
