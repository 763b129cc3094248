import { TableObject } from '../../objects/table-object.ts';
import { defineRop } from '../../rop/define-rop.ts';

/** [MS-OXCTABL] 3.2.5.8. */
export const queryPosition = defineRop('RopQueryPosition', [TableObject], async (_asked, { object }) => {
  const rows = await object.look();
  return { body: { Numerator: await object.position(rows), Denominator: rows.count } };
});
