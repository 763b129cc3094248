import { setConversationAction, valueOf, wholeConversations, MailboxError, type FolderId, type Item } from '@fauxchange/mailbox';
import { binary } from '@fauxchange/properties';
import { collectionPlace } from '../../collections.ts';
import type { CommandContext } from '../../context.ts';
import { commonStatus } from '../../errors.ts';
import type { Operation } from '../../schema/item-operations.ts';
import { operationStatus } from './operation-status.ts';

type Move = Extract<Operation, readonly ['Move', unknown]>[1];

/** Moves a conversation, and whatever will arrive for it, out of all folders but Sent Items, [MS-ASCON] 3.2.5.3. */
export async function moveConversation({ ConversationId, DstFldId, Options }: Move, context: CommandContext): Promise<number> {
  const { session } = context;
  // Once and not for ever is what MoveItems does.
  if (!Options?.MoveAlways) return commonStatus.MoveCommandDisallowedForNonPersistentMoveAction;
  const destination = await collectionPlace(DstFldId, context);
  if (!destination) return operationStatus.notFound;
  if (destination.isRecipientInformation) return commonStatus.InvalidCombinationOfIDs;
  if (destination.className !== 'Email') return commonStatus.MoveCommandInvalidDestinationFolder;
  const id = binary.from(ConversationId);
  const items = (await wholeConversations(session, [id], { ignored: kept(context) })).get(id) ?? [];
  if (items.length === 0) return operationStatus.notFound;
  const isIgnored = session.mailbox.wellKnown('deleteditems') === destination.folderId;
  await setConversationAction(session, id, topicOf(items), isIgnored ? { isDeleted: true } : { moveTo: destination.folderId });
  const moved = await session.moveItems(items.filter(({ folderId }) => folderId !== destination.folderId).map((item) => item.id), { session, folderId: destination.folderId });
  return moved.some((one) => one instanceof MailboxError) ? operationStatus.serverError : operationStatus.success;
}

/** What was sent, and what is still being written, stays where it is. */
function kept({ session: { mailbox } }: CommandContext): readonly FolderId[] {
  return (['sentitems', 'drafts', 'outbox'] as const).flatMap((name) => mailbox.wellKnown(name) ?? []);
}

function topicOf([newest]: readonly Item[]): string {
  return newest ? String(valueOf(newest, 'PidTagConversationTopic') ?? '') : '';
}
