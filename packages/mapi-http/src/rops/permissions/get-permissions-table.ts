import { rights, rightsIn } from '@fauxchange/mailbox';
import { errorCode } from '@fauxchange/mapi-wire';
import { RopError } from '../../errors.ts';
import { freeBusyRights, memberIdOf, permissionColumns, permissionValue } from '../../mapping/permission-rows.ts';
import { FolderObject } from '../../objects/folder-object.ts';
import { ArrayRows } from '../../objects/row-source.ts';
import { TableObject } from '../../objects/table-object.ts';
import { defineRop } from '../../rop/define-rop.ts';

/** TableFlags, [MS-OXCPERM] 2.2.1.1. */
const includeFreeBusy = 0x2;

/** [MS-OXCPERM] 3.2.5.1: that the list may not be seen is said when its rows are asked for. */
export const getPermissionsTable = defineRop('RopGetPermissionsTable', [FolderObject], async ({ TableFlags }, { object, logon, environment: { organization: { directory } } }) => {
  const shown = (TableFlags & includeFreeBusy) === 0 ? ~freeBusyRights : ~0;
  const rows = new ArrayRows('permissions', {
    rows: async () => {
      const folder = await object.folder();
      if ((rightsIn(folder, logon.session.accessor) & (rights.folderVisible | rights.folderOwner)) === 0) throw new RopError(errorCode.AccessDenied, 'The list is for those who see the folder.');
      return folder.permissions.map((one) => ({ ...one, rights: one.rights & shown }));
    },
    key: ({ member }) => String(memberIdOf(member)),
    value: (permission, property) => permissionValue(permission, property, directory),
    columns: permissionColumns,
  });
  return { opens: new TableObject(logon, rows) };
});
