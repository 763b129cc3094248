import { argument } from './argument.mjs';
import { require } from '../ours.mjs';

const { createEwsEmulator } = require('@fauxchange/ews');
const { times } = argument;
async function once() {
  const started = performance.now();
  const ews = await createEwsEmulator();
  await ews.close();
  return performance.now() - started;
}
const cold = await once();
for (let at = 0; at < 5; at++) await once();
const warm = [];
for (let at = 0; at < times; at++) warm.push(await once());
process.send({ cold, warm });
