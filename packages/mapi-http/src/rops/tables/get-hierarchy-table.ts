import { FolderObject } from '../../objects/folder-object.ts';
import { HierarchySource } from '../../objects/hierarchy-source.ts';
import { TableObject } from '../../objects/table-object.ts';
import { defineRop } from '../../rop/define-rop.ts';
import { checkFlags, invalidFlags, rowCountOf, tableFlag } from './table-of-folder.ts';

const { Depth, DeferredErrors, NoNotifications, SoftDeletes, UseUnicode, SuppressesNotifications } = tableFlag;
const known = Depth | DeferredErrors | NoNotifications | SoftDeletes | UseUnicode | SuppressesNotifications;

/** [MS-OXCFOLD] 3.2.5.13. Nothing is deferred: the answer is there at once. */
export const getHierarchyTable = defineRop('RopGetHierarchyTable', [FolderObject], async ({ TableFlags }, { object, logon, session: { notifications } }) => {
  checkFlags(TableFlags, known, invalidFlags.hierarchy);
  const source = new HierarchySource(logon, { folderId: object.id, isDeep: (TableFlags & Depth) !== 0, isSoftDeleted: (TableFlags & SoftDeletes) !== 0 });
  const table = new TableObject(logon, source, { isUnicode: (TableFlags & UseUnicode) !== 0 });
  const RowCount = await rowCountOf(table);
  if ((TableFlags & NoNotifications) === 0) notifications.watch(table, { suppressesOwn: (TableFlags & SuppressesNotifications) !== 0 });
  return { opens: table, body: { RowCount } };
});
