import { property, type PropertyName, type PropertyType, type PropertyValue } from '@fauxchange/properties';
import { MailboxError } from '../errors.ts';
import type { Folder } from '../folders/folder.ts';
import { folderValueOf } from '../folders/folder-value.ts';
import type { EmbeddedItem, Item } from '../items/item.ts';
import { sizeOfValue } from '../items/item-size.ts';
import { valueOf } from '../items/value-of.ts';
import type { Comparison, Restriction } from './restriction.ts';
import type { ValueReader } from './sort.ts';
import { fold, textTest } from './text.ts';

const MAX_NODES = 1_000;
const MAX_DEPTH = 255;

export type Test<T> = (subject: T) => boolean;

/** What the evaluator reads of what it tests. */
interface Reader<T> {
  readonly value: ValueReader<T>;
  recipients?(subject: T, types: readonly string[]): Iterable<string>;
  attachments?(subject: T): Iterable<string>;
  texts(subject: T): Iterable<string>;
}

const comparisons: { readonly [C in Comparison]: (difference: number) => boolean } = {
  eq: (difference) => difference === 0,
  ne: (difference) => difference !== 0,
  lt: (difference) => difference < 0,
  le: (difference) => difference <= 0,
  gt: (difference) => difference > 0,
  ge: (difference) => difference >= 0,
};

const isText = (type: PropertyType | undefined): boolean => type === 'String' || type === 'MultipleString';
const typeOf = (name: PropertyName): PropertyType | undefined => property(name)?.type;
const values = (value: PropertyValue): readonly PropertyValue[] => (Array.isArray(value) ? (value as readonly PropertyValue[]) : [value]);

/** Undefined: not comparable, which no comparison survives. Texts ignore case, as Exchange's store does. */
function difference(a: PropertyValue, b: PropertyValue, areTexts: boolean): number | undefined {
  if (typeof a === 'string' && typeof b === 'string') {
    const [left, right] = areTexts ? [fold(a, { case: true, nonSpacing: false }), fold(b, { case: true, nonSpacing: false })] : [a, b];
    if (left === right) return 0;
    return left < right ? -1 : 1;
  }
  const [left, right] = [typeof a === 'boolean' ? Number(a) : a, typeof b === 'boolean' ? Number(b) : b];
  if ((typeof left !== 'number' && typeof left !== 'bigint') || (typeof right !== 'number' && typeof right !== 'bigint')) return undefined;
  if (left < right) return -1;
  return left > right ? 1 : 0;
}

function comparison(name: PropertyName, operator: Comparison): (a: PropertyValue, b: PropertyValue) => boolean {
  const areTexts = isText(typeOf(name));
  const holds = comparisons[operator];
  return (a, b) =>
    values(a).some((left) =>
      values(b).some((right) => {
        const found = difference(left, right, areTexts);
        return found !== undefined && holds(found);
      }),
    );
}

type Kinds = Restriction['kind'];
type OfKind<K, R = Restriction> = R extends { readonly kind: infer Own } ? (K extends Own ? R : never) : never;
type Compile<K extends Kinds> = <T>(restriction: OfKind<K>, reader: Reader<T>, nested: (inner: Restriction) => Test<T>) => Test<T>;

const compilers: { readonly [K in Kinds]: Compile<K> } = {
  and: ({ restrictions }, _reader, nested) => {
    const tests = restrictions.map(nested);
    return (subject) => tests.every((test) => test(subject));
  },
  or: ({ restrictions }, _reader, nested) => {
    const tests = restrictions.map(nested);
    return (subject) => tests.some((test) => test(subject));
  },
  not: ({ restriction }, _reader, nested) => {
    const test = nested(restriction);
    return (subject) => !test(subject);
  },
  compare: ({ property: name, operator, value }, reader) => {
    const holds = comparison(name, operator);
    return (subject) => {
      const found = reader.value(subject, name);
      return found !== undefined && holds(found, value);
    };
  },
  compareProperties: ({ left, operator, right }, reader) => {
    const holds = comparison(left, operator);
    return (subject) => {
      const [a, b] = [reader.value(subject, left), reader.value(subject, right)];
      return a !== undefined && b !== undefined && holds(a, b);
    };
  },
  contains: ({ property: name, text, mode, ignoreCase, ignoreNonSpacing }, reader) => {
    const areTexts = isText(typeOf(name));
    const test = textTest(text, mode, { case: areTexts && ignoreCase, nonSpacing: areTexts && ignoreNonSpacing });
    return (subject) => {
      const found = reader.value(subject, name);
      if (typeof found === 'string') return test(found);
      return found !== undefined && values(found).some((one) => typeof one === 'string' && test(one));
    };
  },
  bitmask: ({ property: name, mask, isZero }, reader) => (subject) => {
    const found = reader.value(subject, name);
    return typeof found === 'number' && ((found & mask) === 0) === isZero;
  },
  exists: ({ property: name }, reader) => (subject) => reader.value(subject, name) !== undefined,
  size: ({ property: name, operator, bytes }, reader) => {
    const isBinary = typeOf(name) === 'Binary';
    return (subject) => {
      const found = reader.value(subject, name);
      if (found === undefined) return false;
      return comparisons[operator]((isBinary ? (found as string).length : sizeOfValue(found)) - bytes);
    };
  },
  recipient: ({ types, text, mode, ignoreCase }, reader) => {
    const test = textTest(text, mode, { case: ignoreCase, nonSpacing: false });
    return (subject) => some(reader.recipients?.(subject, types), test);
  },
  attachment: ({ text, mode, ignoreCase }, reader) => {
    const test = textTest(text, mode, { case: ignoreCase, nonSpacing: false });
    return (subject) => some(reader.attachments?.(subject), test);
  },
  anyText: ({ text, mode }, reader) => {
    const test = textTest(text, mode, { case: true, nonSpacing: true });
    return (subject) => some(reader.texts(subject), test);
  },
  always: () => () => true,
  never: () => () => false,
};

function some(texts: Iterable<string> | undefined, test: (text: string) => boolean): boolean {
  for (const text of texts ?? []) if (test(text)) return true;
  return false;
}

function compile<T>(restriction: Restriction, reader: Reader<T>): Test<T> {
  let nodes = 0;
  const at = (inner: Restriction, depth: number): Test<T> => {
    if (++nodes > MAX_NODES || depth > MAX_DEPTH) {
      throw new MailboxError('RestrictionTooComplex', `A restriction may have ${MAX_NODES} nodes and ${MAX_DEPTH} levels.`);
    }
    const compiler = compilers[inner.kind] as Compile<Kinds>;
    return compiler(inner, reader, (deeper) => at(deeper, depth + 1));
  };
  return at(restriction, 1);
}

/** Enough for searching, at a hundredth of the cost of a parser: tags out, those between words of one line without a trace. */
const withoutTags = (html: string): string =>
  html.replace(/<\/?(?:b|i|u|a|em|strong|span|font|sub|sup)\b[^<>]{0,2000}>/gi, '').replace(/<[^<>]{0,2000}>/g, ' ').replace(/\s+/g, ' ');

const namesSearched: readonly PropertyName[] = [
  'PidTagSubject', 'PidTagSenderName', 'PidTagSenderEmailAddress', 'PidTagSenderSmtpAddress', 'PidTagSentRepresentingName',
  'PidTagSentRepresentingEmailAddress', 'PidTagSentRepresentingSmtpAddress',
];

function* textsOf(item: EmbeddedItem): IterableIterator<string> {
  for (const name of namesSearched) {
    const value = valueOf(item, name);
    if (typeof value === 'string') yield value;
  }
  for (const { name, address } of item.recipients) {
    yield name;
    yield address;
  }
  for (const { name } of item.attachments) yield name;
  const text = valueOf(item, 'PidTagBody');
  if (typeof text === 'string') yield text;
  else {
    const html = item.body?.html?.peek?.();
    if (html) yield withoutTags(Buffer.from(html).toString('utf8'));
  }
}

const itemReader: Reader<EmbeddedItem | Item> = {
  value: valueOf,
  *recipients(item, types) {
    for (const { type, name, address } of item.recipients) {
      if (!types.includes(type)) continue;
      yield name;
      yield address;
    }
  },
  *attachments(item) {
    for (const { name } of item.attachments) yield name;
  },
  texts: textsOf,
};

const folderReader: Reader<Folder> = { value: folderValueOf, texts: ({ displayName }) => [displayName] };

/**
 * A restriction made ready for many items. Throws MailboxError RestrictionTooComplex.
 *
 * @param value what else is read than the model knows: a protocol's own properties
 * @example
 * const isUnread = itemTest({ kind: 'compare', property: 'PidTagRead', operator: 'eq', value: false });
 * items.filter(isUnread);
 */
export function itemTest(restriction: Restriction, value: ValueReader<EmbeddedItem | Item> = valueOf): Test<EmbeddedItem | Item> {
  return compile(restriction, value === valueOf ? itemReader : { ...itemReader, value });
}

/** The same for folders. */
export function folderTest(restriction: Restriction, value: ValueReader<Folder> = folderValueOf): Test<Folder> {
  return compile(restriction, value === folderValueOf ? folderReader : { ...folderReader, value });
}

/** The same for anything that has properties, but neither recipients nor attachments. */
export function valueTest<T>(restriction: Restriction, value: ValueReader<T>): Test<T> {
  return compile(restriction, { value, texts: () => [] });
}
