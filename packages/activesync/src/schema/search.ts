import { choices, document, emptyTag, flag, integer, lazy, optional, repeated, struct, text, textOrBinary, type Shape, type ValueOf } from '@fauxchange/wbxml';
import { BodyPartPreference, BodyPreference } from './airsyncbase.ts';
import { applicationDataMembers } from './application-data.ts';
import { galMembers, pictureLimits } from './gal.ts';
import { id64 } from './values.ts';

/** One condition of a query: `['FreeText', 'lunch']`, `['And', [...]]`. */
export type QueryNode =
  | readonly ['And' | 'Or', readonly QueryNode[]]
  | readonly ['FreeText' | 'AirSync:Class' | 'AirSync:CollectionId', string]
  | readonly ['ConversationId', Uint8Array | string]
  | readonly ['GreaterThan' | 'LessThan' | 'EqualTo', Comparison];
export interface Comparison {
  readonly 'Email:DateReceived'?: true | undefined;
  readonly 'DocumentLibrary:LinkId'?: true | undefined;
  readonly Value: string;
}

const Comparison: Shape<Comparison> = struct('Search', { 'Email:DateReceived': optional(emptyTag()), 'DocumentLibrary:LinkId': optional(emptyTag()), Value: text({ maxLength: 1024 }) });
const nodes: Shape<readonly QueryNode[]> = lazy(() => choices('Search', {
  And: nodes, Or: nodes, FreeText: text(), 'AirSync:Class': text(), 'AirSync:CollectionId': id64(), ConversationId: textOrBinary(), EqualTo: Comparison, GreaterThan: Comparison, LessThan: Comparison,
})) as Shape<readonly QueryNode[]>;

const SearchOptions = struct('Search', {
  'AirSync:MIMESupport': repeated(integer()),
  'AirSyncBase:BodyPreference': repeated(BodyPreference),
  'AirSyncBase:BodyPartPreference': repeated(BodyPartPreference, { since: '14.1' }),
  'RightsManagement:RightsManagementSupport': optional(flag(), { since: '14.1' }),
  Range: repeated(text()),
  UserName: optional(text()),
  Password: optional(text()),
  DeepTraversal: repeated(emptyTag()),
  RebuildResults: repeated(emptyTag()),
  Picture: optional(struct('Search', pictureLimits), { since: '14.1' }),
});
export type SearchOptions = ValueOf<typeof SearchOptions>;

/** [MS-ASCMD] 2.2.1.16. Of several stores the last one is searched, [MS-ASCMD] 7. */
export const SearchRequest = document('Search:Search', struct('Search', {
  Store: repeated(struct('Search', { Name: text(), Query: query(), Options: optional(SearchOptions) }), { min: 1 }),
}));
export type SearchStore = ValueOf<typeof SearchRequest>['Store'][number];

const Properties = struct('Search', { ...applicationDataMembers, ...galMembers });
export const SearchResponse = document('Search:Search', struct('Search', {
  Status: optional(integer()),
  Response: optional(struct('Search', {
    Store: struct('Search', {
      Status: integer(),
      Result: repeated(struct('Search', { 'AirSync:Class': optional(text()), LongId: optional(text()), 'AirSync:CollectionId': optional(id64()), Properties: optional(Properties) })),
      Range: optional(text()),
      Total: optional(integer()),
    }),
  })),
}));
export type SearchResult = NonNullable<ValueOf<typeof SearchResponse>['Response']>['Store']['Result'][number];

/** Text for the address list, conditions for a mailbox. */
function query() {
  return struct('Search', {
    And: repeated(nodes), Or: repeated(nodes), FreeText: repeated(text()), 'AirSync:Class': repeated(text()), 'AirSync:CollectionId': repeated(id64()), ConversationId: repeated(textOrBinary()),
    EqualTo: repeated(Comparison), GreaterThan: repeated(Comparison), LessThan: repeated(Comparison),
  }, { text: true });
}
