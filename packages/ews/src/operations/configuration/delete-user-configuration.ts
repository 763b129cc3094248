import { oneOf } from '../../items.ts';
import { defineOperation, type Operation } from '../../operation.ts';
import { forEachEntry, success } from '../../response-messages.ts';
import { configurationAt, placeOf } from './configuration-of.ts';

/** It goes to recoverable items, as the documentation of the operation says. @see [MS-OXWSUSRCFG] 3.1.4.2 DeleteUserConfiguration */
export const deleteUserConfiguration: Operation<'DeleteUserConfiguration'> = defineOperation('DeleteUserConfiguration', async ({ UserConfigurationName }, context) => ({
  ResponseMessages: await forEachEntry(context, 'DeleteUserConfigurationResponseMessage', [UserConfigurationName], (head) => head, async (name) => {
    const place = await placeOf(name, context);
    const { item } = await configurationAt(place);
    oneOf(await place.session.removeItems([item.id], 'soft'));
    return success;
  }),
}));
