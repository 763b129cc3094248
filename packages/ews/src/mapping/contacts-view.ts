import type { Comparison, ItemQuery, Restriction } from '@fauxchange/mailbox';
import { EwsError } from '../errors.ts';
import type { ContactsViewType } from '../schema/types.generated.ts';

/** Part of a list of contacts by their names: from the first of these names to the last, in that order unless the request sorts. */
export function contactsQuery({ InitialName, FinalName, MaxEntriesReturned }: ContactsViewType, asked: Pick<ItemQuery, 'restriction' | 'order'>): Pick<ItemQuery, 'restriction' | 'order'> {
  if (MaxEntriesReturned !== undefined && MaxEntriesReturned <= 0) throw new EwsError('ErrorInvalidPagingMaxRows');
  const bound = (operator: Comparison, value: string | undefined): Restriction[] => (value === undefined ? [] : [{ kind: 'compare', property: 'PidTagDisplayName', operator, value }]);
  const restrictions = [...(asked.restriction ? [asked.restriction] : []), ...bound('ge', InitialName), ...bound('le', FinalName)];
  return {
    restriction: restrictions.length > 0 ? { kind: 'and', restrictions } : undefined,
    order: asked.order ?? [{ property: 'PidTagDisplayName', descending: false }],
  };
}
