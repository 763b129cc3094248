import { errorCode } from '@fauxchange/mapi-wire';
import { RopError } from '../../errors.ts';
import { TableObject } from '../../objects/table-object.ts';
import { defineRop } from '../../rop/define-rop.ts';

/** [MS-OXCTABL] 3.2.5.6. Nothing is done in the background, so that there is nothing to abort. */
export const abort = defineRop('RopAbort', [TableObject], async (_asked, { object }) => {
  object.needs('contents', 'hierarchy');
  throw new RopError(errorCode.UnableToAbort, 'The table is not doing anything.');
});
