import { fileAsMappings, type FileAsMapping } from '@fauxchange/mailbox';
import type { PropertyName } from '@fauxchange/properties';
import { lookup } from '@fauxchange/kernel';
import type { CompleteNameType } from '../schema/types.generated.ts';
import { EwsError } from '../errors.ts';
import { boolean, choice, computed, strings, text, time } from './field-builders.ts';
import type { ItemField, ItemTarget } from './fields.ts';
import { dictionaries } from './indexed-fields.ts';
import type { ItemKind } from './item-kind.ts';
import { get, type ItemView } from './item-view.ts';

const contact = ['Contact'] as const satisfies readonly ItemKind[];
const people = ['Contact', 'DistributionList'] as const satisfies readonly ItemKind[];
const writable = { shape: 'all', kinds: contact, canSet: true, canDelete: true } as const;
const shown = { ...writable, shape: 'default' } as const;

/** PidLidPostalAddressId, [MS-OXOCNTC] 2.2.1.3.9. */
const postalAddresses = { None: 0, Home: 1, Business: 2, Other: 3 } as const;
const mappingNames = new Map<number, FileAsMapping>(Object.entries(fileAsMappings).map(([name, value]) => [value, name as FileAsMapping]));

/** Fields of contacts and of what they share with distribution lists. What only the directory knows (Alias, Notes, …) is told by ResolveNames. */
export const contactFields: readonly ItemField[] = [
  {
    ...text('contacts:FileAs', 'PidLidFileUnder', { ...shown, kinds: people }),
    // A text given is kept as it is: the mapping None (FileAsMappingType).
    set: (value: string, target) => void Object.assign(target.properties, { PidLidFileUnder: value, PidLidFileUnderId: fileAsMappings.None }),
    remove: (target) => void Object.assign(target.properties, { PidLidFileUnder: undefined, PidLidFileUnderId: undefined }),
  },
  {
    uri: 'contacts:FileAsMapping', element: 'FileAsMapping', kinds: contact, shape: 'all', property: 'PidLidFileUnderId',
    read: (view) => mappingNames.get(get(view, 'PidLidFileUnderId') as number),
    set: (value: FileAsMapping, target) => void (target.properties['PidLidFileUnderId'] = fileAsMappings[value]),
    remove: (target) => void (target.properties['PidLidFileUnderId'] = undefined),
    constant: (name) => lookup<number>(fileAsMappings, name),
  },
  text('contacts:DisplayName', 'PidTagDisplayName', { ...writable, kinds: people }),
  nameField('contacts:GivenName', 'PidTagGivenName'),
  text('contacts:Initials', 'PidTagInitials', writable),
  nameField('contacts:MiddleName', 'PidTagMiddleName'),
  text('contacts:Nickname', 'PidTagNickname', writable),
  computed('contacts:CompleteName', 'default', completeName, { kinds: contact }),
  text('contacts:CompanyName', 'PidTagCompanyName', shown),
  dictionaries.emails,
  dictionaries.addresses,
  dictionaries.phones,
  text('contacts:AssistantName', 'PidTagAssistant', writable),
  day('contacts:Birthday', 'PidTagBirthday', 'PidLidBirthdayLocal'),
  text('contacts:BusinessHomePage', 'PidTagBusinessHomePage', writable),
  strings('contacts:Children', 'PidTagChildrensNames', writable),
  strings('contacts:Companies', 'PidLidCompanies', writable),
  computed('contacts:ContactSource', 'all', () => 'Store', { kinds: people }),
  { ...text('contacts:Culture', 'PidNameAcceptLanguage', { ...writable, shape: 'asked' }), set: undefined, remove: undefined },
  text('contacts:Department', 'PidTagDepartmentName', writable),
  text('contacts:Generation', 'PidTagGeneration', writable),
  dictionaries.ims,
  text('contacts:JobTitle', 'PidTagTitle', shown),
  text('contacts:Manager', 'PidTagManagerName', writable),
  text('contacts:Mileage', 'PidLidMileage', writable),
  text('contacts:OfficeLocation', 'PidTagOfficeLocation', writable),
  choice('contacts:PostalAddressIndex', 'PidLidPostalAddressId', postalAddresses, 'None', writable),
  text('contacts:Profession', 'PidTagProfession', writable),
  text('contacts:SpouseName', 'PidTagSpouseName', writable),
  nameField('contacts:Surname', 'PidTagSurname'),
  day('contacts:WeddingAnniversary', 'PidTagWeddingAnniversary', 'PidLidWeddingAnniversaryLocal'),
  boolean('contacts:HasPicture', 'PidLidHasPicture', { shape: 'all', kinds: contact }, false),
];

/** A day of a person's life, kept as it was told, and as the day of the calendar that Outlook shows ([MS-OXOCNTC] 2.2.1.5). */
function day(uri: string, property: 'PidTagBirthday' | 'PidTagWeddingAnniversary', local: PropertyName): ItemField {
  const field = time(uri, property, writable);
  return {
    ...field,
    set: (value: never, target: ItemTarget) => {
      field.set?.(value, target);
      const at = target.properties[property] as number;
      target.properties[local] = Math.floor(at / 86_400_000) * 86_400_000;
    },
    remove: (target) => {
      target.properties[property] = undefined;
      target.properties[local] = undefined;
    },
  };
}

/** The name in its parts; read-only, each part has a field of its own. */
function completeName(view: ItemView): CompleteNameType | undefined {
  const name: CompleteNameType = {
    Title: get(view, 'PidTagDisplayNamePrefix'), FirstName: get(view, 'PidTagGivenName'), MiddleName: get(view, 'PidTagMiddleName'), LastName: get(view, 'PidTagSurname'),
    Suffix: get(view, 'PidTagGeneration'), Initials: get(view, 'PidTagInitials'), FullName: get(view, 'PidTagDisplayName'), Nickname: get(view, 'PidTagNickname'),
    YomiFirstName: get(view, 'PidLidYomiFirstName'), YomiLastName: get(view, 'PidLidYomiLastName'),
  };
  return Object.values(name).some((part) => part !== undefined) ? name : undefined;
}

/** A part of the name; a long one is refused and not cut (seen on real servers: the suite of exchangelib). */
function nameField(uri: string, property: 'PidTagGivenName' | 'PidTagMiddleName' | 'PidTagSurname'): ItemField {
  return {
    ...text(uri, property, writable),
    set: (value: string, target) => {
      if (value.length > longestName) throw new EwsError(target.isNew ? 'ErrorItemSavePropertyError' : 'ErrorPropertyUpdate', undefined, { paths: [['FieldURI', { FieldURI: uri }]] });
      target.properties[property] = value;
    },
  };
}
const longestName = 255;
