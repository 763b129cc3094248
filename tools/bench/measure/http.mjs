// Requests a second against node:http that answers the same bytes.
import { startTarget } from '../child.mjs';
import { open, rate } from '../http-client.mjs';
import { findItem, getItem, wireRequest } from '../requests.mjs';
import { interleave, median, quotient } from '../statistics.mjs';

export async function http({ rounds }) {
  const ews = await startTarget('ews', { messages: 1000 });
  const { port } = ews.ready;
  const connection = await open(port);
  const ids = await connection.exchange(wireRequest(findItem(0, 1)), true);
  const id = /ItemId Id="([^"]+)"/.exec(ids.toString())[1];
  const rows = [];
  try {
    rows.push(...(await compare('GetItem, one message, small request', port, connection, wireRequest(getItem(id)), rounds, 0.25)));
    rows.push(...(await compare('FindItem of 500, sorted', port, connection, wireRequest(findItem(0, 500)), rounds)));
  } finally {
    connection.close();
    ews.stop();
  }
  return rows;
}

async function compare(what, port, connection, request, rounds, aim) {
  const answer = await connection.exchange(request, true);
  if (!answer.includes('NoError')) throw new Error(`${what}: ${answer}`);
  const argument = { answer };
  const [bare, express] = [await startTarget('bare', argument), await startTarget('bare', { ...argument, framework: 'express' })];
  try {
    const [ours, theirs, expressed] = await interleave(rounds, [() => rate(port, request), () => rate(bare.ready.port, request), () => rate(express.ready.port, request)]);
    const detail = `${median(ours).toFixed(0)}/s, ${request.length} bytes in, ${answer.length} out`;
    return [
      { what, unit: 'of the rate of bare node:http', value: quotient(ours, theirs), aim: aim === undefined ? undefined : { atLeast: aim }, detail: `${detail}; node:http ${median(theirs).toFixed(0)}/s` },
      { what, unit: 'of the rate of express', value: quotient(ours, expressed), detail: `express ${median(expressed).toFixed(0)}/s` },
    ];
  } finally {
    bare.stop();
    express.stop();
  }
}
