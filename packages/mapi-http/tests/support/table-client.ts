import { objectId, type Cell, type Restriction, type RopResponseValue } from '@fauxchange/mapi-wire';
import { RopClient } from './rop-client.ts';

/** Tags of columns. */
export const tag = {
  subject: 0x0037_001f, subject8: 0x0037_001e, name: 0x3001_001f, size: 0x0e08_0003, importance: 0x0017_0003, class: 0x001a_001f, delivery: 0x0e06_0040, body: 0x1000_001f, entryId: 0x0fff_0102,
  folderId: 0x6748_0014, mid: 0x674a_0014, instId: 0x674d_0014, instanceNum: 0x674e_0003, rowType: 0x0ff5_0003, depth: 0x3005_0003, count: 0x3602_0003, unread: 0x3603_0003, read: 0x0e69_000b, sender: 0x0c1a_001f,
} as const;

export const fid = (id: number): bigint => objectId(1, BigInt(id));
/** The same as the value of a property. */
export const idValue = (id: number): bigint => BigInt.asIntN(64, fid(id));
export const valueOf = (cell: Cell | undefined): unknown => (cell && 'value' in cell ? cell.value : cell && 'error' in cell ? `error ${cell.error.toString(16)}` : undefined);
/** One column of rows. */
export const column = (rows: readonly (readonly Cell[])[], at = 0): readonly unknown[] => rows.map((row) => valueOf(row[at]));

export const isText = (PropertyTag: number, value: string, FuzzyLevelLow = 0): Restriction => ({ kind: 'Content', FuzzyLevelLow, FuzzyLevelHigh: 1, PropertyTag, TaggedValue: { tag: PropertyTag, value } });
export const compared = (PropTag: number, RelOp: number, value: unknown): Restriction => ({ kind: 'Property', RelOp, PropTag, TaggedValue: { tag: PropTag, value: value as never } });

type Answer<T> = { readonly returnValue: number; readonly body: T | undefined };

/** What clients do with tables, in few words. Members are those of the ROPs. */
export class TableClient extends RopClient {
  logonHandle = 0;

  async start(user?: string): Promise<this> {
    this.logonHandle = (await this.logon(user)).opened;
    return this;
  }

  async openFolder(id: number): Promise<number> {
    return (await this.ok('RopOpenFolder', { FolderId: fid(id), OpenModeFlags: 0 }, this.logonHandle)).opened;
  }

  async contents(id: number, columns: readonly number[] = [tag.subject], TableFlags = 0x40): Promise<number> {
    const { opened } = await this.ok('RopGetContentsTable', { TableFlags }, await this.openFolder(id));
    if (columns.length > 0) await this.setColumns(opened, columns);
    return opened;
  }

  async hierarchy(id: number, columns: readonly number[] = [tag.name], TableFlags = 0x40): Promise<number> {
    const { opened } = await this.ok('RopGetHierarchyTable', { TableFlags }, await this.openFolder(id));
    if (columns.length > 0) await this.setColumns(opened, columns);
    return opened;
  }

  setColumns(table: number, PropertyTags: readonly number[], SetColumnsFlags = 0): Promise<Answer<RopResponseValue<'RopSetColumns'>>> {
    return this.rop('RopSetColumns', { SetColumnsFlags, PropertyTags }, table);
  }

  sort(table: number, orders: readonly (readonly [number, number])[], CategoryCount = 0, ExpandedCount = 0): Promise<Answer<RopResponseValue<'RopSortTable'>>> {
    return this.rop('RopSortTable', { SortTableFlags: 0, SortOrderCount: orders.length, CategoryCount, ExpandedCount, SortOrders: orders.map(([PropertyTag, Order]) => ({ PropertyTag, Order })) }, table);
  }

  restrict(table: number, RestrictionData: Restriction | null): Promise<Answer<RopResponseValue<'RopRestrict'>>> {
    return this.rop('RopRestrict', { RestrictFlags: 0, RestrictionData }, table);
  }

  /** The first column of the rows at the cursor, which they move. */
  async read(table: number, count = 50, isForward = true, flags = 0): Promise<readonly unknown[]> {
    return column(await this.rows(table, count, isForward, flags));
  }

  /** Numerator and Denominator. */
  async position(table: number): Promise<readonly [number, number]> {
    const { body } = await this.ok('RopQueryPosition', {}, table);
    return [body.Numerator, body.Denominator];
  }

  seek(table: number, Origin: number, RowCount: number, WantRowMovedCount = true): Promise<Answer<RopResponseValue<'RopSeekRow'>>> {
    return this.rop('RopSeekRow', { Origin, RowCount, WantRowMovedCount }, table);
  }

  seekFraction(table: number, Numerator: number, Denominator: number): Promise<Answer<RopResponseValue<'RopSeekRowFractional'>>> {
    return this.rop('RopSeekRowFractional', { Numerator, Denominator }, table);
  }

  find(table: number, RestrictionData: Restriction | null, Origin = 0, FindRowFlags = 0, Bookmark: Uint8Array = new Uint8Array(0)): Promise<Answer<RopResponseValue<'RopFindRow'>>> {
    return this.rop('RopFindRow', { FindRowFlags, RestrictionData, Origin, Bookmark }, table);
  }

  async bookmark(table: number): Promise<Uint8Array> {
    return (await this.ok('RopCreateBookmark', {}, table)).body.Bookmark;
  }

  seekBookmark(table: number, Bookmark: Uint8Array, RowCount = 0, WantRowMovedCount = true): Promise<Answer<RopResponseValue<'RopSeekRowBookmark'>>> {
    return this.rop('RopSeekRowBookmark', { Bookmark, RowCount, WantRowMovedCount }, table);
  }
}
