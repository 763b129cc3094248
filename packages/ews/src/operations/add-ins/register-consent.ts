import { installedApps, setInstalledApps } from '@fauxchange/mailbox';
import { EwsError } from '../../errors.ts';
import { defineOperation, type Operation } from '../../operation.ts';
import { ownSession } from '../../resolve.ts';
import { answerAlone, success } from '../../response-messages.ts';

/** Remembers what the person said of an add-in; GetAppManifests tells it. The code for one that is not installed is DisableApp's ([K]). @see RegisterConsent of the schema */
export const registerConsent: Operation<'RegisterConsent'> = defineOperation('RegisterConsent', ({ Id, ConsentState }, context) =>
  answerAlone(context, (head) => head, async () => {
    const session = ownSession(context);
    const apps = await installedApps(session);
    if (!apps.some(({ id }) => id === Id.toLowerCase())) throw new EwsError('ErrorExtensionNotFound', `Extension ID ${Id} can't be found.`);
    await setInstalledApps(session, apps.map((app) => (app.id === Id.toLowerCase() ? { ...app, consent: ConsentState } : app)));
    return success;
  }));
