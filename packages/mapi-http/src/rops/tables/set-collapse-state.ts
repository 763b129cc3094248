import { errorCode } from '@fauxchange/mapi-wire';
import { RopError } from '../../errors.ts';
import { TableObject } from '../../objects/table-object.ts';
import { defineRop } from '../../rop/define-rop.ts';
import { contentsOf } from './categories.ts';
import { decodeCollapseState, orderName } from './collapse-state.ts';

/** [MS-OXCTABL] 3.2.5.20: the cursor goes to the row that was remembered. */
export const setCollapseState = defineRop('RopSetCollapseState', [TableObject], async ({ CollapseState }, { object }) => {
  const source = contentsOf(object);
  const { order, changes, row } = decodeCollapseState(CollapseState);
  if (order !== orderName(object.view)) throw new RopError(errorCode.InvalidParameter, 'The state is of a table in another order.');
  object.view.categories.replace(changes);
  const rows = await object.rows();
  const offset = (await source.placeOf(rows, row)) ?? 0;
  await object.moveTo(rows, offset);
  return { body: { Bookmark: await object.createBookmark(rows, offset) } };
});
