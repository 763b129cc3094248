import { setHiddenValue } from '@fauxchange/mailbox';
import { defineOperation, type Operation } from '../../operation.ts';
import { ownSession } from '../../resolve.ts';
import { answerAlone, success } from '../../response-messages.ts';

/**
 * Remembers whether the mailbox holds the IM list; the operation is not for public use, and no other tells what was remembered.
 *
 * @see SetImListMigrationCompleted, EWS reference
 */
export const setImListMigrationCompleted: Operation<'SetImListMigrationCompleted'> = defineOperation('SetImListMigrationCompleted', ({ ImListMigrationCompleted }, context) =>
  answerAlone(context, (head) => head, async () => {
    await setHiddenValue(ownSession(context), 'IPM.Configuration.ImListMigration', ImListMigrationCompleted);
    return success;
  }));
