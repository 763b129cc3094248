import { document, integer, list, optional, struct, text, type ValueOf } from '@fauxchange/wbxml';
import { id64 } from './values.ts';

/** [MS-ASCMD] 2.2.1.13. */
export const PingRequest = document('Ping:Ping', struct('Ping', {
  HeartbeatInterval: optional(integer()),
  Folders: optional(list('Ping', 'Folder', struct('Ping', { Id: id64(), Class: text() }))),
}));
export type PingRequest = ValueOf<typeof PingRequest>;
export const PingResponse = document('Ping:Ping', struct('Ping', {
  Status: integer(),
  Folders: optional(list('Ping', 'Folder', id64())),
  MaxFolders: optional(integer()),
  HeartbeatInterval: optional(integer()),
}));
