import { allTags } from './columns.ts';
import { defineOperation } from './define-operation.ts';

/** NspiUnicodeProptypes, [MS-OXNSPI] 2.2.1.13. */
const unicodeTypes = 0x8000_0000;

/** [MS-OXCMAPIHTTP] 2.2.5.13, [MS-OXNSPI] 3.1.4.1.5. */
export const queryColumns = defineOperation('QueryColumns', () => ({ Columns: null }), ({ MapiFlags }, { server }) => ({ Columns: allTags(server, (MapiFlags & unicodeTypes) !== 0) }));
