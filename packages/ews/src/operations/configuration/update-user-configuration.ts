import { updateConfiguration } from '@fauxchange/mailbox';
import { decodeConfiguration } from '../../mapping/user-configuration.ts';
import { defineOperation, type Operation } from '../../operation.ts';
import { forEachEntry, success } from '../../response-messages.ts';
import { configurationAt, placeOf } from './configuration-of.ts';

/** A part that is sent takes the place of the old one as a whole; the others stay. @see [MS-OXWSUSRCFG] 3.1.4.4 UpdateUserConfiguration */
export const updateUserConfiguration: Operation<'UpdateUserConfiguration'> = defineOperation('UpdateUserConfiguration', async ({ UserConfiguration }, context) => ({
  ResponseMessages: await forEachEntry(context, 'UpdateUserConfigurationResponseMessage', [UserConfiguration], (head) => head, async (sent) => {
    const place = await placeOf(sent.UserConfigurationName, context);
    await updateConfiguration(place.session, await configurationAt(place), decodeConfiguration(sent));
    return success;
  }),
}));
