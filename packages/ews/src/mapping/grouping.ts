import type { Item, ItemGroup } from '@fauxchange/mailbox';
import { groupItems } from '@fauxchange/mailbox';
import { binary, property, type PropertyType, type PropertyValue } from '@fauxchange/properties';
import { EwsError } from '../errors.ts';
import type { FindItemType, GroupedItemsType } from '../schema/types.generated.ts';
import { formatDateTime } from './date-time.ts';
import type { ItemElement } from './item-shape.ts';
import { pathOfChoice, queryProperty, type PathChoice } from './paths.ts';

type Grouping = Parameters<typeof groupItems>[1];

/** GroupBy, or the standard grouping ConversationTopic, which aggregates on the newest delivery ([MS-OXWSSRCH] 2.2.4.10). */
export function decodeGrouping({ GroupBy, DistinguishedGroupBy }: FindItemType): Grouping | undefined {
  if (DistinguishedGroupBy) {
    return { property: 'PidTagConversationTopic', descending: DistinguishedGroupBy.Order === 'Descending', aggregate: { property: 'PidTagMessageDeliveryTime', use: 'max' } };
  }
  if (!GroupBy) return undefined;
  const { AggregateOn } = GroupBy;
  return {
    property: column(GroupBy),
    descending: GroupBy.Order === 'Descending',
    aggregate: { property: column(AggregateOn), use: AggregateOn.Aggregate === 'Minimum' ? 'min' : 'max' },
  };
}

function column(choice: PathChoice): Grouping['property'] {
  const path = pathOfChoice(choice);
  if (!path) throw new EwsError('ErrorUnsupportedPathForSortGroup');
  return queryProperty(path, 'ErrorUnsupportedPathForSortGroup');
}

export async function encodeGroups(groups: readonly ItemGroup[], by: Grouping['property'], render: (items: readonly Item[]) => Promise<ItemElement[]>): Promise<GroupedItemsType[]> {
  const encoded: GroupedItemsType[] = [];
  for (const { value, items } of groups) encoded.push({ GroupIndex: groupIndex(value, property(by)?.type), Items: await render(items) });
  return encoded;
}

/** The value that the group has in common, as text. */
function groupIndex(value: PropertyValue | undefined, type: PropertyType | undefined): string {
  if (value === undefined) return '';
  if (type === 'Time') return formatDateTime(value as number);
  if (type === 'Binary') return binary.toBase64(value as never);
  return Array.isArray(value) ? value.map(String).join('; ') : String(value);
}
