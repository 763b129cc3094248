import type { RandomValues } from './random-value.ts';

/** Our encoder writes tags plainly, so that they can be cut out with patterns. */
const TAG = /<(\/?)([mt]:[\w.]+)((?: [\w:]+="[^"]*")*)(\/?)>/g;

export interface Piece {
  readonly start: number;
  readonly end: number;
  readonly name: string;
}

/** The elements of a body, but for the outermost. */
export function pieces(body: string): Piece[] {
  const found: Piece[] = [];
  const open: { start: number; name: string }[] = [];
  for (const match of body.matchAll(TAG)) {
    const end = match.index + match[0].length;
    if (match[1] === '/') {
      const begun = open.pop();
      if (begun && open.length > 0) found.push({ ...begun, end });
    } else if (match[4] === '/') {
      if (open.length > 0) found.push({ start: match.index, end, name: match[2] ?? '' });
    } else open.push({ start: match.index, name: match[2] ?? '' });
  }
  return found;
}

export type Mutation = (body: string, values: RandomValues, found: readonly Piece[], names: readonly string[]) => string;

const replaceTag = (body: string, { start }: Piece, change: (tag: string) => string): string => {
  const end = body.indexOf('>', start) + 1;
  return body.slice(0, start) + change(body.slice(start, end)) + body.slice(end);
};

const junk = ['', 'x', '-1', '99999999999', 'true', 'Shallow', '2026-13-01T00:00:00', 'AAAA=', ' 5 ', '1.5', '0x1G'];

/** Ways to spoil the body of an envelope; some leave it valid. */
export const mutations: Readonly<Record<string, Mutation>> = {
  delete(body, values, found) {
    const { start, end } = values.pick(found);
    return body.slice(0, start) + body.slice(end);
  },
  repeat(body, values, found) {
    const { start, end } = values.pick(found);
    return body.slice(0, end) + body.slice(start, end) + body.slice(end);
  },
  move(body, values, found) {
    const { start, end } = values.pick(found);
    const at = values.pick(found).start;
    if (at >= start && at < end) return body;
    const piece = body.slice(start, end);
    return at < start ? body.slice(0, at) + piece + body.slice(at, start) + body.slice(end) : body.slice(0, start) + body.slice(end, at) + piece + body.slice(at);
  },
  rename(body, values, found, names) {
    const { start, end, name } = values.pick(found);
    const other = values.pick(names);
    const piece = body.slice(start, end);
    return body.slice(0, start) + piece.replace(new RegExp(`^<${name}(?=[ />])`), `<${other}`).replace(new RegExp(`</${name}>$`), `</${other}>`) + body.slice(end);
  },
  badText(body, values) {
    const texts = [...body.matchAll(/>([^<>]+)<\//g)];
    const match = texts.length ? values.pick(texts) : undefined;
    return match ? body.slice(0, match.index + 1) + values.pick(junk) + body.slice(match.index + 1 + (match[1]?.length ?? 0)) : body;
  },
  strayText(body, values, found) {
    const { end } = values.pick(found);
    return `${body.slice(0, end)}stray${body.slice(end)}`;
  },
  badAttribute(body, values) {
    const attributes = [...body.matchAll(/ [A-Z]\w*="([^"]*)"/g)];
    const match = attributes.length ? values.pick(attributes) : undefined;
    return match ? body.slice(0, match.index) + match[0].replace(/"[^"]*"/, `"${values.pick(junk)}"`) + body.slice(match.index + match[0].length) : body;
  },
  noAttribute(body, values) {
    const attributes = [...body.matchAll(/ [A-Z]\w*="[^"]*"/g)];
    const match = attributes.length ? values.pick(attributes) : undefined;
    return match ? body.slice(0, match.index) + body.slice(match.index + match[0].length) : body;
  },
  strangeAttribute: (body, values, found) => replaceTag(body, values.pick(found), (tag) => tag.replace(/(\/?>)$/, ' Strange="1"$1')),
};
