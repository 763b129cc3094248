import type { Property, PropertyName, PropertyValue } from '@fauxchange/properties';
import { instanceKey } from './item-row.ts';
import type { TableRow } from './row-source.ts';

/** PidTagRowType, [MS-OXCTABL] 2.2.1.3. No category is kept without rows. */
export const rowType = { leaf: 1, emptyCategory: 2, expandedCategory: 3, collapsedCategory: 4 } as const;

export interface HeaderFacts {
  readonly id: bigint;
  readonly path: string;
  readonly level: number;
  readonly isOpen: boolean;
  /** Rows of data in it, however deep. */
  readonly count: number;
  readonly unreadCount: number;
  /** What its rows have in common: the values that categories are made by, and the greatest of the value that they are sorted by. */
  readonly values: ReadonlyMap<PropertyName, PropertyValue | undefined>;
}

/** The row above those of a category. */
export class HeaderRow implements TableRow {
  readonly key: string;
  readonly facts: HeaderFacts;

  constructor(facts: HeaderFacts) {
    this.facts = facts;
    this.key = headerKey(facts.id);
  }

  value({ name }: Pick<Property, 'name'>): PropertyValue | undefined {
    const own = values[name];
    return own ? own(this.facts) : this.facts.values.get(name);
  }
}

export const headerKey = (id: bigint): string => `category ${id}`;

const values: { readonly [N in PropertyName]?: (facts: HeaderFacts) => PropertyValue } = {
  PidTagInstID: ({ id }) => BigInt.asIntN(64, id),
  PidTagInstanceNum: () => 0,
  PidTagInstanceKey: ({ id }) => instanceKey(id, 0),
  PidTagRowType: ({ isOpen }) => (isOpen ? rowType.expandedCategory : rowType.collapsedCategory),
  PidTagDepth: ({ level }) => level,
  PidTagContentCount: ({ count }) => count,
  PidTagContentUnreadCount: ({ unreadCount }) => unreadCount,
};
