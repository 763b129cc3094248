import { TableObject } from '../../objects/table-object.ts';
import { defineRop } from '../../rop/define-rop.ts';

/** [MS-OXCTABL] 3.2.5.16. */
export const resetTable = defineRop('RopResetTable', [TableObject], async (_asked, { object }) => {
  object.needs('contents');
  object.reset();
  return {};
});
