import type { DiscoverySearch } from '@fauxchange/mailbox';
import type { EwsContext } from '../../context.ts';
import { checkMayDiscover } from '../../discovery/discovery-role.ts';
import { searchableMailbox, searchableOf } from '../../discovery/searchable-mailbox.ts';
import { EwsError } from '../../errors.ts';
import { defineOperation, type Operation } from '../../operation.ts';
import { answerAlone, success } from '../../response-messages.ts';
import type { DiscoverySearchConfigurationType } from '../../schema/types.generated.ts';

/** Saved searches; of the arguments only SearchId counts where it is given. @see GetDiscoverySearchConfiguration, EWS reference; [MS-OXWSEDISC] 3.1.4.1 */
export const getDiscoverySearchConfiguration: Operation<'GetDiscoverySearchConfiguration'> = defineOperation('GetDiscoverySearchConfiguration', (request, context) =>
  answerAlone(context, (head) => ({ ...head, DiscoverySearchConfigurations: {} }), () => {
    checkMayDiscover(context);
    const { SearchId, ExpandGroupMembership = false, InPlaceHoldConfigurationOnly = false } = request;
    const { discovery } = context.organization;
    const told = (searches: readonly DiscoverySearch[], expands: boolean): { readonly DiscoverySearchConfigurations: { readonly DiscoverySearchConfiguration: DiscoverySearchConfigurationType[] } } =>
      ({ DiscoverySearchConfigurations: { DiscoverySearchConfiguration: searches.map((search) => configuration(search, expands, context)) } });
    if (SearchId) {
      const search = discovery.byName(SearchId);
      if (!search) throw new EwsError('ErrorInvalidArgument', 'Search configuration corresponding to the search id was not found.');
      return { ...success, ...told([search], false) };
    }
    if (!InPlaceHoldConfigurationOnly) return { ...success, ...told(discovery.list(), ExpandGroupMembership) };
    return { ...success, DiscoverySearchConfigurations: { DiscoverySearchConfiguration: discovery.list().filter(({ hold }) => hold).map(holdConfiguration) } };
  }));

function holdConfiguration({ name, query, hold, language }: DiscoverySearch): DiscoverySearchConfigurationType {
  return { SearchId: name, SearchQuery: query, ...(hold && { InPlaceHoldIdentity: hold.identity, ManagedByOrganization: '' }), Language: language };
}

function configuration(search: DiscoverySearch, expands: boolean, context: EwsContext): DiscoverySearchConfigurationType {
  const sources = search.sources.flatMap((id) => context.organization.directory.byId(id) ?? []);
  return { ...holdConfiguration(search), SearchableMailboxes: { SearchableMailbox: searchableOf(sources, expands, context).map(searchableMailbox) } };
}
