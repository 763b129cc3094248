import type { PropertyName } from '@fauxchange/properties';
import type { Restriction } from '../search/restriction.ts';
import { ruleState, type NewRule, type RuleActions, type RuleConditions, type RuleProgram, type RuleStep } from './rule.ts';

type Plain = Pick<NewRule, 'conditions' | 'exceptions' | 'actions' | 'isNotSupported'>;
type Changeable<T> = { -readonly [K in keyof T]: T[K] };
type Contains = Extract<Restriction, { readonly kind: 'contains' }>;

/** Which condition looks for texts in which property. */
const textsIn: { readonly [N in PropertyName]?: 'subjectContains' | 'bodyContains' | 'headerContains' | 'senderContains' } = {
  PidTagSubject: 'subjectContains', PidTagNormalizedSubject: 'subjectContains', PidTagBody: 'bodyContains', PidTagTransportMessageHeaders: 'headerContains', PidTagSentRepresentingName: 'senderContains', PidTagSenderName: 'senderContains',
};
const numbersIn: { readonly [N in PropertyName]?: 'importance' | 'sensitivity' } = { PidTagImportance: 'importance', PidTagSensitivity: 'sensitivity' };
const switchesIn: { readonly [N in PropertyName]?: 'hasAttachments' | 'sentToMe' | 'sentCcMe' | 'sentToOrCcMe' } = {
  PidTagHasAttachments: 'hasAttachments', PidTagMessageToMe: 'sentToMe', PidTagMessageCcMe: 'sentCcMe', PidTagMessageRecipientMe: 'sentToOrCcMe',
};
const senders: ReadonlySet<PropertyName> = new Set<PropertyName>(['PidTagSentRepresentingSmtpAddress', 'PidTagSenderSmtpAddress', 'PidTagSentRepresentingEmailAddress', 'PidTagSenderEmailAddress']);

/** A text that is looked for as conditions look for texts: anywhere, case aside. */
const isPlainText = (one: Restriction): one is Contains => one.kind === 'contains' && one.mode === 'substring' && one.ignoreCase;

/** One part of a condition; undefined for one that conditions cannot say. */
function partOf(restriction: Restriction): RuleConditions | undefined {
  const either = restriction.kind === 'or' ? restriction.restrictions : [restriction];
  if (either.length > 0 && either.every(isPlainText)) return textsOf(either);
  if (either.length > 0 && either.every((one) => one.kind === 'compare' && one.operator === 'eq' && senders.has(one.property))) {
    return { from: either.map((one) => String((one as Extract<Restriction, { kind: 'compare' }>).value)).map((address) => ({ name: address, address })) };
  }
  if (restriction.kind === 'exists') return restriction.property === 'PidTagMessageClass' ? {} : undefined;
  if (restriction.kind !== 'compare') return undefined;
  const { property, operator, value } = restriction;
  if (property === 'PidTagMessageSize' && operator === 'ge') return { minimumSize: Number(value) };
  if (property === 'PidTagMessageSize' && operator === 'le') return { maximumSize: Number(value) };
  if (operator !== 'eq') return undefined;
  const [number, trait] = [numbersIn[property], switchesIn[property]];
  if (number && typeof value === 'number') return { [number]: value };
  return trait && typeof value === 'boolean' ? { [trait]: value } : undefined;
}

/** Several texts in one property, or each in subject and body. */
function textsOf(either: readonly Contains[]): RuleConditions | undefined {
  const texts = [...new Set(either.map(({ text }) => text))];
  const properties = new Set(either.map(({ property }) => textsIn[property]));
  const [only] = properties;
  if (properties.size === 1) return only && { [only]: texts };
  const isBoth = properties.size === 2 && properties.has('subjectContains') && properties.has('bodyContains') && either.length === 2 * texts.length;
  return isBoth ? { subjectOrBodyContains: texts } : undefined;
}

function conditionsOf(condition: Restriction): Pick<Plain, 'conditions' | 'exceptions'> | undefined {
  const conditions: Changeable<RuleConditions> = {};
  const exceptions: Changeable<RuleConditions> = {};
  const all = condition.kind === 'and' ? condition.restrictions : [condition];
  for (const one of all) {
    const [into, part] = one.kind === 'not' ? [exceptions, partOf(one.restriction)] as const : [conditions, partOf(one)] as const;
    // Two of a kind would have to hold both, which one list cannot say.
    if (!part || Object.keys(part).some((name) => name in into)) return undefined;
    Object.assign(into, part);
  }
  return { conditions, exceptions };
}

function actionOf(step: RuleStep): RuleActions | undefined {
  switch (step.kind) {
    case 'move': return { moveTo: step.folderId };
    case 'copy': return { copyTo: step.folderId };
    case 'delete': return { isPermanentlyDeleted: true };
    case 'markAsRead': return { isMarkedAsRead: true };
    case 'reply': return step.sendsToSender ? { replyWith: step.template } : undefined;
    case 'forward': return { [{ forwarded: 'forwardTo', attached: 'forwardAsAttachmentTo', redirected: 'redirectTo' }[step.manner]]: step.to };
    case 'tag': return step.property === 'PidTagImportance' && typeof step.value === 'number' ? { importance: step.value } : undefined;
    default: return undefined;
  }
}

function actionsOf(steps: readonly RuleStep[]): RuleActions | undefined {
  const actions: Changeable<RuleActions> = {};
  for (const step of steps) {
    const action = actionOf(step);
    if (!action || Object.keys(action).some((name) => name in actions)) return undefined;
    Object.assign(actions, action);
  }
  return actions;
}

/** A rule of the mail API as the others tell of it: what cannot be said in their terms is left out, and marked as not supported. */
export function plainRule({ condition, steps }: RuleProgram, state: number): Plain {
  const [found, actions] = [conditionsOf(condition), actionsOf(steps)];
  const stops = (state & ruleState.exitLevel) !== 0 ? { stops: true } : {};
  const isSaid = found !== undefined && actions !== undefined && (state & (ruleState.onlyWhenOof | ruleState.keepOofHistory)) === 0;
  return { conditions: found?.conditions ?? {}, exceptions: found?.exceptions ?? {}, actions: { ...actions, ...stops }, ...(!isSaid && { isNotSupported: true }) };
}
