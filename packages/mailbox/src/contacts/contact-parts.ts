import type { PropertyName } from '@fauxchange/properties';
import type { Properties } from '../items/item.ts';

/** Parts of an address in the order of EWS; the rows are those of [MS-OXOCNTC] 2.2.1.3. */
export const addressParts = ['Street', 'City', 'State', 'CountryOrRegion', 'PostalCode'] as const;
export type AddressPart = (typeof addressParts)[number];
export type AddressKind = 'Business' | 'Home' | 'Other';

export const addressProperties: Readonly<Record<AddressKind, Readonly<Record<AddressPart, PropertyName>>>> = {
  Business: { Street: 'PidLidWorkAddressStreet', City: 'PidLidWorkAddressCity', State: 'PidLidWorkAddressState', CountryOrRegion: 'PidLidWorkAddressCountry', PostalCode: 'PidLidWorkAddressPostalCode' },
  Home: { Street: 'PidTagHomeAddressStreet', City: 'PidTagHomeAddressCity', State: 'PidTagHomeAddressStateOrProvince', CountryOrRegion: 'PidTagHomeAddressCountry', PostalCode: 'PidTagHomeAddressPostalCode' },
  Other: { Street: 'PidTagOtherAddressStreet', City: 'PidTagOtherAddressCity', State: 'PidTagOtherAddressStateOrProvince', CountryOrRegion: 'PidTagOtherAddressCountry', PostalCode: 'PidTagOtherAddressPostalCode' },
};

/** Everything that tells of one of a contact's three e-mail addresses, [MS-OXOCNTC] 2.2.1.2; undefined takes it away. */
export function contactEmail(number: 1 | 2 | 3, email: { readonly address: string; readonly name?: string | undefined; readonly addressType?: string | undefined } | undefined): Properties {
  const name = (suffix: string): string => `PidLidEmail${number}${suffix}`;
  return {
    [name('EmailAddress')]: email?.address,
    [name('AddressType')]: email && (email.addressType ?? 'SMTP'),
    [name('DisplayName')]: email && (email.name ?? email.address),
    [name('OriginalDisplayName')]: email?.address,
    [name('OriginalEntryId')]: undefined,
  };
}
