import { MailboxError } from '../errors.ts';
import type { FolderId } from '../ids.ts';
import { copiedProperties } from '../items/version.ts';
import type { Item, ItemDraft, Properties } from '../items/item.ts';
import { entryPerson } from '../items/person.ts';
import { valueOf } from '../items/value-of.ts';
import type { MailboxSession } from '../session/mailbox-session.ts';
import { deferActions, reportRuleError, ruleError } from './deferred-messages.ts';
import { isMachineMade, recipientsOf, sendForwarded, sendReply, type RuleSurroundings } from './rule-mail.ts';
import type { InboxRule, RuleParty, RuleStep } from './rule.ts';
import { markRuleInError } from './rule-store.ts';

/** A message on its way through the rules of a folder. */
export class RuleRun {
  readonly session: MailboxSession;
  readonly arrived: Item;
  /** Where it is now; undefined once it is gone. */
  item: Item | undefined;
  readonly #surroundings: RuleSurroundings;
  readonly #folderId: FolderId;
  readonly #deferred = new Map<string, InboxRule[]>();
  #isMoved = false;

  constructor(session: MailboxSession, arrived: Item, surroundings: RuleSurroundings) {
    this.session = session;
    this.arrived = arrived;
    this.item = arrived;
    this.#folderId = arrived.folderId;
    this.#surroundings = surroundings;
  }

  /** Does what a rule says, until something fails: then its client is told, and it does not run again until it is changed. */
  async run(rule: InboxRule): Promise<void> {
    const steps = rule.program?.steps ?? [];
    // What only the client can do it does whole: [MS-OXORULE] 2.2.5.1.2.3.
    if (steps.some(({ kind }) => kind === 'defer')) {
      this.#deferred.set(rule.owner.provider, [...(this.#deferred.get(rule.owner.provider) ?? []), rule]);
      return;
    }
    for (const [number, step] of steps.entries()) {
      try {
        await this.#perform(step);
      } catch (thrown) {
        if (!(thrown instanceof MailboxError)) throw thrown;
        await markRuleInError(this.session, rule);
        await reportRuleError(this.session, this.item ?? this.arrived, rule, { error: errorOf(step, thrown), step: { kind: step.kind, number }, folderId: this.#folderId });
        return;
      }
    }
  }

  /** What was left to the client, told to it: one message a provider. */
  async finish(): Promise<void> {
    const { item } = this;
    if (!item || this.#deferred.size === 0) return;
    this.item = await this.session.updateItem(item.id, { properties: { PidTagHasDeferredActionMessages: true } });
    for (const rules of this.#deferred.values()) await deferActions(this.session, this.item, { rules, folderId: this.#folderId });
  }

  async #perform(step: RuleStep): Promise<void> {
    await (performers[step.kind] as (run: RuleRun, step: RuleStep, surroundings: RuleSurroundings) => Promise<void>)(this, step, this.#surroundings);
  }

  /** The second folder that it is to go to gets a copy: [MS-OXORULE] 3.2.5.1. */
  async move(folderId: FolderId): Promise<void> {
    const { item, session } = this;
    if (!item) return;
    if (this.#isMoved) return this.copy(folderId);
    this.item = folderId === item.folderId ? item : one(await session.moveItems([item.id], { session, folderId }));
    this.#isMoved = true;
  }

  async copy(folderId: FolderId): Promise<void> {
    const { item, session } = this;
    if (item) one(await session.copyItems([item.id], { session, folderId }));
  }

  async remove(disposal: 'soft' | 'hard'): Promise<void> {
    if (this.item) one(await this.session.removeItems([this.item.id], disposal));
    this.item = undefined;
  }

  async change(changes: { readonly isRead?: boolean; readonly properties?: Properties }): Promise<void> {
    if (this.item) this.item = await this.session.updateItem(this.item.id, changes);
  }
}

function errorOf({ kind }: RuleStep, { code }: MailboxError): number {
  if (kind === 'move' || kind === 'copy') return code === 'AccessDenied' ? ruleError.moveOrCopyRights : ruleError.moveOrCopy;
  if (kind === 'reply' || kind === 'oofReply') return ruleError.template;
  return ruleError.execution;
}

export function one<T>([result]: readonly (T | MailboxError)[]): T {
  if (result instanceof MailboxError) throw result;
  return result as T;
}

type OfKind<K extends RuleStep['kind'], S = RuleStep> = S extends { readonly kind: infer Own } ? (K extends Own ? S : never) : never;
type Performers = { readonly [K in RuleStep['kind']]: (run: RuleRun, step: OfKind<K>, surroundings: RuleSurroundings) => Promise<void> };

const senderOf = (item: Item): string => String(valueOf(item, 'PidTagSentRepresentingSmtpAddress') ?? valueOf(item, 'PidTagSenderSmtpAddress') ?? '').toLowerCase();

/** Everybody but who sent it: [MS-OXORULE] 3.2.5.1, note 16. */
const exceptSender = (item: Item, to: readonly RuleParty[]): readonly RuleParty[] => to.filter(({ address }) => address.toLowerCase() !== senderOf(item));

async function reply(run: RuleRun, { template, templateId, sendsToSender }: OfKind<'reply' | 'oofReply'>, isOof: boolean): Promise<void> {
  if (isMachineMade(run.arrived)) return;
  const found = one(await run.session.items([template]));
  if (found.bag.get('PidTagReplyTemplateId') !== templateId) throw new MailboxError('ItemNotFound', 'The template of the rule has become another message.');
  await sendReply(run.session, run.arrived, found, { isOof, sendsToSender });
}

const performers: Performers = {
  move: (run, { folderId }) => run.move(folderId),
  copy: (run, { folderId }) => run.copy(folderId),
  delete: (run) => run.remove('soft'),
  markAsRead: (run) => run.change({ isRead: true }),
  tag: (run, { property, value }) => run.change({ properties: { [property]: value } }),
  reply: (run, step) => reply(run, step, false),
  oofReply: (run, step) => reply(run, step, true),
  async forward(run, { to, manner }, surroundings) {
    const others = exceptSender(run.arrived, to);
    if (others.length > 0) await sendForwarded(run.session, run.arrived, others, manner, surroundings);
  },
  async delegate({ session, arrived }, { to }, { transport }) {
    const { owner } = session.mailbox;
    const properties = { ...copiedProperties(arrived.bag), ...entryPerson('PidTagReceivedRepresenting', owner), PidTagDelegatedByRule: true };
    const content: ItemDraft = { ...arrived, properties, isRead: false, isAssociated: false };
    await transport.submit({ mailbox: session.mailbox, sender: owner, representing: owner, content, envelope: recipientsOf(to) });
  },
  async bounce(run, { why }, { transport }) {
    await transport.refuse({ mailbox: run.session.mailbox, item: run.arrived, why });
    await run.remove('hard');
  },
  // Kept for the end: see `finish`.
  defer: async () => {},
};
