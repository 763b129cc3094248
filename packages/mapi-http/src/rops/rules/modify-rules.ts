import { addRule, changeRule, inboxRules, removeRule, type InboxRule, type MailboxSession, type NewRule } from '@fauxchange/mailbox';
import { errorCode, type RopRequestValue } from '@fauxchange/mapi-wire';
import { RopError } from '../../errors.ts';
import { ruleIdIn, ruleIdOf, ruleOfRow, type RuleReader } from '../../mapping/rule-rows.ts';
import { FolderObject } from '../../objects/folder-object.ts';
import { defineRop } from '../../rop/define-rop.ts';

/** ModifyRulesFlags, [MS-OXORULE] 2.2.1.1. */
const replace = 0x1;
/** RuleDataFlags, [MS-OXORULE] 2.2.1.3. */
const rowFlag = { Add: 0x1, Modify: 0x2, Remove: 0x4 } as const;
/** Bytes of all rules of a folder: the RulesQuota of a mailbox ([K] 256 KB at most). */
const mostBytes = 256 * 1024;
const mostRules = 1_000;

type Asked = RopRequestValue<'RopModifyRules'>;
type Step = (session: MailboxSession) => Promise<unknown>;

/** A set of rules as it will be, and what has to be done for that. */
class RuleChanges {
  readonly steps: Step[] = [];
  readonly #object: FolderObject;
  readonly #known: Map<bigint, NewRule>;
  readonly #stored: ReadonlyMap<bigint, InboxRule>;
  #added = 0;

  constructor(object: FolderObject, rules: readonly InboxRule[]) {
    this.#object = object;
    this.#stored = new Map(rules.map((rule) => [ruleIdOf(object.logon, rule.id), rule]));
    this.#known = new Map(this.#stored);
  }

  /** @throws RopError ecInvalidParam, ecNotFound */
  stored(ruleId: bigint | undefined): InboxRule {
    if (ruleId === undefined) throw new RopError(errorCode.InvalidParameter, 'A row says by PidTagRuleId which rule it means.');
    const rule = this.#known.has(ruleId) ? this.#stored.get(ruleId) : undefined;
    if (!rule) throw new RopError(errorCode.NotFound, 'The folder has no such rule.');
    return rule;
  }

  add(rule: NewRule): void {
    this.#added += 1;
    this.#known.set(-BigInt(this.#added), rule);
    this.steps.push((session) => addRule(session, rule, this.#object.id));
  }

  change({ id }: InboxRule, rule: NewRule): void {
    this.#known.set(ruleIdOf(this.#object.logon, id), rule);
    this.steps.push((session) => changeRule(session, id, rule));
  }

  remove({ id }: InboxRule): void {
    this.#known.delete(ruleIdOf(this.#object.logon, id));
    this.steps.push((session) => removeRule(session, id));
  }

  /** @throws RopError ecOutOfMemory, [MS-OXORULE] 3.2.5.2 */
  checkBounds(): void {
    const size = [...this.#known.values()].reduce((sum, { name, program, owner }) => sum + name.length + (program?.writtenActions.length ?? 0) + (program?.writtenCondition?.length ?? 0) + (owner?.providerData?.length ?? 0), 0);
    if (this.#known.size > mostRules || size > mostBytes) throw new RopError(errorCode.OutOfMemory, `A folder may have ${mostRules} rules, of ${mostBytes} bytes together.`);
  }
}

/** [MS-OXORULE] 3.2.5.2: one row that is wrong refuses them all. */
export const modifyRules = defineRop('RopModifyRules', [FolderObject], async (asked, { object, logon, environment: { organization: { directory } } }) => {
  const { session } = logon;
  if ((asked.ModifyRulesFlags & ~replace) !== 0) throw new RopError(errorCode.InvalidParameter, `Rules are not modified with flags 0x${asked.ModifyRulesFlags.toString(16)}.`);
  await object.folder();
  const rules = await inboxRules(session, object.id);
  const changes = new RuleChanges(object, rules);
  const replaces = asked.ModifyRulesFlags === replace;
  if (replaces) for (const rule of rules) changes.remove(rule);
  for (const row of asked.RulesData) changeBy(row, changes, replaces, { logon, directory });
  changes.checkBounds();
  for (const step of changes.steps) await step(session);
  return {};
});

function changeBy({ RuleDataFlags, PropertyValues }: Asked['RulesData'][number], changes: RuleChanges, replaces: boolean, reader: RuleReader): void {
  if (RuleDataFlags === rowFlag.Add) return changes.add(ruleOfRow(PropertyValues, undefined, reader));
  if (replaces || (RuleDataFlags !== rowFlag.Modify && RuleDataFlags !== rowFlag.Remove)) throw new RopError(errorCode.InvalidParameter, `A rule is not changed by 0x${RuleDataFlags.toString(16)} here.`);
  const before = changes.stored(ruleIdIn(PropertyValues));
  if (RuleDataFlags === rowFlag.Remove) changes.remove(before);
  else changes.change(before, ruleOfRow(PropertyValues, before, reader));
}
