import { encodeConfiguration } from '../../mapping/user-configuration.ts';
import { defineOperation, type Operation } from '../../operation.ts';
import { forEachEntry, success } from '../../response-messages.ts';
import { configurationAt, placeOf } from './configuration-of.ts';

/** @see [MS-OXWSUSRCFG] 3.1.4.3 GetUserConfiguration */
export const getUserConfiguration: Operation<'GetUserConfiguration'> = defineOperation('GetUserConfiguration', async ({ UserConfigurationName, UserConfigurationProperties }, context) => ({
  ResponseMessages: await forEachEntry(context, 'GetUserConfigurationResponseMessage', [UserConfigurationName], (head) => head, async (name) => {
    const place = await placeOf(name, context);
    const configuration = await configurationAt(place);
    return { ...success, UserConfiguration: encodeConfiguration(configuration, name, UserConfigurationProperties, place.session) };
  }),
}));
