import { binary, type Binary } from '@fauxchange/properties';
import { MailboxError } from '../errors.ts';
import type { FolderId, ItemId } from '../ids.ts';
import type { Item, Properties } from '../items/item.ts';
import type { MailboxSession } from '../session/mailbox-session.ts';
import type { InboxRule, NewRule } from './rule.ts';

/**
 * Rules are hidden messages of the inbox, [MS-OXORULE] 2.2.4: name, sequence and state are theirs. Conditions and actions are
 * in the provider's data, which is the provider's own: JSON here.
 */
const RULE_CLASS = 'IPM.Rule.Version2.Message';
const PROVIDER = 'RuleOrganizer';
/** PidTagRuleMessageState, [MS-OXORULE] 2.2.1.3.1.3. */
const states = { enabled: 0x1, error: 0x2 } as const;
const most = 1_000;

function inbox({ mailbox }: MailboxSession): FolderId {
  const id = mailbox.wellKnown('inbox');
  if (id === undefined) throw new MailboxError('FolderNotFound', 'The mailbox has no inbox.', 'inbox');
  return id;
}

/** The rules of a mailbox, in the order in which they run. */
export async function inboxRules(session: MailboxSession): Promise<readonly InboxRule[]> {
  if ((await session.folder(inbox(session))).associatedCount === 0) return [];
  const page = await session.query([inbox(session)], {
    table: 'associated', limit: most, restriction: { kind: 'compare', property: 'PidTagMessageClass', operator: 'eq', value: RULE_CLASS },
    order: [{ property: 'PidTagRuleMessageSequence', descending: false }],
  });
  return page.items.flatMap((item) => ruleOf(item) ?? []);
}

function ruleOf(item: Item): InboxRule | undefined {
  const data = item.bag.get('PidTagRuleMessageProviderData') as Binary | undefined;
  const state = Number(item.bag.get('PidTagRuleMessageState') ?? 0);
  try {
    const { conditions, exceptions, actions } = JSON.parse(Buffer.from(data ?? '', 'latin1').toString('utf8')) as NewRule;
    return {
      id: item.id, name: String(item.bag.get('PidTagRuleMessageName') ?? ''), priority: Number(item.bag.get('PidTagRuleMessageSequence') ?? 0),
      isEnabled: (state & states.enabled) !== 0, isInError: (state & states.error) !== 0, conditions, exceptions, actions,
    };
  } catch {
    // A rule of somebody else's provider: not ours to run.
    return undefined;
  }
}

function propertiesOf({ name, priority, isEnabled, conditions, exceptions, actions }: NewRule): Properties {
  return {
    PidTagRuleMessageName: name, PidTagRuleMessageSequence: priority, PidTagRuleMessageState: isEnabled ? states.enabled : 0, PidTagRuleMessageProvider: PROVIDER,
    PidTagRuleMessageProviderData: binary.from(Buffer.from(JSON.stringify({ conditions, exceptions, actions }), 'utf8')),
  };
}

export async function addRule(session: MailboxSession, rule: NewRule): Promise<ItemId> {
  const item = await session.createItem(inbox(session), { itemClass: RULE_CLASS, properties: propertiesOf(rule), recipients: [], attachments: [], isRead: true, isAssociated: true });
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
export async function markRuleInError(session: MailboxSession, id: ItemId): Promise<void> {
  await session.updateItem(id, { properties: { PidTagRuleMessageState: states.enabled | states.error } });
}
