import type { Item } from '@fauxchange/mailbox';
import type { ItemClass } from '../../sync/item-class.ts';
import { decodeTask } from './decode-task.ts';
import { encodeTask } from './encode-task.ts';

/** FilterType 8: what is still to be done, [MS-ASCMD] 2.2.3.68.2. */
const incompleteOnly = 8;
const isComplete = ({ bag }: Item): boolean => bag.get('PidLidTaskComplete') === true;

/** Class Tasks, [MS-ASTASK]. */
export const tasksClass: ItemClass = {
  hasConflicts: true,
  shows: ({ itemClass }) => /^ipm\.task(\.|$)/i.test(itemClass),
  filter: ({ filterType }) => ({ accepts: (item) => filterType !== incompleteOnly || !isComplete(item) }),
  encode: encodeTask,
  create: async (data, place) => {
    const { properties = {}, body } = await decodeTask(data, undefined, place);
    return {
      item: await place.session.createItem(place.collection.folderId, {
        itemClass: 'IPM.Task', isRead: true, isAssociated: false, recipients: [], attachments: [], properties, body: body === 'none' ? undefined : body,
      }),
    };
  },
  update: async (item, data, place) => ({ item: await place.session.updateItem(item.id, await decodeTask(data, item, place)) }),
};
