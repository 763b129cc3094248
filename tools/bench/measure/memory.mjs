import { runTarget } from '../child.mjs';

export async function memory() {
  const { bytes, perMessage, beside, messages } = await runTarget('memory', { messages: 100_000 }, ['--expose-gc']);
  return [{ what: `memory of a message beside its body, ${messages.toLocaleString('en')} messages`, unit: 'bytes', value: { median: beside, low: beside, high: beside }, aim: { atMost: 2048 }, detail: `${perMessage.toFixed(0)} bytes with the body, ${(bytes / 2 ** 20).toFixed(0)} MiB in all` }];
}
