import type { PropertyName } from '@fauxchange/properties';
import { currentValue, type ItemTarget } from './fields.ts';
import { displayNameOf, fileAs, fileAsMappings, type NameParts } from './file-as.ts';
import { addressProperties, type AddressPart } from './indexed-fields.ts';

/** What a contact gets with what was said of it: names to show and file it by, addresses in one piece ([MS-OXOCNTC] 2.2.1). */
export function completeContact(target: ItemTarget): void {
  if (target.isNew) nameNewContact(target);
  refile(target);
  completeSubject(target);
  completeAddresses(target);
  listEmails(target);
  const photo = target.sentAttachments?.some(([kind, sent]) => kind === 'FileAttachment' && sent.IsContactPhoto);
  if (photo) target.properties['PidLidHasPicture'] = true;
}

const text = (target: ItemTarget, name: PropertyName): string | undefined => currentValue(target, name) as string | undefined;

function partsOf(target: ItemTarget): NameParts {
  return {
    display: text(target, 'PidTagDisplayName'), prefix: text(target, 'PidTagDisplayNamePrefix'), given: text(target, 'PidTagGivenName'), middle: text(target, 'PidTagMiddleName'),
    surname: text(target, 'PidTagSurname'), suffix: text(target, 'PidTagGeneration'), company: text(target, 'PidTagCompanyName'),
  };
}

function nameNewContact(target: ItemTarget): void {
  const { properties } = target;
  const parts = partsOf(target);
  const name = parts.display ?? (displayNameOf(parts) || parts.company || text(target, 'PidLidFileUnder') || text(target, 'PidLidEmail1EmailAddress'));
  if (name !== undefined) properties['PidTagDisplayName'] = name;
  if (properties['PidLidFileUnder'] !== undefined || properties['PidLidFileUnderId'] !== undefined) return;
  if (parts.given ?? parts.surname) properties['PidLidFileUnderId'] = fileAsMappings.LastCommaFirst;
  else if (parts.company) properties['PidLidFileUnderId'] = fileAsMappings.Company;
  else if (name !== undefined) properties['PidLidFileUnderId'] = fileAsMappings.DisplayName;
}

const filedBy: readonly PropertyName[] = ['PidLidFileUnderId', 'PidTagDisplayName', 'PidTagGivenName', 'PidTagMiddleName', 'PidTagSurname', 'PidTagGeneration', 'PidTagCompanyName'];

/** A mapping keeps PidLidFileUnder after the names that it is made of. */
function refile(target: ItemTarget): void {
  if (!filedBy.some((name) => name in target.properties)) return;
  const made = fileAs(currentValue(target, 'PidLidFileUnderId') as number | undefined, partsOf(target));
  if (made !== undefined) target.properties['PidLidFileUnder'] = made;
}

/** A contact's subject is its name until somebody says otherwise. */
function completeSubject(target: ItemTarget): void {
  const { properties, view } = target;
  if ('PidTagSubject' in properties || !('PidTagDisplayName' in properties)) return;
  const isTheName = target.isNew || text({ ...target, properties: {} }, 'PidTagSubject') === text({ ...target, properties: {} }, 'PidTagDisplayName');
  if (isTheName || view === undefined) properties['PidTagSubject'] = properties['PidTagDisplayName'];
}

const wholeAddresses: Readonly<Record<keyof typeof addressProperties, PropertyName>> = { Business: 'PidLidWorkAddress', Home: 'PidLidHomeAddress', Other: 'PidLidOtherAddress' };
/** The mailing address by PidLidPostalAddressId. */
const mailingAddresses: Readonly<Record<number, keyof typeof addressProperties>> = { 1: 'Home', 2: 'Business', 3: 'Other' };
const mailingProperties: Readonly<Record<AddressPart, PropertyName>> = {
  Street: 'PidTagStreetAddress', City: 'PidTagLocality', State: 'PidTagStateOrProvince', CountryOrRegion: 'PidTagCountry', PostalCode: 'PidTagPostalCode',
};

function completeAddresses(target: ItemTarget): void {
  const { properties } = target;
  const changed = Object.entries(addressProperties).filter(([, parts]) => Object.values(parts).some((name) => name in properties)).map(([key]) => key as keyof typeof addressProperties);
  for (const key of changed) properties[wholeAddresses[key]] = wholeAddress(target, addressProperties[key]);
  const mailing = mailingAddresses[Number(currentValue(target, 'PidLidPostalAddressId') ?? 0)];
  const isChosen = 'PidLidPostalAddressId' in properties;
  if (!isChosen && !(mailing && changed.includes(mailing))) return;
  for (const [part, name] of Object.entries(mailingProperties)) properties[name] = mailing && text(target, addressProperties[mailing][part as AddressPart]);
  properties['PidTagPostalAddress'] = mailing && wholeAddress(target, addressProperties[mailing]);
}

/** The address in lines, in the order of the United States: without a country of its own Exchange knows no other. */
function wholeAddress(target: ItemTarget, parts: Readonly<Record<AddressPart, PropertyName>>): string | undefined {
  const [street, city, state, country, code] = (['Street', 'City', 'State', 'CountryOrRegion', 'PostalCode'] as const).map((part) => text(target, parts[part]));
  const region = [state, code].filter(Boolean).join(' ');
  return [street, [city, region].filter(Boolean).join(', '), country].filter(Boolean).join('\r\n') || undefined;
}

/** Which of the three addresses there are, as address books look for them: [MS-OXOCNTC] 2.2.1.2.11 and 2.2.1.2.12. */
function listEmails(target: ItemTarget): void {
  const names = ['PidLidEmail1EmailAddress', 'PidLidEmail2EmailAddress', 'PidLidEmail3EmailAddress'] as const;
  if (!names.some((name) => name in target.properties)) return;
  const there = names.flatMap((name, index) => (text(target, name) ? [index] : []));
  target.properties['PidLidAddressBookProviderEmailList'] = there.length > 0 ? there : undefined;
  target.properties['PidLidAddressBookProviderArrayType'] = there.length > 0 ? there.reduce((bits, index) => bits | (1 << index), 0) : undefined;
}
