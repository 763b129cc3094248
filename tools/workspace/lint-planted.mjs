// Lints texts as if they were files of the workspace: reads [{ file, code }] as JSON, writes the ids of the rules that fire.
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { createProjectGraphAsync } from '@nx/devkit';
import { ESLint } from 'eslint';

const root = fileURLToPath(new URL('../..', import.meta.url));
process.chdir(root);
await createProjectGraphAsync();
const eslint = new ESLint({ cwd: root });
const verdicts = [];
for (const { file, code } of JSON.parse(await text(process.stdin))) {
  const [result] = await eslint.lintText(code, { filePath: file });
  verdicts.push((result?.messages ?? []).map(({ ruleId, message }) => ruleId ?? message));
}
process.stdout.write(`\n${JSON.stringify(verdicts)}\n`);
