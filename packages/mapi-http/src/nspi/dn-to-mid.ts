import { defineOperation, needed } from './define-operation.ts';

/** [MS-OXCMAPIHTTP] 2.2.5.4, [MS-OXNSPI] 3.1.4.1.13: also of those who are hidden from address lists; 0 for nobody. */
export const dnToMId = defineOperation('DNToMId', () => ({ MinimalIds: null }), ({ Names }, { server }) => ({
  MinimalIds: needed(Names).map((name) => {
    const entry = server.directory.byLegacyDN(name);
    return entry ? server.minimalIdOf(entry) : 0;
  }),
}));
