// Requests a second against node:http that answers the same bytes.
import { startTarget } from '../child.mjs';
import { open, rate } from '../http-client.mjs';
import { findItem, getItem, wireRequest } from '../requests.mjs';
import { interleave, median, quotient } from '../statistics.mjs';

export async function http({ rounds }) {
  const ews = await startTarget('ews', { messages: 1000 });
  const connection = await open(ews.ready.port);
  const ids = await connection.exchange(wireRequest(findItem(0, 1)), true);
  const id = /ItemId Id="([^"]+)"/.exec(ids.toString())[1];
  const rows = [];
  try {
    rows.push(...(await compare('GetItem, one message, small request', ews, connection, wireRequest(getItem(id)), rounds, 0.25)));
    rows.push(...(await compare('FindItem of 500, sorted', ews, connection, wireRequest(findItem(0, 500)), rounds)));
  } finally {
    connection.close();
    ews.stop();
  }
  return rows;
}

async function compare(what, ews, connection, request, rounds, aim) {
  const answer = await connection.exchange(request, true);
  if (!answer.includes('NoError')) throw new Error(`${what}: ${answer}`);
  const [bare, express] = [await startTarget('bare', { answer }), await startTarget('bare', { answer, framework: 'express' })];
  try {
    const targets = [ews, bare, express];
    const [ours, theirs, expressed] = await interleave(rounds, targets.map((target) => () => load(target, request)));
    const rates = (series) => series.map((one) => one.rate);
    const costs = (series) => series.map((one) => one.cpu);
    const told = (series) => `${median(rates(series)).toFixed(0)}/s and ${median(costs(series)).toFixed(0)} µs CPU`;
    return [
      { what, unit: 'of the rate of bare node:http', value: quotient(rates(ours), rates(theirs)), aim: aim === undefined ? undefined : { atLeast: aim }, detail: `${told(ours)}, ${request.length} bytes in, ${answer.length} out; node:http ${told(theirs)}` },
      { what, unit: 'of the rate of express', value: quotient(rates(ours), rates(expressed)), detail: `express ${told(expressed)}` },
      { what, unit: 'times the CPU of bare node:http', value: quotient(costs(ours), costs(theirs)) },
    ];
  } finally {
    bare.stop();
    express.stop();
  }
}

/** Requests a second, and the microseconds of CPU that the server took for one. */
async function load({ child, ready: { port } }, request) {
  const before = await cpuOf(child);
  const { perSecond, count } = await rate(port, request);
  return { rate: perSecond, cpu: ((await cpuOf(child)) - before) / count };
}

function cpuOf(child) {
  return new Promise((resolve) => {
    child.once('message', ({ cpu }) => resolve(cpu));
    child.send('cpu');
  });
}
