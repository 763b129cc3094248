import { strict as assert } from 'node:assert';
import type { ConformanceCase, CreateStore } from './conformance/kit.ts';
import { StoreDriver } from './conformance/kit.ts';
import { itemCases } from './conformance/item-cases.ts';
import { logCases } from './conformance/log-cases.ts';
import { randomCheck } from './conformance/random-check.ts';

export type { ConformanceCase, CreateStore } from './conformance/kit.ts';
export { randomCheck, type RandomRun } from './conformance/random-check.ts';

export interface ConformanceOptions {
  /** Steps of the random walk; default 24,000. */
  readonly steps?: number | undefined;
  readonly seed?: string | undefined;
}

/**
 * The promises of the store port, for any engine and any test runner: each case makes its own store and throws when the engine
 * breaks a promise. The last one compares the engine with a naive model over a random walk.
 *
 * @example
 * for (const { name, run } of storeConformance(() => createMemoryStore({ clock }))) it(name, run);
 */
export function storeConformance(createStore: CreateStore, options: ConformanceOptions = {}): readonly ConformanceCase[] {
  const directed = Object.entries({ ...itemCases, ...logCases }).map(([name, check]): ConformanceCase => ({
    name,
    run: async () => {
      const store = await createStore();
      await check(new StoreDriver(store));
      await store.close();
    },
  }));
  const walk: ConformanceCase = {
    name: 'agrees with a naive model over a random walk',
    run: async () => {
      const store = await createStore();
      const { roundsCompared, expired } = await randomCheck(store, { seed: options.seed ?? 'conformance', steps: options.steps ?? 24_000 });
      assert.ok(roundsCompared > 0 && expired > 0, 'the walk finished rounds and met expired cursors');
      await store.close();
    },
  };
  return [...directed, walk];
}
