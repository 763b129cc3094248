import type { ItemClass } from '../../sync/item-class.ts';
import { decodeContact } from './decode-contact.ts';
import { encodeContact } from './encode-contact.ts';

/** Class Contacts, [MS-ASCNTC]. */
export const contactsClass: ItemClass = {
  hasConflicts: true,
  // Distribution lists are in the folder and none of the class.
  shows: ({ itemClass }) => /^ipm\.contact(\.|$)/i.test(itemClass),
  filter: () => ({ accepts: () => true }),
  encode: encodeContact,
  create: async (data, place) => {
    const { properties = {}, attachments = [], body } = await decodeContact(data, undefined, place);
    return {
      item: await place.session.createItem(place.collection.folderId, {
        itemClass: 'IPM.Contact', isRead: true, isAssociated: false, recipients: [], attachments, properties, body: body === 'none' ? undefined : body,
      }),
    };
  },
  update: async (item, data, place) => ({ item: await place.session.updateItem(item.id, await decodeContact(data, item, place)) }),
};
