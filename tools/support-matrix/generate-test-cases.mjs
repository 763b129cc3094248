// node generate-test-cases.mjs [--check]: the numbers of those server-side statements about EWS that Microsoft verifies by test case.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));
const lists = join(process.env.FAUXCHANGE_SHARED ?? join(here, '../../../shared'), 'interop-requirements/WebServices');
const target = join(here, 'test-cases.json');

/** Ids of one list, by the document that each is of: rows of a list may be of another document. */
function idsOf(text) {
  const [head, ...rows] = text.split(/\r?\n/).map((line) => line.split('\t'));
  const column = (name) => head.indexOf(name);
  const [id, scope, verification] = ['Req ID', 'Scope', 'Verification'].map(column);
  return rows.filter((row) => /^(Server|Both)$/.test(row[scope] ?? '') && /Test Case/.test(row[verification] ?? '')).map((row) => row[id]);
}

function generate() {
  const files = readdirSync(lists).filter((name) => name.endsWith('.tsv')).sort();
  const entries = files.map((name) => [name.replace('.tsv', ''), idsOf(readFileSync(join(lists, name), 'utf8'))]).filter(([, ids]) => ids.length > 0);
  return `{\n${entries.map(([name, ids]) => `  ${JSON.stringify(name)}: ${JSON.stringify(ids)}`).join(',\n')}\n}\n`;
}

if (!existsSync(lists)) {
  console.log('skipped: the lists of requirements are not beside this project (FAUXCHANGE_SHARED names another place)');
  process.exit(0);
}
const text = generate();
const isStale = !existsSync(target) || readFileSync(target, 'utf8') !== text;
if (process.argv.includes('--check')) {
  console.log(isStale ? 'stale: test-cases.json' : 'up to date');
  process.exitCode = isStale ? 1 : 0;
} else {
  if (isStale) writeFileSync(target, text);
  console.log(isStale ? 'written: test-cases.json' : 'nothing to write');
}
