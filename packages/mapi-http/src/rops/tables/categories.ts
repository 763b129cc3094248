import { errorCode } from '@fauxchange/mapi-wire';
import { RopError } from '../../errors.ts';
import { ContentsSource } from '../../objects/contents-source.ts';
import type { HeaderRow } from '../../objects/header-row.ts';
import type { TableObject } from '../../objects/table-object.ts';

/** The source of a table that may have categories. @throws RopError ecNotSupported, ecNullObject */
export function contentsOf(table: TableObject): ContentsSource {
  table.needs('contents');
  table.needsColumns();
  if (!(table.source instanceof ContentsSource)) throw new RopError(errorCode.NotSupported, 'The table has no categories.');
  return table.source;
}

/** @throws RopError ecNotFound */
export async function headerOf(table: TableObject, id: bigint): Promise<HeaderRow> {
  const header = await contentsOf(table).header(table.view, id);
  if (!header) throw new RopError(errorCode.NotFound, `No category has the id 0x${id.toString(16)}.`);
  return header;
}

/** Opens or closes a category. @returns by how many rows the table has changed */
export async function toggle(table: TableObject, { facts: { path } }: HeaderRow, isOpen: boolean): Promise<number> {
  const before = (await table.rows()).count;
  table.view.categories.set(path, isOpen);
  return Math.abs((await table.rows()).count - before);
}
