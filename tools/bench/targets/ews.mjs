// An EWS emulator with a mailbox of so many messages; says its port.
import { argument } from './argument.mjs';
import { tellCpu } from './cpu.mjs';
import { require } from '../ours.mjs';
import { seedOf } from '../mailbox.mjs';

const { createEwsEmulator } = require('@fauxchange/ews');
const { messages } = argument;
const ews = await createEwsEmulator({ seed: seedOf(messages) });
tellCpu();
process.send({ port: ews.port });
