import { defineOperation, type Operation } from '../../operation.ts';
import { success } from '../../response-messages.ts';

/** Nobody has deployed add-ins to this organization, so that its catalog was never updated. Documented by its schema alone. */
export const getLastPrivateCatalogUpdate: Operation<'GetLastPrivateCatalogUpdate'> = defineOperation('GetLastPrivateCatalogUpdate', () => Promise.resolve(success));
