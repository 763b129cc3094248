// An EWS emulator with many people and long calendars.
import { argument } from './argument.mjs';
import { officeOf } from '../office.mjs';
import { require } from '../ours.mjs';

const { createEwsEmulator } = require('@fauxchange/ews');
const ews = await createEwsEmulator({ seed: officeOf(argument) });
process.send({ port: ews.port });
