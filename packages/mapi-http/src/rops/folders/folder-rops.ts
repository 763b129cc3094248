import type { RopHandler } from '../../rop/define-rop.ts';
import { createFolder } from './create-folder.ts';
import { deleteFolder } from './delete-folder.ts';
import { deleteMessages, hardDeleteMessages } from './delete-messages.ts';
import { emptyFolder, hardDeleteMessagesAndSubfolders } from './empty-folder.ts';
import { moveCopyMessages } from './move-copy-messages.ts';
import { copyFolder, moveFolder } from './move-folder.ts';
import { openFolder } from './open-folder.ts';
import { getSearchCriteria, setSearchCriteria } from './search-criteria.ts';

/** [MS-OXCROPS] 2.2.4. */
export const folderRops: readonly RopHandler[] = [
  openFolder, createFolder, deleteFolder, setSearchCriteria, getSearchCriteria, moveCopyMessages, moveFolder, copyFolder, emptyFolder, hardDeleteMessagesAndSubfolders, deleteMessages, hardDeleteMessages,
];
