import type { Property } from '@fauxchange/properties';
import type { OrderSpec } from '@fauxchange/mailbox';
import { errorCode, order as wireOrder, type SortOrder } from '@fauxchange/mapi-wire';
import { RopError } from '../errors.ts';
import type { NamedProperties } from '../logon/named-properties.ts';
import { propertyOfTag } from './property-tags.ts';
import { isColumnTag, isInstanceTag, propertyTag } from './property-types.ts';

/** One SortOrder. */
export interface SortedBy {
  readonly property: Property;
  readonly descending: boolean;
}

/** The order of a table, [MS-OXCDATA] 2.13.2: keys, the first of them of categories. */
export interface TableOrder {
  readonly keys: readonly SortedBy[];
  /** So many of the keys make categories. */
  readonly categories: number;
  /** So many of the categories stand open at first. */
  readonly expanded: number;
  /** Categories of the last level stand in the order of the greatest (or least) value of this among their rows. */
  readonly extreme?: SortedBy | undefined;
  /** The multiple property with a row for each of its values. */
  readonly instances?: Property | undefined;
}

export const noOrder: TableOrder = { keys: [], categories: 0, expanded: 0 };

/** More keys or categories are too complex: bounds of ours, which no known client comes near. */
const mostKeys = 6;
const mostCategories = 4;

export interface AskedOrder {
  readonly SortOrders: readonly SortOrder[];
  readonly CategoryCount: number;
  readonly ExpandedCount: number;
}

const invalid = (what: string): RopError => new RopError(errorCode.InvalidParameter, what);

/** @throws RopError ecInvalidParam, ecNotSupported, ecTooComplex */
export function tableOrderOf({ SortOrders, CategoryCount, ExpandedCount }: AskedOrder, names: NamedProperties): TableOrder {
  if (SortOrders.length > mostKeys || CategoryCount > mostCategories) throw new RopError(errorCode.TooComplex, `A table is sorted by ${mostKeys} keys and ${mostCategories} categories at most.`);
  if (CategoryCount > SortOrders.length || ExpandedCount > CategoryCount) throw invalid('More categories than keys, or more open ones than there are.');
  const keys: SortedBy[] = [];
  let instances: Property | undefined;
  let extreme: SortedBy | undefined;
  for (const [at, { PropertyTag, Order }] of SortOrders.entries()) {
    const property = keyOf(PropertyTag, names);
    if (isInstanceTag(PropertyTag)) {
      if (instances) throw invalid('One property may have a row for each of its values.');
      instances = property;
    }
    if (Order === wireOrder.MaximumCategory) {
      // It says in which order the categories in front of it stand: [MS-OXCTABL] 2.2.2.3.1.
      if (extreme || CategoryCount === 0 || at !== CategoryCount) throw invalid('The order of categories has its place behind them.');
      extreme = { property, descending: keys[at - 1]?.descending ?? false };
    } else if (Order === wireOrder.Ascending || Order === wireOrder.Descending) keys.push({ property, descending: Order === wireOrder.Descending });
    else throw invalid(`No order 0x${Order.toString(16)}.`);
  }
  return { keys, categories: CategoryCount, expanded: ExpandedCount, extreme, instances };
}

function keyOf(tag: number, names: NamedProperties): Property {
  if (!isColumnTag(tag)) throw invalid(`Nothing is sorted by the type of 0x${tag.toString(16)}.`);
  const isInstance = isInstanceTag(tag);
  const property = propertyOfTag(propertyTag(tag), names);
  if (!property) throw invalid(`No property has the tag 0x${tag.toString(16)}.`);
  // Rows are sorted by one value: [MS-OXCTABL] 3.2.5.3.
  if (property.type.startsWith('Multiple') && !isInstance) throw new RopError(errorCode.NotSupported, 'By several values at once, no table is sorted.');
  return property;
}

export const orderSpecOf = ({ keys }: TableOrder): OrderSpec => keys.map(({ property: { name }, descending }) => ({ property: name, descending }));
