import { mailboxNotFound, nonIndexableItems } from '../../discovery/non-indexable.ts';
import { defineOperation, type Operation } from '../../operation.ts';
import { answerAlone, success } from '../../response-messages.ts';

/** @see GetNonIndexableItemStatistics, EWS reference */
export const getNonIndexableItemStatistics: Operation<'GetNonIndexableItemStatistics'> = defineOperation('GetNonIndexableItemStatistics', ({ Mailboxes: { LegacyDN }, SearchArchiveOnly = false }, context) =>
  answerAlone(context, (head) => head, async () => {
    const found = await nonIndexableItems(LegacyDN, SearchArchiveOnly, context);
    const statistic = { Mailbox: LegacyDN[0] as string, ItemCount: found?.length ?? 0, ErrorMessage: found ? undefined : mailboxNotFound };
    return { ...success, NonIndexableItemStatistics: { NonIndexableItemStatistic: [statistic] } };
  }));
