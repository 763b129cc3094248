import { EasStatusError } from '../../errors.ts';
import type { ItemClass } from '../../sync/item-class.ts';
import { syncStatus } from '../../sync/sync-status.ts';
import { encodeAttachments } from '../attachments.ts';
import { encodeBody } from '../body.ts';

/** Class Email, [MS-ASEMAIL]. */
export const emailClass: ItemClass = {
  hasConflicts: false,
  shows: () => true,
  filter: (_options, from) => ({ accepts: ({ bag }) => from === undefined || Number(bag.get('PidTagMessageDeliveryTime') ?? from) >= from }),
  encode: async (view) => ({ 'Email:Subject': String(view.item.bag.get('PidTagSubject') ?? ''), 'Email:Read': view.item.isRead, ...encodeAttachments(view), ...(await encodeBody(view, 'Email')) }),
  encodeReadFlag: ({ isRead }) => ({ 'Email:Read': isRead }),
  create: () => Promise.reject(new EasStatusError(syncStatus.conversionError, 'Mail is not added by Sync.')),
  update: async (item, data, { session }) => ({ item: await session.updateItem(item.id, { isRead: data['Email:Read'] }) }),
};
