import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

it('the generated file is what the table of code pages says', () => {
  const said = execFileSync(process.execPath, [join(__dirname, 'generate.mjs'), '--check'], { encoding: 'utf8' });
  if (said.startsWith('skipped')) console.warn(said);
  else expect(said.trim()).toBe('up to date');
});
