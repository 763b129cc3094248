import type { Command } from './command.ts';
import { sendMail } from './commands/compose/send-mail.ts';
import { smartForward } from './commands/compose/smart-forward.ts';
import { smartReply } from './commands/compose/smart-reply.ts';
import { resolveRecipients } from './commands/directory/resolve-recipients.ts';
import { validateCert } from './commands/directory/validate-cert.ts';
import { folderCreate } from './commands/folders/folder-create.ts';
import { folderDelete } from './commands/folders/folder-delete.ts';
import { folderSync } from './commands/folders/folder-sync.ts';
import { folderUpdate } from './commands/folders/folder-update.ts';
import { getAttachment } from './commands/get-attachment.ts';
import { getHierarchy } from './commands/get-hierarchy.ts';
import { itemOperations } from './commands/item-operations/item-operations.ts';
import { meetingResponse } from './commands/meetings/meeting-response.ts';
import { ping } from './commands/ping.ts';
import { provision } from './commands/provision.ts';
import { find } from './commands/search/find.ts';
import { search } from './commands/search/search.ts';
import { settings } from './commands/settings/settings.ts';
import { getItemEstimate } from './commands/sync/get-item-estimate.ts';
import { moveItems } from './commands/sync/move-items.ts';
import { sync } from './commands/sync/sync.ts';
import type { CommandName } from './http/command-line.ts';

/** The commands, a line each. */
export const commands: Partial<Readonly<Record<CommandName, Command>>> = {
  Find: find,
  FolderCreate: folderCreate,
  FolderDelete: folderDelete,
  FolderSync: folderSync,
  FolderUpdate: folderUpdate,
  GetAttachment: getAttachment,
  GetHierarchy: getHierarchy,
  GetItemEstimate: getItemEstimate,
  ItemOperations: itemOperations,
  MeetingResponse: meetingResponse,
  MoveItems: moveItems,
  Ping: ping,
  Provision: provision,
  ResolveRecipients: resolveRecipients,
  Search: search,
  SendMail: sendMail,
  Settings: settings,
  SmartForward: smartForward,
  SmartReply: smartReply,
  Sync: sync,
  ValidateCert: validateCert,
};
