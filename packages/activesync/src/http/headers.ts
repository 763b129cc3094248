import type { IdSource } from '@fauxchange/kernel';
import type { Profile } from '../profile.ts';

export const wbxmlType = 'application/vnd.ms-sync.wbxml';
export const multipartType = 'application/vnd.ms-sync.multipart';

/** Commands in the order in which Exchange lists them; those of Exchange 2003 that nobody sends stand there too. */
const before2016 = [
  'Sync', 'SendMail', 'SmartForward', 'SmartReply', 'GetAttachment', 'GetHierarchy', 'CreateCollection', 'DeleteCollection', 'MoveCollection', 'FolderSync', 'FolderCreate', 'FolderDelete',
  'FolderUpdate', 'MoveItems', 'GetItemEstimate', 'MeetingResponse', 'Search', 'Settings', 'Ping', 'ItemOperations', 'Provision', 'ResolveRecipients', 'ValidateCert',
] as const;

/** What the server can do, [MS-ASHTTP] 2.2.4.1.2: in answers to OPTIONS, and when a client has to begin anew. */
export function announcement({ announced }: Profile): Readonly<Record<string, string>> {
  const names: readonly string[] = announced.includes('16.1') ? [...before2016, 'Find'] : before2016;
  return { 'MS-ASProtocolVersions': announced.join(','), 'MS-ASProtocolCommands': names.join(',') };
}

/** What tells a client to begin anew, [MS-ASHTTP] 3.2.5.1. */
export const restartHeaders = (profile: Profile): Readonly<Record<string, string>> => ({ ...announcement(profile), 'X-MS-RP': profile.announced.join(',') });

/** What every answer of the virtual directory carries, the 401 included. */
export function commonHeaders({ serverVersion }: Profile, ids: IdSource): Readonly<Record<string, string>> {
  return {
    'Cache-Control': 'private',
    Server: 'Microsoft-IIS/10.0',
    'request-id': ids.uuid(),
    'MS-Server-ActiveSync': serverVersion,
    'X-FEServer': 'EX01',
    'X-BEServer': 'EX01',
    'X-Powered-By': 'ASP.NET',
  };
}

