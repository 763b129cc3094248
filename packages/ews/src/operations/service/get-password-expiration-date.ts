import { EwsError } from '../../errors.ts';
import { defineOperation, type Operation } from '../../operation.ts';
import { answerAlone, success } from '../../response-messages.ts';

/** What .NET writes for the end of time: passwords here do not expire ([K]). */
const never = '9999-12-31T23:59:59Z';

/** @see GetPasswordExpirationDate, EWS reference */
export const getPasswordExpirationDate: Operation<'GetPasswordExpirationDate'> = defineOperation('GetPasswordExpirationDate', ({ MailboxSmtpAddress }, context) =>
  answerAlone(context, (head) => ({ ...head, PasswordExpirationDate: '0001-01-01T00:00:00Z' }), () => {
    if (MailboxSmtpAddress && !context.organization.mailboxByAddress(MailboxSmtpAddress)) throw new EwsError('ErrorNonExistentMailbox');
    return { ...success, PasswordExpirationDate: never };
  }));
