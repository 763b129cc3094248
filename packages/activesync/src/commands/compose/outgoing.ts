import { draftFromMime, type Destination, type ItemDraft } from '@fauxchange/mailbox';
import { readHeaderBlock } from '@fauxchange/mime';
import type { CommandContext } from '../../context.ts';
import { commonStatus, EasStatusError } from '../../errors.ts';

/** What the three commands that send have in common. */
export interface Sending {
  readonly ClientId?: string | undefined;
  readonly AccountId?: string | undefined;
  readonly isSaved: boolean;
}

/** The message that a client wrote. @throws EasStatusError 107 */
export async function draftOf(mime: string | Uint8Array, { session }: CommandContext): Promise<ItemDraft> {
  const bytes = Buffer.from(mime as string);
  if (readHeaderBlock(bytes).fields.length === 0) throw new EasStatusError(commonStatus.InvalidMIME, 'The message has no headers.');
  return draftFromMime((kept) => session.keep(kept), bytes);
}

/** Messages that a device has sent and that are known again; who repeats one does so at once. */
const mostClientIds = 1000;

/** Does it once: a message that comes again, because its answer was lost, is refused. @throws EasStatusError 118, 119, 166 */
export async function sendOnce({ ClientId, AccountId }: Sending, { device }: CommandContext, action: () => Promise<void>): Promise<void> {
  if (AccountId !== undefined) throw new EasStatusError(commonStatus.InvalidAccountId, `There is no account ${AccountId.slice(0, 64)}.`);
  if (ClientId === undefined) return action();
  if (device.sentClientIds.has(ClientId)) throw new EasStatusError(commonStatus.MessagePreviouslySent, `${ClientId} was sent before.`);
  device.sentClientIds.add(ClientId);
  for (const oldest of device.sentClientIds) {
    if (device.sentClientIds.size <= mostClientIds) break;
    device.sentClientIds.delete(oldest);
  }
  try {
    await action();
  } catch (thrown) {
    device.sentClientIds.delete(ClientId);
    throw thrown;
  }
}

/** Where the copy goes, if one is wanted. */
export async function sentItems({ isSaved }: Sending, { session }: CommandContext): Promise<Destination | undefined> {
  return isSaved ? { session, folderId: (await session.distinguished('sentitems')).id } : undefined;
}

/** What is there without a document, [MS-ASHTTP] 2.2.1.1.1.2: the body is the message. */
export const isBare = ({ version }: CommandContext): boolean => Number(version) < 14;
