import type { Item, Properties } from '@fauxchange/mailbox';
import type { ApplicationData } from '../../schema/application-data.ts';
import type { ItemClass } from '../../sync/item-class.ts';
import { decodeCategories } from '../categories.ts';
import { conversionError } from '../conversion-error.ts';
import { changedParts } from './changed-parts.ts';
import { createDraft, updateDraft } from './drafts.ts';
import { encodeEmail, isDraft } from './encode-email.ts';
import { decodeFlag } from './flag.ts';
import { createTextMessage, isTextMessage } from './text-message.ts';

/** What a client may change in a message that is no draft, [MS-ASEMAIL] 3.2.5.4.2. */
const changeable: ReadonlySet<string> = new Set(['Email:Read', 'Email:Flag', 'Email:Categories']);

/** Class Email, [MS-ASEMAIL]. */
export const emailClass: ItemClass = {
  hasConflicts: false,
  shows: ({ isAssociated }) => !isAssociated,
  filter: ({ withTexts }, from) => ({ accepts: (item) => (withTexts || !isTextMessage(item)) && (from === undefined || Number(item.bag.get('PidTagMessageDeliveryTime') ?? from) >= from) }),
  otherClass: (item) => (isTextMessage(item) ? 'SMS' : undefined),
  encode: encodeEmail,
  encodeChange: changedParts,
  encodeReadFlag: ({ isRead }) => ({ 'Email:Read': isRead }),
  create: (data, place, isSent, className) => {
    if (className === 'SMS') return createTextMessage(data, place);
    // Mail comes by being sent; what a client adds are drafts, and before 16.0 it adds none.
    if (!place.context.isAtLeast('16.0') || place.session.mailbox.wellKnown('drafts') !== place.collection.folderId) conversionError('Mail is not added by Sync.');
    return createDraft(data, place, isSent);
  },
  update: async (item, data, place, { isSent }) => {
    if (place.context.isAtLeast('16.0') && isDraft({ item })) return updateDraft(item, data, place, isSent);
    const changed = await place.session.updateItem(item.id, { isRead: data['Email:Read'], properties: changedProperties(item, data) });
    return { item: changed };
  },
};

function changedProperties(item: Item, data: ApplicationData): Properties | undefined {
  const { 'Email:Flag': flag, 'Email:Categories': categories } = data;
  const wrong = Object.keys(data).find((name) => data[name as keyof ApplicationData] !== undefined && !changeable.has(name));
  if (wrong) conversionError(`${wrong} is not the client's to change.`);
  return flag || categories ? { ...(flag && decodeFlag(flag, item)), ...(categories && decodeCategories(categories)) } : undefined;
}
