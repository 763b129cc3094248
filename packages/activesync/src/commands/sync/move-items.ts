import { MailboxError } from '@fauxchange/mailbox';
import type { ValueOf } from '@fauxchange/wbxml';
import { collectionPlace, parseServerId } from '../../collections.ts';
import { defineCommand } from '../../command.ts';
import type { CommandContext } from '../../context.ts';
import { commonStatus, EasStatusError } from '../../errors.ts';
import { MoveItemsRequest, MoveItemsResponse } from '../../schema/move-items.ts';
import { serverIdOf } from '../../sync/item-class.ts';

/** [MS-ASCMD] 2.2.3.177.10: here 3 is success. */
const moveStatus = { invalidSource: 1, invalidDestination: 2, success: 3, sameFolder: 4, serverError: 5, locked: 7 } as const;
/** Moves of one request, [MS-ASCMD] 3.1.5.10. */
const mostMoves = 1000;

type Move = ValueOf<typeof MoveItemsRequest>['Move'][number];
type Answer = ValueOf<typeof MoveItemsResponse>['Response'][number];

/** [MS-ASCMD] 2.2.1.12 MoveItems: a moved item has a new id, and both collections hear of it at their next Sync. */
export const moveItems = defineCommand({
  request: MoveItemsRequest,
  response: MoveItemsResponse,
  statusOfViolation: (path, kind) => (kind === 'repeated' && path.endsWith('/DstFldId') ? moveStatus.serverError : undefined),
}, async ({ Move }, context) => {
  if (context.profile.limitsRequests && Move.length > mostMoves) throw new EasStatusError(commonStatus.InvalidXML, `More than ${mostMoves} moves.`);
  const answers: Answer[] = [];
  for (const one of Move) answers.push({ SrcMsgId: one.SrcMsgId, ...(await move(one, context)) });
  return { Response: answers };
});

async function move({ SrcMsgId, SrcFldId, DstFldId }: Move, context: CommandContext): Promise<Answer> {
  const { session } = context;
  const [source, destination] = [await collectionPlace(SrcFldId, context), await collectionPlace(DstFldId, context)];
  if (!source) return { Status: moveStatus.invalidSource };
  if (!destination) return { Status: moveStatus.invalidDestination };
  // [MS-ASCMD] 2.2.2, 105: the recipient information cache takes nothing.
  if (destination.isRecipientInformation || source.isRecipientInformation) return { Status: context.isAtLeast('14.0') ? commonStatus.InvalidCombinationOfIDs : moveStatus.serverError };
  if (source.folderId === destination.folderId) return { Status: moveStatus.sameFolder };
  const id = parseServerId(SrcMsgId);
  const [item] = id ? await session.items([id.id]) : [];
  if (!item || item instanceof MailboxError || item.folderId !== source.folderId) return { Status: moveStatus.invalidSource };
  const [moved] = await session.moveItems([item.id], { session, folderId: destination.folderId });
  if (!moved || moved instanceof MailboxError) return { Status: moveStatus.serverError };
  return { Status: moveStatus.success, DstMsgId: serverIdOf(destination.collectionId, moved.id) };
}
