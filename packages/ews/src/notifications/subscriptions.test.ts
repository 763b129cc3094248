import { createClock, type Clock } from '@fauxchange/kernel';
import type { DirectoryEntry } from '@fauxchange/mailbox';
import type { Subscription } from './subscription.ts';
import { Subscriptions } from './subscriptions.ts';

it('leaves no timer behind, whatever happened to a subscription: one would keep the process of a closed emulator alive', () => {
  let running = 0;
  const frozen = createClock({ frozen: true });
  const clock: Clock = Object.assign(Object.create(frozen) as Clock, {
    setTimeout: () => {
      let isOver = false;
      running += 1;
      return { cancel: () => void (isOver || ((isOver = true), (running -= 1))) };
    },
  });
  const caller = { id: 'alice' } as DirectoryEntry;
  const subscriptions = new Subscriptions(clock, undefined as never);
  subscriptions.add({ id: 'x', ownerId: 'alice' } as Subscription, 60_000);
  const letGo = subscriptions.hold('x', () => undefined);
  subscriptions.get('x', caller);
  expect(running).toBe(0);
  letGo();
  expect(running).toBe(1);
  subscriptions.drop('x');
  expect(running).toBe(0);
});
