import { encodeTableRow, type RowScope } from '../../mapping/table-rows.ts';
import type { TableRow } from '../../objects/row-source.ts';
import { origin, TableObject } from '../../objects/table-object.ts';
import { defineRop } from '../../rop/define-rop.ts';

/** QueryRowsFlags, [MS-OXCTABL] 2.2.2.5.1.1. Packed buffers need a client that says that it takes them, and are never used. */
const queryRowsFlag = { Advance: 0, NoAdvance: 1, EnablePackedBuffers: 2 } as const;
/** Origin and RowCount in front of the rows. */
const headSize = 3;
/** Rows that are looked up at a time. */
const pageSize = 64;

/** [MS-OXCTABL] 3.2.5.5: as many rows as are asked for, there are, and have room. */
export const queryRows = defineRop('RopQueryRows', [TableObject], async ({ QueryRowsFlags, ForwardRead, RowCount }, { object, room, logon: { names }, session: { codePage } }) => {
  const { columns } = object;
  const rows = await object.look();
  const at = await object.position(rows);
  const start = ForwardRead ? at : Math.max(0, at - RowCount);
  const end = ForwardRead ? Math.min(rows.count, at + RowCount) : at;
  const step = async (from: number): Promise<readonly TableRow[]> => (ForwardRead
    ? rows.slice(start + from, Math.min(pageSize, end - start - from))
    : [...(await rows.slice(Math.max(start, end - from - pageSize), Math.min(pageSize, end - start - from)))].reverse());
  const { data, overflow } = await fitting(step, columns, room - headSize, { names, codePage });
  // Rows read backwards stand in the order of the table all the same.
  const RowData = Buffer.concat(ForwardRead ? data : data.reverse());
  // Not even one has room: the answer is refused, and asked for again from where the cursor stands.
  if (overflow && data.length === 0) return { body: { Origin: origin.current, RowCount: 1, RowData: overflow } };
  const next = ForwardRead ? at + data.length : at - data.length;
  if ((QueryRowsFlags & queryRowsFlag.NoAdvance) === 0) await object.moveTo(rows, next);
  // Servers since 2010 say the end when reading backwards has met the beginning too: 3.2.5.5, note 25.
  const cursor = await object.position(rows);
  return { body: { Origin: cursor === (ForwardRead ? rows.count : 0) ? origin.end : origin.current, RowCount: data.length, RowData } };
});

async function fitting(step: (from: number) => Promise<readonly TableRow[]>, columns: readonly number[], room: number, scope: RowScope): Promise<{ readonly data: Uint8Array[]; readonly overflow?: Uint8Array }> {
  const data: Uint8Array[] = [];
  let left = room;
  for (let page = await step(0); page.length > 0; page = await step(data.length)) {
    for (const row of page) {
      const bytes = encodeTableRow(row, columns, scope);
      if (bytes.length > left) return { data, overflow: bytes };
      left -= bytes.length;
      data.push(bytes);
    }
  }
  return { data };
}
