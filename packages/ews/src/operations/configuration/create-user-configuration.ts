import { createConfiguration } from '@fauxchange/mailbox';
import { decodeConfiguration } from '../../mapping/user-configuration.ts';
import { defineOperation, type Operation } from '../../operation.ts';
import { forEachEntry, success } from '../../response-messages.ts';
import { placeOf } from './configuration-of.ts';

/** A name that the folder has already cannot be saved: ErrorItemSave. @see [MS-OXWSUSRCFG] 3.1.4.1 CreateUserConfiguration */
export const createUserConfiguration: Operation<'CreateUserConfiguration'> = defineOperation('CreateUserConfiguration', async ({ UserConfiguration }, context) => ({
  ResponseMessages: await forEachEntry(context, 'CreateUserConfigurationResponseMessage', [UserConfiguration], (head) => head, async (sent) => {
    const { session, folderId, name } = await placeOf(sent.UserConfigurationName, context);
    await createConfiguration(session, folderId, name, decodeConfiguration(sent));
    return success;
  }),
}));
