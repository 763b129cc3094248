import { parseHoldPeriod, type DiscoverySearch } from '@fauxchange/mailbox';
import type { EwsContext } from '../../context.ts';
import { discoveryRestriction } from '../../discovery/discovered-items.ts';
import { checkMayDiscover, discoveredMailbox } from '../../discovery/discovery-role.ts';
import { holdNamed, holdResult } from '../../discovery/holds.ts';
import { EwsError } from '../../errors.ts';
import { defineOperation, type Operation } from '../../operation.ts';
import { answerAlone, success } from '../../response-messages.ts';
import type { MailboxHoldResultType, MailboxHoldStatusType, SetHoldOnMailboxesType } from '../../schema/types.generated.ts';

/** The text is that of the operation's error example. */
const noMailbox = 'No mailbox is specified for hold operation. If specified in the request, then it could be the object does not exist in AD or is a Distribution Group.';

/**
 * Holds are pending in the answer, as its example has it, and in force at once: GetHoldOnMailboxes tells that they are. A saved search
 * of that name gets the hold; Update keeps the mailboxes where it names none ([K] both).
 *
 * @see SetHoldOnMailboxes, EWS reference; [MS-OXWSEDISC] 3.1.4.5
 */
export const setHoldOnMailboxes: Operation<'SetHoldOnMailboxes'> = defineOperation('SetHoldOnMailboxes', (request, context) =>
  answerAlone(context, (head) => head, () => {
    checkMayDiscover(context);
    return { ...success, MailboxHoldResult: request.ActionType === 'Remove' ? remove(request, context) : put(request, context) };
  }));

function put(request: SetHoldOnMailboxesType, context: EwsContext): MailboxHoldResultType {
  const { HoldId: name, Query, Language, InPlaceHoldIdentity: identity } = request;
  const before = request.ActionType === 'Update' ? holdNamed(name, context) : undefined;
  const query = Query.trim();
  if (name.trim() === '' || (query !== '' && !discoveryRestriction(query, context))) throw new EwsError('ErrorInvalidArgument');
  const period = periodOf(request) ?? before?.hold.period;
  const named = sourcesOf(request.Mailboxes?.String ?? [], context);
  const sources = named.sources.length + named.failed.length > 0 ? named.sources : (before?.sources ?? []);
  if (sources.length === 0) throw new EwsError('ErrorInvalidOperation', noMailbox);
  const search = context.organization.discovery.put({ name, query, sources, language: Language ?? before?.language, hold: { identity: identity ?? before?.hold.identity, period } });
  return holdResult(search, 'Pending', named.failed, context);
}

function remove({ HoldId }: SetHoldOnMailboxesType, context: EwsContext): MailboxHoldResultType {
  const search = holdNamed(HoldId, context);
  context.organization.discovery.remove(search.name);
  return holdResult(search, 'Pending', [], context);
}

/** ErrorInvalidArgument for what is neither `Unlimited` nor a time span ([K] that code). */
function periodOf({ ItemHoldPeriod }: SetHoldOnMailboxesType): number | undefined {
  if (ItemHoldPeriod === undefined || ItemHoldPeriod === '') return undefined;
  const period = parseHoldPeriod(ItemHoldPeriod);
  if (period === undefined) throw new EwsError('ErrorInvalidArgument');
  return period;
}

/** Those that are no mailboxes are told apart: their hold has failed ([K], beside others that did not). */
function sourcesOf(names: readonly string[], context: EwsContext): Pick<DiscoverySearch, 'sources'> & { readonly failed: readonly MailboxHoldStatusType[] } {
  if (names.length > (context.limits.discoveryMaxMailboxes ?? Infinity)) throw new EwsError('ErrorSearchTooManyMailboxes');
  const known = names.map((name) => ({ name, entry: discoveredMailbox(name, context)?.entry }));
  return {
    sources: [...new Set(known.flatMap(({ entry }) => (entry ? [entry.id] : [])))],
    failed: known.filter(({ entry }) => !entry).map(({ name }) => ({ Mailbox: name, Status: 'Failed', AdditionalInfo: noMailbox })),
  };
}
