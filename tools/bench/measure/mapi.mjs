// MAPI over HTTP: logon and a view, pages of a large table, contents synchronization, a thousand clients that wait, and the codec.
import { ask, startTarget } from '../child.mjs';
import { MapiSession } from '../mapi-client.mjs';
import { require } from '../ours.mjs';
import { interleave, median, quotient } from '../statistics.mjs';

const wire = require('@fauxchange/mapi-wire');
const sizes = [100_000, 1000];
const firstMessages = 10_000;
const waitingSessions = 1000;
const inboxAt = 4;
/** What a view of Outlook has: id, importance, class, sender, subject, time, size, flags, attachments. */
const columns = [0x674a_0014, 0x0017_0003, 0x001a_001f, 0x0c1a_001f, 0x0037_001f, 0x0e06_0040, 0x0e08_0003, 0x0e07_0003, 0x0e1b_000b];
const newestFirst = [{ PropertyTag: 0x0e06_0040, Order: wire.order.Descending }];
const partial = 1;

export async function mapi({ rounds }) {
  return [...(await views(rounds)), ...(await firstSync(rounds)), ...(await growingSync(rounds)), ...(await waking(rounds)), ...(await codec(rounds))];
}

const spread = (values) => ({ median: median(values), low: Math.min(...values), high: Math.max(...values) });
const dnOf = (target, user = 'alice') => ask(target, 'dn', user);

async function openTable(session, folderId) {
  const { opened: folder } = await session.rop('RopOpenFolder', { FolderId: folderId, OpenModeFlags: 0 }, 0);
  const { opened: table } = await session.rop('RopGetContentsTable', { TableFlags: 0 }, folder);
  await session.rop('RopSetColumns', { SetColumnsFlags: 0, PropertyTags: columns }, table);
  await session.rop('RopSortTable', { SortTableFlags: 0, SortOrderCount: 1, CategoryCount: 0, ExpandedCount: 0, SortOrders: newestFirst }, table);
  return table;
}
const page = (session, table, RowCount = 50) => session.rop('RopQueryRows', { QueryRowsFlags: 0, ForwardRead: true, RowCount }, table, columns);

/** A logon with the first page of the inbox, and pages in the middle of a table. */
async function views(rounds) {
  const targets = await Promise.all(sizes.map((messages) => startTarget('devices', { messages, protocol: 'mapi' })));
  const dns = await Promise.all(targets.map((target) => dnOf(target)));
  try {
    const logons = targets.map(({ ready }, index) => async () => {
      const times = [];
      for (let at = 0; at < 10; at++) {
        const started = performance.now();
        const session = new MapiSession(ready.port);
        const table = await openTable(session, (await session.logon(dns[index]))[inboxAt]);
        const { body } = await page(session, table);
        if (body.RowCount !== 50) throw new Error(`${body.RowCount} rows`);
        times.push(performance.now() - started);
        session.close();
      }
      return median(times);
    });
    const sessions = await Promise.all(targets.map(async ({ ready }, index) => {
      const session = new MapiSession(ready.port);
      return { session, table: await openTable(session, (await session.logon(dns[index]))[inboxAt]) };
    }));
    const pages = sessions.map(({ session, table }, index) => async () => {
      await session.rop('RopSeekRow', { Origin: 0, RowCount: sizes[index] >> 1, WantRowMovedCount: false }, table);
      const started = performance.now();
      for (let at = 0; at < 8; at++) await page(session, table);
      return (performance.now() - started) / 8;
    });
    const [logonLarge, logonSmall] = await interleave(rounds, logons);
    const [large, small] = await interleave(rounds, pages);
    for (const { session } of sessions) session.close();
    return [
      { what: 'Connect, logon and 50 rows of the inbox', unit: 'ms', value: spread(logonSmall), detail: `nine requests; ${median(logonLarge).toFixed(2)} ms at ${sizes[0].toLocaleString('en')} messages` },
      { what: 'RopQueryRows, 50 rows by delivery time in the middle', unit: `at ${sizes[0].toLocaleString('en')} of the time at ${sizes[1].toLocaleString('en')} messages`, value: quotient(large, small), aim: { atMost: 1.5 }, detail: `${median(large).toFixed(3)} ms and ${median(small).toFixed(3)} ms` },
    ];
  } finally {
    for (const { stop } of targets) stop();
  }
}

/** A contents synchronization from the state that the client has; resolves to its stream. */
async function synchronize(session, folder, state) {
  const { opened: sync } = await session.rop('RopSynchronizationConfigure', { SynchronizationType: 1, SendOptions: 1, SynchronizationFlags: 0x20 | 0x8 | 0x1, RestrictionData: null, SynchronizationExtraFlags: 0x1 | 0x4, PropertyTags: [] }, folder);
  for (const [tag, value] of state) {
    await session.rop('RopSynchronizationUploadStateStreamBegin', { StateProperty: tag, TransferBufferSize: value.length }, sync);
    await session.rop('RopSynchronizationUploadStateStreamContinue', { StreamData: value }, sync);
    await session.rop('RopSynchronizationUploadStateStreamEnd', {}, sync);
  }
  const parts = [];
  for (let status = partial; status === partial;) {
    const { body } = await session.rop('RopFastTransferSourceGetBuffer', { BufferSize: 0xbabe, MaximumBufferSize: 0x7c00 }, sync);
    parts.push(body.TransferBuffer);
    status = body.TransferStatus;
  }
  await session.rop('RopRelease', {}, sync).catch(() => undefined);
  return Buffer.concat(parts);
}

const { MetaTagIdsetGiven, MetaTagCnsetSeen, MetaTagCnsetSeenFAI, MetaTagCnsetRead } = { MetaTagIdsetGiven: 0x4017_0003, MetaTagCnsetSeen: 0x6796_0102, MetaTagCnsetSeenFAI: 0x67da_0102, MetaTagCnsetRead: 0x67d2_0102 };
/** What a client keeps: the state at the end of a stream. */
function stateOf(stream) {
  const state = new Map();
  for (const tag of [MetaTagIdsetGiven, MetaTagCnsetSeen, MetaTagCnsetSeenFAI, MetaTagCnsetRead]) {
    const mark = Buffer.alloc(4);
    mark.writeUInt32LE(tag);
    const at = stream.lastIndexOf(mark);
    if (at >= 0) state.set(tag, stream.subarray(at + 8, at + 8 + stream.readUInt32LE(at + 4)));
  }
  return state;
}
const changesIn = (stream) => {
  const mark = Buffer.alloc(4);
  mark.writeUInt32LE(wire.marker.IncrSyncChg);
  let count = 0;
  for (let at = stream.indexOf(mark); at >= 0; at = stream.indexOf(mark, at + 4)) count++;
  return count;
};

async function inboxOf(target, user) {
  const session = new MapiSession(target.ready.port, user);
  const FolderId = (await session.logon(await dnOf(target, user)))[inboxAt];
  const { opened } = await session.rop('RopOpenFolder', { FolderId, OpenModeFlags: 0 }, 0);
  return { session, inbox: opened, FolderId };
}

async function firstSync(rounds) {
  const target = await startTarget('devices', { messages: firstMessages, protocol: 'mapi' });
  try {
    const walls = [];
    const costs = [];
    for (let round = -1; round < rounds; round++) {
      const { session, inbox } = await inboxOf(target);
      const before = await ask(target, 'cpu');
      const started = performance.now();
      const stream = await synchronize(session, inbox, new Map());
      const elapsed = performance.now() - started;
      const count = changesIn(stream);
      if (count !== firstMessages) throw new Error(`${count} messages came`);
      session.close();
      if (round < 0) continue;
      walls.push(elapsed / count);
      costs.push((await ask(target, 'cpu') - before) / 1000 / count);
    }
    return [
      { what: `first contents synchronization of ${firstMessages.toLocaleString('en')} messages`, unit: 'ms a message', value: spread(walls), detail: 'text of 1,640 characters whole; buffers of 31 KB' },
      { what: 'the same', unit: 'ms of CPU a message', value: spread(costs) },
    ];
  } finally {
    target.stop();
  }
}

async function growingSync(rounds) {
  const targets = await Promise.all(sizes.map((messages) => startTarget('devices', { messages, protocol: 'mapi' })));
  try {
    const clients = [];
    for (const target of targets) {
      const { session, inbox } = await inboxOf(target);
      clients.push({ target, session, inbox, state: stateOf(await synchronize(session, inbox, new Map())) });
    }
    const [large, small] = await interleave(rounds, clients.map((client) => async () => {
      const times = [];
      for (let at = 0; at < 20; at++) {
        await ask(client.target, 'change');
        const started = performance.now();
        const stream = await synchronize(client.session, client.inbox, client.state);
        times.push(performance.now() - started);
        if (changesIn(stream) !== 1) throw new Error(`${changesIn(stream)} changes came`);
        client.state = stateOf(stream);
      }
      return median(times);
    }));
    for (const { session } of clients) session.close();
    return [{
      what: 'contents synchronization after one change', unit: `at ${sizes[0].toLocaleString('en')} of the time at ${sizes[1].toLocaleString('en')} messages`, value: quotient(large, small), aim: { atMost: 1.5 },
      detail: `${median(large).toFixed(3)} ms and ${median(small).toFixed(3)} ms, state uploaded each time`,
    }];
  } finally {
    for (const { stop } of targets) stop();
  }
}

/** A thousand clients of a thousand people wait; everybody gets a message. */
async function waking(rounds) {
  const users = Array.from({ length: waitingSessions }, (_, at) => `p${at}`);
  const target = await startTarget('devices', { messages: 10, users, protocol: 'mapi' }, ['--expose-gc']);
  const clients = [];
  try {
    const before = await ask(target, 'memory');
    for (const user of users) {
      const { session, inbox, FolderId } = await inboxOf(target, user);
      await session.rop('RopRegisterNotification', { NotificationTypes: wire.notificationType.NewMail, WantWholeStore: false, FolderId, MessageId: 0n }, 0);
      clients.push({ session, user, inbox });
    }
    const perSession = (await ask(target, 'memory') - before) / waitingSessions;
    const [all, one] = [[], []];
    for (let round = 0; round < rounds; round++) {
      one.push(await wake(target, clients.slice(0, 1)));
      all.push(await wake(target, clients));
    }
    return [
      { what: 'one NotificationWait ended by a delivery', unit: 'ms', value: spread(one), aim: { atMost: 10 } },
      { what: `${waitingSessions.toLocaleString('en')} NotificationWaits ended by one delivery each`, unit: 'ms until the last is answered', value: spread(all), detail: 'the deliveries and the client included' },
      { what: 'memory of a session that waits', unit: 'KB', value: spread([perSession / 1024]), detail: 'its connection, logon, folder and subscription included' },
    ];
  } finally {
    for (const { session } of clients) session.close();
    target.stop();
  }
}

async function wake(target, clients) {
  const answers = clients.map(async ({ session }) => {
    if (await session.wait() !== 1) throw new Error('nothing happened');
  });
  await ask(target, 'cpu');
  const started = performance.now();
  await ask(target, 'deliver', clients.map(({ user }) => `${user}@example.test`));
  await Promise.all(answers);
  const elapsed = performance.now() - started;
  // What has happened is told with the next answer.
  for (const { session, inbox } of clients) await session.rop('RopGetPropertiesSpecific', { PropertySizeLimit: 0, WantUnicode: 1, PropertyTags: [0x3602_0003] }, inbox, [0x3602_0003]);
  return elapsed;
}

/** A page of rows, in process, in turn with JSON of the same. */
async function codec(rounds) {
  const rows = Array.from({ length: 100 }, (_, at) => [
    { value: BigInt(at) }, { value: 1 }, { value: 'IPM.Note' }, { value: 'Zoe Zeman' }, { value: `barometer reading ${at}` }, { value: 133_000_000_000_000_000n + BigInt(at) }, { value: 2048 }, { value: 1 }, { value: false },
  ]);
  const bytes = wire.encodeRows(rows, columns);
  const plain = rows.map((row) => row.map(({ value }) => (typeof value === 'bigint' ? Number(value) : value)));
  const text = JSON.stringify(plain);
  const speed = (size, action) => () => {
    let times = 0;
    const started = performance.now();
    while (performance.now() - started < 250) for (let at = 0; at < 8; at++, times++) action();
    return (size * times) / 1e6 / ((performance.now() - started) / 1000);
  };
  const [encoded, stringified] = await interleave(rounds, [speed(bytes.length, () => wire.encodeRows(rows, columns)), speed(text.length, () => JSON.stringify(plain))]);
  const [decoded, parsed] = await interleave(rounds, [speed(bytes.length, () => wire.decodeRows(bytes, columns)), speed(text.length, () => JSON.parse(text))]);
  return [
    { what: 'encode 100 rows', unit: 'of the bytes a second of JSON.stringify', value: quotient(encoded, stringified), detail: `${median(encoded).toFixed(0)} MB/s` },
    { what: 'decode 100 rows', unit: 'of the bytes a second of JSON.parse', value: quotient(decoded, parsed), detail: `${median(decoded).toFixed(0)} MB/s` },
  ];
}
