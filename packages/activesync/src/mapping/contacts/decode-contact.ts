import { completeContact, displayNameOf, fileAsMappings, type Item, type ItemChanges, type Properties } from '@fauxchange/mailbox';
import type { PropertyName, PropertyValue } from '@fauxchange/properties';
import type { ApplicationData } from '../../schema/application-data.ts';
import type { ItemPlace } from '../../sync/item-class.ts';
import { decodeBody } from '../body.ts';
import { decodeCategories } from '../categories.ts';
import { conversionError } from '../conversion-error.ts';
import { parseTime } from '../date-time.ts';
import { SentElements } from '../ghosting.ts';
import { decodeContactEmail, emailNumbers } from './contact-email.ts';
import { withPicture } from './contact-picture.ts';
import { contactTexts } from './contact-texts.ts';

/** [MS-ASCNTC] 2.2.2.22. */
const mostChildren = 300;

/** What an Add or a Change says of a contact. @throws EasStatusError 6 */
export async function decodeContact(data: ApplicationData, before: Item | undefined, { session, collection }: ItemPlace): Promise<ItemChanges> {
  const sent = new SentElements(data, collection, before !== undefined);
  const said: Properties = { ...textsOf(sent), ...emailsOf(sent), ...daysOf(sent), ...listsOf(sent), ...filingOf(sent) };
  const picture = sent.said('Contacts:Picture');
  const attachments = picture === undefined ? undefined : await withPicture(before?.attachments ?? [], picture === null ? '' : picture, session);
  const hasPicture = attachments?.some(({ isContactPhoto }) => isContactPhoto);
  const named = renamed(said, before);
  return {
    properties: { ...completeContact({ ...said, ...named }, before?.bag), ...(hasPicture !== undefined && { PidLidHasPicture: hasPicture }) },
    attachments,
    body: await decodeBody(data, session, 'Contacts'),
  };
}

function textsOf(sent: SentElements): Properties {
  return Object.fromEntries(contactTexts.flatMap(([element, property]) => {
    const said = sent.said(element);
    return said === undefined ? [] : [[property, said === null || said === '' ? undefined : said]];
  }));
}

function emailsOf(sent: SentElements): Properties {
  return Object.assign({}, ...emailNumbers.map((number) => {
    const said = sent.said(`Contacts:Email${number}Address`);
    return said === undefined ? {} : decodeContactEmail(said === null ? '' : said, number);
  })) as Properties;
}

/** A day of a person's life, kept as it was told, and as the day of the calendar that Outlook shows ([MS-OXOCNTC] 2.2.1.5). */
function dayOf(sent: SentElements, element: 'Contacts:Birthday' | 'Contacts:Anniversary', property: PropertyName, local: PropertyName): Properties {
  const said = sent.said(element);
  if (said === undefined) return {};
  const at = said === null || said === '' ? undefined : parseTime(said, element);
  return { [property]: at, [local]: at === undefined ? undefined : Math.floor(at / 86_400_000) * 86_400_000 };
}

function daysOf(sent: SentElements): Properties {
  return {
    ...dayOf(sent, 'Contacts:Birthday', 'PidTagBirthday', 'PidLidBirthdayLocal'),
    ...dayOf(sent, 'Contacts:Anniversary', 'PidTagWeddingAnniversary', 'PidLidWeddingAnniversaryLocal'),
  };
}

function listsOf(sent: SentElements): Properties {
  const [categories, children] = [sent.said('Contacts:Categories'), sent.said('Contacts:Children')];
  if (children !== undefined && children !== null && children.length > mostChildren) conversionError(`More than ${mostChildren} children.`);
  return {
    ...(categories !== undefined && decodeCategories(categories === null ? [] : categories)),
    ...(children !== undefined && { PidTagChildrensNames: children === null || children.length === 0 ? undefined : children }),
  };
}

/** A text given is kept as it is; null away, the contact is filed by its name again. */
function filingOf(sent: SentElements): Properties {
  const said = sent.said('Contacts:FileAs');
  if (said === undefined) return {};
  return said === null || said === '' ? { PidLidFileUnder: undefined, PidLidFileUnderId: fileAsMappings.LastCommaFirst } : { PidLidFileUnder: said, PidLidFileUnderId: fileAsMappings.None };
}

const nameParts = ['PidTagDisplayNamePrefix', 'PidTagGivenName', 'PidTagMiddleName', 'PidTagSurname', 'PidTagGeneration'] as const;

/** The whole name is no element: it follows its parts, and what it was called before where it has none. */
function renamed(said: Properties, before: Item | undefined): Properties {
  if (!nameParts.some((name) => name in said)) return {};
  const [prefix, given, middle, surname, suffix] = nameParts.map((name) => (name in said ? said[name] : before?.bag.get(name)) as PropertyValue as string | undefined);
  const name = displayNameOf({ prefix, given, middle, surname, suffix });
  return name === '' ? {} : { PidTagDisplayName: name };
}
