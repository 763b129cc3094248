import { bool8, i32, u16, u32, u64, u8 } from '../layout/numbers.ts';
import { blob, sizedOrNull } from '../layout/sequences.ts';
import { restriction } from '../properties/restriction.ts';
import { sortOrder } from '../properties/sort-order.ts';
import { propertyTags, repeatedBy, rowData } from './parts.ts';
import { nothing, rop } from './rop.ts';

const status = { TableStatus: u8 } as const;
const byRowCount = rowData(({ RowCount }) => Number(RowCount));

/** [MS-OXCROPS] 2.2.5. */
export const tableRops = {
  RopSetColumns: rop(0x12, { SetColumnsFlags: u8, PropertyTags: propertyTags }, status),
  RopSortTable: rop(0x13, { SortTableFlags: u8, SortOrderCount: u16, CategoryCount: u16, ExpandedCount: u16, SortOrders: repeatedBy('SortOrderCount', sortOrder) }, status),
  RopRestrict: rop(0x14, { RestrictFlags: u8, RestrictionData: sizedOrNull(u16, restriction) }, status),
  RopQueryRows: rop(0x15, { QueryRowsFlags: u8, ForwardRead: bool8, RowCount: u16 }, { Origin: u8, RowCount: u16, RowData: byRowCount }),
  RopAbort: rop(0x38, nothing, status),
  RopGetStatus: rop(0x16, nothing, status),
  RopQueryPosition: rop(0x17, nothing, { Numerator: u32, Denominator: u32 }),
  RopSeekRow: rop(0x18, { Origin: u8, RowCount: i32, WantRowMovedCount: bool8 }, { HasSoughtLess: bool8, RowsSought: i32 }),
  RopSeekRowBookmark: rop(0x19, { Bookmark: blob(u16), RowCount: i32, WantRowMovedCount: bool8 }, { RowNoLongerVisible: bool8, HasSoughtLess: bool8, RowsSought: i32 }),
  RopSeekRowFractional: rop(0x1a, { Numerator: u32, Denominator: u32 }, nothing),
  RopCreateBookmark: rop(0x1b, nothing, { Bookmark: blob(u16) }),
  RopQueryColumnsAll: rop(0x37, nothing, { PropertyTags: propertyTags }),
  RopFindRow: rop(0x4f, { FindRowFlags: u8, RestrictionData: sizedOrNull(u16, restriction), Origin: u8, Bookmark: blob(u16) }, {
    RowNoLongerVisible: bool8, HasRowData: bool8, RowData: rowData(({ HasRowData }) => (HasRowData === true ? 1 : 0)),
  }),
  RopFreeBookmark: rop(0x89, { Bookmark: blob(u16) }, nothing),
  RopResetTable: rop(0x81, nothing, nothing),
  RopExpandRow: rop(0x59, { MaxRowCount: u16, CategoryId: u64 }, { ExpandedRowCount: u32, RowCount: u16, RowData: byRowCount }),
  RopCollapseRow: rop(0x5a, { CategoryId: u64 }, { CollapsedRowCount: u32 }),
  RopGetCollapseState: rop(0x6b, { RowId: u64, RowInstanceNumber: u32 }, { CollapseState: blob(u16) }),
  RopSetCollapseState: rop(0x6c, { CollapseState: blob(u16) }, { Bookmark: blob(u16) }),
} as const;
