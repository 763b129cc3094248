// A package that is of use without its neighbours: installed into a project of its own with nothing else, its example run there.
import { cpSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, run } from '../run.mjs';

/** `command`: an executable of the package that reads bytes from a file and prints them as XML. */
export async function tryAlone(folder, tarballs, name, command) {
  const project = join(folder, `alone-${command}`);
  mkdirSync(project);
  const { file } = tarballs.find((tarball) => tarball.name === name);
  writeFileSync(join(project, 'package.json'), JSON.stringify({ name: 'alone', private: true, dependencies: { [name]: `file:${file}` } }));
  const installed = await run('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline', '--loglevel', 'error'], { cwd: project, quiet: true });
  if (installed.code !== 0) return [installed.output];
  const neighbours = readdirSync(join(project, 'node_modules/@fauxchange')).filter((neighbour) => `@fauxchange/${neighbour}` !== name);
  const problems = neighbours.map((neighbour) => `${name} brings ${neighbour}`);
  cpSync(join(root, 'examples', command), join(project, 'example'), { recursive: true });
  const tested = await run('npm', ['test', '--silent'], { cwd: join(project, 'example'), quiet: true });
  if (tested.code !== 0) problems.push(tested.output);
  return [...problems, ...(await tryCommand(project, command))];
}

async function tryCommand(project, command) {
  writeFileSync(join(project, 'ping.hex'), '03016a00 000d4547 033200 0101');
  writeFileSync(join(project, 'cut.hex'), '03016a00 000d4547 0332');
  const executable = join(project, 'node_modules/.bin', command);
  const good = await run('sh', ['-c', `"${executable}" decode --hex - < ping.hex`], { cwd: project, quiet: true });
  const bad = await run(executable, ['decode', '--hex', 'cut.hex'], { cwd: project, quiet: true });
  const problems = [];
  if (good.code !== 0 || !good.output.includes('<Status>2</Status>')) problems.push(`${command} ended with ${good.code}: ${good.output}`);
  if (bad.code !== 1 || !bad.output.includes('offset 8')) problems.push(`${command} of a cut document ended with ${bad.code}: ${bad.output}`);
  return problems;
}
