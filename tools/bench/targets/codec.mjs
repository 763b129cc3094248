// The codec alone, in process, in turn with the least that its work can cost: a parse without a schema, a JSON.stringify.
import { argument } from './argument.mjs';
import { builtFile, require } from '../ours.mjs';
import { seedOf } from '../mailbox.mjs';
import { findItem, getItem } from '../requests.mjs';
import { interleave, median } from '../statistics.mjs';

const { createEwsEmulator } = require('@fauxchange/ews');
const { decodeEnvelope, encodeEnvelope } = require('@fauxchange/xml');
const { ewsSchema } = require(builtFile('ews/dist/schema/ews-schema.js'));
const { SaxesParser } = require('saxes');
const { rounds } = argument;
const schema = ewsSchema();

const ews = await createEwsEmulator({ seed: seedOf(1000) });
async function ask(body) {
  const response = await fetch(ews.endpoint, { method: 'POST', body, headers: { 'Content-Type': 'text/xml; charset=utf-8', Authorization: `Basic ${btoa('alice@example.test:alice-pass')}` } });
  return response.text();
}
/** The decoded response of the last exchange: what a handler returned. */
async function responseOf(body) {
  const text = await ask(body);
  if (!text.includes('NoError')) throw new Error(text);
  return { text, value: ews.journal.entries().at(-1).response.value };
}

/** Megabytes a second of an action that works on so many bytes. */
function speed(bytes, action) {
  return () => {
    let times = 0;
    const started = performance.now();
    while (performance.now() - started < 250) for (let at = 0; at < 8; at++, times++) action();
    return (bytes * times) / 1e6 / ((performance.now() - started) / 1000);
  };
}
function parse(text) {
  const parser = new SaxesParser({ xmlns: true });
  let count = 0;
  parser.on('opentag', () => count++);
  parser.on('text', () => count++);
  parser.write(text).close();
  return count;
}

const results = [];
async function compare(what, against, bytes, ours, theirs) {
  const [a, b] = await interleave(rounds, [speed(bytes, ours), speed(bytes, theirs)]);
  results.push({ what, against, ours: a, theirs: b, megabytes: median(a) });
}

const { text: ids } = await responseOf(findItem(0, 1));
const request = Buffer.from(getItem(/ItemId Id="([^"]+)"/.exec(ids)[1]));
await compare(`decode a GetItem request, ${request.length} bytes`, 'saxes without a schema', request.length, () => decodeEnvelope(request, schema), () => parse(request.toString()));
for (const count of [50, 1000]) {
  const { text, value } = await responseOf(findItem(0, count));
  const bytes = Buffer.byteLength(text);
  await compare(`encode a FindItem response of ${count}, ${(bytes / 1024).toFixed(0)} KB`, 'JSON.stringify of its value', bytes, () => encodeEnvelope(schema, 'm:FindItemResponse', value), () => Buffer.from(JSON.stringify(value)));
}
await ews.close();
process.send(results);
