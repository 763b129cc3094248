import { MailboxError, setConversationAction, valueOf, wholeConversations, type ConversationAction, type FolderId, type Item, type ItemChanges, type MailboxSession } from '@fauxchange/mailbox';
import type { EwsContext } from '../../context.ts';
import { EwsError } from '../../errors.ts';
import { oneOf } from '../../items.ts';
import { parseDateTime } from '../../mapping/date-time.ts';
import { defineOperation, type Operation } from '../../operation.ts';
import { resolveTarget } from '../../resolve.ts';
import { forEachEntry, success } from '../../response-messages.ts';
import type { ConversationActionType } from '../../schema/types.generated.ts';
import { disposals } from '../folders/delete-folder.ts';
import { resolveConversation } from './conversation-of.ts';

/** @see [MS-OXWSCONV] 3.1.4.1 ApplyConversationAction */
export const applyConversationAction: Operation<'ApplyConversationAction'> = defineOperation('ApplyConversationAction', async ({ ConversationActions }, context) => ({
  ResponseMessages: await forEachEntry(context, 'ApplyConversationActionResponseMessage', ConversationActions.ConversationAction, (head) => head, async (action) => {
    await apply(action, context);
    return success;
  }),
}));

/** ErrorApplyConversationActionFailed where an item does not take the action: [MS-OXWSCDATA] 2.2.5.24. */
async function apply(action: ConversationActionType, context: EwsContext): Promise<void> {
  const { session, id } = resolveConversation(action.ConversationId, context);
  const everywhere = (await wholeConversations(session, [id])).get(id) ?? [];
  const items = await inReach(everywhere, action, session, context);
  const always = await alwaysOf(action, session, context);
  if (always) {
    const topic = String((everywhere[0] && valueOf(everywhere[0], 'PidTagConversationTopic')) ?? '');
    await setConversationAction(session, id, topic, always);
    if (action.ProcessRightAway === false) return;
  }
  const act = acts[action.Action];
  if (!act) throw new EwsError('ErrorInvalidOperation', `${action.Action} is not emulated.`);
  try {
    await act(items, action, session, context);
  } catch (thrown) {
    throw thrown instanceof MailboxError ? new EwsError('ErrorApplyConversationActionFailed') : thrown;
  }
}

/** The messages of the context folder, where one is named, that had arrived when the client looked last. */
async function inReach(items: readonly Item[], { ContextFolderId, ConversationLastSyncTime }: ConversationActionType, session: MailboxSession, context: EwsContext): Promise<readonly Item[]> {
  const folder = ContextFolderId && (await resolveTarget(ContextFolderId, context, 'ErrorFolderNotFound')).folderId;
  const until = ConversationLastSyncTime === undefined ? Number.POSITIVE_INFINITY : parseDateTime(ConversationLastSyncTime, context.localOffset);
  const drafts: FolderId | undefined = session.mailbox.wellKnown('drafts');
  return items.filter((item) => (folder === undefined ? item.folderId !== drafts : item.folderId === folder) && Number(valueOf(item, 'PidTagMessageDeliveryTime') ?? 0) <= until);
}

async function alwaysOf(action: ConversationActionType, session: MailboxSession, context: EwsContext): Promise<ConversationAction | undefined> {
  if (action.Action === 'AlwaysDelete') return { isDeleted: action.EnableAlwaysDelete ?? true };
  if (action.Action === 'AlwaysCategorize') return { categories: action.Categories?.String ?? [] };
  if (action.Action !== 'AlwaysMove') return undefined;
  const to = action.DestinationFolderId && (await resolveTarget(action.DestinationFolderId, context, 'ErrorToFolderNotFound'));
  if (to && to.session.mailbox !== session.mailbox) throw new EwsError('ErrorInvalidOperation');
  return { moveTo: to?.folderId };
}

type Act = (items: readonly Item[], action: ConversationActionType, session: MailboxSession, context: EwsContext) => Promise<void>;

const change = async (items: readonly Item[], changes: ItemChanges, session: MailboxSession): Promise<void> => {
  for (const { id } of items) await session.updateItem(id, changes);
};
const categorize: Act = (items, { Categories }, session) => change(items, { properties: { PidNameKeywords: Categories?.String?.length ? Categories.String : undefined } }, session);
const remove: Act = async (items, { DeleteType }, session) => {
  for (const { id } of items) oneOf(await session.removeItems([id], disposals[DeleteType ?? 'MoveToDeletedItems']));
};
const transfer = (isCopy: boolean): Act => async (items, { DestinationFolderId }, session, context) => {
  if (!DestinationFolderId) {
    if (isCopy) throw new EwsError('ErrorInvalidArgument');
    return;
  }
  const to = await resolveTarget(DestinationFolderId, context, 'ErrorToFolderNotFound');
  const moving = items.filter((item) => item.folderId !== to.folderId || session.mailbox !== to.session.mailbox);
  for (const { id } of moving) oneOf(await (isCopy ? session.copyItems([id], to) : session.moveItems([id], to)));
};

const acts: { readonly [A in ConversationActionType['Action']]?: Act } = {
  AlwaysCategorize: categorize,
  AlwaysDelete: (items, action, session, context) => (action.EnableAlwaysDelete === false ? Promise.resolve() : remove(items, action, session, context)),
  AlwaysMove: transfer(false),
  Delete: remove,
  Move: transfer(false),
  Copy: transfer(true),
  SetReadState: (items, { IsRead }, session) => {
    if (IsRead === undefined) throw new EwsError('ErrorInvalidArgument');
    return change(items.filter((item) => item.isRead !== IsRead), { isRead: IsRead }, session);
  },
  Flag: async (items, { Flag }, session, { clock }) => {
    if (!Flag) throw new EwsError('ErrorInvalidArgument');
    const status = { NotFlagged: undefined, Complete: 1, Flagged: 2 }[Flag.FlagStatus];
    await change(items, { properties: { PidTagFlagStatus: status, PidLidFlagRequest: status === undefined ? undefined : 'Follow up', PidTagToDoItemFlags: status === 2 ? 1 : undefined, PidTagFlagCompleteTime: status === 1 ? clock.now() : undefined } }, session);
  },
};
