import type { TrackingEvent } from '@fauxchange/mailbox';
import { EwsError } from '../../errors.ts';
import { addressElement, eventElement, isParty, openReportId, trackedMailbox, visibleEvents, visibleRecipients } from '../../mapping/message-tracking.ts';
import { formatDateTime } from '../../mapping/date-time.ts';
import { defineOperation, type Operation } from '../../operation.ts';
import { answerAlone, success } from '../../response-messages.ts';
import type { GetMessageTrackingReportRequestType } from '../../schema/types.generated.ts';

/**
 * Summary: what has become of the message for each of its recipients; RecipientPath: all that has happened for one.
 * ErrorMessageTrackingPermanentError for a message that cannot be tracked, or is none of the caller's.
 *
 * @see GetMessageTrackingReport, EWS reference
 */
export const getMessageTrackingReport: Operation<'GetMessageTrackingReport'> = defineOperation('GetMessageTrackingReport', (request, context) =>
  answerAlone(context, (head) => head, () => {
    const message = openReportId(request.MessageTrackingReportId, context);
    if (!message || !isParty(message, context)) throw new EwsError('ErrorMessageTrackingPermanentError');
    const events = chosen(visibleEvents(message, context), request);
    return {
      ...success,
      MessageTrackingReport: {
        Sender: trackedMailbox(message.sender), PurportedSender: trackedMailbox(message.representing), Subject: message.subject, SubmitTime: formatDateTime(message.time),
        OriginalRecipients: { Address: visibleRecipients(message, context).map(trackedMailbox) },
        RecipientTrackingEvents: { RecipientTrackingEvent: events.map((event, at) => eventElement(event, at, message)) },
      },
    };
  }));

function chosen(events: readonly TrackingEvent[], { ReportTemplate, RecipientFilter }: GetMessageTrackingReportRequestType): readonly TrackingEvent[] {
  const wanted = RecipientFilter && addressElement(RecipientFilter);
  const ofFilter = wanted === undefined ? events : events.filter(({ address, root }) => address.toLowerCase() === wanted || root.toLowerCase() === wanted);
  if (ReportTemplate === 'RecipientPath') {
    if (wanted === undefined) throw new EwsError('ErrorInvalidArgument');
    return ofFilter;
  }
  // The last event of each; a group that was expanded is its members from then on.
  const last = new Map(ofFilter.map((event) => [event.address, event]));
  return [...last.values()].filter(({ step }) => step !== 'Expanded');
}
