import { installedApps, setInstalledApps } from '@fauxchange/mailbox';
import { EwsError } from '../../errors.ts';
import { defineOperation, type Operation } from '../../operation.ts';
import { ownSession } from '../../resolve.ts';
import { answerAlone, success } from '../../response-messages.ts';

/** The add-in stays installed. @see DisableApp, EWS reference */
export const disableApp: Operation<'DisableApp'> = defineOperation('DisableApp', ({ ID, DisableReason }, context) =>
  answerAlone(context, (head) => head, async () => {
    const session = ownSession(context);
    const apps = await installedApps(session);
    if (!apps.some(({ id }) => id === ID.toLowerCase())) throw new EwsError('ErrorExtensionNotFound', `Extension ID ${ID} can't be found.`);
    await setInstalledApps(session, apps.map((app) => (app.id === ID.toLowerCase() ? { ...app, disabled: DisableReason } : app)));
    return success;
  }));
