import { EasStatusError } from '../../errors.ts';
import type { ItemClass } from '../../sync/item-class.ts';
import { syncStatus } from '../../sync/sync-status.ts';

/** Class Email, [MS-ASEMAIL]. */
export const emailClass: ItemClass = {
  hasConflicts: false,
  shows: () => true,
  filter: (_options, from) => ({ accepts: ({ bag }) => from === undefined || Number(bag.get('PidTagMessageDeliveryTime') ?? from) >= from }),
  encode: ({ item }) => Promise.resolve({ 'Email:Subject': String(item.bag.get('PidTagSubject') ?? ''), 'Email:Read': item.isRead }),
  encodeReadFlag: ({ isRead }) => ({ 'Email:Read': isRead }),
  create: () => Promise.reject(new EasStatusError(syncStatus.conversionError, 'Mail is not added by Sync.')),
  update: async (item, data, { session }) => ({ item: await session.updateItem(item.id, { isRead: data['Email:Read'] }) }),
};
