import { createClock, createFaults, createIdSource, createJournal, createJournalMessage, FaultRuleError, JournalTimeoutError } from './index.ts';
import type { FaultContext, FaultRule, JournalRecord } from './index.ts';

const clock = createClock({ at: Date.UTC(2026, 0, 1), frozen: true });
const message = (bytes = 10) => createJournalMessage({ headers: {}, bytes });
const record = (operation: string, more: Partial<JournalRecord> = {}): JournalRecord => ({
  protocol: 'ews', operation, user: 'alice@example.test', path: '/EWS/Exchange.asmx', method: 'POST', status: 200, outcome: 'ok', durationMs: 1.5, request: message(), response: message(), ...more,
});

describe('a journal', () => {
  it('numbers, times and finds entries', () => {
    const journal = createJournal({ clock });
    journal.record(record('GetItem'));
    journal.record(record('FindItem', { status: 500, outcome: 'error', errorCode: 'ErrorServerBusy' }));
    expect(journal.entries().map(({ id, time, operation }) => [id, time, operation])).toEqual([[1, clock.now(), 'GetItem'], [2, clock.now(), 'FindItem']]);
    expect(journal.entries({ outcome: 'error', user: 'alice@example.test' })).toHaveLength(1);
    expect(journal.entries(({ status }) => status === 200)).toHaveLength(1);
    journal.clear();
    expect(journal.entries()).toEqual([]);
    expect(journal.record(record('GetItem')).id).toBe(3);
  });

  it('is bounded in entries and in bytes, and keeps the newest whatever its size', () => {
    const few = createJournal({ clock, maxEntries: 3 });
    for (let i = 0; i < 10; i += 1) few.record(record(`Op${String(i)}`));
    expect(few.entries().map(({ operation }) => operation)).toEqual(['Op7', 'Op8', 'Op9']);
    const small = createJournal({ clock, maxBytes: 100 });
    small.record(record('one', { request: message(40) }));
    small.record(record('two', { request: message(40) }));
    small.record(record('three', { request: message(40) }));
    expect(small.entries().map(({ operation }) => operation)).toEqual(['two', 'three']);
    small.record(record('huge', { request: message(1000) }));
    expect(small.entries().map(({ operation }) => operation)).toEqual(['huge']);
  });

  it('waitFor() finds what is there and what comes, and lists what it saw instead', async () => {
    const journal = createJournal({ clock });
    journal.record(record('GetItem'));
    expect((await journal.waitFor({ operation: 'GetItem' })).id).toBe(1);
    const waiting = journal.waitFor(({ operation }) => operation === 'SendItem');
    journal.record(record('FindItem', { user: undefined }));
    journal.record(record('SendItem'));
    expect((await waiting).id).toBe(3);
    const error = await journal.waitFor({ operation: 'Never' }, { timeoutMs: 1 }).then(() => undefined, (reason: unknown) => reason as Error);
    expect(error).toBeInstanceOf(JournalTimeoutError);
    expect(error?.message).toContain('{"operation":"Never"}');
    expect(error?.message).toContain('#2 POST /EWS/Exchange.asmx ews FindItem by nobody: 200 ok');
    await expect(createJournal({ clock }).waitFor({ operation: 'x' }, { timeoutMs: 1 })).rejects.toThrow('it is empty');
    const throwing = journal.waitFor(() => journal.entries().length > 3 && (() => { throw new Error('predicate'); })());
    journal.record(record('GetItem'));
    await expect(throwing).rejects.toThrow('predicate');
  });

  it('tells subscribers until they end it', () => {
    const journal = createJournal({ clock });
    const heard = jest.fn();
    const end = journal.subscribe(heard);
    journal.subscribe(heard);
    journal.record(record('one'));
    end();
    journal.record(record('two'));
    expect(heard).toHaveBeenCalledTimes(3);
  });

  it('decodes text when asked, from bytes, chunks or text', () => {
    expect(createJournalMessage({ headers: {}, body: Buffer.from('grüße') })).toMatchObject({ bytes: 7, text: 'grüße' });
    expect(createJournalMessage({ headers: {}, body: [Buffer.from([0x67, 0x72, 0xc3]), Buffer.from([0xbc])] })).toMatchObject({ bytes: 4, text: 'grü' });
    expect(createJournalMessage({ headers: {}, body: 'ü', bytes: 99 })).toMatchObject({ bytes: 99, text: 'ü' });
    expect(createJournalMessage({ headers: {} })).toMatchObject({ bytes: 0, text: undefined });
    expect(JSON.parse(JSON.stringify(createJournalMessage({ headers: { a: 'b' }, body: 'x', value: { y: 1 } })))).toEqual({ headers: { a: 'b' }, bytes: 1, text: 'x', value: { y: 1 } });
  });
});

describe('fault rules', () => {
  const context: FaultContext = { protocol: 'ews', operation: 'FindItem', user: 'alice@example.test', path: '/EWS/Exchange.asmx' };
  const drop = { kind: 'drop' } as const;
  const strikes = (rule: FaultRule, count = 1, where = context): number => {
    const faults = createFaults({ ids: createIdSource('faults') });
    faults.add(rule);
    return Array.from({ length: count }, () => faults.take(where)).filter(Boolean).length;
  };

  it.each<[string, FaultRule['match'], number]>([
    ['nothing', undefined, 1], ['nothing in particular', {}, 1],
    ['protocol', { protocol: 'EWS' }, 1], ['another protocol', { protocol: 'activesync' }, 0],
    ['operation and user', { operation: 'finditem', user: 'ALICE@example.test' }, 1], ['another user', { operation: 'FindItem', user: 'bob@example.test' }, 0],
    ['wildcards', { operation: 'F*d*m', path: '/ews/*' }, 1], ['a wildcard for all', { user: '*' }, 1], ['wildcards that overlap', { operation: 'find*indItem' }, 0],
    ['a part only', { operation: 'Find' }, 0], ['wildcards out of order', { operation: '*Item*Find*' }, 0],
  ])('match by %s', (_, match, expected) => { expect(strikes({ match, effect: drop })).toBe(expected); });

  it('a rule that names an operation waits until it is known', () => {
    expect(strikes({ match: { operation: '*' }, effect: drop }, 1, { protocol: 'ews', path: '/' })).toBe(0);
  });

  it('skip, times and probability', () => {
    expect(strikes({ effect: drop, skip: 2 }, 5)).toBe(3);
    expect(strikes({ effect: drop, times: 2 }, 5)).toBe(2);
    expect(strikes({ effect: drop, skip: 1, times: 2 }, 5)).toBe(2);
    expect(strikes({ effect: drop, probability: 0 }, 50)).toBe(0);
    const sometimes = strikes({ effect: drop, probability: 0.5 }, 200);
    expect(sometimes).toBeGreaterThan(70);
    expect(sometimes).toBeLessThan(130);
    expect(strikes({ effect: drop, probability: 0.5 }, 200)).toBe(sometimes);
  });

  it('the first of several strikes, by kind, and counts', () => {
    const faults = createFaults({ ids: createIdSource('faults') });
    const once = faults.add({ effect: { kind: 'error', code: 'ErrorServerBusy', backOffMs: 500 }, times: 1 });
    const delay = faults.add({ effect: { kind: 'delay', ms: 10 } });
    expect(faults.take(context, ['delay'])?.id).toBe(delay.id);
    expect(faults.take(context)).toEqual({ id: once.id, effect: { kind: 'error', code: 'ErrorServerBusy', backOffMs: 500 } });
    expect(faults.take(context)?.id).toBe(delay.id);
    expect([once.hits, delay.hits]).toEqual([1, 2]);
    expect(JSON.parse(JSON.stringify(faults.list()))).toHaveLength(2);
    delay.remove();
    expect(faults.take(context)).toBeUndefined();
    faults.clear();
    expect(faults.list()).toEqual([]);
  });

  it('a request that asks twice meets each rule once', () => {
    const faults = createFaults({ ids: createIdSource('faults') });
    const early = faults.add({ match: { path: '/ews/*' }, effect: { kind: 'delay', ms: 1 }, skip: 1 });
    const late = faults.add({ match: { operation: 'FindItem' }, effect: drop });
    const struck = (): (string | undefined)[] => {
      const tried = new Set<string>();
      return [faults.take({ ...context, operation: undefined }, ['delay', 'drop'], tried)?.id, faults.take(context, undefined, tried)?.id, faults.take(context, undefined, tried)?.id];
    };
    expect(struck()).toEqual([undefined, late.id, undefined]);
    expect(struck()).toEqual([early.id, late.id, undefined]);
  });

  it.each([
    ['an unknown kind', { effect: { kind: 'explode' } }],
    ['no effect', {}],
    ['a matcher of its own', { match: { folder: 'inbox' }, effect: drop }],
    ['a matcher that is no text', { match: { user: 7 }, effect: drop }],
    ['half a skip', { effect: drop, skip: 0.5 }],
    ['no times at all', { effect: drop, times: 0 }],
    ['too likely', { effect: drop, probability: 1.5 }],
    ['an endless delay', { effect: { kind: 'delay', ms: Infinity } }],
    ['a cut before the start', { effect: { kind: 'cut', afterBytes: -1 } }],
    ['no HTTP status', { effect: { kind: 'status', status: 42 } }],
    ['an error without a name', { effect: { kind: 'error', code: '' } }],
  ])('%s is refused', (_, rule) => {
    expect(() => createFaults({ ids: createIdSource('x') }).add(rule as unknown as FaultRule)).toThrow(FaultRuleError);
  });
});
