import type { PropertyName, PropertyValue } from '@fauxchange/properties';
import type { Properties, PropertyBag } from '../items/item.ts';
import { addressProperties, type AddressKind, type AddressPart } from './contact-parts.ts';
import { displayNameOf, fileAs, fileAsMappings, type NameParts } from './file-as.ts';

type Written = { [N in PropertyName]?: PropertyValue | undefined };

/** What is known of a contact while it is changed: what is said of it now, over what it has. */
interface Draft {
  readonly written: Written;
  readonly before: Pick<PropertyBag, 'get'> | undefined;
}

/**
 * What a contact gets with what was said of it: names to show and file it by, addresses in one piece ([MS-OXOCNTC] 2.2.1).
 * The answer is what was said, completed.
 *
 * @param before what the contact has; undefined for a new one
 */
export function completeContact(said: Properties, before: Pick<PropertyBag, 'get'> | undefined): Properties {
  const draft: Draft = { written: { ...said }, before };
  if (!before) nameNewContact(draft);
  refile(draft);
  completeSubject(draft);
  completeAddresses(draft);
  listEmails(draft);
  return draft.written;
}

const current = ({ written, before }: Draft, name: PropertyName): PropertyValue | undefined => (name in written ? written[name] : before?.get(name));
const text = (draft: Draft, name: PropertyName): string | undefined => current(draft, name) as string | undefined;

function partsOf(draft: Draft): NameParts {
  return {
    display: text(draft, 'PidTagDisplayName'), prefix: text(draft, 'PidTagDisplayNamePrefix'), given: text(draft, 'PidTagGivenName'), middle: text(draft, 'PidTagMiddleName'),
    surname: text(draft, 'PidTagSurname'), suffix: text(draft, 'PidTagGeneration'), company: text(draft, 'PidTagCompanyName'),
  };
}

function nameNewContact(draft: Draft): void {
  const { written } = draft;
  const parts = partsOf(draft);
  const name = parts.display ?? (displayNameOf(parts) || parts.company || text(draft, 'PidLidFileUnder') || text(draft, 'PidLidEmail1EmailAddress'));
  if (name !== undefined) written['PidTagDisplayName'] = name;
  if (written['PidLidFileUnder'] !== undefined || written['PidLidFileUnderId'] !== undefined) return;
  if (parts.given ?? parts.surname) written['PidLidFileUnderId'] = fileAsMappings.LastCommaFirst;
  else if (parts.company) written['PidLidFileUnderId'] = fileAsMappings.Company;
  else if (name !== undefined) written['PidLidFileUnderId'] = fileAsMappings.DisplayName;
}

const filedBy: readonly PropertyName[] = ['PidLidFileUnderId', 'PidTagDisplayName', 'PidTagGivenName', 'PidTagMiddleName', 'PidTagSurname', 'PidTagGeneration', 'PidTagCompanyName'];

/** A mapping keeps PidLidFileUnder after the names that it is made of, but not against what is written with them. */
function refile(draft: Draft): void {
  if (draft.written['PidLidFileUnder'] !== undefined) return;
  if (!filedBy.some((name) => name in draft.written)) return;
  const made = fileAs(current(draft, 'PidLidFileUnderId') as number | undefined, partsOf(draft));
  if (made !== undefined) draft.written['PidLidFileUnder'] = made;
}

/** A contact's subject is its name until somebody says otherwise. */
function completeSubject({ written, before }: Draft): void {
  if ('PidTagSubject' in written || !('PidTagDisplayName' in written)) return;
  if (!before || before.get('PidTagSubject') === before.get('PidTagDisplayName')) written['PidTagSubject'] = written['PidTagDisplayName'];
}

const wholeAddresses: Readonly<Record<AddressKind, PropertyName>> = { Business: 'PidLidWorkAddress', Home: 'PidLidHomeAddress', Other: 'PidLidOtherAddress' };
/** The mailing address by PidLidPostalAddressId. */
const mailingAddresses: Readonly<Record<number, AddressKind>> = { 1: 'Home', 2: 'Business', 3: 'Other' };
const mailingProperties: Readonly<Record<AddressPart, PropertyName>> = {
  Street: 'PidTagStreetAddress', City: 'PidTagLocality', State: 'PidTagStateOrProvince', CountryOrRegion: 'PidTagCountry', PostalCode: 'PidTagPostalCode',
};

function completeAddresses(draft: Draft): void {
  const { written } = draft;
  const changed = Object.entries(addressProperties).filter(([, parts]) => Object.values(parts).some((name) => name in written)).map(([kind]) => kind as AddressKind);
  for (const kind of changed) written[wholeAddresses[kind]] = wholeAddress(draft, addressProperties[kind]);
  const mailing = mailingAddresses[Number(current(draft, 'PidLidPostalAddressId') ?? 0)];
  const isChosen = 'PidLidPostalAddressId' in written;
  if (!isChosen && !(mailing && changed.includes(mailing))) return;
  for (const [part, name] of Object.entries(mailingProperties)) written[name] = mailing && text(draft, addressProperties[mailing][part as AddressPart]);
  written['PidTagPostalAddress'] = mailing && wholeAddress(draft, addressProperties[mailing]);
}

/** The address in lines, in the order of the United States: without a country of its own Exchange knows no other. */
function wholeAddress(draft: Draft, parts: Readonly<Record<AddressPart, PropertyName>>): string | undefined {
  const [street, city, state, country, code] = (['Street', 'City', 'State', 'CountryOrRegion', 'PostalCode'] as const).map((part) => text(draft, parts[part]));
  const region = [state, code].filter(Boolean).join(' ');
  return [street, [city, region].filter(Boolean).join(', '), country].filter(Boolean).join('\r\n') || undefined;
}

/** Which of the three addresses there are, as address books look for them: [MS-OXOCNTC] 2.2.1.2.11 and 2.2.1.2.12. */
function listEmails(draft: Draft): void {
  const names = ['PidLidEmail1EmailAddress', 'PidLidEmail2EmailAddress', 'PidLidEmail3EmailAddress'] as const;
  if (!names.some((name) => name in draft.written)) return;
  const there = names.flatMap((name, index) => (text(draft, name) ? [index] : []));
  draft.written['PidLidAddressBookProviderEmailList'] = there.length > 0 ? there : undefined;
  draft.written['PidLidAddressBookProviderArrayType'] = there.length > 0 ? there.reduce((bits, index) => bits | (1 << index), 0) : undefined;
}
