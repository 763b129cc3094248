import { bookLinks, bookProperties, isBookLink, isGroup, type BookLink, type BookProperty, type DirectoryEntry } from '@fauxchange/mailbox';
import { idOfTag, propertyType, tagOf, typeOfTag, type PropertyValue } from '@fauxchange/mapi-wire';
import { binary, property, propertyTypes, type Binary, type KnownPropertyName } from '@fauxchange/properties';
import type { AddressBookServer } from './address-book-server.ts';
import { ephemeralId, permanentId } from './entry-ids.ts';

/** How values are told: ids in which form. */
export interface ValueOptions {
  readonly isEphemeral: boolean;
}
type Read = (entry: DirectoryEntry, server: AddressBookServer, options: ValueOptions) => PropertyValue | undefined;

/** A property by its id, with the type that it has by nature. */
export interface Column {
  readonly name: KnownPropertyName;
  readonly id: number;
  readonly type: number;
  readonly read: Read;
}

/** Properties that only a protocol with numbers and entry ids has: [MS-OXOABK] 2.2.3. */
const ofProtocol: readonly (readonly [KnownPropertyName, Read])[] = [
  // Of lists, [MS-OXOABK] 2.2.2.3; yet every entry has to have it, and the list that holds them all is 0.
  ['PidTagAddressBookContainerId', () => 0],
  ['PidTagEntryId', (entry, server, { isEphemeral }) => (isEphemeral ? ephemeralId(entry, server) : permanentId(entry))],
  ['PidTagInstanceKey', (entry, server) => Buffer.from(Uint32Array.of(server.minimalIdOf(entry)).buffer)],
  ['PidTagRecordKey', permanentId],
  ['PidTagTemplateid', permanentId],
  ['PidTagContainerContents', (entry) => (isGroup(entry) ? null : undefined)],
];

const plain = (name: BookProperty): Read => (entry, { book }) => {
  const value = book.value(entry, name);
  return value === undefined ? undefined : onTheWire(value, property(name)?.type ?? '');
};
/** A table of the entries, which has no bytes: it is opened with GetMatches. */
const link = (name: BookLink): Read => (entry, { book }) => (book.links(entry, name).length > 0 ? null : undefined);

function onTheWire(value: ReturnType<AddressBookServer['book']['value']>, type: string): PropertyValue {
  if (type === 'Binary') return binary.toBytes(value as Binary);
  if (type === 'MultipleBinary') return (value as readonly Binary[]).map(binary.toBytes);
  return value as PropertyValue;
}

/** All that this server knows, in the order in which it lists them, and by their ids. */
export class BookColumns {
  readonly all: readonly Column[];
  readonly #byId: ReadonlyMap<number, Column>;

  constructor() {
    const named = [...bookProperties.map((name) => [name, plain(name)] as const), ...ofProtocol, ...bookLinks.map((name) => [name, link(name)] as const)];
    this.all = named.map(column);
    this.#byId = new Map(this.all.map((one) => [one.id, one]));
  }

  /** The property of a tag, whatever type it is asked as. */
  of(tag: number): Column | undefined {
    return this.#byId.get(idOfTag(tag));
  }

  linkOf(tag: number): BookLink | undefined {
    const name = this.of(tag)?.name;
    return name !== undefined && isBookLink(name) ? name : undefined;
  }
}

function column([name, read]: readonly [KnownPropertyName, Read]): Column {
  const { tag = 0, type = 'Object' } = property(name) ?? {};
  return { name, id: tag, type: isBookLink(name) ? propertyType.Object : propertyTypes[type], read };
}

/** The value of a tag in the type that it asks for, [MS-OXNSPI] 3.1.4.3.3; undefined where there is none. */
export function valueOf(entry: DirectoryEntry, tag: number, server: AddressBookServer, options: ValueOptions): { readonly type: number; readonly value: PropertyValue } | undefined {
  const found = server.columns.of(tag);
  if (!found) return undefined;
  const asked = typeOfTag(tag) === propertyType.Unspecified ? found.type : typeOfTag(tag);
  // Names instead of a table: what writers of offline address books ask for.
  if (found.type === propertyType.Object && textOf(asked) === propertyType.MultipleString) return namesOf(entry, found.name, asked, server);
  if (textOf(asked) !== textOf(found.type)) return undefined;
  const value = found.read(entry, server, options);
  return value === undefined ? undefined : { type: asked, value };
}

function namesOf(entry: DirectoryEntry, name: KnownPropertyName, type: number, { book }: AddressBookServer): { readonly type: number; readonly value: PropertyValue } | undefined {
  const value = isBookLink(name) ? book.links(entry, name).map(({ legacyExchangeDN }) => legacyExchangeDN) : [];
  return value.length > 0 ? { type, value } : undefined;
}

/** Both forms of text are one. */
const textOf = (type: number): number => (type === propertyType.String8 ? propertyType.String : type === propertyType.MultipleString8 ? propertyType.MultipleString : type);
/** A type as it is listed: text of 8 bits where Unicode was not asked for. */
function listedType(type: number, isUnicode: boolean): number {
  if (isUnicode) return type;
  return type === propertyType.String ? propertyType.String8 : type === propertyType.MultipleString ? propertyType.MultipleString8 : type;
}

/** The tags of all properties. */
export const allTags = ({ columns }: AddressBookServer, isUnicode: boolean): readonly number[] => columns.all.map(({ id, type }) => tagOf(id, listedType(type, isUnicode)));

/** The tags of what an entry has, [MS-OXNSPI] 3.1.4.1.6. */
export const tagsOf = (entry: DirectoryEntry, server: AddressBookServer, skipsObjects: boolean): readonly number[] => server.columns.all
  .filter(({ type, read }) => !(skipsObjects && type === propertyType.Object) && read(entry, server, { isEphemeral: false }) !== undefined)
  .map(({ id, type }) => tagOf(id, listedType(type, false)));
