import { clearTimeout as clearRealTimeout, setImmediate as setRealImmediate, setTimeout as setRealTimeout } from 'node:timers';

// The only door to the machine's own time. Functions are taken when this module loads and from node:timers,
// so that a test which fakes the globals (jest.useFakeTimers) does not stop the servers it talks to.
const dateNow = Date.now;
const processStart: () => bigint = process.hrtime.bigint;

/** The longest delay node accepts; above it a timer fires at once. */
const LONGEST_DELAY = 0x7fff_ffff;

/** Milliseconds since 1970 by the machine's clock. */
export const realNow = (): number => dateNow();

/** Monotonic milliseconds, with fractions. */
export const realMonotonic = (): number => Number(processStart()) / 1e6;

/** Runs `callback` once after `ms` real milliseconds; the returned function cancels it. */
export function afterRealTime(callback: () => void, ms: number): () => void {
  const timer = setRealTimeout(callback, Math.min(Math.max(0, ms), LONGEST_DELAY));
  return () => { clearRealTimeout(timer); };
}

/** Resolves after one turn of the event loop: every promise that could settle has settled. */
export const nextTurn = (): Promise<void> => new Promise((resolve) => { setRealImmediate(resolve); });
