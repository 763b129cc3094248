// npm run generate: every generated file that is committed.
import { join } from 'node:path';
import { root, runNode } from './run.mjs';

for (const file of ['tools/ews-schema/generate.mjs', 'tools/code-pages/generate.mjs', 'tools/properties/generate-known-properties.mjs', 'tools/support-matrix/generate-test-cases.mjs', 'tools/support-matrix/generate.mjs']) {
  console.log(`== ${file}`);
  const { code } = await runNode(join(root, file), process.argv.slice(2));
  if (code !== 0) process.exitCode = code;
}
