import type { LayoutValue } from '../layout/layout.ts';
import { u16, u32, u8 } from '../layout/numbers.ts';
import { repeated } from '../layout/sequences.ts';
import { depending, struct } from '../layout/struct.ts';

/** [MS-OXCDATA] 2.13.1. `MaximumCategory` sorts groups by the largest value that one of their rows has. */
export const order = { Ascending: 0x00, Descending: 0x01, MaximumCategory: 0x04 } as const;

/** [MS-OXCDATA] 2.13.1. */
export const sortOrder = struct({ PropertyTag: u32, Order: u8 });
export type SortOrder = LayoutValue<typeof sortOrder>;

/** [MS-OXCDATA] 2.13.2: `CategorizedCount` of the orders, the first ones, make groups; `ExpandedCount` of those groups stand open. */
export const sortOrderSet = struct({
  SortOrderCount: u16,
  CategorizedCount: u16,
  ExpandedCount: u16,
  SortOrders: depending(({ SortOrderCount }) => repeated(SortOrderCount as number, sortOrder)),
});
export type SortOrderSet = LayoutValue<typeof sortOrderSet>;
