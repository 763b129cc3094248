import { binary, choices, document, emptyTag, flag, integer, optional, repeated, struct, text, textOrBinary, type ValueOf } from '@fauxchange/wbxml';
import { BodyPartPreference, BodyPreference } from './airsyncbase.ts';
import { applicationDataMembers } from './application-data.ts';
import { id64 } from './values.ts';

/** Names of what is wanted of an item, [MS-ASCMD] 2.2.3.158. */
const Schema = struct('ItemOperations', Object.fromEntries(Object.keys(applicationDataMembers).map((name) => [name, optional(emptyTag())])) as Readonly<Record<never, never>>);

/** [MS-ASCMD] 2.2.3.125.3. */
const FetchOptions = struct('ItemOperations', {
  Schema: optional(Schema),
  Range: optional(text({ pattern: /^\d{1,9}-\d{1,9}$/ })),
  UserName: optional(text({ maxLength: 100 })),
  Password: optional(text({ maxLength: 256 })),
  'AirSync:MIMESupport': optional(integer({ min: 0, max: 2 })),
  'AirSyncBase:BodyPreference': repeated(BodyPreference),
  'AirSyncBase:BodyPartPreference': repeated(BodyPartPreference, { since: '14.1' }),
  'RightsManagement:RightsManagementSupport': optional(flag(), { since: '14.1' }),
});
export type FetchOptions = ValueOf<typeof FetchOptions>;

/** What is done, in any order. */
const Operations = choices('ItemOperations', {
  EmptyFolderContents: struct('ItemOperations', { 'AirSync:CollectionId': id64(), Options: optional(struct('ItemOperations', { DeleteSubFolders: optional(emptyTag()) })) }),
  Fetch: struct('ItemOperations', {
    Store: text({ minLength: 1, maxLength: 256 }),
    'AirSync:ServerId': optional(id64()),
    'AirSync:CollectionId': optional(id64()),
    'DocumentLibrary:LinkId': optional(text()),
    'Search:LongId': optional(text({ maxLength: 256 })),
    'AirSyncBase:FileReference': optional(text()),
    Options: optional(FetchOptions),
    'RightsManagement:RemoveRightsManagementProtection': optional(emptyTag(), { since: '14.1' }),
  }),
  Move: struct('ItemOperations', { ConversationId: binary(), DstFldId: text({ minLength: 1, maxLength: 64 }), Options: optional(struct('ItemOperations', { MoveAlways: optional(emptyTag()) })) }),
}, { min: 1 });
export type Operation = ValueOf<typeof Operations>[number];
export type Fetch = Extract<Operation, readonly ['Fetch', unknown]>[1];

/** [MS-ASCMD] 2.2.1.10. */
export const ItemOperationsRequest = document('ItemOperations:ItemOperations', Operations);

const Properties = struct('ItemOperations', {
  Range: optional(text()),
  Total: optional(integer({ min: 0 })),
  'AirSyncBase:ContentType': optional(text()),
  Data: optional(textOrBinary()),
  Part: optional(integer({ min: 0 })),
  ...applicationDataMembers,
});
export type FetchedProperties = ValueOf<typeof Properties>;

const FetchAnswer = struct('ItemOperations', {
  Status: integer(),
  'AirSync:CollectionId': optional(id64()),
  'AirSync:ServerId': optional(text()),
  'Search:LongId': optional(text()),
  'AirSync:Class': optional(text()),
  'DocumentLibrary:LinkId': optional(text()),
  'AirSyncBase:FileReference': optional(text()),
  Properties: optional(Properties),
});
export type FetchAnswer = ValueOf<typeof FetchAnswer>;
const MoveAnswer = struct('ItemOperations', { Status: integer(), ConversationId: binary() });
export type MoveAnswer = ValueOf<typeof MoveAnswer>;
const EmptyAnswer = struct('ItemOperations', { Status: integer(), 'AirSync:CollectionId': id64() });
export type EmptyAnswer = ValueOf<typeof EmptyAnswer>;

export const ItemOperationsResponse = document('ItemOperations:ItemOperations', struct('ItemOperations', {
  Status: integer(),
  // By kind, whatever order they came in: the schema of the answer has it so.
  Response: optional(struct('ItemOperations', { Move: repeated(MoveAnswer, { since: '14.0' }), EmptyFolderContents: repeated(EmptyAnswer), Fetch: repeated(FetchAnswer) })),
}));
