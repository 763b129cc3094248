// What must not depend on how long calendars are and how many people there are: 10,000 against 1,000.
import { startTarget } from '../child.mjs';
import { latency, open } from '../http-client.mjs';
import { busyPeople, middle } from '../office.mjs';
import { calendarView, getUserAvailability, resolveNames, wireRequest } from '../requests.mjs';
import { interleave, median, quotient } from '../statistics.mjs';

const sizes = [10_000, 1000];
const day = 86_400_000;
const people = Array.from({ length: busyPeople }, (_, at) => `person${at}@example.test`);

/** What is asked, and how often in a round; the answers are equally long at both sizes. */
const cases = [
  ['CalendarView of a week, with series', 'appointments', calendarView(middle, middle + 7 * day), 30],
  [`free/busy of ${busyPeople} users over a month`, 'appointments', getUserAvailability(people, middle - 15 * day, middle + 16 * day), 15],
  ['ResolveNames, of one', 'people', resolveNames('person77@'), 60],
  ['ResolveNames, of more than are told', 'people', resolveNames('Person'), 20],
];

export async function office({ rounds }) {
  const targets = await Promise.all(sizes.map((size) => startTarget('office', { people: size, appointments: size })));
  const connections = await Promise.all(targets.map(({ ready }) => open(ready.port)));
  try {
    const rows = [];
    for (const [what, counted, body, times] of cases) {
      const request = wireRequest(body);
      await checkAlike(what, await Promise.all(connections.map((connection) => connection.exchange(request, true))));
      const [large, small] = await interleave(rounds, connections.map((connection) => () => latency(connection, request, times)));
      rows.push({
        what, unit: `at ${sizes[0].toLocaleString('en')} of the time at ${sizes[1].toLocaleString('en')} ${counted}`, value: quotient(large, small), aim: { atMost: 1.5 },
        detail: `${median(large).toFixed(3)} ms and ${median(small).toFixed(3)} ms`,
      });
    }
    return rows;
  } finally {
    for (const connection of connections) connection.close();
    for (const { stop } of targets) stop();
  }
}

/** A quotient says something only where both answer the same, give or take the words. */
function checkAlike(what, [large, small]) {
  const counted = [large, small].map((answer) => answer.toString().match(/<t:(CalendarItem|CalendarEvent|Resolution|MergedFreeBusy)>/g)?.length ?? 0);
  if (counted[0] === 0 || Math.abs(counted[0] - counted[1]) > 0.1 * counted[1]) throw new Error(`${what}: ${counted.join(' and ')} things in the answers\n${large.toString().slice(0, 1000)}`);
}
