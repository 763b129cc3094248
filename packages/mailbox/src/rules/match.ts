import { htmlToText } from '@fauxchange/mime';
import type { DirectoryEntry } from '../directory/directory.ts';
import type { Item, Recipient, StoredBytes } from '../items/item.ts';
import { valueOf } from '../items/value-of.ts';
import type { MessageTrait, RuleConditions, RuleParty } from './rule.ts';

/** A delivered message with what conditions look at, read once. */
export interface RuleSubject {
  readonly item: Item;
  readonly me: DirectoryEntry;
  readonly body: string;
  /** The address of a recipient or sender as SMTP, lower-case. */
  readonly smtpOf: (address: string, addressType: string) => string;
}

/** The body as text, made of the HTML where that is all there is. */
export async function bodyTextOf({ body }: Item): Promise<string> {
  const read = async (bytes: StoredBytes | undefined): Promise<string | undefined> => bytes && Buffer.from(await bytes.read()).toString('utf8');
  return (await read(body?.text)) ?? htmlToText((await read(body?.html)) ?? '');
}

export async function ruleSubject(item: Item, me: DirectoryEntry, smtpOf: RuleSubject['smtpOf']): Promise<RuleSubject> {
  return { item, me, body: (await bodyTextOf(item)).toLowerCase(), smtpOf };
}

type Test<K extends keyof RuleConditions> = (wanted: NonNullable<RuleConditions[K]>, subject: RuleSubject) => boolean;

const text = ({ item }: RuleSubject, name: Parameters<typeof valueOf>[1]): string => String(valueOf(item, name) ?? '').toLowerCase();
const number = ({ item }: RuleSubject, name: Parameters<typeof valueOf>[1]): number => Number(valueOf(item, name) ?? 0);
const containsOne = (wanted: readonly string[], ...texts: readonly string[]): boolean => wanted.some((one) => texts.some((where) => where.includes(one.toLowerCase())));
const senderOf = (subject: RuleSubject): string => text(subject, 'PidTagSentRepresentingSmtpAddress') || text(subject, 'PidTagSenderSmtpAddress') || text(subject, 'PidTagSentRepresentingEmailAddress');
const recipientsOf = ({ item, smtpOf }: RuleSubject, ...types: readonly Recipient['type'][]): readonly string[] => item.recipients.filter(({ type }) => types.includes(type)).map(({ address, addressType }) => smtpOf(address, addressType));
const isAmong = (addresses: readonly string[], { me }: RuleSubject): boolean => addresses.some((address) => me.proxyAddresses.includes(address));
const hasOne = (wanted: readonly RuleParty[], addresses: readonly string[]): boolean => wanted.some(({ address }) => addresses.includes(address.toLowerCase()));

/** By message class and headers, as they arrive. */
const traits: Readonly<Record<MessageTrait, (subject: RuleSubject) => boolean>> = {
  approvalRequest: ({ item }) => /^ipm\.note\.microsoft\.approval\.request/i.test(item.itemClass),
  automaticForward: (subject) => valueOf(subject.item, 'PidTagAutoForwarded') === true,
  automaticReply: (subject) => /^ipm\.note\.rules\.(oof|reply)template/i.test(subject.item.itemClass) || /^auto-submitted:\s*auto-replied/im.test(text(subject, 'PidTagTransportMessageHeaders')),
  encrypted: (subject) => /^ipm\.note\.smime$/i.test(subject.item.itemClass),
  meetingRequest: ({ item }) => /^ipm\.schedule\.meeting\.request/i.test(item.itemClass),
  meetingResponse: ({ item }) => /^ipm\.schedule\.meeting\.resp/i.test(item.itemClass),
  ndr: ({ item }) => /^report\..*\.ndr$/i.test(item.itemClass),
  permissionControlled: ({ item }) => /rpmsg/i.test(item.itemClass) || item.attachments.some(({ name }) => /\.rpmsg$/i.test(name)),
  readReceipt: ({ item }) => /^report\..*\.ipnrn$/i.test(item.itemClass),
  signed: ({ item }) => /^ipm\.note\.smime\.multipartsigned/i.test(item.itemClass),
  voicemail: ({ item }) => /^ipm\.note\.microsoft\.voicemail/i.test(item.itemClass),
};

const tests: { readonly [K in keyof RuleConditions]-?: Test<K> } = {
  categories: (wanted, { item }) => { const own = (valueOf(item, 'PidNameKeywords') as readonly string[] | undefined) ?? []; return wanted.some((one) => own.some((category) => category.toLowerCase() === one.toLowerCase())); },
  bodyContains: (wanted, { body }) => containsOne(wanted, body),
  headerContains: (wanted, subject) => containsOne(wanted, text(subject, 'PidTagTransportMessageHeaders')),
  recipientContains: (wanted, subject) => containsOne(wanted, ...subject.item.recipients.flatMap(({ name, address, addressType }) => [name.toLowerCase(), subject.smtpOf(address, addressType)])),
  senderContains: (wanted, subject) => containsOne(wanted, senderOf(subject), text(subject, 'PidTagSentRepresentingName')),
  subjectOrBodyContains: (wanted, subject) => containsOne(wanted, text(subject, 'PidTagSubject'), subject.body),
  subjectContains: (wanted, subject) => containsOne(wanted, text(subject, 'PidTagSubject')),
  flaggedFor: (wanted, subject) => { const request = text(subject, 'PidLidFlagRequest').replaceAll(/[\s-]/g, ''); return wanted === 'Any' ? request !== '' : request === wanted.toLowerCase(); },
  from: (wanted, subject) => hasOne(wanted, [senderOf(subject)]),
  sentTo: (wanted, subject) => hasOne(wanted, recipientsOf(subject, 'to', 'cc')),
  hasAttachments: (wanted, { item }) => (valueOf(item, 'PidTagHasAttachments') === true) === wanted,
  importance: (wanted, subject) => number(subject, 'PidTagImportance') === wanted,
  sensitivity: (wanted, subject) => number(subject, 'PidTagSensitivity') === wanted,
  traits: (wanted, subject) => Object.entries(wanted).every(([trait, is]) => is === undefined || traits[trait as MessageTrait](subject) === is),
  itemClasses: (wanted, { item }) => wanted.some((one) => item.itemClass.toLowerCase() === one.toLowerCase()),
  notSentToMe: (wanted, subject) => !isAmong(recipientsOf(subject, 'to'), subject) === wanted,
  sentCcMe: (wanted, subject) => isAmong(recipientsOf(subject, 'cc'), subject) === wanted,
  sentOnlyToMe: (wanted, subject) => { const all = recipientsOf(subject, 'to', 'cc'); return (all.length === 1 && isAmong(all, subject)) === wanted; },
  sentToMe: (wanted, subject) => isAmong(recipientsOf(subject, 'to'), subject) === wanted,
  sentToOrCcMe: (wanted, subject) => isAmong(recipientsOf(subject, 'to', 'cc'), subject) === wanted,
  receivedFrom: (wanted, subject) => number(subject, 'PidTagMessageDeliveryTime') >= wanted,
  receivedUntil: (wanted, subject) => number(subject, 'PidTagMessageDeliveryTime') <= wanted,
  minimumSize: (wanted, subject) => number(subject, 'PidTagMessageSize') >= wanted,
  maximumSize: (wanted, subject) => number(subject, 'PidTagMessageSize') <= wanted,
};

function holds<K extends keyof RuleConditions>(name: K, wanted: RuleConditions[K], subject: RuleSubject): boolean {
  const test = tests[name] as (wanted: unknown, subject: RuleSubject) => boolean;
  return wanted === undefined || test(wanted, subject);
}

const names = Object.keys(tests) as readonly (keyof RuleConditions)[];
const given = (conditions: RuleConditions): readonly (keyof RuleConditions)[] => names.filter((name) => conditions[name] !== undefined);

/** Every condition holds, and no exception does: one of them is enough to keep the rule from running. */
export function matches(conditions: RuleConditions, exceptions: RuleConditions, subject: RuleSubject): boolean {
  return given(conditions).every((name) => holds(name, conditions[name], subject)) && !given(exceptions).some((name) => holds(name, exceptions[name], subject));
}
