import type { Layout, LayoutValue } from '../layout/layout.ts';
import { i32, u32 } from '../layout/numbers.ts';
import { struct } from '../layout/struct.ts';

const members = struct({ SortType: u32, ContainerID: u32, CurrentRec: u32, Delta: i32, NumPos: u32, TotalRecs: u32, CodePage: u32, TemplateLocale: u32, SortLocale: u32 });
/** [MS-OXNSPI] 2.3.7: where in which table of the address book, in which order and language. */
export type Stat = LayoutValue<typeof members>;
export const stat: Layout<Stat> = members;

/** [MS-OXNSPI] 2.2.1.8: values of CurrentRec that name no object. */
export const midOfTable = { BeginningOfTable: 0, Current: 1, EndOfTable: 2 } as const;
/** [MS-OXNSPI] 2.2.1.9: what a name was resolved to. */
export const midOfName = { Unresolved: 0, Ambiguous: 1, Resolved: 2 } as const;
