import { codeOf, RopError } from '../../errors.ts';
import { restrictionOfWire } from '../../mapping/restriction.ts';
import { TableObject } from '../../objects/table-object.ts';
import { defineRop } from '../../rop/define-rop.ts';
import { tableStatus } from './table-status.ts';

/** [MS-OXCTABL] 3.2.5.4. A refused restriction leaves the table without rows, until there is another one. */
export const restrict = defineRop('RopRestrict', [TableObject], async ({ RestrictionData }, { object, logon: { names } }) => {
  object.needs('contents', 'hierarchy', 'rules');
  try {
    const restriction = RestrictionData ? restrictionOfWire(RestrictionData, names) : undefined;
    if (restriction) object.source.test(restriction);
    object.restrict(restriction);
  } catch (thrown) {
    const code = codeOf(thrown);
    if (code !== undefined) object.spoiled('restriction', new RopError(code, (thrown as Error).message));
    throw thrown;
  }
  return { body: { TableStatus: tableStatus.complete } };
});
