import { defineOperation, type Operation } from '../../operation.ts';
import { success } from '../../response-messages.ts';

/** As GetLastPrivateCatalogUpdate: the catalog is empty. */
export const getPrivateCatalogAddIns: Operation<'GetPrivateCatalogAddIns'> = defineOperation('GetPrivateCatalogAddIns', () => Promise.resolve({ ...success, AddIns: {} }));
