import { MailboxError } from '../errors.ts';
import type { FolderId } from '../ids.ts';
import type { EmbeddedItem, Item, Properties } from '../items/item.ts';
import { valueOf } from '../items/value-of.ts';
import type { Mailbox } from '../mailbox.ts';
import { isAway, oofSettings, rememberAnswered } from '../oof/oof-settings.ts';
import { itemTest } from '../search/evaluate.ts';
import type { MailboxSession } from '../session/mailbox-session.ts';
import { bodyTextOf, matches, ruleSubject, type RuleSubject } from './match.ts';
import { isMachineMade, sendForwarded, sendReply, type RuleSurroundings } from './rule-mail.ts';
import { ruleState, type InboxRule, type RuleActions } from './rule.ts';
import { inboxRules, markRuleInError } from './rule-store.ts';
import { one, RuleRun } from './run-program.ts';

/** Runs the rules of the folder where a message has just arrived; the message where it is afterwards, undefined if it is gone. */
export async function runRules(mailbox: Mailbox, arrived: Item, surroundings: RuleSurroundings): Promise<Item | undefined> {
  const session = mailbox.openAsSystem();
  const rules = await rulesOfNow(session, arrived.folderId);
  if (rules.length === 0) return arrived;
  const smtpOf = (address: string, type: string): string => (type.toUpperCase() === 'EX' ? (surroundings.directory.byLegacyDN(address)?.primarySmtpAddress ?? address) : address).toLowerCase();
  // All rules judge the message as it arrived, whatever an earlier one did with it.
  const subject = await ruleSubject(arrived, mailbox.owner, smtpOf);
  const text = await bodyTextOf(arrived);
  const run = new RuleRun(session, arrived, surroundings);
  let isOver = false;
  for (const rule of rules) {
    // Those for times of absence run even behind one that ends it all: [MS-OXORULE] 3.2.5.1.1.1.
    if (isOver && !has(rule, ruleState.onlyWhenOof)) continue;
    if (!holds(rule, subject, text) || !(await isToBeRun(rule, arrived, session))) continue;
    if (rule.program) await run.run(rule);
    else run.item = await perform(rule, run.item, arrived, session, surroundings);
    isOver ||= rule.actions.stops === true || has(rule, ruleState.exitLevel) || run.item === undefined;
  }
  await run.finish();
  return run.item;
}

const has = ({ state }: InboxRule, bit: number): boolean => (state & bit) !== 0;

/** Those that are on; of those for times of absence, only while its owner is away. */
async function rulesOfNow(session: MailboxSession, folderId: FolderId): Promise<readonly InboxRule[]> {
  const rules = (await inboxRules(session, folderId)).filter((rule) => (rule.isEnabled || has(rule, ruleState.onlyWhenOof)) && !rule.isInError);
  if (!rules.some((rule) => has(rule, ruleState.onlyWhenOof)) || isAway(await oofSettings(session), session.mailbox.clock.now())) return rules;
  return rules.filter((rule) => !has(rule, ruleState.onlyWhenOof));
}

function holds({ program, conditions, exceptions }: InboxRule, subject: RuleSubject, text: string): boolean {
  if (!program) return matches(conditions, exceptions, subject);
  return itemTest(program.condition, (item: EmbeddedItem | Item, name) => (name === 'PidTagBody' && item === subject.item ? text : valueOf(item, name)))(subject.item);
}

/** A sender who is on the list of a rule has had its answer: [MS-OXORULE] 3.2.5.1.1. The list goes with the absence. */
async function isToBeRun(rule: InboxRule, arrived: Item, session: MailboxSession): Promise<boolean> {
  if (!has(rule, ruleState.keepOofHistory) || !rule.program?.steps.some(({ kind }) => kind === 'oofReply')) return true;
  return rememberAnswered(session, `${rule.id} ${String(valueOf(arrived, 'PidTagSentRepresentingSmtpAddress') ?? valueOf(arrived, 'PidTagSenderSmtpAddress') ?? '').toLowerCase()}`);
}

async function perform(rule: InboxRule, item: Item | undefined, arrived: Item, session: MailboxSession, surroundings: RuleSurroundings): Promise<Item | undefined> {
  const { actions } = rule;
  try {
    await sendOn(actions, arrived, session, surroundings);
    return item && (await putAway(actions, await mark(actions, item, session), session));
  } catch (error) {
    if (!(error instanceof MailboxError)) throw error;
    await markRuleInError(session, rule);
    return item;
  }
}

async function mark({ categories, importance, isMarkedAsRead }: RuleActions, item: Item, session: MailboxSession): Promise<Item> {
  if (categories === undefined && importance === undefined && !isMarkedAsRead) return item;
  const own = (valueOf(item, 'PidNameKeywords') as readonly string[] | undefined) ?? [];
  const properties: Properties = { ...(categories && { PidNameKeywords: [...new Set([...own, ...categories])] }), ...(importance !== undefined && { PidTagImportance: importance }) };
  return session.updateItem(item.id, { ...(Object.keys(properties).length > 0 && { properties }), ...(isMarkedAsRead && { isRead: true }) });
}

async function putAway({ copyTo, moveTo, isDeleted, isPermanentlyDeleted }: RuleActions, item: Item, session: MailboxSession): Promise<Item | undefined> {
  if (copyTo !== undefined) one(await session.copyItems([item.id], { session, folderId: copyTo }));
  if (isPermanentlyDeleted) return one(await session.removeItems([item.id], 'soft')) && undefined;
  if (isDeleted) return one(await session.removeItems([item.id], 'moveToDeletedItems'));
  return moveTo === undefined || moveTo === item.folderId ? item : one(await session.moveItems([item.id], { session, folderId: moveTo }));
}

async function sendOn({ forwardTo, forwardAsAttachmentTo, redirectTo, replyWith }: RuleActions, item: Item, session: MailboxSession, surroundings: RuleSurroundings): Promise<void> {
  if (forwardTo) await sendForwarded(session, item, forwardTo, 'forwarded', surroundings);
  if (forwardAsAttachmentTo) await sendForwarded(session, item, forwardAsAttachmentTo, 'attached', surroundings);
  if (redirectTo) await sendForwarded(session, item, redirectTo, 'redirected', surroundings);
  if (replyWith === undefined || isMachineMade(item)) return;
  const [template] = await session.items([replyWith]);
  if (template instanceof MailboxError || template === undefined) throw template ?? new MailboxError('ItemNotFound', 'The template of the rule is gone.');
  await sendReply(session, item, { ...template, recipients: [] }, { isOof: false, sendsToSender: true });
}
