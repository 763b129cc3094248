// node tools/support-matrix/generate.mjs [--check]: writes SUPPORT.md, or says whether it is stale.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { supportMatrix } from './matrix.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const target = join(root, 'SUPPORT.md');
const text = supportMatrix(root);
const isStale = !existsSync(target) || readFileSync(target, 'utf8') !== text;
if (process.argv.includes('--check')) {
  console.log(isStale ? 'stale: run npm run support' : 'up to date');
  process.exitCode = isStale ? 1 : 0;
} else {
  if (isStale) writeFileSync(target, text);
  console.log(isStale ? 'written: SUPPORT.md' : 'nothing to write');
}
