import { binary, property as propertyNamed, type Property, type PropertyName, type PropertyValue } from '@fauxchange/properties';
import { conditionOf, plainRule, ruleState, serverProvider, stepsOf, type Directory, type InboxRule, type NewRule, type RuleProgram } from '@fauxchange/mailbox';
import { decode, encode, errorCode, restriction as restrictionLayout, ruleActions, type PropertyValue as WireValue, type Restriction, type RuleAction, type TaggedValue } from '@fauxchange/mapi-wire';
import { RopError } from '../errors.ts';
import type { Logon } from '../logon/logon.ts';
import { wireOfRestriction } from './restriction-to-wire.ts';
import { restrictionOfWire } from './restriction.ts';
import { actionsOfSteps, stepsOfActions } from './rule-actions.ts';

/** What a rules table reads its rows by. */
export interface RuleReader {
  readonly logon: Logon;
  readonly directory: Directory;
}

type Facts = { readonly [N in PropertyName]?: (rule: InboxRule, reader: RuleReader) => PropertyValue | undefined };
/** [MS-OXORULE] 2.2.1.3.1. */
const facts: Facts = {
  PidTagRuleId: ({ id }, { logon }) => ruleIdOf(logon, id),
  PidTagRuleSequence: ({ priority }) => priority,
  PidTagRuleState: ({ isEnabled, isInError, state }) => state | (isEnabled ? ruleState.enabled : 0) | (isInError ? ruleState.error : 0),
  PidTagRuleName: ({ name }) => name,
  PidTagRuleProvider: ({ owner }) => owner.provider,
  PidTagRuleLevel: ({ owner }) => owner.level ?? 0,
  PidTagRuleUserFlags: ({ owner }) => owner.userFlags ?? 0,
  PidTagRuleProviderData: ({ owner }) => owner.providerData,
  PidTagRuleCondition: (rule, { logon }) => rule.program?.writtenCondition ?? binary.from(encode(restrictionLayout, wireOfRestriction(conditionOf(rule), logon.names))),
  PidTagRuleActions: (rule, { logon, directory }) => rule.program?.writtenActions ?? binary.from(encode(ruleActions, actionsOfSteps(stepsOf(rule, (name) => logon.mailbox.wellKnown(name)), logon, directory))),
};
export const ruleColumns: readonly Property[] = (Object.keys(facts) as PropertyName[]).map((name) => propertyNamed(name) as Property);

/** PidTagRuleId: the id of what keeps the rule, as a number with a sign. */
export const ruleIdOf = (logon: Logon, id: InboxRule['id']): bigint => BigInt.asIntN(64, logon.wireId(id));
export const ruleValue = (rule: InboxRule, { name }: Pick<Property, 'name'>, reader: RuleReader): PropertyValue | undefined => facts[name]?.(rule, reader);

/** Tags of a row of RopModifyRules; texts may be in the code page. */
const ids = { id: 0x6674, sequence: 0x6676, state: 0x6677, userFlags: 0x6678, condition: 0x6679, actions: 0x6680, provider: 0x6681, name: 0x6682, level: 0x6683, providerData: 0x6684 } as const;
const valueIn = (values: readonly TaggedValue[], id: number): WireValue | undefined => values.find(({ tag }) => tag >>> 16 === id)?.value;

/** The rule that a row means; undefined where it does not say. */
export const ruleIdIn = (values: readonly TaggedValue[]): bigint | undefined => valueIn(values, ids.id) as bigint | undefined;

const always: Restriction = { kind: 'Exist', PropTag: 0x001a_001f };
/** What a server finds out about a rule is not for clients to say: [MS-OXORULE] 2.2.1.3.1.3. */
const ownBits = ruleState.enabled | ruleState.error | ruleState.parseError;

/** The rule of a row: new, or with what the row does not say as it was. @throws RopError */
export function ruleOfRow(values: readonly TaggedValue[], before: InboxRule | undefined, { logon, directory }: RuleReader): NewRule {
  const value = <T>(id: number): T | undefined => valueIn(values, id) as T | undefined;
  const state = value<number>(ids.state) ?? (before ? before.state | (before.isEnabled ? ruleState.enabled : 0) : 0);
  const common = {
    name: value<string>(ids.name) ?? before?.name ?? '', priority: value<number>(ids.sequence) ?? before?.priority ?? 0, isEnabled: (state & ruleState.enabled) !== 0, state: state & ~ownBits,
  };
  const [Condition, Actions] = [value<Restriction | null>(ids.condition), value<readonly RuleAction[]>(ids.actions)];
  // What another protocol has said goes on to be said so, unless it is said anew.
  if (before && !before.program && Condition === undefined && Actions === undefined) return { ...before, ...common };
  const bytes = value<Uint8Array>(ids.providerData);
  const owner = {
    provider: value<string>(ids.provider) ?? before?.owner.provider ?? serverProvider, providerData: bytes ? binary.from(bytes) : before?.program && before.owner.providerData,
    level: value<number>(ids.level) ?? before?.owner.level ?? 0, userFlags: value<number>(ids.userFlags) ?? before?.owner.userFlags ?? 0,
  };
  const program = programOf(Condition ?? conditionBefore(before, logon), Actions ?? actionsBefore(before, { logon, directory }), { logon, directory });
  return { ...common, owner, program, ...plainRule(program, common.state) };
}

const conditionBefore = (before: InboxRule | undefined, logon: Logon): Restriction => {
  if (!before) return always;
  const written = before.program?.writtenCondition;
  return written === undefined ? wireOfRestriction(conditionOf(before), logon.names) : decode(binary.toBytes(written), restrictionLayout);
};

function actionsBefore(before: InboxRule | undefined, { logon, directory }: RuleReader): readonly RuleAction[] {
  if (!before) throw new RopError(errorCode.InvalidParameter, 'A rule has to do something.');
  return before.program ? decode(binary.toBytes(before.program.writtenActions), ruleActions) : actionsOfSteps(stepsOf(before, (name) => logon.mailbox.wellKnown(name)), logon, directory);
}

function programOf(condition: Restriction, actions: readonly RuleAction[], { logon, directory }: RuleReader): RuleProgram {
  if (actions.length === 0) throw new RopError(errorCode.InvalidParameter, 'A rule has to do something.');
  return {
    condition: restrictionOfWire(condition, logon.names), steps: stepsOfActions(actions, logon, directory),
    writtenCondition: binary.from(encode(restrictionLayout, condition)), writtenActions: binary.from(encode(ruleActions, actions)),
  };
}
