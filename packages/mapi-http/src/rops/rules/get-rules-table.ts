import { inboxRules } from '@fauxchange/mailbox';
import { errorCode } from '@fauxchange/mapi-wire';
import { RopError } from '../../errors.ts';
import { ruleColumns, ruleValue } from '../../mapping/rule-rows.ts';
import { FolderObject } from '../../objects/folder-object.ts';
import { ArrayRows } from '../../objects/row-source.ts';
import { TableObject } from '../../objects/table-object.ts';
import { defineRop } from '../../rop/define-rop.ts';

/** TableFlags, [MS-OXORULE] 2.2.2.1. What width texts have is said by the columns all the same. */
const unicode = 0x40;

/** [MS-OXORULE] 3.2.5.3. */
export const getRulesTable = defineRop('RopGetRulesTable', [FolderObject], async ({ TableFlags }, { object, logon, environment: { organization: { directory } } }) => {
  if ((TableFlags & ~unicode) !== 0) throw new RopError(errorCode.NotSupported, `A table of rules knows no flags 0x${TableFlags.toString(16)}.`);
  await object.folder();
  const reader = { logon, directory };
  const rows = new ArrayRows('rules', { rows: () => inboxRules(logon.session, object.id), key: ({ id }) => id, value: (rule, property) => ruleValue(rule, property, reader), columns: ruleColumns });
  return { opens: new TableObject(logon, rows) };
});
