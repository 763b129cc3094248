import { TableObject } from '../../objects/table-object.ts';
import { defineRop } from '../../rop/define-rop.ts';
import { contentsOf } from './categories.ts';
import { encodeCollapseState, orderName } from './collapse-state.ts';

/** [MS-OXCTABL] 3.2.5.19. */
export const getCollapseState = defineRop('RopGetCollapseState', [TableObject], async ({ RowId, RowInstanceNumber }, { object }) => {
  const source = contentsOf(object);
  const { view } = object;
  return { body: { CollapseState: encodeCollapseState({ order: orderName(view), changes: view.categories.changes(), row: source.keyOf(RowId, RowInstanceNumber) }) } };
});
