// npm run bench [-- --only loading,http,growth,office,memory,codec,wbxml,activesync,mapi,starting] [--rounds 5] [--json FILE]
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { activesync } from './measure/activesync.mjs';
import { codec } from './measure/codec.mjs';
import { growth } from './measure/growth.mjs';
import { http } from './measure/http.mjs';
import { loading } from './measure/loading.mjs';
import { mapi } from './measure/mapi.mjs';
import { memory } from './measure/memory.mjs';
import { office } from './measure/office.mjs';
import { starting } from './measure/starting.mjs';
import { wbxml } from './measure/wbxml.mjs';
import { renderTable, verdictOf } from './table.mjs';

const measures = { loading, starting, http, growth, office, memory, codec, wbxml, activesync, mapi };
const { values } = parseArgs({ options: { only: { type: 'string' }, rounds: { type: 'string', default: '5' }, json: { type: 'string' } } });
const names = values.only?.split(',') ?? Object.keys(measures);
const rounds = Number(values.rounds);
const unknown = names.filter((name) => !Object.hasOwn(measures, name));
if (unknown.length > 0 || !(rounds >= 1)) {
  console.error(`--only takes ${Object.keys(measures).join(', ')}; --rounds a number`);
  process.exit(2);
}

console.log(`node ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}; ${rounds} rounds in turn, medians`);
const rows = [];
for (const name of names) {
  const started = performance.now();
  rows.push(...(await measures[name]({ rounds })));
  console.error(`${name}: ${((performance.now() - started) / 1000).toFixed(0)} s`);
}
console.log(`\n${renderTable(rows)}\n`);
const short = rows.filter((row) => verdictOf(row) === 'falls short');
console.log(short.length === 0 ? 'Every aim is reached.' : `Falls short of its aim: ${short.map(({ what, unit }) => `${what} (${unit})`).join('; ')}.`);
if (values.json) writeFileSync(values.json, `${JSON.stringify({ node: process.version, rounds, rows }, null, 2)}\n`);
