// What must not depend on the size of the mailbox: 100,000 messages against 1,000.
import { startTarget } from '../child.mjs';
import { latency, open } from '../http-client.mjs';
import { createItems, deleteItems, findItem, syncFolderItems, updateItem, wireRequest } from '../requests.mjs';
import { interleave, median, quotient } from '../statistics.mjs';

const sizes = [100_000, 1000];
const aim = { atMost: 1.5 };

export async function growth({ rounds }) {
  const targets = await Promise.all(sizes.map((messages) => startTarget('growing', { messages })));
  const connections = await Promise.all(targets.map(({ ready }) => open(ready.port)));
  const both = (measure) => interleave(rounds, targets.map((target, index) => () => measure(target, connections[index], sizes[index])));
  const row = (what, [large, small]) => ({
    what, unit: `at ${sizes[0].toLocaleString('en')} of the time at ${sizes[1].toLocaleString('en')} messages`, value: quotient(large, small), aim,
    detail: `${median(large).toFixed(3)} ms and ${median(small).toFixed(3)} ms`,
  });
  try {
    const rows = [];
    rows.push(row('reset() after one change', await both(({ child }) => ask(child, 'reset'))));
    rows.push(row('FindItem of 50, sorted by subject, from the middle', await both((_target, connection, size) => latency(connection, wireRequest(findItem(size >> 1, 50)), 60))));
    rows.push(row('FindItem of 50, newest last, first page', await both((_target, connection) => latency(connection, wireRequest(findItem(0, 50, 'item:DateTimeReceived')), 60))));
    rows.push(row('SyncFolderItems, first 512', await both((_target, connection) => latency(connection, wireRequest(syncFolderItems()), 30))));
    rows.push(row('SyncFolderItems after one change', await both(async ({ child }, connection, size) => syncAfterChange(child, connection, size))));
    rows.push(row('CreateItem of 100 in one request', await both((_target, connection) => creation(connection))));
    rows.push(row('UpdateItem of a subject', await both((_target, connection, size) => update(connection, size))));
    return rows;
  } finally {
    for (const connection of connections) connection.close();
    for (const { stop } of targets) stop();
  }
}

/** Brings a state up to date, then times the round that brings one change. */
async function syncAfterChange(child, connection, size) {
  let state;
  for (let isLast = false; !isLast; ) {
    const answer = (await connection.exchange(wireRequest(syncFolderItems(state)), true)).toString();
    state = /SyncState>([^<]+)</.exec(answer)[1];
    isLast = answer.includes('IncludesLastItemInRange>true');
  }
  const times = [];
  for (let at = 0; at < 30; at++) {
    await ask(child, 'change');
    const started = performance.now();
    const answer = await connection.exchange(wireRequest(syncFolderItems(state)), true);
    times.push(performance.now() - started);
    if (!answer.includes('<t:Update>')) throw new Error(`no change seen in ${size}: ${answer}`);
    state = /SyncState>([^<]+)</.exec(answer.toString())[1];
  }
  return median(times);
}

/** Makes a hundred messages and takes them away again, so that the mailbox stays as it is; the first half is timed. */
async function creation(connection) {
  const request = wireRequest(createItems(100));
  const times = [];
  for (let at = 0; at < 7; at++) {
    const started = performance.now();
    const answer = (await connection.exchange(request, true)).toString();
    times.push(performance.now() - started);
    const ids = [...answer.matchAll(/ItemId Id="([^"]+)"/g)].map(([, id]) => id);
    if (ids.length !== 100) throw new Error(`${ids.length} items were made: ${answer.slice(0, 1000)}`);
    await connection.exchange(wireRequest(deleteItems(ids)));
  }
  return median(times);
}

/** Of a message in the middle, which moves in the order of subjects. */
async function update(connection, size) {
  const answer = (await connection.exchange(wireRequest(findItem(size >> 1, 1)), true)).toString();
  const id = /ItemId Id="([^"]+)"/.exec(answer)[1];
  const times = [];
  for (let at = 0; at < 60; at++) {
    const request = wireRequest(updateItem(id, `${String.fromCharCode(97 + (at % 26))} moved ${at}`));
    const started = performance.now();
    await connection.exchange(request);
    times.push(performance.now() - started);
  }
  return median(times);
}

function ask(child, what) {
  return new Promise((resolve) => {
    child.once('message', resolve);
    child.send(what);
  });
}
