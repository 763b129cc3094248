'use strict';
const { execFileSync } = require('node:child_process');
const { camelCase, kebabCase } = require('../names.cjs');

const source = 'packages/ews/src';
const table = `${source}/operations.ts`;

/** nx g @fauxchange/nx-plugin:operation FindPeople --folder directory */
async function operationGenerator(tree, { name, folder }) {
  const schema = tree.read(`${source}/schema/operation-types.generated.ts`, 'utf8');
  const declared = new RegExp(`^  ${name}: \\{ request: (\\w+); response: (\\w+) \\};$`, 'm').exec(schema);
  if (!declared) throw new Error(`${name} is no operation of Microsoft's schema: see SUPPORT.md for their names`);
  const before = tree.read(table, 'utf8');
  if (new RegExp(`^  ${name}: `, 'm').test(before)) throw new Error(`${name} is in ${table} already`);

  const file = `operations/${folder}/${kebabCase(name)}.ts`;
  if (tree.exists(`${source}/${file}`)) throw new Error(`${source}/${file} exists`);
  tree.write(`${source}/${file}`, handler(name, declared[1]));
  tree.write(`${source}/${file.replace(/\.ts$/, '.test.ts')}`, test(name));
  tree.write(table, withOperation(before, name, file));
  return () => {
    if (tree.root && tree.exists('tools/support-matrix/generate.mjs')) execFileSync(process.execPath, ['tools/support-matrix/generate.mjs'], { cwd: tree.root, stdio: 'inherit' });
    console.log(`${name}: write the table of ${source}/${file.replace(/\.ts$/, '.test.ts')}, then its handler. Until then it refuses, as operations do that are not in the table.`);
  };
}

function handler(name, request) {
  return `import { EwsError } from '../../errors.ts';
import { defineOperation, type Operation } from '../../operation.ts';

/** @see [MS-OXWS…] ${name}: request ${request} */
export const ${camelCase(name)}: Operation<'${name}'> = defineOperation('${name}', async () => {
  throw new EwsError('ErrorInvalidOperation', '${name} is not emulated yet.');
});
`;
}

function test(name) {
  return `import { ${camelCase(name)} } from './${kebabCase(name)}.ts';

describe('${name}', () => {
  it('refuses until it is written', async () => {
    await expect(${camelCase(name)}.handle({} as never, {} as never)).rejects.toMatchObject({ code: 'ErrorInvalidOperation' });
  });

  // Over a socket, with the client of packages/ews/tests/support: const answer = await alice.call('<m:${name}>…</m:${name}>');
  it.todo('answers: it.each([what, request, expected])');
});
`;
}

/** The table with its three lines more: import, name, handler, each where the alphabet puts it. */
function withOperation(text, name, file) {
  const imported = insertSorted(text, /^import \{ .* \} from '\.\/operations\/.*';$/gm, `import { ${camelCase(name)} } from './${file}';`, (line) => /'(.*)'/.exec(line)[1]);
  const named = imported.replace(/(export type EmulatedOperation =\n)([\s\S]*?);/, (_, head, body) => {
    const names = [...body.matchAll(/'(\w+)'/g)].map(([, one]) => one).concat(name).sort();
    const rows = [];
    for (let at = 0; at < names.length; at += 6) rows.push(names.slice(at, at + 6).map((one) => `'${one}'`).join(' | '));
    return `${head}${rows.map((row) => `  | ${row}`).join('\n')};`;
  });
  const listed = insertSorted(named, /^ {2}[A-Z]\w*: \w+,$/gm, `  ${name}: ${camelCase(name)},`, (line) => line.trim().split(':')[0]);
  if (imported === text || named === imported || listed === named) throw new Error(`${table} is not shaped as this generator knows it`);
  return listed;
}

/** Inserts a line before the first of the matching lines that sorts after it. */
function insertSorted(text, lines, line, keyOf) {
  const found = [...text.matchAll(lines)];
  const next = found.find(([one]) => keyOf(one) > keyOf(line));
  const last = found.at(-1);
  if (!last) return text;
  const at = next ? next.index : last.index + last[0].length + 1;
  return `${text.slice(0, at)}${line}\n${text.slice(at)}`;
}

module.exports = operationGenerator;
module.exports.default = operationGenerator;
