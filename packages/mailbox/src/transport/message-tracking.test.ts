import { createMessageTracking, type TrackedMessage, type TrackingEvent } from './message-tracking.ts';

const party = { name: 'A', address: 'a@example.test' };
const message = (subject: string): Omit<TrackedMessage, 'id' | 'events'> => ({ messageId: `<${subject}>`, subject, sender: party, representing: party, recipients: [], time: 0, server: 'S' });
const event: TrackingEvent = { ...party, time: 0, step: 'Delivered', status: 'Delivered', root: party.address, isBcc: false };
const events = (count: number): TrackingEvent[] => Array.from({ length: count }, () => event);

it('keeps ten thousand messages, the newest', () => {
  const log = createMessageTracking();
  for (let n = 1; n <= 10_001; n++) log.begin(message(String(n)));
  expect([log.messages().length, log.messages()[0]?.subject, log.byId(1), log.byId(10_001)?.subject]).toEqual([10_000, '2', undefined, '10001']);
});

it('keeps five thousand events of one, and two hundred thousand in all', () => {
  const log = createMessageTracking();
  const ids = Array.from({ length: 41 }, (_, n) => log.begin(message(String(n))));
  for (const id of ids) log.add(id, events(6_000));
  expect([log.byId(1), log.byId(2)?.events.length, log.messages().length]).toEqual([undefined, 5_000, 40]);
  log.add(2, events(1));
  expect(log.byId(2)?.events.length).toBe(5_000);
});

it('what is told of a message that is gone is lost; a snapshot stays as it was', () => {
  const log = createMessageTracking();
  const id = log.begin(message('x'));
  const before = log.snapshot();
  log.add(id, events(1));
  log.add(99, events(1));
  expect([log.byId(id)?.events.length, log.byId(99)]).toEqual([1, undefined]);
  log.restore(before);
  expect([log.byId(id)?.events, log.begin(message('y'))]).toEqual([[], 2]);
  log.clear();
  expect([log.messages(), log.begin(message('z'))]).toEqual([[], 3]);
});
