import { defineCommand } from '../../command.ts';
import type { CommandContext } from '../../context.ts';
import { EasStatusError } from '../../errors.ts';
import { ItemOperationsRequest, ItemOperationsResponse, type EmptyAnswer, type FetchAnswer, type MoveAnswer, type Operation } from '../../schema/item-operations.ts';
import { emptyFolderContents } from './empty-folder-contents.ts';
import { fetchOne } from './fetch.ts';
import { moveConversation } from './move-conversation.ts';
import { operationStatus } from './operation-status.ts';

/** Fetches of one request, [MS-ASCMD] 3.1.5.10. */
const mostOperations = 100;

/** [MS-ASCMD] 2.2.1.10 ItemOperations: each operation by itself, one that fails does not stop the others. */
export const itemOperations = defineCommand({
  request: ItemOperationsRequest,
  response: ItemOperationsResponse,
  since: '12.0',
  statusOfViolation: () => operationStatus.protocolError,
}, async (operations, context) => {
  if (context.profile.limitsRequests && operations.length > mostOperations) throw new EasStatusError(operationStatus.tooLarge, `More than ${mostOperations} operations.`);
  const Response: { Move: MoveAnswer[]; EmptyFolderContents: EmptyAnswer[]; Fetch: FetchAnswer[] } = { Move: [], EmptyFolderContents: [], Fetch: [] };
  for (const operation of operations) await perform(operation, Response, context);
  return { Status: operationStatus.success, Response };
});

async function perform([name, operation]: Operation, { Move, EmptyFolderContents, Fetch }: { Move: MoveAnswer[]; EmptyFolderContents: EmptyAnswer[]; Fetch: FetchAnswer[] }, context: CommandContext): Promise<void> {
  if (name === 'Fetch') Fetch.push(await fetchOne(operation, context));
  else if (name === 'Move') Move.push({ Status: await moveConversation(operation, context), ConversationId: operation.ConversationId });
  else EmptyFolderContents.push({ Status: await emptyFolderContents(operation, context), 'AirSync:CollectionId': operation['AirSync:CollectionId'] });
}
