import { checkMayDiscover } from '../../discovery/discovery-role.ts';
import { searchableMailbox, searchableOf } from '../../discovery/searchable-mailbox.ts';
import { defineOperation, type Operation } from '../../operation.ts';
import { answerAlone, success } from '../../response-messages.ts';

const most = 5_000;

/** @see GetSearchableMailboxes, EWS reference */
export const getSearchableMailboxes: Operation<'GetSearchableMailboxes'> = defineOperation('GetSearchableMailboxes', ({ SearchFilter, ExpandGroupMembership }, context) =>
  answerAlone(context, (head) => ({ ...head, SearchableMailboxes: {} }), () => {
    checkMayDiscover(context);
    const { directory } = context.organization;
    const found = searchableOf(SearchFilter ? directory.resolve(SearchFilter) : directory.list(), ExpandGroupMembership === true, context);
    return { ...success, SearchableMailboxes: { SearchableMailbox: found.slice(0, most).map(searchableMailbox) } };
  }));
