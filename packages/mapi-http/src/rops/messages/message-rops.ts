import type { RopHandler } from '../../rop/define-rop.ts';
import { createMessage } from './create-message.ts';
import { getMessageStatus, setMessageStatus } from './message-status.ts';
import { openMessage } from './open-message.ts';
import { setMessageReadFlag, setReadFlags } from './read-flags.ts';
import { reloadCachedInformation } from './reload-cached-information.ts';
import { saveChangesMessage } from './save-changes-message.ts';

/** [MS-OXCROPS] 2.2.6. */
export const messageRops: readonly RopHandler[] = [openMessage, createMessage, saveChangesMessage, reloadCachedInformation, setMessageStatus, getMessageStatus, setReadFlags, setMessageReadFlag];
