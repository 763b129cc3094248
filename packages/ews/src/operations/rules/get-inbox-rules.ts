import { inboxRules } from '@fauxchange/mailbox';
import { encodeRule } from '../../mapping/rules/encode-rule.ts';
import { defineOperation, type Operation } from '../../operation.ts';
import { answerAlone, success } from '../../response-messages.ts';
import { outlookBlob, rulesSession } from './rules-mailbox.ts';

/** @see [MS-OXWSRULES] 3.1.4.1 GetInboxRules */
export const getInboxRules: Operation<'GetInboxRules'> = defineOperation('GetInboxRules', ({ MailboxSmtpAddress }, context) =>
  answerAlone(context, (head) => head, async () => {
    const session = rulesSession(MailboxSmtpAddress, context);
    const rules = [];
    for (const rule of await inboxRules(session)) rules.push(await encodeRule(rule, session));
    return { ...success, OutlookRuleBlobExists: (await outlookBlob(session)) !== undefined, InboxRules: rules.length > 0 ? { Rule: rules } : undefined };
  }));
