import { unindexedAttachment, type FileAttachment } from '@fauxchange/mailbox';
import type { EwsContext } from '../context.ts';
import { EwsError } from '../errors.ts';
import type { FoundItem } from '../searched-folders.ts';
import { discover } from './discovered-items.ts';
import { checkMayDiscover, discoveredMailbox } from './discovery-role.ts';

export interface NonIndexableItem extends FoundItem {
  readonly attachment: FileAttachment;
}

/**
 * What Exchange Search could not index of one mailbox and its archive, in the order in which it came. Undefined: there is no such mailbox.
 * Although the schema takes several, more than one is refused (error examples of the two operations).
 */
export async function nonIndexableItems(mailboxes: readonly string[], isArchiveOnly: boolean, context: EwsContext): Promise<readonly NonIndexableItem[] | undefined> {
  checkMayDiscover(context);
  const [name, another] = mailboxes;
  if (name === undefined || another !== undefined) throw new EwsError('ErrorInvalidArgument', 'Multiple mailboxes is currently not supported, only single mailbox is supported.');
  const known = discoveredMailbox(name, context);
  if (!known) return undefined;
  const found = await discover(known.mailbox, isArchiveOnly ? 'ArchiveOnly' : 'All', { kind: 'compare', property: 'PidTagHasAttachments', operator: 'eq', value: true });
  const failed = (found ?? []).flatMap((one) => {
    const attachment = unindexedAttachment(one.item);
    return attachment ? [{ ...one, attachment }] : [];
  });
  return failed.sort((a, b) => a.id - b.id);
}

/** Of a mailbox that is not there ([K]). */
export const mailboxNotFound = 'The mailbox cannot be found.';
