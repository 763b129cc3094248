// npm test: everything that proves the work, and one summary at the end. Arguments go to jest.
import { build } from './build.mjs';
import { commandOf, root, runNode } from './run.mjs';
import { join } from 'node:path';

const steps = [
  ['types', 'tsc -b of every package and its tests', () => build()],
  ['lint', 'eslint, module boundaries included', async () => (await runNode(join(root, 'tools/lint.mjs'))).code],
  ['tests', 'jest over every project', async () => (await runNode(commandOf('jest'), process.argv.slice(2))).code],
];

async function take([name, what, step]) {
  console.log(`\n== ${name}: ${what}`);
  const started = performance.now();
  const code = await step();
  return { name, what, isGood: code === 0, seconds: (performance.now() - started) / 1000 };
}

// Types and lint take one core each; jest takes all there are, and some tests what the build made.
const [types, lint, tests] = steps;
const results = [...(await Promise.all([take(types), take(lint)])), await take(tests)];
console.log('\n== summary');
for (const { name, what, isGood, seconds } of results) console.log(`${isGood ? 'ok    ' : 'FAILED'} ${name.padEnd(6)} ${seconds.toFixed(1).padStart(6)} s  ${what}`);
const failed = results.filter(({ isGood }) => !isGood);
console.log(failed.length === 0 ? 'All of it holds.' : `Failed: ${failed.map(({ name }) => name).join(', ')}.`);
process.exitCode = failed.length === 0 ? 0 : 1;
