import { layout, type Layout } from '../layout/layout.ts';
import { boolFF, i32, u32 } from '../layout/numbers.ts';
import { blob, counted, nullable } from '../layout/sequences.ts';
import { struct } from '../layout/struct.ts';
import { astr, guid, wstr } from '../layout/text.ts';
import { addressBookPropertyRow, addressBookTaggedValue, addressBookValueList, largePropertyTagArray } from '../properties/address-book-values.ts';
import type { PropertyRow } from '../properties/property-row.ts';
import { addressBookRestriction } from '../properties/restriction.ts';
import { auxiliary, responseBody } from './response.ts';
import { stat } from './stat.ts';

/** What a Has… byte tells of, and that byte: null where it is not there. */
const optional = <T>(of: Layout<T>): Layout<T | null> => nullable(boolFF, of);

const State = optional(stat);
const minimalIds = counted(u32, u32);
const MinimalIds = optional(minimalIds);
const tags = optional(largePropertyTagArray);
const values = optional(addressBookValueList);

/** Rows, behind the columns that say what stands in them. */
export interface ColumnsAndRows {
  readonly Columns: readonly number[];
  readonly RowData: readonly PropertyRow[];
}
const rows = counted(u32, addressBookPropertyRow);
const columnsAndRows: Layout<ColumnsAndRows> = layout<ColumnsAndRows>(8, (reader, scope) => {
  const Columns = largePropertyTagArray.read(reader, scope);
  return { Columns, RowData: rows.read(reader, { ...scope, columns: Columns }) };
}, (writer, { Columns, RowData }, scope) => {
  largePropertyTagArray.write(writer, Columns, scope);
  rows.write(writer, RowData, { ...scope, columns: Columns });
});
const tableResponse = responseBody({ State, ColumnsAndRows: optional(columnsAndRows) });

/**
 * The request types of the address book endpoint but PING, which has no body: by the value of X-RequestType, [MS-OXCMAPIHTTP] 2.2.5.
 * What a Has… member tells of is null where it is not there. Text of 8 bits is of `scope.codePage`.
 */
export const nspiRequestTypes = {
  /** 2.2.5.1. */
  Bind: { request: struct({ Flags: u32, State, ...auxiliary }), response: responseBody({ ServerGuid: guid }) },
  /** 2.2.5.2. */
  Unbind: { request: struct({ Reserved: u32, ...auxiliary }), response: responseBody({}) },
  /** 2.2.5.3. */
  CompareMIds: { request: struct({ Reserved: u32, State, MinimalId1: u32, MinimalId2: u32, ...auxiliary }), response: responseBody({ Result: i32 }) },
  /** 2.2.5.4. */
  DNToMId: { request: struct({ Reserved: u32, Names: optional(counted(u32, astr)), ...auxiliary }), response: responseBody({ MinimalIds }) },
  /** 2.2.5.5. */
  GetMatches: {
    request: struct({
      Reserved: u32, State, MinimalIds, InterfaceOptionFlags: u32, Filter: optional(addressBookRestriction),
      PropertyName: optional(struct({ PropertyNameGuid: guid, PropertyNameId: u32 })), RowCount: u32, Columns: tags, ...auxiliary,
    }),
    response: responseBody({ State, MinimalIds, ColumnsAndRows: optional(columnsAndRows) }),
  },
  /** 2.2.5.6. */
  GetPropList: { request: struct({ Flags: u32, MinimalId: u32, CodePage: u32, ...auxiliary }), response: responseBody({ PropertyTags: tags }) },
  /** 2.2.5.7. */
  GetProps: { request: struct({ Flags: u32, State, PropertyTags: tags, ...auxiliary }), response: responseBody({ CodePage: u32, PropertyValues: values }) },
  /** 2.2.5.8. */
  GetSpecialTable: {
    request: struct({ Flags: u32, State, Version: optional(u32), ...auxiliary }),
    response: responseBody({ CodePage: u32, Version: optional(u32), Rows: optional(counted(u32, addressBookValueList)) }),
  },
  /** 2.2.5.9. */
  GetTemplateInfo: {
    request: struct({ Flags: u32, DisplayType: u32, TemplateDn: optional(astr), CodePage: u32, LocaleId: u32, ...auxiliary }),
    response: responseBody({ CodePage: u32, Row: values }),
  },
  /** 2.2.5.10. */
  ModLinkAtt: { request: struct({ Flags: u32, PropertyTag: u32, MinimalId: u32, EntryIds: optional(counted(u32, blob(u32))), ...auxiliary }), response: responseBody({}) },
  /** 2.2.5.11. */
  ModProps: { request: struct({ Reserved: u32, State, PropertyTags: tags, PropertyValues: values, ...auxiliary }), response: responseBody({}) },
  /** 2.2.5.12. */
  QueryRows: { request: struct({ Flags: u32, State, ExplicitTable: minimalIds, RowCount: u32, Columns: tags, ...auxiliary }), response: tableResponse },
  /** 2.2.5.13. */
  QueryColumns: { request: struct({ Reserved: u32, MapiFlags: u32, ...auxiliary }), response: responseBody({ Columns: tags }) },
  /** 2.2.5.14. In the response, rows are there for what was resolved only. */
  ResolveNames: {
    request: struct({ Reserved: u32, State, PropertyTags: tags, Names: optional(counted(u32, wstr)), ...auxiliary }),
    response: responseBody({ CodePage: u32, MinimalIds, RowsAndCols: optional(columnsAndRows) }),
  },
  /** 2.2.5.15. */
  ResortRestriction: { request: struct({ Reserved: u32, State, MinimalIds, ...auxiliary }), response: responseBody({ State, MinimalIds }) },
  /** 2.2.5.16. */
  SeekEntries: { request: struct({ Reserved: u32, State, Target: optional(addressBookTaggedValue), ExplicitTable: MinimalIds, Columns: tags, ...auxiliary }), response: tableResponse },
  /** 2.2.5.17. */
  UpdateStat: { request: struct({ Reserved: u32, State, DeltaRequested: boolFF, ...auxiliary }), response: responseBody({ State, Delta: optional(i32) }) },
  /** 2.2.5.18. */
  GetMailboxUrl: { request: struct({ Flags: u32, ServerDn: wstr, ...auxiliary }), response: responseBody({ ServerUrl: wstr }) },
  /** 2.2.5.19. */
  GetAddressBookUrl: { request: struct({ Flags: u32, UserDn: wstr, ...auxiliary }), response: responseBody({ ServerUrl: wstr }) },
} as const;
export type NspiRequestType = keyof typeof nspiRequestTypes;
