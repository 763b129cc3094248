import { namedRows, numberedRows, taggedRows } from './properties.data.ts';
import { propertySets } from './property-sets.ts';
import type { PropertySetName } from './property-sets.ts';
import type { Property, PropertyName } from './property.ts';
import type { PropertyType } from './property-types.ts';

/** The table, indexed the three ways it is asked for. */
export interface Vocabulary {
  readonly byName: ReadonlyMap<string, Property>;
  /** By 16-bit id; several types share an id. */
  readonly byTag: ReadonlyMap<number, readonly Property[]>;
  /** By set, then by number or text (lower-case in PS_INTERNET_HEADERS). */
  readonly bySet: ReadonlyMap<string, ReadonlyMap<number | string, Property>>;
}

/** Calls with the three words of each line; written for the first, cold run, which is the only one. */
function eachRow(rows: string, row: (first: string, second: string, third: string) => void): void {
  let at = 0;
  while (at < rows.length) {
    let end = rows.indexOf('\n', at);
    if (end < 0) end = rows.length;
    const one = rows.indexOf(' ', at);
    const two = rows.indexOf(' ', one + 1);
    if (two < 0 || two > end) row(rows.slice(at, one), rows.slice(one + 1, end), '');
    else row(rows.slice(at, one), rows.slice(one + 1, two), rows.slice(two + 1, end));
    at = end + 1;
  }
}

function readVocabulary(): Vocabulary {
  const byName = new Map<string, Property>();
  const byTag = new Map<number, Property[]>();
  const bySet = new Map<string, Map<number | string, Property>>();
  eachRow(taggedRows, (id, type, name) => {
    const tag = Number.parseInt(id, 16);
    const property: Property = { name: name as PropertyName, type: type as PropertyType, tag };
    byName.set(name, property);
    const same = byTag.get(tag);
    if (same) same.push(property);
    else byTag.set(tag, [property]);
  });
  let set: string = '';
  let members = new Map<number | string, Property>();
  const enter = (name: string): void => {
    set = propertySets[name as PropertySetName];
    members = bySet.get(set) ?? new Map<number | string, Property>();
    bySet.set(set, members);
  };
  eachRow(numberedRows, (first, second, name) => {
    if (first === '#') return enter(second);
    const id = Number.parseInt(first, 16);
    const property: Property = { name: name as PropertyName, type: second as PropertyType, set, id };
    byName.set(name, property);
    if (!members.has(id)) members.set(id, property);
  });
  eachRow(namedRows, (name, type, text) => {
    if (name === '#') return enter(type);
    const property: Property = { name: name as PropertyName, type: type as PropertyType, set, text };
    byName.set(name, property);
    const key = set === propertySets.PS_INTERNET_HEADERS ? text.toLowerCase() : text;
    if (!members.has(key)) members.set(key, property);
  });
  return { byName, byTag, bySet };
}

let read: Vocabulary | undefined;

/** The table, read on the first call: constant data, so the one thing here that outlives a call. */
export function vocabulary(): Vocabulary {
  return (read ??= readVocabulary());
}
