import { binary, type Binary } from '@fauxchange/properties';
import { MailboxError } from '../errors.ts';
import type { FolderId, ItemId } from '../ids.ts';
import type { Item, Properties } from '../items/item.ts';
import { bigAsText, bigFromText } from '../search/big-numbers.ts';
import type { MailboxSession } from '../session/mailbox-session.ts';
import { ruleState, type InboxRule, type NewRule, type RuleOwner } from './rule.ts';

/**
 * Rules are hidden messages of their folder, [MS-OXORULE] 2.2.4: name, sequence, state, provider and what the provider keeps
 * are theirs. What the server makes of the rule is JSON: in the provider's data where the server is the provider, else beside.
 */
const RULE_CLASS = 'IPM.Rule.Version2.Message';
/** Of rules that the server makes itself, and Outlook. */
export const serverProvider = 'RuleOrganizer';
const most = 1_000;

type Content = Pick<NewRule, 'conditions' | 'exceptions' | 'actions' | 'program' | 'isNotSupported'>;

function inbox({ mailbox }: MailboxSession): FolderId {
  const id = mailbox.wellKnown('inbox');
  if (id === undefined) throw new MailboxError('FolderNotFound', 'The mailbox has no inbox.', 'inbox');
  return id;
}

/** The rules of a folder, the inbox unless told otherwise, in the order in which they run. */
export async function inboxRules(session: MailboxSession, folderId: FolderId = inbox(session)): Promise<readonly InboxRule[]> {
  if ((await session.folder(folderId)).associatedCount === 0) return [];
  const page = await session.query([folderId], {
    table: 'associated', limit: most, restriction: { kind: 'compare', property: 'PidTagMessageClass', operator: 'eq', value: RULE_CLASS },
    order: [{ property: 'PidTagRuleMessageSequence', descending: false }],
  });
  return page.items.flatMap((item) => ruleOf(item) ?? []);
}

const asJson = (content: Content): Binary => binary.from(Buffer.from(JSON.stringify(content, bigAsText), 'utf8'));
const fromJson = (bytes: Binary): Content => JSON.parse(Buffer.from(bytes, 'latin1').toString('utf8'), bigFromText) as Content;

function ruleOf(item: Item): InboxRule | undefined {
  const state = Number(item.bag.get('PidTagRuleMessageState') ?? 0);
  const own = item.bag.get('PidTagRoamingBinary') as Binary | undefined;
  const data = item.bag.get('PidTagRuleMessageProviderData') as Binary | undefined;
  try {
    const { conditions, exceptions, actions, program, isNotSupported } = fromJson(own ?? data ?? ('' as Binary));
    return {
      id: item.id, name: String(item.bag.get('PidTagRuleMessageName') ?? ''), priority: Number(item.bag.get('PidTagRuleMessageSequence') ?? 0),
      isEnabled: (state & ruleState.enabled) !== 0, isInError: (state & ruleState.error) !== 0, state: state & ~(ruleState.enabled | ruleState.error), owner: ownerOf(item),
      conditions, exceptions, actions, program, isNotSupported,
    };
  } catch {
    // A rule of somebody else's provider: not ours to run.
    return undefined;
  }
}

const ownerOf = ({ bag }: Item): RuleOwner => ({
  provider: String(bag.get('PidTagRuleMessageProvider') ?? serverProvider), providerData: bag.get('PidTagRuleMessageProviderData') as Binary | undefined,
  level: bag.get('PidTagRuleMessageLevel') as number | undefined, userFlags: bag.get('PidTagRuleMessageUserFlags') as number | undefined,
});

function propertiesOf({ name, priority, isEnabled, state, owner, conditions, exceptions, actions, program, isNotSupported }: NewRule): Properties {
  const content = asJson({ conditions, exceptions, actions, program, isNotSupported });
  const bits = (isEnabled ? ruleState.enabled : 0) | (state ?? (actions.stops ? ruleState.exitLevel : 0));
  const isOurs = program === undefined;
  return {
    PidTagRuleMessageName: name, PidTagRuleMessageSequence: priority, PidTagRuleMessageState: bits, PidTagRuleMessageProvider: owner?.provider ?? serverProvider,
    PidTagRuleMessageProviderData: isOurs ? content : owner?.providerData, PidTagRoamingBinary: isOurs ? undefined : content,
    PidTagRuleMessageLevel: owner?.level, PidTagRuleMessageUserFlags: owner?.userFlags,
  };
}

export async function addRule(session: MailboxSession, rule: NewRule, folderId: FolderId = inbox(session)): Promise<ItemId> {
  const item = await session.createItem(folderId, { itemClass: RULE_CLASS, properties: propertiesOf(rule), recipients: [], attachments: [], isRead: true, isAssociated: true });
  return item.id;
}

/** Replaces the whole rule. */
export async function changeRule(session: MailboxSession, id: ItemId, rule: NewRule): Promise<void> {
  await session.updateItem(id, { properties: propertiesOf(rule) });
}

export async function removeRule(session: MailboxSession, id: ItemId): Promise<void> {
  const [removed] = await session.removeItems([id], 'hard');
  if (removed instanceof MailboxError) throw removed;
}

/** Marks a rule as one that could not do what it says; it does not run again until it is changed. */
export async function markRuleInError(session: MailboxSession, { id, state, isEnabled }: InboxRule): Promise<void> {
  await session.updateItem(id, { properties: { PidTagRuleMessageState: (isEnabled ? ruleState.enabled : 0) | state | ruleState.error } });
}
