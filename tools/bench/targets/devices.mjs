// An emulator that clients synchronize with, and that can be told to change one message, to deliver one, and how much memory it has.
import { argument } from './argument.mjs';
import { require } from '../ours.mjs';
import { seedOf } from '../mailbox.mjs';

const { messages, users = [], protocol = 'activesync' } = argument;
const seed = seedOf(messages);
const create = { activesync: () => require('@fauxchange/activesync').createActiveSyncEmulator, mapi: () => require('@fauxchange/mapi-http').createMapiHttpEmulator }[protocol]();
const server = await create({
  provisioning: 'none',
  seed: async (organization) => {
    await seed(organization);
    for (const name of users) await organization.add({ recipientType: 'UserMailbox', displayName: name, primarySmtpAddress: `${name}@example.test`, password: `${name}-pass` });
  },
});
const session = server.organization.mailboxByAddress('alice@example.test').openAsSystem();
const inbox = (await session.distinguished('inbox')).id;
let changes = 0;

const actions = {
  async change() {
    const { items: [item] } = await session.query([inbox], { limit: 1, offset: messages >> 2 });
    await session.updateItem(item.id, { properties: { PidTagSubject: `changed ${changes++}` } });
  },
  async deliver(to) {
    const addresses = to ?? ['alice@example.test'];
    await server.organization.deliver('From: zoe@elsewhere.test\r\nSubject: wake up\r\n\r\nHi\r\n', { to: addresses });
  },
  dn: (user) => server.organization.directory.byAddress(`${user}@example.test`)?.legacyExchangeDN,
  memory() {
    globalThis.gc?.();
    return process.memoryUsage().heapUsed;
  },
  cpu() {
    const { user, system } = process.cpuUsage();
    return user + system;
  },
};

process.on('message', async ({ what, value }) => process.send({ answer: (await actions[what](value)) ?? 0 }));
process.send({ port: server.port });
