import { installedApps, setInstalledApps } from '@fauxchange/mailbox';
import { EwsError } from '../../errors.ts';
import { defineOperation, type Operation } from '../../operation.ts';
import { ownSession } from '../../resolve.ts';
import { answerAlone, success } from '../../response-messages.ts';

/** What is not installed is an internal error with the id in lower case, as the error example has it. @see UninstallApp, EWS reference */
export const uninstallApp: Operation<'UninstallApp'> = defineOperation('UninstallApp', ({ ID }, context) =>
  answerAlone(context, (head) => head, async () => {
    const session = ownSession(context);
    const id = ID.toLowerCase();
    const apps = await installedApps(session);
    const left = apps.filter((app) => app.id !== id);
    if (left.length === apps.length) throw new EwsError('ErrorInternalServerError', `Extension ID ${id} can't be found.`);
    await setInstalledApps(session, left);
    return success;
  }));
