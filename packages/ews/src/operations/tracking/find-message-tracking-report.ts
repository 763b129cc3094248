import type { TrackedMessage } from '@fauxchange/mailbox';
import type { EwsContext } from '../../context.ts';
import { EwsError } from '../../errors.ts';
import { readDateTime } from '../../mapping/date-time.ts';
import { addressElement, isParty, searchResult, visibleEvents, visibleRecipients } from '../../mapping/message-tracking.ts';
import { defineOperation, type Operation } from '../../operation.ts';
import { answerAlone, success } from '../../response-messages.ts';
import type { EmailAddressType, FindMessageTrackingReportRequestType } from '../../schema/types.generated.ts';

/** As many as Search-MessageTrackingReport shows unasked. */
const mostResults = 1000;

/**
 * Messages that transport has seen, newest first, to those who sent or received them: what Exchange's delivery reports show to users.
 *
 * @see FindMessageTrackingReport, EWS reference
 */
export const findMessageTrackingReport: Operation<'FindMessageTrackingReport'> = defineOperation('FindMessageTrackingReport', (request, context) =>
  answerAlone(context, (head) => head, () => {
    checkDomain(request.Domain, context);
    const tests = testsOf(request, context);
    const found = context.organization.messageTracking.messages().filter((message) => isParty(message, context) && tests.every((test) => test(message)));
    return {
      ...success,
      MessageTrackingSearchResults: { MessageTrackingSearchResult: found.slice(-mostResults).reverse().map((message) => searchResult(message, context)) },
      ExecutedSearchScope: request.Scope,
    };
  }));

function checkDomain(domain: string, { organization }: EwsContext): void {
  if (!organization.directory.acceptedDomains.includes(domain.toLowerCase())) throw new EwsError('ErrorMessageTrackingNoSuchDomain');
}

type Test = (message: TrackedMessage) => boolean;

function testsOf({ Sender, PurportedSender, Recipient, Subject, StartDateTime, EndDateTime, MessageId }: FindMessageTrackingReportRequestType, context: EwsContext): readonly Test[] {
  const [from, until] = [timeOf(StartDateTime), timeOf(EndDateTime)];
  if (from !== undefined && until !== undefined && from > until) throw new EwsError('ErrorInvalidArgument');
  const subject = Subject?.toLowerCase();
  const is = (sent: EmailAddressType | undefined, address: string): boolean => sent === undefined || addressElement(sent) === address.toLowerCase();
  return [
    ({ sender }) => is(Sender, sender.address),
    ({ representing }) => is(PurportedSender, representing.address),
    (message) => Recipient === undefined || [...visibleRecipients(message, context), ...visibleEvents(message, context)].some(({ address }) => is(Recipient, address)),
    (message) => !subject || message.subject.toLowerCase().includes(subject),
    ({ time }) => (from === undefined || time >= from) && (until === undefined || time <= until),
    ({ messageId }) => MessageId === undefined || messageId === MessageId,
  ];
}

const timeOf = (text: string | undefined): number | undefined => (text === undefined ? undefined : readDateTime(text));
