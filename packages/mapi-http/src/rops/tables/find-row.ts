import { errorCode } from '@fauxchange/mapi-wire';
import { RopError } from '../../errors.ts';
import { restrictionOfWire } from '../../mapping/restriction.ts';
import { encodeTableRow } from '../../mapping/table-rows.ts';
import type { Rows, TableRow } from '../../objects/row-source.ts';
import { origin, TableObject } from '../../objects/table-object.ts';
import { defineRop } from '../../rop/define-rop.ts';

const backwards = 0x1;
/** RowNoLongerVisible and HasRowData in front of the row. */
const headSize = 2;
const pageSize = 512;

/** [MS-OXCTABL] 3.2.5.14: the row goes with the answer where it has room. */
export const findRow = defineRop('RopFindRow', [TableObject], async ({ FindRowFlags, RestrictionData, Origin, Bookmark }, { object, room, logon: { names }, session: { codePage } }) => {
  object.needs('contents', 'hierarchy', 'rules');
  const { columns } = object;
  const test = RestrictionData ? object.source.test(restrictionOfWire(RestrictionData, names)) : () => true;
  const rows = await object.look();
  const { offset, isGone } = Origin === origin.custom ? await fromBookmark(object, rows, Bookmark) : { offset: await object.offsetOf(rows, Origin), isGone: false };
  const found = await find(rows, test, offset, (FindRowFlags & backwards) !== 0);
  if (!found) throw new RopError(errorCode.NotFound, 'No row is what was looked for.');
  await object.moveTo(rows, found.at);
  const RowData = encodeTableRow(found.row, columns, { names, codePage });
  const hasRoom = RowData.length <= room - headSize;
  return { body: { RowNoLongerVisible: isGone, HasRowData: hasRoom, RowData: hasRoom ? RowData : new Uint8Array(0) } };
});

async function fromBookmark(table: TableObject, rows: Rows, bookmark: Uint8Array): Promise<{ readonly offset: number; readonly isGone: boolean }> {
  table.needs('contents', 'hierarchy');
  return table.bookmarked(rows, bookmark);
}

/** Forwards from the row at the cursor, backwards from that in front of it. */
async function find(rows: Rows, test: (row: TableRow) => boolean, from: number, isBackwards: boolean): Promise<{ readonly at: number; readonly row: TableRow } | undefined> {
  for (let at = from; isBackwards ? at > 0 : at < rows.count; at += isBackwards ? -pageSize : pageSize) {
    const start = isBackwards ? Math.max(0, at - pageSize) : at;
    const page = await rows.slice(start, isBackwards ? at - start : pageSize);
    const place = isBackwards ? page.findLastIndex(test) : page.findIndex(test);
    const row = page[place];
    if (row) return { at: start + place, row };
  }
  return undefined;
}
