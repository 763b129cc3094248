// Heap and external memory of an organization before and after a mailbox is filled.
import { argument } from './argument.mjs';
import { require } from '../ours.mjs';
import { bodyBytes, seedOf } from '../mailbox.mjs';

const { createOrganization } = require('@fauxchange/mailbox');
const { messages } = argument;
function used() {
  for (let at = 0; at < 4; at++) globalThis.gc();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

const first = await createOrganization({ seed: seedOf(10) });
await first.close();
const before = used();
const organization = await createOrganization({ seed: seedOf(messages) });
const bytes = used() - before;
process.send({ messages, bytes, perMessage: bytes / messages, beside: (bytes - bodyBytes(messages)) / messages, users: organization.users.length });
