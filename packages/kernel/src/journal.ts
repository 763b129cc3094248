import { afterRealTime } from './real-time.ts';
import type { Clock } from './clock.ts';

/** One half of an exchange of messages. */
export interface JournalMessage {
  readonly headers: Readonly<Record<string, string>>;
  /** Size on the wire, in bytes. */
  readonly bytes: number;
  /** The body as text, decoded when first asked for. */
  readonly text?: string | undefined;
  /** The decoded form: a SOAP body, a WBXML tree, ROPs. */
  readonly value?: unknown;
}

/** One exchange of messages with a client. */
export interface JournalEntry {
  /** Counts from 1, never reused, not even after clear(). */
  readonly id: number;
  /** When it was recorded, by the server's clock. */
  readonly time: number;
  readonly protocol: string;
  readonly operation?: string | undefined;
  readonly user?: string | undefined;
  readonly path: string;
  readonly method: string;
  /** The HTTP status. */
  readonly status: number;
  /** `internal`: a fault of the emulator itself; `aborted`: the client or a fault rule cut it off. */
  readonly outcome: 'ok' | 'error' | 'internal' | 'aborted';
  readonly errorCode?: string | undefined;
  /** Real milliseconds. */
  readonly durationMs: number;
  /** The id of the fault rule that struck. */
  readonly fault?: string | undefined;
  readonly request: JournalMessage;
  readonly response: JournalMessage;
  /** What was thrown, when the outcome is `internal`. */
  readonly cause?: unknown;
}

/** An entry before the journal numbers it. */
export type JournalRecord = Omit<JournalEntry, 'id' | 'time'> & { readonly time?: number | undefined };

/** What an entry must equal, or a predicate. */
export type JournalFilter =
  | Partial<Pick<JournalEntry, 'protocol' | 'operation' | 'user' | 'path' | 'method' | 'status' | 'outcome' | 'errorCode' | 'fault'>>
  | ((entry: JournalEntry) => boolean);

/**
 * What was said to a server and what it answered, the latest first to be kept.
 *
 * @example
 * const entry = await server.journal.waitFor({ operation: 'SendItem' });
 * expect(entry.user).toBe('alice@example.test');
 */
export interface Journal {
  /** Matching entries, oldest first. */
  entries(filter?: JournalFilter): readonly JournalEntry[];
  record(record: JournalRecord): JournalEntry;
  /** The first matching entry, recorded already or yet to come; rejects with JournalTimeoutError after `timeoutMs` real milliseconds (default 5,000). */
  waitFor(filter: JournalFilter, options?: { timeoutMs?: number | undefined }): Promise<JournalEntry>;
  clear(): void;
  /** Hears of every new entry; the returned function ends it. */
  subscribe(listener: (entry: JournalEntry) => void): () => void;
}

/** waitFor() saw no such entry; the message lists what it saw. */
export class JournalTimeoutError extends Error {
  override readonly name = 'JournalTimeoutError';
}

const LISTED = 20;

/**
 * Makes a journal.
 * @param options Bounds: `maxEntries` (default 1,000) and `maxBytes` of messages (default 32 MiB); the oldest go first.
 */
export function createJournal(options: { clock: Clock; maxEntries?: number | undefined; maxBytes?: number | undefined }): Journal {
  return new BoundedJournal(options.clock, options.maxEntries ?? 1_000, options.maxBytes ?? 32 * 1024 * 1024);
}

/**
 * Makes one half of an entry; the text is decoded only when somebody reads it.
 * @param options `body`: the bytes, kept as they are (do not change them); `value`: the decoded form.
 */
export function createJournalMessage(options: {
  /** Given as a function, they are made only when somebody reads them. */
  headers: Headers | (() => Headers);
  body?: Uint8Array | readonly Uint8Array[] | string | undefined;
  value?: unknown;
  /** When it differs from the body's length: the body on the wire was compressed or is not kept. */
  bytes?: number | undefined;
}): JournalMessage {
  return new LazyMessage(options.headers, options.body, options.value, options.bytes);
}

type Headers = Readonly<Record<string, string>>;
type Body = Uint8Array | readonly Uint8Array[] | string;

class LazyMessage implements JournalMessage {
  readonly bytes: number;
  readonly value: unknown;
  #headers: Headers | (() => Headers);
  #body: Body | undefined;

  constructor(headers: Headers | (() => Headers), body: Body | undefined, value: unknown, bytes: number | undefined) {
    this.#headers = headers;
    this.value = value;
    this.#body = body;
    this.bytes = bytes ?? lengthOf(body);
  }

  get headers(): Headers {
    if (typeof this.#headers === 'function') this.#headers = this.#headers();
    return this.#headers;
  }

  get text(): string | undefined {
    if (this.#body === undefined || typeof this.#body === 'string') return this.#body;
    const bytes = this.#body instanceof Uint8Array ? this.#body : Buffer.concat(this.#body);
    this.#body = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
    return this.#body;
  }

  toJSON(): JournalMessage {
    return { headers: this.headers, bytes: this.bytes, text: this.text, value: this.value };
  }
}

function lengthOf(body: Body | undefined): number {
  if (body === undefined) return 0;
  if (typeof body === 'string') return Buffer.byteLength(body);
  if (body instanceof Uint8Array) return body.byteLength;
  return body.reduce((sum, chunk) => sum + chunk.byteLength, 0);
}

class BoundedJournal implements Journal {
  readonly #clock: Clock;
  readonly #maxEntries: number;
  readonly #maxBytes: number;
  readonly #entries: JournalEntry[] = [];
  readonly #listeners = new Set<(entry: JournalEntry) => void>();
  #bytes = 0;
  #lastId = 0;

  constructor(clock: Clock, maxEntries: number, maxBytes: number) {
    this.#clock = clock;
    this.#maxEntries = Math.max(1, maxEntries);
    this.#maxBytes = maxBytes;
  }

  entries(filter?: JournalFilter): readonly JournalEntry[] {
    return filter === undefined ? [...this.#entries] : this.#entries.filter(toPredicate(filter));
  }

  record(record: JournalRecord): JournalEntry {
    const entry: JournalEntry = { ...record, id: ++this.#lastId, time: record.time ?? this.#clock.now() };
    this.#entries.push(entry);
    this.#bytes += sizeOf(entry);
    // The newest stays even when it alone is above the bound: a test wants to see what it just did.
    while (this.#entries.length > this.#maxEntries || (this.#bytes > this.#maxBytes && this.#entries.length > 1)) {
      this.#bytes -= sizeOf(this.#entries.shift() as JournalEntry);
    }
    for (const listener of [...this.#listeners]) listener(entry);
    return entry;
  }

  waitFor(filter: JournalFilter, options: { timeoutMs?: number | undefined } = {}): Promise<JournalEntry> {
    const matches = toPredicate(filter);
    const timeoutMs = options.timeoutMs ?? 5_000;
    return new Promise((resolve, reject) => {
      const found = this.#entries.find(matches);
      if (found !== undefined) { resolve(found); return; }
      const stop = (): void => { unsubscribe(); cancel(); };
      const unsubscribe = this.subscribe((entry) => {
        try {
          if (matches(entry)) { stop(); resolve(entry); }
        } catch (error) { stop(); reject(error as Error); }
      });
      const cancel = afterRealTime(() => { stop(); reject(new JournalTimeoutError(this.#story(filter, timeoutMs))); }, timeoutMs);
    });
  }

  clear(): void {
    this.#entries.length = 0;
    this.#bytes = 0;
  }

  subscribe(listener: (entry: JournalEntry) => void): () => void {
    // A wrapper of its own, so that one function subscribed twice is heard twice and ended once.
    const own = (entry: JournalEntry): void => { listener(entry); };
    this.#listeners.add(own);
    return () => { this.#listeners.delete(own); };
  }

  #story(filter: JournalFilter, timeoutMs: number): string {
    const wanted = typeof filter === 'function' ? 'the predicate' : JSON.stringify(filter);
    const seen = this.#entries.slice(-LISTED).map((entry) => `  #${String(entry.id)} ${entry.method} ${entry.path} ${entry.protocol}${entry.operation === undefined ? '' : ` ${entry.operation}`} by ${entry.user ?? 'nobody'}: ${String(entry.status)} ${entry.outcome}${entry.errorCode === undefined ? '' : ` ${entry.errorCode}`}`);
    const older = this.#entries.length - seen.length;
    return [
      `no entry of the journal matched ${wanted} within ${String(timeoutMs)} ms; ${seen.length === 0 ? 'it is empty: did the client reach this server?' : 'it holds:'}`,
      ...(older > 0 ? [`  … ${String(older)} older`] : []),
      ...seen,
    ].join('\n');
  }
}

const sizeOf = (entry: JournalEntry): number => entry.request.bytes + entry.response.bytes;

function toPredicate(filter: JournalFilter): (entry: JournalEntry) => boolean {
  if (typeof filter === 'function') return filter;
  const wanted = Object.entries(filter) as [keyof JournalEntry, unknown][];
  return (entry) => wanted.every(([name, value]) => entry[name] === value);
}
