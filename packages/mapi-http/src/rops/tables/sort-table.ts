import { RopError } from '../../errors.ts';
import { tableOrderOf } from '../../mapping/table-order.ts';
import { TableObject } from '../../objects/table-object.ts';
import { defineRop } from '../../rop/define-rop.ts';
import { tableStatus } from './table-status.ts';

/** [MS-OXCTABL] 3.2.5.3. A refused order leaves the table without rows, until there is another one. */
export const sortTable = defineRop('RopSortTable', [TableObject], async (asked, { object, logon: { names } }) => {
  object.needs('contents');
  try {
    object.order(tableOrderOf(asked, names));
  } catch (thrown) {
    if (thrown instanceof RopError) object.spoiled('order', thrown);
    throw thrown;
  }
  return { body: { TableStatus: tableStatus.complete } };
});
