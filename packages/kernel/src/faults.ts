import type { IdSource } from './ids.ts';

/** What goes wrong. Plain data, so that it can come from a file or over the control API. */
export type FaultEffect =
  /** The answer comes `ms` milliseconds late, by the server's clock. */
  | { readonly kind: 'delay'; readonly ms: number }
  /** The connection is destroyed without an answer. */
  | { readonly kind: 'drop' }
  /** The connection is destroyed after so many bytes of the answer's body. */
  | { readonly kind: 'cut'; readonly afterBytes: number }
  /** A plain HTTP answer instead of the protocol's. */
  | { readonly kind: 'status'; readonly status: number; readonly headers?: Readonly<Record<string, string>> | undefined; readonly body?: string | undefined }
  /**
   * An error of the protocol, by its own name.
   * `entry`: in protocols with batches (EWS), the request is taken and its entries fail from this one on, 1 being the first.
   * `innerCode`: with `entry`, the code that the error carries inside, as ErrorInternalServerError carries ErrorServerBusy.
   */
  | { readonly kind: 'error'; readonly code: string; readonly backOffMs?: number | undefined; readonly message?: string | undefined; readonly entry?: number | undefined; readonly innerCode?: string | undefined };

/** Where a rule looks. Texts are compared without case; `*` stands for anything. A field left out matches everything. */
export interface FaultMatch {
  readonly protocol?: string | undefined;
  readonly operation?: string | undefined;
  readonly user?: string | undefined;
  readonly path?: string | undefined;
}

export interface FaultRule {
  readonly match?: FaultMatch | undefined;
  readonly effect: FaultEffect;
  /** So many matching requests pass unharmed first (default 0). */
  readonly skip?: number | undefined;
  /** It strikes so many times, then never again (default: always). */
  readonly times?: number | undefined;
  /** It strikes with this probability, drawn from the server's id source (default 1). */
  readonly probability?: number | undefined;
}

export interface FaultContext {
  readonly protocol: string;
  /** Undefined while not known yet: then rules that name an operation do not match. */
  readonly operation?: string | undefined;
  readonly user?: string | undefined;
  readonly path: string;
}

/** A rule in force. */
export interface ActiveFault {
  readonly id: string;
  /** How often it has struck. */
  readonly hits: number;
  remove(): void;
}

/**
 * The rules by which a server misbehaves.
 *
 * @example
 * server.faults.add({ match: { operation: 'FindItem' }, effect: { kind: 'error', code: 'ErrorServerBusy', backOffMs: 500 }, times: 2 });
 */
export interface Faults {
  /** Throws FaultRuleError when the rule makes no sense. */
  add(rule: FaultRule): ActiveFault;
  list(): readonly FaultRule[];
  clear(): void;
  /**
   * The first rule that strikes this request, counted as a hit; undefined when all is well.
   * @param kinds Only rules with these effects are looked at.
   * @param tried The ids of rules that this request has met already: they are passed over, and rules met now are added. Who asks
   * more than once about one request passes the same set each time; without it every asking counts.
   */
  take(context: FaultContext, kinds?: readonly FaultEffect['kind'][], tried?: Set<string>): { readonly id: string; readonly effect: FaultEffect } | undefined;
}

/** A rule that cannot be meant. */
export class FaultRuleError extends Error {
  override readonly name = 'FaultRuleError';
}

const MOST_RULES = 1_000;
const LONGEST_DELAY_MS = 24 * 3_600_000;
const LONGEST_PATTERN = 512;
const matchedBy = ['protocol', 'operation', 'user', 'path'] as const satisfies readonly (keyof FaultMatch)[];

/** Makes an empty set of rules; chance is drawn from a fork of `ids`. */
export function createFaults(options: { ids: IdSource }): Faults {
  return new RuleList(options.ids.fork('faults'));
}

interface Rule { readonly id: string; readonly rule: FaultRule; readonly matches: (context: FaultContext) => boolean; seen: number; hits: number }

class RuleList implements Faults {
  readonly #ids: IdSource;
  #rules: Rule[] = [];
  #added = 0;

  constructor(ids: IdSource) { this.#ids = ids; }

  add(rule: FaultRule): ActiveFault {
    check(rule);
    if (this.#rules.length >= MOST_RULES) throw new FaultRuleError(`at most ${String(MOST_RULES)} rules can be in force: remove() or clear() some`);
    const added: Rule = { id: `fault-${String(++this.#added)}`, rule: structuredClone(rule), matches: matcher(rule.match ?? {}), seen: 0, hits: 0 };
    this.#rules.push(added);
    return {
      id: added.id,
      get hits() { return added.hits; },
      remove: () => { this.#rules = this.#rules.filter((other) => other !== added); },
    };
  }

  list(): readonly FaultRule[] { return this.#rules.map(({ rule }) => structuredClone(rule)); }

  clear(): void { this.#rules = []; }

  take(context: FaultContext, kinds?: readonly FaultEffect['kind'][], tried?: Set<string>): { readonly id: string; readonly effect: FaultEffect } | undefined {
    for (const rule of this.#rules) {
      const { effect, skip = 0, times = Infinity, probability = 1 } = rule.rule;
      if (rule.hits >= times || tried?.has(rule.id) || (kinds !== undefined && !kinds.includes(effect.kind)) || !rule.matches(context)) continue;
      tried?.add(rule.id);
      rule.seen += 1;
      if (rule.seen <= skip || (probability < 1 && this.#ids.fraction() >= probability)) continue;
      rule.hits += 1;
      return { id: rule.id, effect };
    }
    return undefined;
  }
}

function matcher(match: FaultMatch): (context: FaultContext) => boolean {
  const wanted = matchedBy.flatMap((field) => {
    const pattern = match[field];
    return pattern === undefined ? [] : [{ field, test: wildcard(pattern) }];
  });
  return (context) => wanted.every(({ field, test }) => {
    const value = context[field];
    return value !== undefined && test(value.toLowerCase());
  });
}

/** `*` matches greedily piece by piece: no regular expression that a pattern could make slow. */
function wildcard(pattern: string): (value: string) => boolean {
  const [head = '', ...pieces] = pattern.toLowerCase().split('*');
  const tail = pieces.pop();
  if (tail === undefined) return (value) => value === head;
  return (value) => {
    if (!value.startsWith(head) || !value.endsWith(tail) || value.length < head.length + tail.length) return false;
    let at = head.length;
    for (const piece of pieces) {
      const found = value.indexOf(piece, at);
      if (found < 0) return false;
      at = found + piece.length;
    }
    return at <= value.length - tail.length;
  };
}

function check(rule: FaultRule): void {
  const { match, effect, skip, times, probability } = rule;
  for (const [field, pattern] of Object.entries(match ?? {})) {
    if (!matchedBy.some((known) => known === field)) throw new FaultRuleError(`a rule matches by protocol, operation, user or path, not by "${field}"`);
    if (pattern !== undefined && (typeof pattern !== 'string' || pattern.length > LONGEST_PATTERN)) throw new FaultRuleError(`match.${field} is a text of at most ${String(LONGEST_PATTERN)} characters`);
  }
  whole('skip', skip, 0);
  whole('times', times, 1);
  if (probability !== undefined && !(probability >= 0 && probability <= 1)) throw new FaultRuleError('probability lies between 0 and 1');
  checkEffect(effect);
}

function checkEffect(effect: FaultEffect | undefined): void {
  switch (effect?.kind) {
    case 'delay':
      if (!(effect.ms >= 0 && effect.ms <= LONGEST_DELAY_MS)) throw new FaultRuleError(`a delay is between 0 and ${String(LONGEST_DELAY_MS)} ms`);
      return;
    case 'cut': whole('afterBytes', effect.afterBytes, 0); return;
    case 'status':
      if (!(Number.isInteger(effect.status) && effect.status >= 200 && effect.status <= 599)) throw new FaultRuleError('status is an HTTP status between 200 and 599');
      return;
    case 'error':
      if (typeof effect.code !== 'string' || effect.code === '') throw new FaultRuleError('code is the name of an error of the protocol, such as ErrorServerBusy');
      whole('entry', effect.entry, 1);
      return;
    case 'drop': return;
    default: throw new FaultRuleError('effect.kind is one of delay, drop, cut, status, error');
  }
}

function whole(name: string, value: number | undefined, least: number): void {
  if (value !== undefined && !(Number.isSafeInteger(value) && value >= least)) throw new FaultRuleError(`${name} is a whole number of ${String(least)} or more`);
}
