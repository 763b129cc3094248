import { parseQueryString, conversationsIn, wholeConversations, type Restriction } from '@fauxchange/mailbox';
import type { EwsContext } from '../../context.ts';
import { EwsError } from '../../errors.ts';
import { conversationElement, sortConversations } from '../../mapping/conversation.ts';
import { pageOf } from '../../mapping/paging.ts';
import { isAtLeast } from '../../profile.ts';
import { defineOperation, type Operation } from '../../operation.ts';
import { refusePublic } from '../../public-folders.ts';
import { getFolder, targetEntry } from '../../resolve.ts';
import { answerAlone, success } from '../../response-messages.ts';
import type { FindConversationType } from '../../schema/types.generated.ts';

/** @see [MS-OXWSCONV] 3.1.4.2 FindConversation */
export const findConversation: Operation<'FindConversation'> = defineOperation('FindConversation', (request, context) =>
  // An answer without them was no answer before Exchange 2013.
  answerAlone(context, (head) => (isAtLeast(context.version, 'Exchange2012') ? head : { ...head, Conversations: {} }), async () => {
    if (request.SeekToConditionPageItemView) throw new EwsError('ErrorInvalidRequest', 'This view is not supported.');
    if (request.MailboxScope && !request.QueryString?.$) throw new EwsError('ErrorMailboxScopeNotAllowedWithoutQueryString');
    const { session, folder } = await getFolder(targetEntry(request.ParentFolderId), context);
    refusePublic(session, 'FindConversation');
    const found = sortConversations(await conversationsIn(session, folder.id, restrictionOf(request, context)), request.SortOrder);
    const { items: page, attributes } = pageOf(found, { indexed: request.IndexedPageItemView });
    const inArchive = folder.wellKnown?.startsWith('archive') ?? false;
    const whole = await wholeConversations(session, page.map(({ id }) => id), { inArchive });
    return {
      ...success,
      Conversations: { Conversation: page.map((one) => conversationElement(one, whole.get(one.id) ?? one.items, request.ConversationShape, session)) },
      TotalConversationsInView: found.length,
      IndexedOffset: attributes.IndexedPagingOffset,
    };
  }));

const views: { readonly [V in NonNullable<FindConversationType['ViewFilter']>]?: Restriction | undefined } = {
  All: undefined, NoClutter: undefined, Clutter: { kind: 'never' },
  Unread: { kind: 'compare', property: 'PidTagRead', operator: 'eq', value: false },
  Flagged: { kind: 'compare', property: 'PidTagFlagStatus', operator: 'eq', value: 2 },
  HasAttachment: { kind: 'compare', property: 'PidTagHasAttachments', operator: 'eq', value: true },
  ToOrCcMe: { kind: 'compare', property: 'PidTagMessageRecipientMe', operator: 'eq', value: true },
  TaskActive: { kind: 'compare', property: 'PidTagFlagStatus', operator: 'eq', value: 2 },
  TaskCompleted: { kind: 'compare', property: 'PidTagFlagStatus', operator: 'eq', value: 1 },
};

function restrictionOf({ ViewFilter, QueryString }: FindConversationType, { clock }: EwsContext): Restriction | undefined {
  const overdue: Restriction = { kind: 'and', restrictions: [views.TaskActive as Restriction, { kind: 'compare', property: 'PidLidTaskDueDate', operator: 'lt', value: clock.now() }] };
  const filter = ViewFilter === 'TaskOverdue' ? overdue : ViewFilter && views[ViewFilter];
  const query = QueryString?.$ ? parseQueryString(QueryString.$, clock.now()) : undefined;
  return filter && query ? { kind: 'and', restrictions: [filter, query] } : (filter ?? query);
}
