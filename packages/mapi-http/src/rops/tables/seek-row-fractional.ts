import { errorCode } from '@fauxchange/mapi-wire';
import { RopError } from '../../errors.ts';
import { TableObject } from '../../objects/table-object.ts';
import { defineRop } from '../../rop/define-rop.ts';

/** [MS-OXCTABL] 3.2.5.11. */
export const seekRowFractional = defineRop('RopSeekRowFractional', [TableObject], async ({ Numerator, Denominator }, { object }) => {
  if (Denominator === 0) throw new RopError(errorCode.InvalidBookmark, 'Nothing is at a fraction of zero parts.');
  const rows = await object.look();
  await object.moveTo(rows, Numerator >= Denominator ? rows.count : Math.floor((rows.count * Numerator) / Denominator));
  return {};
});
