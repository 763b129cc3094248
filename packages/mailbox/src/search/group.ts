import type { PropertyName, PropertyValue } from '@fauxchange/properties';
import type { Item } from '../items/item.ts';
import { valueOf } from '../items/value-of.ts';
import { prepareOrder, sortKey, type SortKeys } from './sort.ts';

export interface Grouping {
  readonly property: PropertyName;
  readonly descending: boolean;
  /** Groups are ordered by the least or greatest of this property among their items; without it, by the property grouped by. */
  readonly aggregate?: { readonly property: PropertyName; readonly use: 'min' | 'max' } | undefined;
}
export interface ItemGroup {
  /** Of the group's first item; undefined for the items that have none. */
  readonly value: PropertyValue | undefined;
  /** In the order given. */
  readonly items: readonly Item[];
}

/**
 * Groups items that are sorted already; within a group their order stays. Groups whose aggregates are equal are ordered by first appearance.
 *
 * @example
 * groupItems(page.items, { property: 'PidTagConversationTopic', descending: true, aggregate: { property: 'PidTagMessageDeliveryTime', use: 'max' } });
 */
export function groupItems(items: readonly Item[], grouping: Grouping): readonly ItemGroup[] {
  const groups = new Map<unknown, { value: PropertyValue | undefined; items: Item[]; rank: SortKeys }>();
  const by = grouping.aggregate?.property ?? grouping.property;
  const order = prepareOrder<Item>([{ property: by, descending: false }], valueOf);
  const sign = grouping.aggregate?.use === 'max' ? 1 : -1;
  for (const item of items) {
    const value = valueOf(item, grouping.property);
    const rank = order.keys(item);
    const group = groups.get(sortKey(value));
    if (group === undefined) {
      groups.set(sortKey(value), { value, items: [item], rank });
      continue;
    }
    group.items.push(item);
    if (order.compare(rank, group.rank) * sign > 0) group.rank = rank;
  }
  const direction = grouping.descending ? -1 : 1;
  return [...groups.values()].sort((a, b) => direction * order.compare(a.rank, b.rank)).map(({ value, items: members }) => ({ value, items: members }));
}
