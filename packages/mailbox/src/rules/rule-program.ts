import { binary, type PropertyName } from '@fauxchange/properties';
import type { Restriction } from '../search/restriction.ts';
import type { WellKnownFolderName } from '../folders/distinguished.ts';
import type { FolderId } from '../ids.ts';
import type { MessageTrait, NewRule, RuleActions, RuleConditions, RuleParty, RuleStep } from './rule.ts';

const substring = (property: PropertyName, text: string): Restriction => ({ kind: 'contains', property, text, mode: 'substring', ignoreCase: true, ignoreNonSpacing: false });
const startsWith = (property: PropertyName, text: string): Restriction => ({ kind: 'contains', property, text, mode: 'prefix', ignoreCase: true, ignoreNonSpacing: false });
const is = (property: PropertyName, value: boolean | number | string): Restriction => ({ kind: 'compare', property, operator: 'eq', value });
const oneOf = (restrictions: readonly Restriction[]): Restriction => (restrictions.length === 1 ? restrictions[0] as Restriction : { kind: 'or', restrictions });
const allOf = (restrictions: readonly Restriction[]): Restriction => (restrictions.length === 1 ? restrictions[0] as Restriction : { kind: 'and', restrictions });
const not = (restriction: Restriction): Restriction => ({ kind: 'not', restriction });
const when = (wanted: boolean, restriction: Restriction): Restriction => (wanted ? restriction : not(restriction));

const anywhere = (texts: readonly string[], ...properties: readonly PropertyName[]): Restriction => oneOf(texts.flatMap((text) => properties.map((property) => substring(property, text))));
const amongRecipients = (parties: readonly RuleParty[]): Restriction => oneOf(parties.map(({ address }) => ({ kind: 'recipient', types: ['to', 'cc'], text: address, mode: 'fullString', ignoreCase: true })));
const onlyToMe: Restriction = { kind: 'and', restrictions: [is('PidTagMessageToMe', true), not(substring('PidTagDisplayTo', ';')), is('PidTagDisplayCc', '')] };

/** What kinds of message look like in their properties. */
const traits: Readonly<Record<MessageTrait, Restriction>> = {
  approvalRequest: startsWith('PidTagMessageClass', 'IPM.Note.Microsoft.Approval.Request'),
  automaticForward: is('PidTagAutoForwarded', true),
  automaticReply: oneOf([startsWith('PidTagMessageClass', 'IPM.Note.Rules.OofTemplate'), startsWith('PidTagMessageClass', 'IPM.Note.Rules.ReplyTemplate'), substring('PidTagTransportMessageHeaders', 'Auto-Submitted: auto-replied')]),
  encrypted: is('PidTagMessageClass', 'IPM.Note.SMIME'),
  meetingRequest: startsWith('PidTagMessageClass', 'IPM.Schedule.Meeting.Request'),
  meetingResponse: startsWith('PidTagMessageClass', 'IPM.Schedule.Meeting.Resp'),
  ndr: { kind: 'and', restrictions: [startsWith('PidTagMessageClass', 'REPORT.'), substring('PidTagMessageClass', '.NDR')] },
  permissionControlled: { kind: 'or', restrictions: [substring('PidTagMessageClass', 'rpmsg'), { kind: 'attachment', text: '.rpmsg', mode: 'substring', ignoreCase: true }] },
  readReceipt: { kind: 'and', restrictions: [startsWith('PidTagMessageClass', 'REPORT.'), substring('PidTagMessageClass', '.IPNRN')] },
  signed: startsWith('PidTagMessageClass', 'IPM.Note.SMIME.MultipartSigned'),
  voicemail: startsWith('PidTagMessageClass', 'IPM.Note.Microsoft.Voicemail'),
};

type Writer<K extends keyof RuleConditions> = (wanted: NonNullable<RuleConditions[K]>) => Restriction;
const writers: { readonly [K in keyof RuleConditions]-?: Writer<K> } = {
  categories: (wanted) => oneOf(wanted.map((one) => is('PidNameKeywords', one))),
  bodyContains: (wanted) => anywhere(wanted, 'PidTagBody'),
  headerContains: (wanted) => anywhere(wanted, 'PidTagTransportMessageHeaders'),
  recipientContains: (wanted) => oneOf(wanted.map((text) => ({ kind: 'recipient', types: ['to', 'cc', 'bcc'], text, mode: 'substring', ignoreCase: true }))),
  senderContains: (wanted) => anywhere(wanted, 'PidTagSentRepresentingSmtpAddress', 'PidTagSentRepresentingName'),
  subjectOrBodyContains: (wanted) => anywhere(wanted, 'PidTagSubject', 'PidTagBody'),
  subjectContains: (wanted) => anywhere(wanted, 'PidTagSubject'),
  flaggedFor: (wanted) => (wanted === 'Any' ? { kind: 'exists', property: 'PidLidFlagRequest' } : is('PidLidFlagRequest', wanted)),
  from: (wanted) => oneOf(wanted.map(({ address }) => is('PidTagSentRepresentingSmtpAddress', address))),
  sentTo: amongRecipients,
  hasAttachments: (wanted) => is('PidTagHasAttachments', wanted),
  importance: (wanted) => is('PidTagImportance', wanted),
  sensitivity: (wanted) => is('PidTagSensitivity', wanted),
  traits: (wanted) => allOf(Object.entries(wanted).flatMap(([trait, one]) => (one === undefined ? [] : [when(one, traits[trait as MessageTrait])]))),
  itemClasses: (wanted) => oneOf(wanted.map((one) => is('PidTagMessageClass', one))),
  notSentToMe: (wanted) => is('PidTagMessageToMe', !wanted),
  sentCcMe: (wanted) => is('PidTagMessageCcMe', wanted),
  sentOnlyToMe: (wanted) => when(wanted, onlyToMe),
  sentToMe: (wanted) => is('PidTagMessageToMe', wanted),
  sentToOrCcMe: (wanted) => is('PidTagMessageRecipientMe', wanted),
  receivedFrom: (value) => ({ kind: 'compare', property: 'PidTagMessageDeliveryTime', operator: 'ge', value }),
  receivedUntil: (value) => ({ kind: 'compare', property: 'PidTagMessageDeliveryTime', operator: 'le', value }),
  minimumSize: (value) => ({ kind: 'compare', property: 'PidTagMessageSize', operator: 'ge', value }),
  maximumSize: (value) => ({ kind: 'compare', property: 'PidTagMessageSize', operator: 'le', value }),
};
const names = Object.keys(writers) as readonly (keyof RuleConditions)[];

const restrictionsOf = (conditions: RuleConditions): readonly Restriction[] => names.flatMap((name) => {
  const wanted = conditions[name];
  return wanted === undefined ? [] : [(writers[name] as (wanted: unknown) => Restriction)(wanted)];
});

/** What a rule looks for, in one restriction: a message class is what every message has. */
export function conditionOf({ program, conditions, exceptions }: Pick<NewRule, 'program' | 'conditions' | 'exceptions'>): Restriction {
  if (program) return program.condition;
  const unless = restrictionsOf(exceptions);
  const all = [...restrictionsOf(conditions), ...(unless.length > 0 ? [not(oneOf(unless))] : [])];
  return all.length === 0 ? { kind: 'exists', property: 'PidTagMessageClass' } : allOf(all);
}

/** What a rule does, step by step. Only its categories and its importance have no action of their own: they are tagged. */
export function stepsOf({ program, actions }: Pick<NewRule, 'program' | 'actions'>, wellKnown: (name: WellKnownFolderName) => FolderId | undefined): readonly RuleStep[] {
  return program?.steps ?? stepsOfActions(actions, wellKnown('deleteditems'));
}

function stepsOfActions(actions: RuleActions, deletedItems: FolderId | undefined): readonly RuleStep[] {
  const { categories, copyTo, moveTo, isDeleted, isPermanentlyDeleted, forwardTo, forwardAsAttachmentTo, redirectTo, importance, isMarkedAsRead, replyWith } = actions;
  const steps: RuleStep[] = [];
  if (forwardTo) steps.push({ kind: 'forward', to: forwardTo, manner: 'forwarded' });
  if (forwardAsAttachmentTo) steps.push({ kind: 'forward', to: forwardAsAttachmentTo, manner: 'attached' });
  if (redirectTo) steps.push({ kind: 'forward', to: redirectTo, manner: 'redirected' });
  if (replyWith !== undefined) steps.push({ kind: 'reply', template: replyWith, templateId: binary.from(new Uint8Array(0)), sendsToSender: true });
  if (categories) steps.push({ kind: 'tag', property: 'PidNameKeywords', value: categories });
  if (importance !== undefined) steps.push({ kind: 'tag', property: 'PidTagImportance', value: importance });
  if (isMarkedAsRead) steps.push({ kind: 'markAsRead' });
  if (copyTo !== undefined) steps.push({ kind: 'copy', folderId: copyTo });
  if (isDeleted && deletedItems !== undefined) steps.push({ kind: 'move', folderId: deletedItems });
  if (moveTo !== undefined) steps.push({ kind: 'move', folderId: moveTo });
  if (isPermanentlyDeleted) steps.push({ kind: 'delete' });
  return steps;
}
