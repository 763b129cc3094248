import { errorCode } from '@fauxchange/mapi-wire';
import { RopError } from '../../errors.ts';
import { TableObject } from '../../objects/table-object.ts';
import { defineRop } from '../../rop/define-rop.ts';
import { contentsOf, headerOf, toggle } from './categories.ts';

/** [MS-OXCTABL] 3.2.5.18. */
export const collapseRow = defineRop('RopCollapseRow', [TableObject], async ({ CategoryId }, { object }) => {
  contentsOf(object);
  const header = await headerOf(object, CategoryId);
  if (!header.facts.isOpen) throw new RopError(errorCode.NotExpanded, 'The category is closed.');
  return { body: { CollapsedRowCount: await toggle(object, header, false) } };
});
