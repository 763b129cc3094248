import { changeInstalledApp } from '../../installed-app.ts';
import { defineOperation, type Operation } from '../../operation.ts';
import { answerAlone, success } from '../../response-messages.ts';

/** Remembers what the person said of an add-in; GetAppManifests tells it. The code for one that is not installed is DisableApp's ([K]). @see RegisterConsent of the schema */
export const registerConsent: Operation<'RegisterConsent'> = defineOperation('RegisterConsent', ({ Id, ConsentState }, context) =>
  answerAlone(context, (head) => head, async () => {
    await changeInstalledApp(Id, { consent: ConsentState }, context);
    return success;
  }));
