import { errorCode } from '@fauxchange/mapi-wire';
import { RopError } from '../../errors.ts';
import { origin, TableObject } from '../../objects/table-object.ts';
import { defineRop } from '../../rop/define-rop.ts';

/** [MS-OXCTABL] 3.2.5.9. */
export const seekRow = defineRop('RopSeekRow', [TableObject], async ({ Origin, RowCount }, { object }) => {
  if ((Origin === origin.beginning && RowCount < 0) || (Origin === origin.end && RowCount > 0)) throw new RopError(errorCode.InvalidParameter, 'There is nothing in that direction.');
  const rows = await object.look();
  const { moved, isLess } = await object.seek(rows, await object.offsetOf(rows, Origin), RowCount);
  return { body: { HasSoughtLess: isLess, RowsSought: moved } };
});
