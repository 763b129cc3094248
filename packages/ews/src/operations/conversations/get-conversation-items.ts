import { valueOf, wholeConversations, type FolderId, type Item, type MailboxSession } from '@fauxchange/mailbox';
import type { EwsContext } from '../../context.ts';
import { EwsError } from '../../errors.ts';
import { lazily } from '../../lazily.ts';
import { compileItemShape, type ItemShape } from '../../mapping/item-shape.ts';
import { viewOf } from '../../mapping/item-view.ts';
import { defineOperation, type Operation } from '../../operation.ts';
import { resolveFolder } from '../../resolve.ts';
import { forEachEntry, success } from '../../response-messages.ts';
import type { ConversationNodeType, ConversationRequestType, ConversationResponseType, GetConversationItemsType } from '../../schema/types.generated.ts';
import { resolveConversation } from './conversation-of.ts';

/** @see GetConversationItems, EWS reference */
export const getConversationItems: Operation<'GetConversationItems'> = defineOperation('GetConversationItems', async (request, context) => {
  const shape = lazily(() => compileItemShape(request.ItemShape, 'get'));
  return {
    ResponseMessages: await forEachEntry(context, 'GetConversationItemsResponseMessage', request.Conversations.Conversation ?? [], (head) => head, async (asked) => ({ ...success, Conversation: await tell(asked, request, shape(), context) })),
  };
});

const mostItems = 1_000;

async function tell(asked: ConversationRequestType, request: GetConversationItemsType, shape: ItemShape, context: EwsContext): Promise<ConversationResponseType> {
  const { session, id } = resolveConversation(asked.ConversationId, context);
  const since = decodeState(asked.SyncState);
  const ignored = (request.FoldersToIgnore ?? []).map((folder): FolderId => resolveFolder(folder, context).folderId);
  const scopes = request.MailboxScope === 'All' ? [false, true] : [request.MailboxScope === 'ArchiveOnly'];
  const found: Item[] = [];
  for (const inArchive of scopes) found.push(...((await wholeConversations(session, [id], { inArchive, ignored })).get(id) ?? []));
  if (found.length === 0) throw new EwsError('ErrorItemNotFound');
  const wanted = found.filter(({ cn }) => cn > since).sort(orders[request.SortOrder ?? 'TreeOrderAscending']).slice(0, request.MaxItemsToReturn ?? mostItems);
  const nodes = await nodesOf(wanted, request, shape, session, context);
  return {
    ConversationId: asked.ConversationId,
    SyncState: encodeState(Math.max(since, ...found.map(({ cn }) => cn))),
    ConversationNodes: nodes.length > 0 ? { ConversationNode: nodes } : undefined,
  };
}

/** Copies of one message are one node. */
async function nodesOf(items: readonly Item[], { ItemShape: asked }: GetConversationItemsType, shape: ItemShape, session: MailboxSession, context: EwsContext): Promise<ConversationNodeType[]> {
  const byMessage = new Map<string, Item[]>();
  for (const item of items) {
    const key = text(item, 'PidTagInternetMessageId') ?? `item ${item.id}`;
    byMessage.set(key, [...(byMessage.get(key) ?? []), item]);
  }
  const nodes: ConversationNodeType[] = [];
  for (const copies of byMessage.values()) {
    const [first] = copies as [Item];
    const Items = [];
    for (const item of copies) Items.push(await shape.render(viewOf(item, session, asked, context)));
    nodes.push({ InternetMessageId: text(first, 'PidTagInternetMessageId'), ParentInternetMessageId: text(first, 'PidTagInReplyToId'), Items: Items as NonNullable<ConversationNodeType['Items']> });
  }
  return nodes;
}

const text = (item: Item, name: 'PidTagInternetMessageId' | 'PidTagInReplyToId' | 'PidTagConversationIndex'): string | undefined => valueOf(item, name) as string | undefined;
type Compare = (a: Item, b: Item) => number;
/** An index is as long as the message is deep, and answers have that of what they answer at their beginning. */
const byTree: Compare = (a, b) => {
  const [left, right] = [text(a, 'PidTagConversationIndex') ?? '', text(b, 'PidTagConversationIndex') ?? ''];
  return left < right ? -1 : left > right ? 1 : byDate(a, b);
};
const byDate: Compare = (a, b) => Number(valueOf(a, 'PidTagMessageDeliveryTime') ?? 0) - Number(valueOf(b, 'PidTagMessageDeliveryTime') ?? 0) || a.id - b.id;
const orders: Readonly<Record<NonNullable<GetConversationItemsType['SortOrder']>, Compare>> = {
  TreeOrderAscending: byTree, TreeOrderDescending: (a, b) => byTree(b, a), DateOrderAscending: byDate, DateOrderDescending: (a, b) => byDate(b, a),
};

const stateBytes = 8;

function encodeState(cn: number): Uint8Array {
  const bytes = Buffer.alloc(stateBytes);
  bytes.writeUIntBE(cn, 2, 6);
  return bytes;
}

/** The highest change number that the client has seen; ErrorInvalidSyncStateData. */
function decodeState(state: Uint8Array | undefined): number {
  if (!state || state.length === 0) return 0;
  if (state.length !== stateBytes) throw new EwsError('ErrorInvalidSyncStateData');
  return Buffer.from(state).readUIntBE(2, 6);
}
