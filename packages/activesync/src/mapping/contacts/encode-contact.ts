import { recipientRank, type PropertyBag } from '@fauxchange/mailbox';
import type { PropertyName } from '@fauxchange/properties';
import { recipientInformation } from '../../folders/folder-state.ts';
import type { ApplicationData } from '../../schema/application-data.ts';
import type { ItemView } from '../../sync/item-class.ts';
import { encodeBody } from '../body.ts';
import { encodeCategories } from '../categories.ts';
import { formatDashed } from '../date-time.ts';
import { xmlText } from '../xml-text.ts';
import { emailNumbers, encodeContactEmail } from './contact-email.ts';
import { encodePicture } from './contact-picture.ts';
import { contactTexts } from './contact-texts.ts';

type Bag = Pick<PropertyBag, 'get'>;

const textIn = (bag: Bag, name: PropertyName): string | undefined => {
  const value = bag.get(name);
  return typeof value === 'string' && value !== '' ? xmlText(value) : undefined;
};
const timeIn = (bag: Bag, name: PropertyName): string | undefined => {
  const value = bag.get(name);
  return typeof value === 'number' ? formatDashed(value) : undefined;
};

function emails(bag: Bag): ApplicationData {
  return Object.fromEntries(emailNumbers.map((number) => [`Contacts:Email${number}Address`, encodeContactEmail(bag, number)]));
}

/** [MS-ASCNTC] 2.2.2 */
export async function encodeContact(view: ItemView): Promise<ApplicationData> {
  const { item, collectionId } = view;
  const { bag } = item;
  if (collectionId === recipientInformation.serverId) return encodeRecipient(bag);
  const children = bag.get('PidTagChildrensNames') as readonly string[] | undefined;
  return {
    ...Object.fromEntries(contactTexts.map(([element, property]) => [element, textIn(bag, property)])),
    ...emails(bag),
    'Contacts:FileAs': textIn(bag, 'PidLidFileUnder'),
    'Contacts:Anniversary': timeIn(bag, 'PidTagWeddingAnniversary'),
    'Contacts:Birthday': timeIn(bag, 'PidTagBirthday'),
    'Contacts:Picture': await encodePicture(item.attachments),
    'Contacts:Categories': encodeCategories(bag),
    'Contacts:Children': children && children.length > 0 ? children.map(xmlText) : undefined,
    ...(await encodeBody(view, 'Contacts')),
  };
}

/** Of the recipient information cache there are these and no Alias, [MS-ASCNTC] 3.2.4.4 and its note on Exchange. */
function encodeRecipient(bag: Bag): ApplicationData {
  const rank = bag.get(recipientRank);
  return {
    'Contacts:Email1Address': encodeContactEmail(bag, 1),
    'Contacts:FileAs': textIn(bag, 'PidLidFileUnder'),
    'Contacts:WeightedRank': typeof rank === 'number' ? rank : undefined,
  };
}
