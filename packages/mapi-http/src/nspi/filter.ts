import { foldName, type AddressList, type AddressTable, type DirectoryEntry } from '@fauxchange/mailbox';
import { fuzzyLevel, idOfTag, relationalOperator, type PropertyValue, type Restriction, type TaggedValue } from '@fauxchange/mapi-wire';
import type { AddressBookServer } from './address-book-server.ts';
import { valueOf } from './columns.ts';
import { NspiError } from './nspi-error.ts';
import { resolve } from './resolve-names.ts';

type Test = (entry: DirectoryEntry) => boolean;
/** PidTagAnr, [MS-OXPROPS]: a property of questions only: whom a name may mean. */
const ambiguousName = 0x360c;
/** Restrictions in one filter, and restrictions times rows that are looked at with it: nobody else is answered meanwhile. */
const mostRestrictions = 1_000;
const mostTests = 1_000_000;

/** The rows of a table that a restriction lets through, in their order; where it is a name alone, no more than one too many. @throws NspiError TooComplex */
export function entriesThatMatch(filter: Restriction, list: AddressList, table: AddressTable, most: number, server: AddressBookServer): readonly DirectoryEntry[] {
  const name = nameAskedFor(filter);
  if (name !== undefined) return inOrder(resolve(name, list, server, most + 1), table);
  const made = new Filter(list, server);
  const test = made.test(filter);
  if (made.count * table.entries.length > mostTests) throw new NspiError('TooComplex');
  return table.entries.filter(test);
}

const inOrder = (entries: readonly DirectoryEntry[], table: AddressTable): readonly DirectoryEntry[] => [...entries].sort((a, b) => (table.positionOf(a.id) ?? 0) - (table.positionOf(b.id) ?? 0));

/** The text of a question by name. */
function nameAskedFor(restriction: Restriction): string | undefined {
  if (restriction.kind !== 'Property' || idOfTag(restriction.PropTag) !== ambiguousName) return undefined;
  const { value } = restriction.TaggedValue;
  if (restriction.RelOp !== relationalOperator.Equal || typeof value !== 'string') throw new NspiError('TooComplex');
  return value;
}

/** Makes tests of restrictions: of those that a directory can be searched with. */
class Filter {
  readonly #list: AddressList;
  readonly #server: AddressBookServer;
  count = 0;

  constructor(list: AddressList, server: AddressBookServer) {
    this.#list = list;
    this.#server = server;
  }

  test(restriction: Restriction): Test {
    this.count += 1;
    if (this.count > mostRestrictions) throw new NspiError('TooComplex');
    switch (restriction.kind) {
      case 'And': return all(restriction.Restricts.map((each) => this.test(each)));
      case 'Or': return any(restriction.Restricts.map((each) => this.test(each)));
      case 'Not': return not(this.test(restriction.Restriction));
      case 'Exist': return (entry) => this.#valueOf(entry, restriction.PropTag) !== undefined;
      case 'Content': return this.#content(restriction);
      case 'Property': return this.#property(restriction);
      default: throw new NspiError('TooComplex');
    }
  }

  #content({ PropertyTag, FuzzyLevelLow, TaggedValue }: Restriction & { readonly kind: 'Content' }): Test {
    const compare = contains.get(FuzzyLevelLow);
    const text = textOf(TaggedValue);
    if (!compare || text === undefined) throw new NspiError('TooComplex');
    return (entry) => this.#texts(entry, PropertyTag).some((value) => compare(value, text));
  }

  #property(restriction: Restriction & { readonly kind: 'Property' }): Test {
    const name = nameAskedFor(restriction);
    if (name !== undefined) {
      const found = new Set(resolve(name, this.#list, this.#server, Number.POSITIVE_INFINITY).map(({ id }) => id));
      return ({ id }) => found.has(id);
    }
    const holds = operators.get(restriction.RelOp);
    if (!holds) throw new NspiError('TooComplex');
    const text = textOf(restriction.TaggedValue);
    if (text !== undefined) return (entry) => this.#texts(entry, restriction.PropTag).some((value) => holds(value < text ? -1 : value > text ? 1 : 0));
    const wanted = scalarOf(restriction.TaggedValue.value);
    if (wanted === undefined) throw new NspiError('TooComplex');
    return (entry) => {
      const value = scalarOf(this.#valueOf(entry, restriction.PropTag));
      return value !== undefined && typeof value === typeof wanted && holds(value < wanted ? -1 : value > wanted ? 1 : 0);
    };
  }

  #texts(entry: DirectoryEntry, tag: number): readonly string[] {
    const value = this.#valueOf(entry, tag);
    return (Array.isArray(value) ? value : [value]).flatMap((each: unknown) => (typeof each === 'string' ? [foldName(each)] : []));
  }

  /** By id: the type of a tag in a filter says how it is compared, not what it is. */
  #valueOf(entry: DirectoryEntry, tag: number): PropertyValue | undefined {
    return valueOf(entry, (idOfTag(tag) << 16) >>> 0, this.#server, { isEphemeral: false })?.value;
  }
}

const all = (tests: readonly Test[]): Test => (entry) => tests.every((test) => test(entry));
const any = (tests: readonly Test[]): Test => (entry) => tests.some((test) => test(entry));
const not = (test: Test): Test => (entry) => !test(entry);

/** By the low half of a fuzzy level; names are compared without regard to case and accents always. */
const contains: ReadonlyMap<number, (value: string, text: string) => boolean> = new Map([
  [fuzzyLevel.FullString, (value, text) => value === text],
  [fuzzyLevel.Substring, (value, text) => value.includes(text)],
  [fuzzyLevel.Prefix, (value, text) => value.startsWith(text)],
]);

const operators: ReadonlyMap<number, (order: number) => boolean> = new Map([
  [relationalOperator.LessThan, (order) => order < 0], [relationalOperator.LessThanOrEqual, (order) => order <= 0], [relationalOperator.GreaterThan, (order) => order > 0],
  [relationalOperator.GreaterThanOrEqual, (order) => order >= 0], [relationalOperator.Equal, (order) => order === 0], [relationalOperator.NotEqual, (order) => order !== 0],
]);

const textOf = ({ value }: TaggedValue): string | undefined => (typeof value === 'string' ? foldName(value) : undefined);
/** What can be compared: bytes as hexadecimal digits. */
function scalarOf(value: PropertyValue | undefined): number | string | undefined {
  if (value instanceof Uint8Array) return Buffer.from(value).toString('hex');
  return typeof value === 'boolean' ? Number(value) : typeof value === 'number' ? value : undefined;
}
