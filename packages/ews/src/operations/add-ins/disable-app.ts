import { changeInstalledApp } from '../../installed-app.ts';
import { defineOperation, type Operation } from '../../operation.ts';
import { answerAlone, success } from '../../response-messages.ts';

/** The add-in stays installed. @see DisableApp, EWS reference */
export const disableApp: Operation<'DisableApp'> = defineOperation('DisableApp', ({ ID, DisableReason }, context) =>
  answerAlone(context, (head) => head, async () => {
    await changeInstalledApp(ID, { disabled: DisableReason }, context);
    return success;
  }));
