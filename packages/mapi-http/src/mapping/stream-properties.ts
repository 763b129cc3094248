import { property as propertyNamed, propertyTypes, type Property, type PropertyName, type PropertyValue } from '@fauxchange/properties';
import type { Directory } from '@fauxchange/mailbox';
import { idOfTag, propertyType, tagOf, typeOfTag, type PropList, type PropertyValue as WireValue, type StreamProperty, type StreamPropertyName } from '@fauxchange/mapi-wire';
import { firstNamedId, type NamedProperties } from '../logon/named-properties.ts';
import { tagOfProperty } from './property-tags.ts';
import { toWire } from './wire-values.ts';

/** SendOptions, [MS-OXCFXICS] 2.2.3.1.1.1.1. */
export const sendOption = { Unicode: 0x01, UseCpid: 0x02, RecoverMode: 0x04, ForceUnicode: 0x08, PartialItem: 0x10, Reserved1: 0x20, Reserved2: 0x40 } as const;
const knownOptions = Object.values(sendOption).reduce((sum, one) => sum | one, 0);
const forUpload = sendOption.Unicode | sendOption.UseCpid;
/** Unknown bits are refused, and what nobody can mean. */
export const areSendOptions = (options: number): boolean => (options & ~knownOptions) === 0 && !((options & forUpload) === forUpload && (options & sendOption.RecoverMode) !== 0);

/** A text in the code page of the connection, in Unicode, or in a code page that its type names: Unicode, as all texts are stored here. */
export type StringForm = 'string8' | 'unicode' | 'codePage';
/** The table of [MS-OXCFXICS] 3.2.5.8.1.1. */
export function stringForm(options: number): StringForm {
  if ((options & sendOption.UseCpid) !== 0) return 'codePage';
  return (options & (sendOption.Unicode | sendOption.ForceUnicode)) === 0 ? 'string8' : 'unicode';
}
const unicodeCodePage = 0x84b0;
const typeOfText: Readonly<Record<StringForm, number>> = { string8: propertyType.String8, unicode: propertyType.String, codePage: unicodeCodePage };
/** [MS-OXCFXICS] 2.2.4.1.1 has none of these. */
const notInStreams: ReadonlySet<number> = new Set<number>([propertyType.Restriction, propertyType.RuleAction, propertyType.ServerId]);

export interface StreamForm {
  readonly names: NamedProperties;
  readonly form: StringForm;
  readonly directory: Directory;
}

function typeInStream({ type }: Property, form: StringForm): number {
  if (type === 'String') return typeOfText[form];
  return type === 'MultipleString' && form === 'string8' ? propertyType.MultipleString8 : propertyTypes[type];
}

/** A property as a stream has it; undefined for what none can have. */
export function streamProperty(property: Property, value: PropertyValue, { names, form }: Pick<StreamForm, 'names' | 'form'>): StreamProperty | undefined {
  const type = typeInStream(property, form);
  const own = tagOfProperty(property, names);
  if (own === undefined || notInStreams.has(type)) return undefined;
  const tag = tagOf(idOfTag(own), type);
  const wire: WireValue = toWire(property.type, value);
  const name = idOfTag(own) >= firstNamedId ? nameOf(property) : undefined;
  return name ? { tag, name, value: wire } : { tag, value: wire };
}

const nameOf = ({ set: Guid = '', id, text }: Property): StreamPropertyName => (text === undefined ? { Guid, Lid: id ?? 0 } : { Guid, Name: text });

/** PropertyTags of what configures a download: which properties and subobjects it lets through. [MS-OXCFXICS] 3.2.5.10 */
export class TagFilter {
  readonly #ids: ReadonlyMap<number, ReadonlySet<number>>;
  readonly isOnly: boolean;

  /** @param isOnly the tags are what is wanted, else what is not */
  constructor(tags: readonly number[], isOnly: boolean) {
    const ids = new Map<number, Set<number>>();
    for (const tag of tags) ids.set(idOfTag(tag), (ids.get(idOfTag(tag)) ?? new Set()).add(typeOfTag(tag)));
    this.#ids = ids;
    this.isOnly = isOnly;
  }

  static readonly all: TagFilter = new TagFilter([], false);

  lets(tag: number): boolean {
    return this.#names(tag) === this.isOnly;
  }

  /** A text is the same whatever it is written in; a tag of no type is all of its id. */
  #names(tag: number): boolean {
    const types = this.#ids.get(idOfTag(tag));
    if (!types) return false;
    const type = typeOfTag(tag);
    const isText = (one: number): boolean => one === propertyType.String || one === propertyType.String8;
    return types.has(type) || types.has(propertyType.Unspecified) || (isText(type) && [...types].some(isText));
  }
}

/** The properties of something that have a value and that the filter lets through, in their order. */
export function propListOf(names: Iterable<PropertyName>, read: (property: Property) => PropertyValue | undefined, form: StreamForm, filter: TagFilter = TagFilter.all): PropList {
  const list: StreamProperty[] = [];
  for (const name of names) {
    const property = propertyNamed(name);
    const tag = property && tagOfProperty(property, form.names);
    if (!property || tag === undefined || !filter.lets(tag)) continue;
    const value = read(property);
    const one = value === undefined ? undefined : streamProperty(property, value, form);
    if (one) list.push(one);
  }
  return list;
}
