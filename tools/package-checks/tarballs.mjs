// Tarballs of all packages, and what publint and attw say of them.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { commandOf, projectFolders, root, run, runNode } from '../run.mjs';

/** Everything that is published: `{ folder, manifest }`. */
export function publishedPackages() {
  return projectFolders()
    .filter((folder) => existsSync(join(root, folder, 'package.json')))
    .map((folder) => ({ folder, manifest: JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')) }))
    .filter(({ manifest }) => !manifest.private);
}

/** npm pack of each: `[{ name, file, manifest }]`. */
export async function pack(folder) {
  const packages = publishedPackages();
  const { code, output } = await run('npm', ['pack', '--silent', '--json', '--pack-destination', folder, ...packages.flatMap(({ manifest }) => ['-w', manifest.name])], { quiet: true });
  if (code !== 0) throw new Error(`npm pack failed:\n${output}`);
  // npm 11 says a list of them, newer ones an object by name.
  const told = Object.values(JSON.parse(output.slice(output.search(/^[[{]/m))));
  return told.map(({ name, filename }) => ({ name, file: join(folder, filename.replace(/^@/, '').replace('/', '-')), manifest: packages.find(({ manifest }) => manifest.name === name).manifest }));
}

export async function checkTarballs(tarballs) {
  const problems = [];
  const publint = commandOf('publint');
  const attw = commandOf('@arethetypeswrong/cli', 'attw');
  const check = async (what, name, file, args) => {
    const { code, output } = await runNode(file, args, { quiet: true });
    if (code !== 0) problems.push(`${what} on ${name}:\n${output.trim()}`);
  };
  for (const { name, file, manifest } of tarballs) {
    await check('publint', name, publint, ['run', file, '--strict']);
    if (manifest.types) await check('attw', name, attw, [file, '--no-color', '--profile', 'node16']);
  }
  return problems;
}
