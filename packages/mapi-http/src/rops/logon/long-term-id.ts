import { errorCode, globalCounterOf, objectId, replIdOf } from '@fauxchange/mapi-wire';
import { RopError } from '../../errors.ts';
import { Logon } from '../../logon/logon.ts';
import { defineRop } from '../../rop/define-rop.ts';

const noGuid = '00000000-0000-0000-0000-000000000000';

/** [MS-OXCSTOR] 3.2.5.8. An id of nothing but zeros has zeros for a long one (note 43). */
export const longTermIdFromId = defineRop('RopLongTermIdFromId', [Logon], async ({ ObjectId }, { logon }) => {
  const DatabaseGuid = ObjectId === 0n ? noGuid : logon.replicas.guidOf(replIdOf(ObjectId));
  if (DatabaseGuid === undefined) throw new RopError(errorCode.NotFound, `No replica has the number ${replIdOf(ObjectId)}.`);
  return { body: { LongTermId: { DatabaseGuid, GlobalCounter: globalCounterOf(ObjectId) } } };
});

/** [MS-OXCSTOR] 3.2.5.9. Zeros are taken (note 44), and answered with zeros. */
export const idFromLongTermId = defineRop('RopIdFromLongTermId', [Logon], async ({ LongTermId: { DatabaseGuid, GlobalCounter } }, { logon }) => {
  if (DatabaseGuid === noGuid || GlobalCounter === 0n) return { body: { ObjectId: 0n } };
  const replId = logon.replicas.idOf(DatabaseGuid);
  if (replId === undefined) throw new RopError(errorCode.OutOfMemory, 'No number is left for another replica.');
  return { body: { ObjectId: objectId(replId, GlobalCounter) } };
});
