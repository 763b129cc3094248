// npm run check:packages: what users will install, checked as they will meet it. Everything happens in a temporary folder:
//   npm pack of every package -> publint and attw -> npm install of the tarballs -> types, examples and the command.
//   --node 22,24 runs the examples under these versions too (Linux on x64; from npm); --keep leaves the folder.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { build } from './build.mjs';
import { inPairs } from './run.mjs';
import { tryAlone } from './package-checks/alone.mjs';
import { runCommandOfTarball } from './package-checks/command.mjs';
import { checkExample, checkTypes, examples, installConsumer, installNode } from './package-checks/consumer.mjs';
import { checkTarballs, pack } from './package-checks/tarballs.mjs';

const { values } = parseArgs({ options: { node: { type: 'string' }, keep: { type: 'boolean' } } });
const folder = mkdtempSync(join(tmpdir(), 'fauxchange-packages-'));
const failures = [];
let tarballs = [];

async function step(name, action) {
  const started = performance.now();
  const problems = await action();
  console.log(`${problems.length === 0 ? 'ok    ' : 'FAILED'} ${name} (${((performance.now() - started) / 1000).toFixed(1)} s)`);
  for (const problem of problems) console.log(problem.replace(/^/gm, '       '));
  failures.push(...problems);
  return problems.length === 0;
}

try {
  const isReady =
    (await step('build', async () => ((await build()) === 0 ? [] : ['the build failed']))) &&
    (await step('npm pack', async () => {
      tarballs = await pack(folder);
      return [];
    })) &&
    (await step('npm install of the tarballs', () => installConsumer(folder, tarballs)));
  const jobs = tarballs.length === 0 ? [] : [() => step('publint and attw', () => checkTarballs(tarballs))];
  if (isReady) {
    const nodes = [undefined];
    for (const major of values.node?.split(',') ?? []) nodes.push(await installNode(folder, major));
    jobs.push(
      () => step('types, as consumers check them', () => checkTypes(folder, tarballs)),
      ...examples().map((example) => async () => {
        for (const node of nodes) await step(`examples/${example}${node ? `, node ${node.version}` : ''}`, () => checkExample(folder, example, node));
      }),
      () => step('@fauxchange/wbxml alone', () => tryAlone(folder, tarballs, '@fauxchange/wbxml', 'wbxml')),
      () => step('the command fauxchange', () => runCommandOfTarball(folder)),
    );
  }
  await inPairs(jobs, (job) => job());
} finally {
  if (values.keep) console.log(`left: ${folder}`);
  else rmSync(folder, { recursive: true, force: true });
}
console.log(failures.length === 0 ? 'The packages are fit to be published.' : `${failures.length} problem(s).`);
process.exitCode = failures.length === 0 ? 0 : 1;
