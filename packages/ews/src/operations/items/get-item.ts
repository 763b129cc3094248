import { lazily } from '../../lazily.ts';
import { compileItemShape } from '../../mapping/item-shape.ts';
import { viewOf } from '../../mapping/item-view.ts';
import { defineOperation, type Operation } from '../../operation.ts';
import { openItem } from '../../calendar-items.ts';
import { forEachEntry, success } from '../../response-messages.ts';

/** @see [MS-OXWSCORE] 3.1.4.4 GetItem */
export const getItem: Operation<'GetItem'> = defineOperation('GetItem', async ({ ItemShape, ItemIds }, context) => {
  const shape = lazily(() => compileItemShape(ItemShape, 'get'));
  return {
    ResponseMessages: await forEachEntry(context, 'GetItemResponseMessage', ItemIds, (head) => ({ ...head, Items: [] }), async (entry) => {
      const { session, item } = await openItem(entry, context);
      return { ...success, Items: [await shape().render(viewOf(item, session, ItemShape, context))] };
    }),
  };
});
