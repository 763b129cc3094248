import { TableObject } from '../../objects/table-object.ts';
import { defineRop } from '../../rop/define-rop.ts';
import { tableStatus } from './table-status.ts';

/** [MS-OXCTABL] 3.2.5.7. */
export const getStatus = defineRop('RopGetStatus', [TableObject], async () => ({ body: { TableStatus: tableStatus.complete } }));
