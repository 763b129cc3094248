import { EasStatusError } from '../../errors.ts';
import type { ItemClass } from '../../sync/item-class.ts';
import { syncStatus } from '../../sync/sync-status.ts';

export const tasksClass: ItemClass = {
  hasConflicts: true,
  shows: () => true,
  filter: () => ({ accepts: () => true }),
  encode: () => Promise.resolve({}),
  create: () => Promise.reject(new EasStatusError(syncStatus.conversionError, 'Not yet.')),
  update: () => Promise.reject(new EasStatusError(syncStatus.conversionError, 'Not yet.')),
};
