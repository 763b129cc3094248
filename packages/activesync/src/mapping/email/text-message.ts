import type { Item, ItemDraft, Recipient } from '@fauxchange/mailbox';
import type { ApplicationData } from '../../schema/application-data.ts';
import type { ItemPlace, Written } from '../../sync/item-class.ts';
import { decodeBody } from '../body.ts';
import { conversionError } from '../conversion-error.ts';
import { readDashed } from '../date-time.ts';

const messageClass = 'IPM.Note.Mobile.SMS';

/** Text messages lie among the mail, [MS-ASMS] 2.2.1. */
export const isTextMessage = ({ itemClass }: Pick<Item, 'itemClass'>): boolean => itemClass.toLowerCase().startsWith(messageClass.toLowerCase());

/** A text message that a phone got or sent: it brings them, the server has no other way to them. Since 14.0. */
export async function createTextMessage(data: ApplicationData, { session, collection, context }: ItemPlace): Promise<Written> {
  if (!context.isAtLeast('14.0')) conversionError('Text messages came with 14.0.');
  const [from] = phones(data['Email:From'] ?? '', 'to');
  const body = await decodeBody(data, session);
  const received = data['Email:DateReceived'];
  const draft: ItemDraft = {
    itemClass: messageClass, attachments: [], isRead: data['Email:Read'] ?? false, isAssociated: false, body: body === 'none' ? undefined : body,
    recipients: phones(data['Email:To'] ?? '', 'to'),
    properties: {
      PidTagSubject: data['Email:Subject'], PidTagImportance: data['Email:Importance'], PidTagMessageDeliveryTime: received === undefined ? context.clock.now() : readDashed(received),
      ...(from && { PidTagSentRepresentingName: from.name, PidTagSentRepresentingEmailAddress: from.address, PidTagSentRepresentingAddressType: 'MOBILE' }),
    },
  };
  return { item: await session.createItem(collection.folderId, draft) };
}

/** `"Ann Lee" [MOBILE:+441234]`, several separated by commas or semicolons, [MS-ASMS] 2.2.1.1. */
function phones(text: string, type: Recipient['type']): readonly Recipient[] {
  return [...text.matchAll(/(?:"([^"]*)"\s*)?\[MOBILE:\s*([^\]]{1,64})\]/gi)].map(([, name, number = '']) => ({ type, name: name || number, address: number.trim(), addressType: 'MOBILE' }));
}
