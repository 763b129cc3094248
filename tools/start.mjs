// npm start: builds what the command needs, then is the command, with the arguments given to npm.
import { createRequire, runMain } from 'node:module';
import { join } from 'node:path';
import { build } from './build.mjs';
import { root } from './run.mjs';

const code = await build(['apps/server']);
if (code !== 0) process.exit(code);
const { bin } = createRequire(import.meta.url)(join(root, 'apps/server/package.json'));
const main = join(root, 'apps/server', bin.fauxchange);
process.argv[1] = main;
runMain(main);
