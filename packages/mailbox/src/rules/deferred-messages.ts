import { binary, type Binary } from '@fauxchange/properties';
import { MailboxError } from '../errors.ts';
import type { FolderId } from '../ids.ts';
import type { Item, Properties } from '../items/item.ts';
import { folderEntryId, messageEntryId, serverEntryId, shortTermId } from '../items/store-entry-ids.ts';
import type { MailboxSession } from '../session/mailbox-session.ts';
import type { InboxRule, RuleStep } from './rule.ts';

/** [MS-OXORULE] 2.2.6.1 and 2.2.7.1. */
const classes = { action: 'IPC.Microsoft Exchange 4.0.Deferred Action', error: 'IPC.Microsoft Exchange 4.0.Deferred Error' } as const;
const folderName = 'Deferred Action';
const countSize = 2;

/** ActionType, [MS-OXORULE] 2.2.5.1. */
export const actionTypes: Readonly<Record<RuleStep['kind'], number>> = { move: 1, copy: 2, reply: 3, oofReply: 4, defer: 5, bounce: 6, forward: 7, delegate: 8, tag: 9, delete: 10, markAsRead: 11 };
/** PidTagRuleError, [MS-OXORULE] 2.2.7.2. */
export const ruleError = { generic: 0x1, moveOrCopy: 0x6, moveOrCopyRights: 0x7, template: 0xa, execution: 0xb } as const;

/** The folder where the server leaves to its client what it cannot do, [MS-OXOSFLD] 2.2.1. */
export async function deferredActionFolder(session: MailboxSession): Promise<FolderId> {
  const root = session.mailbox.wellKnown('root');
  const folder = root === undefined ? undefined : (await session.folders(root, 'shallow')).find(({ displayName }) => displayName === folderName);
  if (!folder) throw new MailboxError('FolderNotFound', 'The mailbox has no folder for deferred actions.', folderName);
  return folder.id;
}

const create = async (session: MailboxSession, itemClass: string, properties: Properties): Promise<Item> =>
  session.createItem(await deferredActionFolder(session), { itemClass, properties, recipients: [], attachments: [], isRead: false, isAssociated: false });

/** What all rules of one provider leave to the client. */
interface Deferred {
  readonly rules: readonly InboxRule[];
  readonly folderId: FolderId;
}

/** Several lists of actions as one: their numbers added, their blocks one after the other. */
function joined(rules: readonly InboxRule[]): Binary {
  const lists = rules.map(({ program }) => Buffer.from(binary.toBytes(program?.writtenActions ?? ('' as Binary))));
  const count = Buffer.alloc(countSize);
  count.writeUInt16LE(lists.reduce((sum, list) => sum + (list.length < countSize ? 0 : list.readUInt16LE()), 0));
  return binary.from(Buffer.concat([count, ...lists.map((list) => list.subarray(countSize))]));
}

/** A DAM for what a message has to undergo in the client, [MS-OXORULE] 3.2.5.1.2. */
export async function deferActions(session: MailboxSession, item: Item, { rules, folderId }: Deferred): Promise<void> {
  const [first] = rules;
  if (!first) return;
  const { mailbox } = session;
  const made = await create(session, classes.action, {
    PidTagDamBackPatched: false, PidTagDamOriginalEntryId: messageEntryId(mailbox, item.folderId, item.id), PidTagRuleProvider: first.owner.provider, PidTagRuleFolderEntryId: folderEntryId(mailbox, folderId),
    // The first rule's id, once for each rule: [MS-OXORULE] 2.2.6.7.
    PidTagClientActions: joined(rules), PidTagRuleIds: binary.from(Buffer.concat(rules.map(() => shortTermId(first.id)))),
  });
  await session.updateItem(made.id, { properties: { PidTagDeferredActionMessageOriginalEntryId: serverEntryId(made.folderId, made.id) } });
}

export interface RuleFailure {
  /** Of `ruleError`. */
  readonly error: number;
  /** Undefined where it is no action's fault. */
  readonly step?: { readonly kind: RuleStep['kind']; readonly number: number } | undefined;
  readonly folderId: FolderId;
}

/** A DEM, [MS-OXORULE] 3.2.5.1.3. */
export async function reportRuleError(session: MailboxSession, item: Item, rule: InboxRule, { error, step, folderId }: RuleFailure): Promise<void> {
  await create(session, classes.error, {
    PidTagRuleError: error, PidTagRuleActionType: step ? actionTypes[step.kind] : 0, PidTagRuleActionNumber: step?.number ?? 0, PidTagRuleProvider: rule.owner.provider,
    PidTagDamOriginalEntryId: messageEntryId(session.mailbox, item.folderId, item.id), PidTagRuleFolderEntryId: folderEntryId(session.mailbox, folderId), PidTagRuleId: shortTermId(rule.id).readBigInt64LE(),
  });
}

/**
 * Tells all DAMs of a name that the server gave the one that the client has for it: [MS-OXORULE] 3.2.5.4.
 *
 * @returns how many there were
 */
export async function renameDeferred(session: MailboxSession, from: Binary, to: Binary): Promise<number> {
  const folder = await deferredActionFolder(session);
  const { items } = await session.query([folder], { limit: 1_000, restriction: { kind: 'compare', property: 'PidTagMessageClass', operator: 'eq', value: classes.action } });
  const named = items.filter(({ bag }) => bag.get('PidTagDeferredActionMessageOriginalEntryId') === from);
  for (const { id } of named) await session.updateItem(id, { properties: { PidTagDeferredActionMessageOriginalEntryId: to, PidTagDamBackPatched: true } });
  return named.length;
}
