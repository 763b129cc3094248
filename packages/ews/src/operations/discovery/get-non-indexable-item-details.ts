import { pageAround } from '../../discovery/page-around.ts';
import { mailboxNotFound, nonIndexableItems, type NonIndexableItem } from '../../discovery/non-indexable.ts';
import { itemIdElement } from '../../items.ts';
import { formatDateTime } from '../../mapping/date-time.ts';
import { defineOperation, type Operation } from '../../operation.ts';
import { answerAlone, success } from '../../response-messages.ts';
import type { NonIndexableItemDetailType } from '../../schema/types.generated.ts';

/** @see GetNonIndexableItemDetails, EWS reference */
export const getNonIndexableItemDetails: Operation<'GetNonIndexableItemDetails'> = defineOperation('GetNonIndexableItemDetails', (request, context) =>
  answerAlone(context, (head) => head, async () => {
    const { Mailboxes: { LegacyDN }, SearchArchiveOnly = false } = request;
    const found = await nonIndexableItems(LegacyDN, SearchArchiveOnly, context);
    if (!found) {
      const failed = { Mailbox: LegacyDN[0] as string, ErrorCode: 0, ErrorMessage: mailboxNotFound, IsArchive: SearchArchiveOnly };
      return { ...success, NonIndexableItemDetailsResult: { FailedMailboxes: { FailedMailbox: [failed] } } };
    }
    const page = pageAround(found, request, { key: sortValue, byDefault: context.limits.discoveryPageSize });
    return { ...success, NonIndexableItemDetailsResult: { Items: { NonIndexableItemDetail: page.map(detail) } } };
  }));

const sortValue = ({ id }: NonIndexableItem): string => String(id);

/** The one failure that the operation's example shows; it is tried as the item comes, and for good. */
function detail(one: NonIndexableItem): NonIndexableItemDetailType {
  const triedAt = one.item.bag.get('PidTagCreationTime');
  return {
    ItemId: itemIdElement(one.item, one.session), ErrorCode: 'DocumentParserFailure', ErrorDescription: 'The document parser encountered a processing error.',
    IsPartiallyIndexed: false, IsPermanentFailure: true, SortValue: sortValue(one), AttemptCount: 0,
    LastAttemptTime: typeof triedAt === 'number' ? formatDateTime(triedAt) : undefined,
    AdditionalInfo: `301002 Error parsing document '${one.attachment.name}'. Document has an undetectable format and will not be parsed.`,
  };
}
