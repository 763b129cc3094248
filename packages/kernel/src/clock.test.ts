import { ClockError, createClock, createIdSource, createLifecycle } from './index.ts';

const start = Date.UTC(2026, 0, 5, 9);

describe('a frozen clock', () => {
  it('stands still, also while real time passes', async () => {
    const clock = createClock({ at: start, frozen: true });
    const stopwatch = clock.stopwatch();
    while (stopwatch() < 5) await new Promise((resolve) => { setImmediate(resolve); });
    expect(clock.now()).toBe(start);
    expect(clock.isFrozen).toBe(true);
  });

  it('fires timers in order of time, then of creation, each at its own time', async () => {
    const clock = createClock({ at: start, frozen: true });
    const seen: string[] = [];
    const note = (name: string) => () => { seen.push(`${name}@${String(clock.now() - start)}`); };
    clock.setTimeout(note('late'), 300);
    clock.setTimeout(note('early'), 100);
    clock.setTimeout(note('twin'), 100);
    const every = clock.setInterval(note('every'), 120);
    clock.setTimeout(note('cancelled'), 50).cancel();
    await clock.advance(250);
    every.cancel();
    every.cancel();
    await clock.advance(1000);
    expect(seen).toEqual(['early@100', 'twin@100', 'every@120', 'every@240', 'late@300']);
    expect(clock.now()).toBe(start + 1250);
  });

  it('lets promises settle between timers, so that what a timer begins is due in the same advance', async () => {
    const clock = createClock({ at: start, frozen: true });
    const seen: number[] = [];
    const chain = (async () => { for (let i = 0; i < 4; i += 1) { await clock.sleep(10); seen.push(clock.now() - start); } })();
    await clock.advance(40);
    await chain;
    expect(seen).toEqual([10, 20, 30, 40]);
  });

  it('an interval that cancels itself ends; two advances at once are done one after the other', async () => {
    const clock = createClock({ at: start, frozen: true });
    let count = 0;
    const timer = clock.setInterval(() => { count += 1; if (count === 3) timer.cancel(); }, 0);
    await Promise.all([clock.advance(2), clock.advance(8)]);
    expect(count).toBe(3);
    expect(clock.now()).toBe(start + 10);
  });

  it('set() forward fires, set() backward changes the date and leaves timers their distance', async () => {
    const clock = createClock({ at: start, frozen: true });
    const seen: number[] = [];
    clock.setTimeout(() => seen.push(clock.now()), 1000);
    await clock.set(start - 86_400_000);
    expect(clock.now()).toBe(start - 86_400_000);
    await clock.set(new Date(start - 86_400_000 + 999));
    expect(seen).toEqual([]);
    await clock.advance(1);
    expect(seen).toEqual([start - 86_400_000 + 1000]);
  });

  it('advance() goes to its end and then rejects with what timers threw', async () => {
    const clock = createClock({ at: start, frozen: true });
    const reached = jest.fn();
    clock.setTimeout(() => { throw new Error('first'); }, 1);
    clock.setTimeout(reached, 2);
    await expect(clock.advance(5)).rejects.toThrow('first');
    expect(reached).toHaveBeenCalled();
    clock.setTimeout(() => { throw new Error('a'); }, 1);
    clock.setTimeout(() => { throw new Error('b'); }, 1);
    await expect(clock.advance(5)).rejects.toThrow(AggregateError);
    expect(clock.now()).toBe(start + 10);
  });

  it.each([
    ['advance by less than nothing', (clock: ReturnType<typeof createClock>) => clock.advance(-1)],
    ['advance by no number', (clock: ReturnType<typeof createClock>) => clock.advance(NaN)],
    ['set to no date', async (clock: ReturnType<typeof createClock>) => { await clock.set(new Date('never')); }],
    ['freeze at no date', async (clock: ReturnType<typeof createClock>) => { await Promise.resolve(); clock.freeze(NaN); }],
  ])('refuses to %s', async (_, act) => {
    await expect(act(createClock({ at: start, frozen: true }))).rejects.toThrow(ClockError);
  });
});

describe('a running clock', () => {
  it('follows the machine and fires by itself', async () => {
    const clock = createClock();
    const before = Date.now();
    expect(Math.abs(clock.now() - before)).toBeLessThan(1000);
    const seen: string[] = [];
    clock.setTimeout(() => seen.push('second'), 12);
    clock.setTimeout(() => seen.push('first'), 3);
    await clock.sleep(20);
    expect(seen).toEqual(['first', 'second']);
  });

  it('keeps its distance to the machine after advance(), and its timers while frozen', async () => {
    const clock = createClock();
    await clock.advance(3_600_000);
    expect(clock.isFrozen).toBe(false);
    expect(clock.now() - Date.now()).toBeGreaterThan(3_590_000);
    const fired = jest.fn();
    clock.setTimeout(fired, 1);
    clock.freeze(start);
    await new Promise((resolve) => { setTimeout(resolve, 15); });
    expect(fired).not.toHaveBeenCalled();
    expect(clock.now()).toBe(start);
    clock.resume();
    clock.resume();
    await clock.sleep(10);
    expect(fired).toHaveBeenCalledTimes(1);
  });

  it('runs on while a test fakes the globals', async () => {
    const clock = createClock();
    jest.useFakeTimers();
    try {
      await clock.sleep(2);
      await clock.advance(10);
    } finally {
      jest.useRealTimers();
    }
  });

  it('sleep() ends with the reason of its signal, before and during', async () => {
    const clock = createClock({ frozen: true });
    await expect(clock.sleep(1, AbortSignal.abort(new Error('already')))).rejects.toThrow('already');
    const controller = new AbortController();
    const sleeping = clock.sleep(1e12, controller.signal);
    controller.abort(new Error('woken'));
    await expect(sleeping).rejects.toThrow('woken');
  });
});

describe('an id source', () => {
  it('gives the same for the same seed and another for another', () => {
    const [a, b, c] = [createIdSource('one'), createIdSource('one'), createIdSource('two')];
    const drawn = Array.from({ length: 200 }, () => a.uuid());
    expect(Array.from({ length: 200 }, () => b.uuid())).toEqual(drawn);
    expect(c.uuid()).not.toBe(drawn[0]);
    expect(new Set(drawn).size).toBe(200);
    for (const uuid of drawn) expect(uuid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  it('forks by label, whatever was drawn before', () => {
    const a = createIdSource('seed');
    const b = createIdSource('seed');
    b.bytes(5000);
    expect(a.fork('x').uuid()).toBe(b.fork('x').uuid());
    expect(a.fork('x').uuid()).not.toBe(a.fork('y').uuid());
    expect(a.fork('x').uuid()).not.toBe(a.uuid());
  });

  it('takes up its sequence from a state, across chunks', () => {
    const ids = createIdSource('seed');
    ids.bytes(1020);
    const state = ids.state();
    const next = [ids.bytes(3000), ids.fraction(), ids.uuid()];
    const other = createIdSource('another');
    other.restore(state);
    expect([other.bytes(3000), other.fraction(), other.uuid()]).toEqual(next);
    expect(() => { other.restore('nonsense'); }).toThrow(RangeError);
    expect(() => ids.bytes(-1)).toThrow(RangeError);
    expect(() => ids.bytes(2 ** 21)).toThrow(RangeError);
  });

  it('fractions are spread over [0, 1)', () => {
    const ids = createIdSource('fractions');
    const drawn = Array.from({ length: 2000 }, () => ids.fraction());
    expect(Math.min(...drawn)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...drawn)).toBeLessThan(1);
    expect(drawn.reduce((sum, value) => sum + value, 0) / 2000).toBeCloseTo(0.5, 1);
  });
});

describe('a lifecycle', () => {
  it('aborts first, then closes in reverse order, once', async () => {
    const lifecycle = createLifecycle();
    const seen: string[] = [];
    let again: Promise<void> | undefined;
    lifecycle.signal.addEventListener('abort', () => { seen.push('abort'); again = lifecycle.close(); });
    lifecycle.defer(() => { seen.push('one'); });
    const forget = lifecycle.defer(() => { seen.push('forgotten'); });
    lifecycle.defer(async () => { await Promise.resolve(); seen.push('two'); });
    forget();
    const closing = lifecycle.close();
    expect(again).toBe(closing);
    expect(lifecycle.close()).toBe(closing);
    expect(lifecycle.isClosed).toBe(true);
    await closing;
    expect(seen).toEqual(['abort', 'two', 'one']);
    lifecycle.defer(() => { seen.push('late'); });
    await lifecycle.settle();
    expect(seen).toContain('late');
  });

  it('closes everything and then tells all that failed', async () => {
    const lifecycle = createLifecycle();
    const reached = jest.fn();
    lifecycle.defer(reached);
    lifecycle.defer(() => { throw new Error('thrown'); });
    lifecycle.defer(() => Promise.reject(new Error('rejected')));
    const error = await lifecycle.close().then(() => undefined, (reason: unknown) => reason as AggregateError);
    expect(error).toBeInstanceOf(AggregateError);
    expect(error?.errors.map((each: Error) => each.message)).toEqual(['rejected', 'thrown']);
    expect(reached).toHaveBeenCalled();
  });

  it('settle() waits also for work that work began; close() gives up on work that ignores the signal', async () => {
    const lifecycle = createLifecycle({ graceMs: 5 });
    const seen: string[] = [];
    void lifecycle.track((async () => {
      await Promise.resolve();
      void lifecycle.track((async () => { await Promise.resolve(); seen.push('inner'); })());
    })());
    lifecycle.track(Promise.reject(new Error('its owner hears of it'))).catch(() => { seen.push('heard'); });
    await lifecycle.settle();
    expect(seen.sort()).toEqual(['heard', 'inner']);
    void lifecycle.track(new Promise(() => undefined));
    await lifecycle.close();
  });
});
