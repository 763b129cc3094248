import { createClock } from '@fauxchange/kernel';
import { randomCheck, storeConformance } from '../conformance.ts';
import { createMemoryStore } from './memory-store.ts';

const create = (): ReturnType<typeof createMemoryStore> => createMemoryStore({ clock: createClock({ at: 1_000_000, frozen: true }) });

describe('the memory engine', () => {
  for (const { name, run } of storeConformance(create)) it(name, run);

  it('is compared with the model often enough to mean something', async () => {
    const { steps, roundsCompared, expired } = await randomCheck(create(), { seed: 'another', steps: 8_000 });
    expect(steps.restore).toBeGreaterThan(150);
    expect(steps.page).toBeGreaterThan(1_000);
    expect(roundsCompared).toBeGreaterThan(200);
    expect(expired).toBeGreaterThan(50);
  });
});
