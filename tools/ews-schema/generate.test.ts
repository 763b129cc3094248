import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

it('the generated files are what the XSDs say', () => {
  const said = execFileSync(process.execPath, [join(__dirname, 'generate.mjs'), '--check'], { encoding: 'utf8' });
  if (said.startsWith('skipped')) console.warn(said);
  else expect(said.trim()).toBe('up to date');
});
