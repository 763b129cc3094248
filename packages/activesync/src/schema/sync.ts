import { attempt, choices, document, emptyTag, flag, integer, list, optional, repeated, struct, text, type ValueOf } from '@fauxchange/wbxml';
import { BodyPartPreference, BodyPreference } from './airsyncbase.ts';
import { ApplicationData } from './application-data.ts';
import { Supported } from './supported.ts';
import { id64 } from './values.ts';

/** [MS-ASCMD] 2.2.3.124.5. Values are judged by the command, whose answer to a wrong one is a status. */
export const Options = struct('AirSync', {
  FilterType: repeated(integer()),
  Class: repeated(text()),
  'AirSyncBase:BodyPreference': repeated(BodyPreference, { since: '12.0' }),
  'AirSyncBase:BodyPartPreference': repeated(BodyPartPreference, { since: '14.1' }),
  Conflict: repeated(integer()),
  MIMESupport: repeated(integer()),
  MIMETruncation: repeated(integer()),
  Truncation: repeated(integer(), { until: '2.5' }),
  RTFTruncation: repeated(integer(), { until: '2.5' }),
  MaxItems: repeated(integer(), { since: '14.0' }),
  'RightsManagement:RightsManagementSupport': optional(flag(), { since: '14.1' }),
});
export type SyncOptions = ValueOf<typeof Options>;

const InstanceId = optional(text(), { since: '16.0' });

/** What a client does. Data that cannot be an item fails alone, [MS-ASAIRS] 3.2.5.1. */
const SentData = attempt(ApplicationData);
export const ClientCommands = choices('AirSync', {
  Add: struct('AirSync', { Class: optional(text()), ClientId: id64(), 'Email2:Send': optional(emptyTag(), { since: '16.0' }), ApplicationData: SentData }),
  Change: struct('AirSync', { Class: optional(text()), ServerId: id64(), 'AirSyncBase:InstanceId': InstanceId, 'Email2:Send': optional(emptyTag(), { since: '16.0' }), ApplicationData: optional(SentData) }),
  Delete: struct('AirSync', { Class: optional(text()), ServerId: id64(), 'AirSyncBase:InstanceId': InstanceId }),
  Fetch: struct('AirSync', { ServerId: id64() }),
});
export type ClientCommand = ValueOf<typeof ClientCommands>[number];

export const RequestCollection = struct('AirSync', {
  Class: optional(text()),
  SyncKey: optional(id64()),
  CollectionId: optional(id64()),
  Supported: optional(Supported),
  DeletesAsMoves: optional(flagOrEmpty()),
  GetChanges: optional(flagOrEmpty()),
  WindowSize: optional(integer()),
  ConversationMode: optional(flagOrEmpty(), { since: '14.0' }),
  Options: repeated(Options),
  Commands: optional(ClientCommands),
});
export type RequestCollection = ValueOf<typeof RequestCollection>;

/** [MS-ASCMD] 2.2.1.21. */
export const SyncRequest = document('AirSync:Sync', struct('AirSync', {
  Collections: optional(list('AirSync', 'Collection', RequestCollection)),
  Wait: optional(integer(), { since: '12.1' }),
  HeartbeatInterval: optional(integer(), { since: '14.0' }),
  WindowSize: optional(integer(), { since: '12.1' }),
  Partial: optional(emptyTag(), { since: '12.1' }),
}));
export type SyncRequest = ValueOf<typeof SyncRequest>;

/** What a client is told. */
export const ServerCommands = choices('AirSync', {
  Add: struct('AirSync', { Class: optional(text()), ServerId: id64(), ApplicationData }),
  Change: struct('AirSync', { Class: optional(text()), ServerId: id64(), ApplicationData }),
  Delete: struct('AirSync', { Class: optional(text()), ServerId: id64() }),
  SoftDelete: struct('AirSync', { ServerId: id64() }),
});
export type ServerCommand = ValueOf<typeof ServerCommands>[number];

/** How the client's commands went: successes of Change and Delete are not told. */
export const Responses = choices('AirSync', {
  Change: struct('AirSync', { Class: optional(text()), ServerId: id64(), 'AirSyncBase:InstanceId': InstanceId, Status: integer(), ApplicationData: optional(ApplicationData) }),
  Add: struct('AirSync', { Class: optional(text()), ClientId: id64(), ServerId: optional(id64()), Status: integer(), ApplicationData: optional(ApplicationData) }),
  Delete: struct('AirSync', { ServerId: id64(), 'AirSyncBase:InstanceId': InstanceId, Status: integer() }),
  Fetch: struct('AirSync', { ServerId: optional(id64()), Status: integer(), ApplicationData: optional(ApplicationData) }),
});
export type CommandResponse = ValueOf<typeof Responses>[number];

const ResponseCollection = struct('AirSync', {
  Class: optional(text(), { until: '12.0' }),
  SyncKey: optional(id64()),
  CollectionId: optional(id64()),
  Status: integer(),
  MoreAvailable: optional(emptyTag()),
  Responses: optional(Responses),
  Commands: optional(ServerCommands),
});
export type ResponseCollection = ValueOf<typeof ResponseCollection>;

export const SyncResponse = document('AirSync:Sync', struct('AirSync', {
  Status: optional(integer()),
  Limit: optional(integer()),
  Collections: optional(list('AirSync', 'Collection', ResponseCollection)),
}));
export type SyncResponse = ValueOf<typeof SyncResponse>;

/** A flag whose empty tag means true: GetChanges, ConversationMode. */
function flagOrEmpty() {
  return text({ oneOf: ['', '0', '1'] });
}
