import { defineOperation, needed } from './define-operation.ts';
import { NspiError } from './nspi-error.ts';
import { checkCodePage } from './rows.ts';

/** [MS-OXCMAPIHTTP] 2.2.5.3, [MS-OXNSPI] 3.1.4.1.12: which of two rows comes first. */
export const compareMIds = defineOperation('CompareMIds', () => ({ Result: 0 }), ({ State, MinimalId1, MinimalId2 }, { server }) => {
  const stat = needed(State);
  checkCodePage(stat);
  const rows = server.table(stat);
  const [first, second] = [rows.positionOf(MinimalId1), rows.positionOf(MinimalId2)];
  if (first === undefined || second === undefined) throw new NspiError('GeneralFailure');
  return { Result: Math.sign(first - second) };
});
