// Builds everything, or the named projects and what they need: node tools/build.mjs [packages/ews apps/server …]
// tsc writes declarations and modules; then each package's entry becomes one file, jose included (see bundle.mjs).
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { bundleAll } from './bundle.mjs';
import { commandOf, projectFolders, root, runNode } from './run.mjs';

export async function build(projects = []) {
  removeStaleFiles();
  const configs = projects.map((project) => join(project, 'tsconfig.lib.json'));
  const { code } = await runNode(commandOf('typescript', 'tsc'), ['-b', ...configs]);
  if (code !== 0) return code;
  await bundleAll();
  return 0;
}

/** tsc leaves what a removed source once became, and npm would publish it. */
function removeStaleFiles() {
  for (const folder of projectFolders().map((name) => join(root, name))) {
    const dist = join(folder, 'dist');
    if (!existsSync(dist)) continue;
    for (const file of readdirSync(dist, { recursive: true })) {
      const source = /^(.*?)(\.d\.ts|\.js)(\.map)?$/.exec(file)?.[1];
      if (source !== undefined && !existsSync(join(folder, 'src', `${source}.ts`))) rmSync(join(dist, file));
    }
  }
}

if (process.argv[1] === import.meta.filename) process.exitCode = await build(process.argv.slice(2));
