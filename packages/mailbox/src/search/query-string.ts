import { lookup } from '@fauxchange/kernel';
import type { PropertyName } from '@fauxchange/properties';
import { MailboxError } from '../errors.ts';
import { dayRange } from './relative-dates.ts';
import { classBeginsWith, type Comparison, type Restriction } from './restriction.ts';

/**
 * Advanced Query Syntax of FindItem's QueryString, as Exchange documents it: `subject:report from:alice NOT isread:true
 * (received>=2026-01-01 OR "exact phrase")`. Words without keyword look everywhere; neighbours are joined by AND.
 */
export function parseQueryString(query: string, now: number, { mostTokens = maxTokens, extended = {} }: QueryStringOptions = {}): Restriction {
  const tokens = tokenize(query);
  if (tokens.length === 0) return { kind: 'always' };
  if (tokens.length > mostTokens) throw new MailboxError('RestrictionTooComplex', 'The query string is too complex.');
  return new Parser(tokens, now, extended).parse();
}

export interface QueryStringOptions {
  readonly mostTokens?: number | undefined;
  /** Further keywords, in lower case, and the properties that they look at. */
  readonly extended?: ExtendedKeywords | undefined;
}
type ExtendedKeywords = Readonly<Record<string, readonly PropertyName[]>>;
const maxTokens = 256;
const maxDepth = 32;

/** The words and phrases that a query string looks for, without keywords before them. */
export function keywordsOf(query: string): readonly string[] {
  return tokenize(query).filter(({ kind, text }) => (kind === 'word' || kind === 'phrase') && text !== '').map(({ text }) => text);
}

/** The texts that ORs outside of parentheses join: `a b OR subject:(c OR d)` is `a b`, `subject:(c OR d)`. */
export function alternativesOf(query: string): readonly string[] {
  const parts: string[] = [];
  const pattern = new RegExp(tokenPattern);
  let [level, from] = [0, 0];
  while (pattern.lastIndex < query.length) {
    const at = pattern.lastIndex;
    const match = pattern.exec(query);
    if (!match || match[0] === '') break;
    if (match[1]) level += match[1] === '(' ? 1 : -1;
    else if (level === 0 && match[0].trim() === 'OR') {
      parts.push(query.slice(from, at));
      from = pattern.lastIndex;
    }
  }
  return [...parts, query.slice(from)].map((part) => part.trim()).filter((part) => part !== '');
}

interface Token {
  readonly kind: 'word' | 'phrase' | 'open' | 'close' | 'operator';
  readonly text: string;
  readonly keyword?: string | undefined;
  readonly comparison?: Comparison | 'range' | undefined;
}

const comparisonSigns: Readonly<Record<string, Comparison>> = { ':': 'eq', '=': 'eq', '>': 'gt', '>=': 'ge', '<': 'lt', '<=': 'le', '<>': 'ne' };
/** A parenthesis; or an optional keyword with its sign, then a phrase or a word. */
const tokenPattern = /\s*(?:([()])|(?:([A-Za-z]+)(:>=|:<=|:<>|:>|:<|:|>=|<=|<>|=|>|<))?(?:"([^"]*)"?|([^\s()"]+)|(?=\()))/y;

function tokenize(query: string): Token[] {
  const tokens: Token[] = [];
  const pattern = new RegExp(tokenPattern);
  while (pattern.lastIndex < query.length) {
    const match = pattern.exec(query);
    if (!match || match[0] === '') break;
    const [, paren, keyword, sign, phrase, word] = match;
    if (paren) tokens.push({ kind: paren === '(' ? 'open' : 'close', text: paren });
    else if (phrase !== undefined) tokens.push({ kind: 'phrase', text: phrase, keyword: keyword?.toLowerCase(), comparison: comparisonOf(sign) });
    else if (word !== undefined && keyword === undefined && /^(AND|OR|NOT)$/.test(word)) tokens.push({ kind: 'operator', text: word });
    else if (word !== undefined && keyword === undefined && /^-./.test(word)) tokens.push({ kind: 'operator', text: 'NOT' }, { kind: 'word', text: word.slice(1) });
    else tokens.push({ kind: 'word', text: word ?? '', keyword: keyword?.toLowerCase(), comparison: comparisonOf(sign) });
  }
  return tokens;
}

function comparisonOf(sign: string | undefined): Comparison | undefined {
  return sign === undefined ? undefined : comparisonSigns[sign.length > 1 && sign.startsWith(':') ? sign.slice(1) : sign];
}

class Parser {
  readonly #tokens: readonly Token[];
  readonly #now: number;
  readonly #extended: ExtendedKeywords;
  #at = 0;
  constructor(tokens: readonly Token[], now: number, extended: ExtendedKeywords) {
    this.#tokens = tokens;
    this.#now = now;
    this.#extended = extended;
  }

  parse(): Restriction {
    const restriction = this.#any(0);
    if (this.#at < this.#tokens.length) throw invalid();
    return restriction;
  }

  #any(depth: number): Restriction {
    if (depth > maxDepth) throw invalid();
    const parts = [this.#all(depth)];
    while (this.#takeOperator('OR')) parts.push(this.#all(depth));
    return parts.length === 1 ? (parts[0] as Restriction) : { kind: 'or', restrictions: parts };
  }

  #all(depth: number): Restriction {
    const parts = [this.#one(depth)];
    for (;;) {
      const next = this.#tokens[this.#at];
      if (!next || next.kind === 'close' || (next.kind === 'operator' && next.text === 'OR')) break;
      this.#takeOperator('AND');
      parts.push(this.#one(depth));
    }
    return parts.length === 1 ? (parts[0] as Restriction) : { kind: 'and', restrictions: parts };
  }

  #one(depth: number): Restriction {
    if (depth > maxDepth) throw invalid();
    if (this.#takeOperator('NOT')) return { kind: 'not', restriction: this.#one(depth + 1) };
    const token = this.#tokens[this.#at++];
    if (!token || token.kind === 'close' || token.kind === 'operator') throw invalid();
    if (token.kind === 'open') return this.#group(undefined, depth);
    if (token.text === '' && token.kind === 'word' && this.#tokens[this.#at]?.kind === 'open') {
      this.#at++;
      return this.#group(token, depth);
    }
    return term(token, this.#now, this.#extended);
  }

  /** `(a OR b)`, or `subject:(a OR b)`: the keyword holds for the words inside. */
  #group(keyword: Token | undefined, depth: number): Restriction {
    const inner = keyword ? new Parser(this.#inside(keyword), this.#now, this.#extended).parse() : this.#any(depth + 1);
    if (this.#tokens[this.#at++]?.kind !== 'close') throw invalid();
    return inner;
  }

  #inside({ keyword, comparison }: Token): Token[] {
    const inner: Token[] = [];
    for (let level = 0; this.#at < this.#tokens.length; this.#at++) {
      const token = this.#tokens[this.#at] as Token;
      if (token.kind === 'close' && level-- === 0) break;
      if (token.kind === 'open') level++;
      inner.push(token.kind === 'word' || token.kind === 'phrase' ? { ...token, keyword: token.keyword ?? keyword, comparison: token.comparison ?? comparison } : token);
    }
    if (inner.length === 0) throw invalid();
    return inner;
  }

  #takeOperator(text: string): boolean {
    const token = this.#tokens[this.#at];
    if (token?.kind !== 'operator' || token.text !== text) return false;
    this.#at++;
    return true;
  }
}

const invalid = (): MailboxError => new MailboxError('RestrictionTooComplex', 'The query string is invalid.');

type Term = (value: string, comparison: Comparison, isPhrase: boolean, now: number) => Restriction;

const textOf = (property: PropertyName): Term => (value, _comparison, isPhrase) => ({
  kind: 'contains', property, text: value.replace(/\*$/, ''), mode: isPhrase ? 'exactPhrase' : 'prefixOnWords', ignoreCase: true, ignoreNonSpacing: true,
});
const either = (...terms: Term[]): Term => (...args) => ({ kind: 'or', restrictions: terms.map((one) => one(...args)) });
const recipient = (types: readonly ('to' | 'cc' | 'bcc')[]): Term => (text) => ({ kind: 'recipient', types, text: text.replace(/\*$/, ''), mode: 'substring', ignoreCase: true });
const truth = (property: PropertyName): Term => (value) => ({ kind: 'compare', property, operator: 'eq', value: /^(true|yes|1)$/i.test(value) });
const choice = (property: PropertyName, values: Readonly<Record<string, number>>): Term => (value) => {
  const known = lookup(values, value.toLowerCase());
  return known === undefined ? { kind: 'never' } : { kind: 'compare', property, operator: 'eq', value: known };
};
const date = (property: PropertyName): Term => (value, comparison, _isPhrase, now) => {
  const range = dayRange(value, now);
  if (!range) return { kind: 'never' };
  const at = (operator: Comparison, ms: number): Restriction => ({ kind: 'compare', property, operator, value: ms });
  if (comparison === 'gt') return at('ge', range.end);
  if (comparison === 'ge') return at('ge', range.start);
  if (comparison === 'lt') return at('lt', range.start);
  if (comparison === 'le') return at('lt', range.end);
  const inside: Restriction = { kind: 'and', restrictions: [at('ge', range.start), at('lt', range.end)] };
  return comparison === 'ne' ? { kind: 'not', restriction: inside } : inside;
};
const units: Readonly<Record<string, number>> = { '': 1, b: 1, kb: 1024, mb: 1024 ** 2, gb: 1024 ** 3 };
const size: Term = (value, comparison) => {
  const range = /^(\d+)([a-z]*)\.\.(\d+)([a-z]*)$/i.exec(value);
  const bytes = (amount: string | undefined, unit: string | undefined): number => Number(amount) * (lookup(units, (unit ?? '').toLowerCase()) ?? Number.NaN);
  const compare = (operator: Comparison, amount: number): Restriction => (Number.isNaN(amount) ? { kind: 'never' } : { kind: 'compare', property: 'PidTagMessageSize', operator, value: amount });
  if (range) return { kind: 'and', restrictions: [compare('ge', bytes(range[1], range[2])), compare('le', bytes(range[3], range[4]))] };
  const [, amount, unit] = /^(\d+)([a-z]*)$/i.exec(value) ?? [];
  return compare(comparison, bytes(amount, unit));
};
const kinds: Readonly<Record<string, string>> = { email: 'IPM.Note', meetings: 'IPM.Schedule', tasks: 'IPM.Task', contacts: 'IPM.Contact', notes: 'IPM.StickyNote', journals: 'IPM.Activity', posts: 'IPM.Post', calendar: 'IPM.Appointment' };

const sender = either(textOf('PidTagSenderName'), textOf('PidTagSenderSmtpAddress'), textOf('PidTagSentRepresentingName'), textOf('PidTagSentRepresentingSmtpAddress'));

/** Keywords that Exchange's documentation of QueryString lists. */
const keywords: Readonly<Record<string, Term>> = {
  subject: textOf('PidTagSubject'),
  body: textOf('PidTagBody'),
  from: sender,
  to: recipient(['to']),
  cc: recipient(['cc']),
  bcc: recipient(['bcc']),
  participants: either(sender, recipient(['to', 'cc', 'bcc'])),
  category: textOf('PidNameKeywords'),
  attachment: (text) => ({ kind: 'attachment', text: text.replace(/\*$/, ''), mode: 'substring', ignoreCase: true }),
  hasattachment: truth('PidTagHasAttachments'),
  hasattachments: truth('PidTagHasAttachments'),
  isread: truth('PidTagRead'),
  isflagged: (value) => ({ kind: 'compare', property: 'PidTagFlagStatus', operator: /^(true|yes)$/i.test(value) ? 'eq' : 'ne', value: 2 }),
  importance: choice('PidTagImportance', { low: 0, normal: 1, medium: 1, high: 2 }),
  sensitivity: choice('PidTagSensitivity', { normal: 0, personal: 1, private: 2, confidential: 3 }),
  received: date('PidTagMessageDeliveryTime'),
  sent: date('PidTagClientSubmitTime'),
  size,
  kind: (value) => {
    const prefix = lookup(kinds, value.toLowerCase());
    return prefix === undefined ? { kind: 'never' } : classBeginsWith(prefix);
  },
};

function term({ kind, text, keyword, comparison }: Token, now: number, extended: ExtendedKeywords): Restriction {
  const isPhrase = kind === 'phrase';
  if (keyword === undefined) return { kind: 'anyText', text: text.replace(/\*$/, ''), mode: isPhrase ? 'exactPhrase' : 'prefixOnWords' };
  const further = lookup(extended, keyword);
  const make = further ? either(...further.map(textOf)) : lookup(keywords, keyword);
  // An unknown keyword is text that happens to have a colon.
  if (!make) return { kind: 'anyText', text: `${keyword}:${text}`, mode: 'exactPhrase' };
  if (text === '' || text === '*') return text === '*' ? { kind: 'always' } : { kind: 'never' };
  return make(text, (comparison ?? 'eq') as Comparison, isPhrase, now);
}
