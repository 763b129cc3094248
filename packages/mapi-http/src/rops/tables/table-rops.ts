import type { RopHandler } from '../../rop/define-rop.ts';
import { abort } from './abort.ts';
import { collapseRow } from './collapse-row.ts';
import { createBookmark } from './create-bookmark.ts';
import { expandRow } from './expand-row.ts';
import { findRow } from './find-row.ts';
import { freeBookmark } from './free-bookmark.ts';
import { getCollapseState } from './get-collapse-state.ts';
import { getContentsTable } from './get-contents-table.ts';
import { getHierarchyTable } from './get-hierarchy-table.ts';
import { getStatus } from './get-status.ts';
import { queryColumnsAll } from './query-columns-all.ts';
import { queryPosition } from './query-position.ts';
import { queryRows } from './query-rows.ts';
import { resetTable } from './reset-table.ts';
import { restrict } from './restrict.ts';
import { seekRowBookmark } from './seek-row-bookmark.ts';
import { seekRowFractional } from './seek-row-fractional.ts';
import { seekRow } from './seek-row.ts';
import { setCollapseState } from './set-collapse-state.ts';
import { setColumns } from './set-columns.ts';
import { sortTable } from './sort-table.ts';

/** [MS-OXCROPS] 2.2.5, and what opens the tables of a folder: 2.2.4.13 and 2.2.4.14. */
export const tableRops: readonly RopHandler[] = [
  getHierarchyTable, getContentsTable,
  setColumns, sortTable, restrict, queryRows, abort, getStatus, queryPosition, seekRow, seekRowBookmark, seekRowFractional, createBookmark, freeBookmark, queryColumnsAll, findRow, resetTable,
  expandRow, collapseRow, getCollapseState, setCollapseState,
];
