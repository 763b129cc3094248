// An EWS emulator that can be told to change one message, and to time its reset.
import { argument } from './argument.mjs';
import { require } from '../ours.mjs';
import { seedOf } from '../mailbox.mjs';
import { median } from '../statistics.mjs';

const { createEwsEmulator } = require('@fauxchange/ews');
const { messages } = argument;
const ews = await createEwsEmulator({ seed: seedOf(messages) });
const session = ews.organization.mailboxByAddress('alice@example.test').openAsSystem();
const inbox = (await session.distinguished('inbox')).id;
let changes = 0;

async function change() {
  const { items: [item] } = await session.query([inbox], { limit: 1, offset: messages >> 2 });
  await session.updateItem(item.id, { properties: { PidTagSubject: `changed ${changes++}` } });
}

/** Median milliseconds of a reset after one change. */
async function reset() {
  const times = [];
  for (let at = 0; at < 31; at++) {
    await change();
    const started = performance.now();
    await ews.reset();
    times.push(performance.now() - started);
  }
  return median(times);
}

process.on('message', async (what) => process.send(what === 'reset' ? await reset() : ((await change()), 0)));
process.send({ port: ews.port });
