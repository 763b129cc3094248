import type { DiscoverySearch } from '@fauxchange/mailbox';
import type { EwsContext } from '../context.ts';
import { EwsError } from '../errors.ts';
import type { HoldStatusType, MailboxHoldResultType, MailboxHoldStatusType } from '../schema/types.generated.ts';

export type HoldingSearch = DiscoverySearch & { readonly hold: NonNullable<DiscoverySearch['hold']> };

/** ErrorMailboxHoldNotFound, for a saved search that holds nothing too. */
export function holdNamed(id: string, { organization: { discovery } }: EwsContext): HoldingSearch {
  const { hold, ...search } = discovery.byName(id) ?? {};
  if (!hold) throw new EwsError('ErrorMailboxHoldNotFound', 'The specific query-based hold is not found.');
  return { ...(search as DiscoverySearch), hold };
}

export function holdResult({ name, query, sources }: DiscoverySearch, status: HoldStatusType, failed: readonly MailboxHoldStatusType[], { organization: { directory } }: EwsContext): MailboxHoldResultType {
  const statuses = sources.flatMap((id) => directory.byId(id) ?? []).map(({ legacyExchangeDN }): MailboxHoldStatusType => ({ Mailbox: legacyExchangeDN, Status: status, AdditionalInfo: '' }));
  return { HoldId: name, Query: query, MailboxHoldStatuses: { MailboxHoldStatus: [...statuses, ...failed] } };
}
