// What an embedded emulator costs a test: loading it, and making and closing one.
import { numberFrom, runTarget } from '../child.mjs';
import { builtFile } from '../ours.mjs';
import { interleave, median, quotient } from '../statistics.mjs';

const timed = (code) => ['-e', `const { performance } = require('node:perf_hooks'); require('node:http'); const started = performance.now(); ${code}; console.log(performance.now() - started);`];

export async function loading({ rounds }) {
  const ews = builtFile('ews/dist/index.js');
  const [ours, express, nothing] = await interleave(Math.max(rounds, 9), [
    () => numberFrom(timed(`require(${JSON.stringify(ews)})`)),
    () => numberFrom(timed("require('express')")),
    () => numberFrom(timed('')),
  ]);
  const beyond = ours.map((value, round) => value - nothing[round]);
  const { warm, cold } = await runTarget('create-close', { times: 60 });
  const range = (values) => ({ median: median(values), low: Math.min(...values), high: Math.max(...values) });
  return [
    { what: 'loading @fauxchange/ews, fresh process', unit: 'ms beyond node:http', value: range(beyond), aim: { atMost: 60 }, detail: `loading express took ${median(express).toFixed(0)} ms in turn` },
    { what: 'loading @fauxchange/ews, fresh process', unit: 'times loading express', value: quotient(beyond, express) },
    { what: 'create and close an EWS emulator', unit: 'ms', value: range(warm), aim: { atMost: 20 }, detail: `default seed, median of ${warm.length}; the first of the process ${cold.toFixed(0)} ms` },
  ];
}
