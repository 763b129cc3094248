import { errorCode } from '@fauxchange/mapi-wire';
import { RopError } from '../../errors.ts';
import { TableObject } from '../../objects/table-object.ts';
import { defineRop } from '../../rop/define-rop.ts';
import { contentsOf, headerOf, toggle } from './categories.ts';

/** [MS-OXCTABL] 3.2.5.17. Servers since 2013 answer without rows, and refuse who asks for some: note 16. */
export const expandRow = defineRop('RopExpandRow', [TableObject], async ({ MaxRowCount, CategoryId }, { object }) => {
  contentsOf(object);
  if (MaxRowCount > 0) throw new RopError(errorCode.NotSupported, 'Rows are read by RopQueryRows.');
  const header = await headerOf(object, CategoryId);
  if (header.facts.isOpen) throw new RopError(errorCode.NotCollapsed, 'The category is open.');
  return { body: { ExpandedRowCount: await toggle(object, header, true), RowCount: 0, RowData: new Uint8Array(0) } };
});
