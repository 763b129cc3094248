import { addRule, changeRule, inboxRules, removeRule, type InboxRule, type ItemId, type MailboxSession, type NewRule } from '@fauxchange/mailbox';
import type { EwsContext } from '../../context.ts';
import { EwsError } from '../../errors.ts';
import { decodeRule, validationError } from '../../mapping/rules/decode-rule.ts';
import { encodeRuleId } from '../../mapping/rules/encode-rule.ts';
import { defineOperation, type Operation } from '../../operation.ts';
import { answerAlone, failure, success } from '../../response-messages.ts';
import type { RuleOperationErrorType, RuleValidationErrorType, UpdateInboxRulesRequestType } from '../../schema/types.generated.ts';
import { outlookBlob, rulesSession } from './rules-mailbox.ts';

type RuleOperation = UpdateInboxRulesRequestType['Operations'][number];
/** What an operation comes to once it is found to be in order. */
type Step = (session: MailboxSession) => Promise<void>;

/** Bytes: RulesQuota of Set-Mailbox is 256 KB. How Exchange counts is not known; here the rules that are there and what is asked for count as JSON. */
const rulesQuota = 256 * 1024;

/** Everything is done, or nothing: one rule that does not validate refuses the whole. @see [MS-OXWSRULES] 3.1.4.2 UpdateInboxRules */
export const updateInboxRules: Operation<'UpdateInboxRules'> = defineOperation('UpdateInboxRules', (request, context) =>
  answerAlone(context, (head) => head, async () => {
    const session = rulesSession(request.MailboxSmtpAddress, context);
    const blob = await outlookBlob(session);
    if (blob && request.RemoveOutlookRuleBlob !== true) throw new EwsError('ErrorOutlookRuleBlobExists', 'A client-side rule exists.');
    const { steps, errors } = await plan(request.Operations, session, context);
    if (errors.length > 0) return { ...failure(new EwsError('ErrorInboxRulesValidationError', 'A validation error occurred while executing the rule operation.')), RuleOperationErrors: { RuleOperationError: errors } };
    const quota = JSON.stringify(request.Operations).length + JSON.stringify(await inboxRules(session)).length;
    if (quota > rulesQuota) throw new EwsError('ErrorRulesOverQuota');
    if (blob) await session.removeItems([blob.id], 'hard');
    for (const step of steps) await step(session);
    return success;
  }));

async function plan(operations: readonly RuleOperation[], session: MailboxSession, context: EwsContext): Promise<{ readonly steps: readonly Step[]; readonly errors: readonly RuleOperationErrorType[] }> {
  const known = new Map((await inboxRules(session)).map((rule) => [encodeRuleId(rule.id), rule]));
  const seen = { ids: new Set<string>(), priorities: new Set<number>() };
  const steps: Step[] = [];
  const errors: RuleOperationErrorType[] = [];
  for (const [OperationIndex, operation] of operations.entries()) {
    const { step, wrong } = await planOne(operation, known, session, context);
    const all = [...wrong, ...clashes(operation, seen)];
    if (all.length > 0) errors.push({ OperationIndex, ValidationErrors: { Error: all } });
    else if (step) steps.push(step);
  }
  return { steps, errors };
}

interface Planned {
  readonly step?: Step;
  readonly wrong: readonly RuleValidationErrorType[];
}

async function planOne([kind, sent]: RuleOperation, known: ReadonlyMap<string, InboxRule>, session: MailboxSession, context: EwsContext): Promise<Planned> {
  const ruleId = kind === 'DeleteRuleOperation' ? sent.RuleId : sent.Rule.RuleId;
  const target = ruleId === undefined ? undefined : known.get(ruleId);
  if (kind === 'DeleteRuleOperation') return target ? { wrong: [], step: (at) => removeRule(at, target.id) } : { wrong: [validationError('RuleId', 'RuleNotFound', sent.RuleId)] };
  const { rule, errors } = await decodeRule(sent.Rule, session, context);
  if (kind === 'CreateRuleOperation') return { wrong: ruleId === undefined ? errors : [validationError('RuleId', 'CreateWithRuleId', ruleId), ...errors], step: create(rule) };
  if (ruleId === undefined) return { wrong: [validationError('RuleId', 'MissingParameter'), ...errors] };
  return target ? { wrong: errors, step: set(target.id, rule) } : { wrong: [validationError('RuleId', 'RuleNotFound', ruleId), ...errors] };
}

const create = (rule: NewRule): Step => async (session) => void (await addRule(session, rule));
const set = (id: ItemId, rule: NewRule): Step => (session) => changeRule(session, id, rule);

/** Two operations of one request may touch neither the same rule nor the same priority. */
function clashes([kind, sent]: RuleOperation, { ids, priorities }: { readonly ids: Set<string>; readonly priorities: Set<number> }): RuleValidationErrorType[] {
  const ruleId = kind === 'DeleteRuleOperation' ? sent.RuleId : sent.Rule.RuleId;
  const found: RuleValidationErrorType[] = [];
  if (ruleId !== undefined && ids.has(ruleId)) found.push(validationError('RuleId', 'DuplicatedOperationOnTheSameRule', ruleId));
  if (ruleId !== undefined) ids.add(ruleId);
  if (kind === 'DeleteRuleOperation') return found;
  if (priorities.has(sent.Rule.Priority)) found.push(validationError('Priority', 'DuplicatedPriority', String(sent.Rule.Priority)));
  priorities.add(sent.Rule.Priority);
  return found;
}
