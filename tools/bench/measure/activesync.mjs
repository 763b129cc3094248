// ActiveSync: a first Sync, one change in a large mailbox, FolderSync, and a thousand phones that wait.
import { ask, startTarget } from '../child.mjs';
import { open, rate } from '../http-client.mjs';
import { require } from '../ours.mjs';
import { interleave, median, quotient } from '../statistics.mjs';

const sizes = [100_000, 1000];
const firstMessages = 10_000;
const phones = 1000;

export async function activesync({ rounds }) {
  return [...(await first(rounds)), ...(await growing(rounds)), ...(await folders(rounds)), ...(await waking(rounds))];
}

/** One round is a whole mailbox in windows of 512; the peers' figure is in milliseconds a message, and so is this. */
async function first(rounds) {
  const target = await startTarget('devices', { messages: firstMessages });
  const connection = await open(target.ready.port);
  try {
    const walls = [];
    const costs = [];
    for (let round = -1; round < rounds; round++) {
      const before = await ask(target, 'cpu');
      const started = performance.now();
      const count = await syncAll(connection, await inboxOf(connection, `first${round + 1}`), `first${round + 1}`);
      if (count !== firstMessages) throw new Error(`${count} messages came`);
      if (round < 0) continue;
      walls.push((performance.now() - started) / count);
      costs.push((await ask(target, 'cpu') - before) / 1000 / count);
    }
    const spread = (values) => ({ median: median(values), low: Math.min(...values), high: Math.max(...values) });
    return [
      { what: `first Sync of ${firstMessages.toLocaleString('en')} messages`, unit: 'ms a message', value: spread(walls), aim: { atMost: 0.18 }, detail: 'windows of 512, text of 1,640 characters whole; the aim is a tenth of what Z-Push took elsewhere' },
      { what: 'the same', unit: 'ms of CPU a message', value: spread(costs), aim: { atMost: 0.16 } },
    ];
  } finally {
    connection.close();
    target.stop();
  }
}

async function growing(rounds) {
  const targets = await Promise.all(sizes.map((messages) => startTarget('devices', { messages })));
  const connections = await Promise.all(targets.map(({ ready }) => open(ready.port)));
  try {
    const states = [];
    for (const connection of connections) {
      const state = { inbox: await inboxOf(connection, 'grow') };
      await syncAll(connection, state.inbox, 'grow', state);
      states.push(state);
    }
    const [large, small] = await interleave(rounds, targets.map((target, index) => () => oneChange(target, connections[index], states[index])));
    return [{
      what: 'Sync after one change', unit: `at ${sizes[0].toLocaleString('en')} of the time at ${sizes[1].toLocaleString('en')} messages`, value: quotient(large, small), aim: { atMost: 1.5 },
      detail: `${median(large).toFixed(3)} ms and ${median(small).toFixed(3)} ms`,
    }];
  } finally {
    for (const connection of connections) connection.close();
    for (const { stop } of targets) stop();
  }
}

async function oneChange(target, connection, state) {
  const times = [];
  for (let at = 0; at < 30; at++) {
    await ask(target, 'change');
    const started = performance.now();
    const answer = await connection.exchange(request('Sync', 'grow', sync(state.inbox, state.key)), true);
    times.push(performance.now() - started);
    const xml = read(answer);
    if (!xml.includes('<Change>')) throw new Error(`no change seen: ${xml}`);
    state.key = keyOf(xml);
  }
  return median(times);
}

async function folders(rounds) {
  const ours = await startTarget('devices', { messages: 10 });
  const wire = request('FolderSync', 'folders', '<FolderSync xmlns="FolderHierarchy:"><SyncKey>0</SyncKey></FolderSync>');
  const connection = await open(ours.ready.port);
  const answer = await connection.exchange(wire, true);
  connection.close();
  const bare = await startTarget('bare', { answer });
  try {
    const [rates, theirs] = await interleave(rounds, [ours, bare].map(({ ready }) => async () => (await rate(ready.port, wire)).perSecond));
    return [{ what: 'FolderSync with key 0', unit: 'of the rate of bare node:http', value: quotient(rates, theirs), aim: { atLeast: 0.1 }, detail: `${median(rates).toFixed(0)}/s, ${answer.length} bytes out; node:http ${median(theirs).toFixed(0)}/s` }];
  } finally {
    ours.stop();
    bare.stop();
  }
}

/** A thousand phones of a thousand people hang in Ping; everybody gets a message. */
async function waking(rounds) {
  const users = Array.from({ length: phones }, (_, at) => `p${at}`);
  const target = await startTarget('devices', { messages: 10, users }, ['--expose-gc']);
  const connections = [];
  try {
    const before = await ask(target, 'memory');
    for (const user of users) {
      const connection = await open(target.ready.port);
      const inbox = await inboxOf(connection, 'ping', user);
      await syncAll(connection, inbox, 'ping', {}, user);
      connections.push({ connection, user, inbox });
    }
    const perDevice = (await ask(target, 'memory') - before) / phones;
    const all = [];
    const one = [];
    for (let round = 0; round < rounds; round++) {
      one.push(await wake(target, connections.slice(0, 1)));
      all.push(await wake(target, connections));
    }
    const spread = (values) => ({ median: median(values), low: Math.min(...values), high: Math.max(...values) });
    return [
      { what: 'one Ping woken by a delivery', unit: 'ms', value: spread(one), aim: { atMost: 10 } },
      { what: `${phones.toLocaleString('en')} Pings woken by one delivery each`, unit: 'ms until the last is answered', value: spread(all), detail: 'the deliveries and the client included' },
      { what: 'memory of a device that waits', unit: 'KB', value: { median: perDevice / 1024, low: perDevice / 1024, high: perDevice / 1024 }, detail: 'its connection and its folders included' },
    ];
  } finally {
    for (const { connection } of connections) connection.close();
    target.stop();
  }
}

async function wake(target, waiting) {
  const answers = waiting.map(async ({ connection, user, inbox }) => {
    const xml = `<Ping xmlns="Ping:"><HeartbeatInterval>3000</HeartbeatInterval><Folders><Folder><Id>${inbox}</Id><Class>Email</Class></Folder></Folders></Ping>`;
    const answer = read(await connection.exchange(request('Ping', 'ping', xml, user), true));
    if (!answer.includes('<Status>2<')) throw new Error(`not woken: ${answer}`);
  });
  // All requests are there and hang: an answer on a connection of its own comes after them.
  await ask(target, 'cpu');
  const started = performance.now();
  await ask(target, 'deliver', waiting.map(({ user }) => `${user}@example.test`));
  await Promise.all(answers);
  const elapsed = performance.now() - started;
  for (const { connection, user, inbox } of waiting) await catchUp(connection, user, inbox);
  return elapsed;
}

const keys = new Map();
async function catchUp(connection, user, inbox) {
  const answer = read(await connection.exchange(request('Sync', 'ping', sync(inbox, keys.get(user)), user), true));
  keys.set(user, keyOf(answer));
}

const sync = (inbox, key) => `<Sync xmlns="AirSync:"><Collections><Collection><SyncKey>${key}</SyncKey><CollectionId>${inbox}</CollectionId>${key === '0' ? '' : '<WindowSize>512</WindowSize><Options><BodyPreference xmlns="AirSyncBase:"><Type>1</Type></BodyPreference></Options>'}</Collection></Collections></Sync>`;

/** The whole folder; how many messages came. */
async function syncAll(connection, inbox, device, state = {}, user = 'alice') {
  let [key, count, more] = ['0', 0, true];
  for (let round = 0; more; round++) {
    const answer = await connection.exchange(request('Sync', device, sync(inbox, key), user), true);
    if (answer.length === 0) break;
    const xml = read(answer);
    key = keyOf(xml);
    count += xml.split('<Add>').length - 1;
    more = round === 0 || xml.includes('<MoreAvailable');
  }
  state.key = key;
  keys.set(user, key);
  return count;
}

async function inboxOf(connection, device, user = 'alice') {
  const xml = read(await connection.exchange(request('FolderSync', device, '<FolderSync xmlns="FolderHierarchy:"><SyncKey>0</SyncKey></FolderSync>', user), true));
  return /<ServerId>(\d+)<\/ServerId>\s*<ParentId>0<\/ParentId>\s*<DisplayName>Inbox</.exec(xml)[1];
}

const read = (bytes) => (bytes.length === 0 ? '' : require('@fauxchange/wbxml').toXmlText(bytes, { indent: 0 }));
const keyOf = (xml) => /<SyncKey>(\d+)</.exec(xml)?.[1];

function request(command, device, xml, user = 'alice') {
  const body = Buffer.from(require('@fauxchange/wbxml').fromXmlText(xml));
  const head = `POST /Microsoft-Server-ActiveSync?Cmd=${command}&User=${user}&DeviceId=${device}&DeviceType=Phone HTTP/1.1\r\nHost: localhost\r\nAuthorization: Basic ${Buffer.from(`${user}@example.test:${user}-pass`).toString('base64')}\r\nMS-ASProtocolVersion: 14.1\r\nContent-Type: application/vnd.ms-sync.wbxml\r\nContent-Length: ${body.length}\r\n\r\n`;
  return Buffer.concat([Buffer.from(head), body]);
}
