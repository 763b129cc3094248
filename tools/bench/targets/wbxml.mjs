// WBXML in process, in turn with the least that building a tree and writing one can cost (wbxml-bound.mjs).
import { argument } from './argument.mjs';
import { require } from '../ours.mjs';
import { interleave, median } from '../statistics.mjs';
import { bodies } from '../wbxml-bodies.mjs';
import { readTree, writeTree } from '../wbxml-bound.mjs';

const { decodeDocument, encodeDocument } = require('@fauxchange/wbxml');
const { rounds } = argument;

/** Megabytes a second of an action that works on so many bytes. */
function speed(bytes, action) {
  return () => {
    let times = 0;
    const started = performance.now();
    while (performance.now() - started < 250) for (let at = 0; at < 8; at++, times++) action();
    return (bytes * times) / 1e6 / ((performance.now() - started) / 1000);
  };
}

const results = [];
async function compare(what, { aim, size }, ours, theirs) {
  const [a, b] = await interleave(rounds, [speed(size, ours), speed(size, theirs)]);
  results.push({ what, aim, ours: a, theirs: b, megabytes: median(a) });
}

for (const { what, document, value, isMeasured } of bodies) {
  const bytes = Buffer.from(encodeDocument(document, value));
  const tree = readTree(bytes);
  if (!bytes.equals(writeTree(tree))) throw new Error(`${what}: the bound writes other bytes`);
  const size = bytes.length;
  const name = `${what}, ${(size / 1024).toFixed(0)} KB`;
  await compare(`decode ${name}`, { size, aim: isMeasured ? { atLeast: 0.35 } : undefined }, () => decodeDocument(bytes, document), () => readTree(bytes));
  await compare(`encode ${name}`, { size, aim: isMeasured ? { atLeast: 0.5 } : undefined }, () => encodeDocument(document, value), () => writeTree(tree));
}
process.send(results);
