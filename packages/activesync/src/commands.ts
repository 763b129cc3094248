import type { Command } from './command.ts';
import { folderCreate } from './commands/folders/folder-create.ts';
import { folderDelete } from './commands/folders/folder-delete.ts';
import { folderSync } from './commands/folders/folder-sync.ts';
import { folderUpdate } from './commands/folders/folder-update.ts';
import { meetingResponse } from './commands/meetings/meeting-response.ts';
import { ping } from './commands/ping.ts';
import { provision } from './commands/provision.ts';
import { getItemEstimate } from './commands/sync/get-item-estimate.ts';
import { moveItems } from './commands/sync/move-items.ts';
import { sync } from './commands/sync/sync.ts';
import type { CommandName } from './http/command-line.ts';

/** The commands, a line each. */
export const commands: Partial<Readonly<Record<CommandName, Command>>> = {
  FolderCreate: folderCreate,
  FolderDelete: folderDelete,
  FolderSync: folderSync,
  FolderUpdate: folderUpdate,
  GetItemEstimate: getItemEstimate,
  MeetingResponse: meetingResponse,
  MoveItems: moveItems,
  Ping: ping,
  Provision: provision,
  Sync: sync,
};
