import type { Item, ItemChanges, Properties } from '@fauxchange/mailbox';
import type { ApplicationData } from '../../schema/application-data.ts';
import type { ItemClass, ItemPlace, ItemView } from '../../sync/item-class.ts';
import { decodeBody, encodeBody } from '../body.ts';
import { decodeCategories, encodeCategories } from '../categories.ts';
import { conversionError } from '../conversion-error.ts';
import { formatCompact } from '../date-time.ts';
import { xmlText } from '../xml-text.ts';

const isNoteClass = (itemClass: string): boolean => /^ipm\.stickynote(\..+)?$/i.test(itemClass);

/** Class Notes, [MS-ASNOTE]. */
export const notesClass: ItemClass = {
  hasConflicts: true,
  shows: ({ itemClass }) => isNoteClass(itemClass),
  filter: () => ({ accepts: () => true }),
  encode: encodeNote,
  create: async (data, place) => {
    const { itemClass = 'IPM.StickyNote', properties = {}, body } = await decodeNote(data, undefined, place);
    return {
      item: await place.session.createItem(place.collection.folderId, {
        itemClass, isRead: true, isAssociated: false, recipients: [], attachments: [], properties, body: body === 'none' ? undefined : body,
      }),
    };
  },
  update: async (item, data, place) => ({ item: await place.session.updateItem(item.id, await decodeNote(data, item, place)) }),
};

async function encodeNote(view: ItemView): Promise<ApplicationData> {
  const { bag, itemClass } = view.item;
  return {
    'Notes:Subject': xmlText(String(bag.get('PidTagSubject') ?? '')),
    'Notes:MessageClass': itemClass,
    'Notes:LastModifiedDate': formatCompact(Number(bag.get('PidTagLastModificationTime') ?? 0)),
    'Notes:Categories': encodeCategories(bag),
    ...(await encodeBody(view, 'Notes')),
  };
}

/**
 * Categories go when they are left out, subject and body stay ([MS-ASNOTE] 3.2.5.3); when a note was changed is the
 * server's to say (3.2.5.3.1).
 */
async function decodeNote(data: ApplicationData, before: Item | undefined, { session }: ItemPlace): Promise<ItemChanges> {
  const { 'Notes:MessageClass': itemClass, 'Notes:Subject': subject, 'Notes:Categories': categories } = data;
  if (itemClass !== undefined && !isNoteClass(itemClass)) conversionError(`${itemClass.slice(0, 80)} is not the class of a note.`);
  const properties: Properties = { ...(subject !== undefined && { PidTagSubject: subject }), ...((categories ?? before) && decodeCategories(categories ?? [])) };
  return { itemClass, properties, body: await decodeBody(data, session, 'Notes') };
}
