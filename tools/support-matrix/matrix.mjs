// SUPPORT.md as text, from the tables of operations and commands, the generated schema and the tests.
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { readResponseCodes, renderResponseCodes } from './response-codes.mjs';
import { namedIds, readRequirements, renderRequirements } from './requirements.mjs';

/** First version of Exchange whose schema has it, by the level of the schema's marks. */
const SINCE = ['2007', '2007 SP1', '2010', '2010 SP1', '2010 SP2', '2013', '2016', 'Online'];

export function readOperations(root) {
  const schema = readFileSync(join(root, 'packages/ews/src/schema/operation-types.generated.ts'), 'utf8');
  const table = readFileSync(join(root, 'packages/ews/src/operations.ts'), 'utf8');
  const body = table.slice(table.indexOf('export const operations'));
  const emulated = new Set([...body.matchAll(/^ {2}(\w+): \w+,$/gm)].map(([, name]) => name));
  const rows = [...schema.matchAll(/^ {2}(\w+): \{ request: '\w+', response: '\w+', since: (\d), inWsdl: (true|false) \},$/gm)];
  const refusals = readFileSync(join(root, 'packages/ews/src/operations/service/refusals.ts'), 'utf8');
  const refused = new Set([...refusals.slice(refusals.indexOf('const refusals')).matchAll(/^ {2}(\w+): /gm)].map(([, name]) => name));
  const operations = rows.map(([, name, since, inWsdl]) => ({ name, since: SINCE[Number(since)], inWsdl: inWsdl === 'true', isEmulated: emulated.has(name), isRefused: refused.has(name) }));
  const known = new Set(operations.map(({ name }) => name));
  const strangers = [...emulated].filter((name) => !known.has(name));
  if (operations.length === 0 || emulated.size === 0 || strangers.length > 0) throw new Error(`the tables of operations are not as expected: ${operations.length} in the schema, ${emulated.size} emulated, unknown: ${strangers.join(' ')}`);
  return operations;
}

/** What each profile tells and takes. */
function readProfiles(root) {
  const text = readFileSync(join(root, 'packages/ews/src/profile.ts'), 'utf8');
  const rows = [...text.matchAll(/\{ name: '(\w+)', majorVersion: (\d+), minorVersion: (\d+), majorBuildNumber: (\d+), minorBuildNumber: (\d+), schemaVersion: '(\w+)'/g)];
  if (rows.length === 0) throw new Error('the table of profiles is not as expected');
  return rows.map(([, name, ...build]) => ({ name, build: build.slice(0, 4).join('.'), schema: build[4] }));
}

/** The commands of ActiveSync with their numbers, and which of them have a handler. */
export function readCommands(root) {
  const codes = readFileSync(join(root, 'packages/activesync/src/http/command-line.ts'), 'utf8');
  const table = readFileSync(join(root, 'packages/activesync/src/commands.ts'), 'utf8');
  const emulated = new Set([...table.slice(table.indexOf('export const commands')).matchAll(/^ {2}(\w+): \w+,$/gm)].map(([, name]) => name));
  const [, body = ''] = /commandCodes = \{([^}]*)\}/.exec(codes) ?? [];
  const commands = [...body.matchAll(/(\w+): \d+/g)].map(([, name]) => ({ name, isEmulated: emulated.has(name) })).sort((a, b) => (a.name < b.name ? -1 : 1));
  if (commands.length === 0 || emulated.size === 0) throw new Error('the tables of commands are not as expected');
  return commands;
}

/** The ROPs with their numbers and the request types of MAPI over HTTP, and which of them have a handler. */
export function readMapi(root) {
  const handlers = filesBelow(join(root, 'packages/mapi-http/src')).filter((path) => path.endsWith('.ts')).map((path) => readFileSync(path, 'utf8')).join('\n');
  // Handlers that are alike are made by functions of their own: a ROP's name is their first argument.
  const emulated = new Set([...handlers.matchAll(/(?:[dD]efine\w+\((?:\{ name: )?|\w+\()'(\w+)',/g)].map(([, name]) => name));
  // RopRelease is the processor's own.
  emulated.add('RopRelease');
  const wire = filesBelow(join(root, 'packages/mapi-wire/src/rops')).filter((path) => !path.endsWith('.test.ts')).map((path) => readFileSync(path, 'utf8')).join('\n');
  const rops = [...wire.matchAll(/^ {2}(Rop\w+): (?:\{ \.\.\.)?(?:rop|alike|opening|copying|responding)\(0x([0-9a-f]{2}),/gm)].map(([, name, id]) => ({ name, id, isEmulated: emulated.has(name) }));
  if (wire.includes('RopLogon')) rops.push({ name: 'RopLogon', id: 'fe', isEmulated: emulated.has('RopLogon') });
  const types = ['emsmdb', 'nspi'].flatMap((endpoint) => [...readFileSync(join(root, `packages/mapi-wire/src/bodies/${endpoint}.ts`), 'utf8').matchAll(/^ {2}(\w+): \{/gm)].map(([, name]) => ({ endpoint, name, isEmulated: emulated.has(name) })));
  if (rops.length < 100 || types.length < 20) throw new Error('the tables of ROPs and request types are not as expected');
  return { rops: [...new Map(rops.map((one) => [one.name, one])).values()].sort((a, b) => (a.id < b.id ? -1 : 1)), types };
}

function filesBelow(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.name === 'node_modules' || entry.name === 'dist') return [];
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesBelow(path) : [path];
  });
}

export function readTests(root) {
  const files = ['packages/ews', 'packages/autodiscover', 'packages/activesync', 'packages/wbxml', 'packages/mapi-wire', 'packages/mapi-http', 'packages/exchange', 'apps/server'].flatMap((parent) => filesBelow(join(root, parent))).filter((path) => /\.test\.ts$|\/tests\/[\w-]+\.data\.ts$/.test(path)).sort();
  return files.map((path) => ({ path: relative(root, path), text: readFileSync(path, 'utf8') }));
}

function countByDocument(tests) {
  const byDocument = groupBy([...namedIds(tests)], (id) => id.split('_R')[0]);
  return [...byDocument].map(([document, list]) => ({ document, count: list.length })).sort((a, b) => (a.document < b.document ? -1 : 1));
}
function groupBy(list, keyOf) {
  const groups = new Map();
  for (const one of list) groups.set(keyOf(one), [...(groups.get(keyOf(one)) ?? []), one]);
  return groups;
}

const link = (path) => `[${path.replace(/^packages\//, '').replace(/\.test\.ts$/, '').replace('/tests/', ': ').replace('/src/', ': ')}](${path})`;

export function renderMatrix(root, operations, commands, mapi, tests) {
  const emulated = operations.filter(({ isEmulated }) => isEmulated);
  const rest = operations.filter(({ isEmulated, isRefused }) => !isEmulated && !isRefused);
  const refused = operations.filter(({ isRefused }) => isRefused);
  const naming = (name) => tests.filter(({ text }) => new RegExp(`\\b${name}\\b`).test(text)).map(({ path }) => link(path));
  const ofMapi = (name) => naming(name).filter((one) => one.startsWith('[mapi-http') || one.startsWith('[exchange')).join(', ') || 'none';
  const asserted = countByDocument(tests);
  const inWsdl = operations.filter((operation) => operation.inWsdl).length;
  return `# What is emulated

Generated by \`npm run support\` from [operations.ts](packages/ews/src/operations.ts), Microsoft's schema and the tests. Do not edit.

## Exchange Web Services

${emulated.length} of ${operations.length} operations are emulated (${inWsdl} are in Microsoft's WSDL, ${operations.length - inWsdl} in the schemas alone). What "emulated" does not cover is
in [docs/differences.md](docs/differences.md). Requests of all operations are checked against the schema of the version that the client asks for.

| operation | since Exchange | tests that name it |
|---|---|---|
${emulated.map(({ name, since }) => `| ${name} | ${since} | ${naming(name).join(', ') || 'none'} |`).join('\n')}

### Profiles

Requests for newer schemas are refused with \`ErrorInvalidServerVersion\`; what is newer than the version that a request asks for is refused with \`ErrorIncorrectSchemaVersion\`, or left out of its answer.

| profile | build | newest schema |
|---|---|---|
${readProfiles(root).map(({ name, build, schema }) => `| \`${name}\` | ${build} | ${schema} |`).join('\n')}

### Refused as without the service behind them

${refused.length} operations need a service beside Exchange that the organization does not have; each has the refusal that Exchange has for that.

| operation | since Exchange | named by tests |
|---|---|---|
${refused.map(({ name, since }) => `| ${name} | ${since} | ${naming(name).join(', ') || 'none'} |`).join('\n')}

### Answered with an error

These are read and checked too, and answered with the error that their own schema has: \`ErrorInvalidOperation\`, "… is not emulated yet."

| operation | since Exchange | in the WSDL |
|---|---|---|
${rest.map((operation) => `| ${operation.name} | ${operation.since} | ${operation.inWsdl ? 'yes' : 'schemas alone'} |`).join('\n')}

${renderResponseCodes(readResponseCodes(root, tests))}
## Exchange ActiveSync

${commands.filter((command) => command.isEmulated).length} of ${commands.length} commands are emulated, in the versions 2.5 to 16.1 as far as each knows them.

| command | tests that name it |
|---|---|
${commands.map(({ name, isEmulated }) => `| ${name} | ${isEmulated ? naming(name).filter((one) => one.startsWith('[activesync') || one.startsWith('[exchange')).join(', ') || 'none' : 'not emulated: status 137'} |`).join('\n')}

## MAPI over HTTP

${mapi.types.filter((type) => type.isEmulated).length} of ${mapi.types.length} request types (and PING at both endpoints), ${mapi.rops.filter((rop) => rop.isEmulated).length} of ${mapi.rops.length} ROPs.

| endpoint | request type | tests that name it |
|---|---|---|
${mapi.types.map(({ endpoint, name, isEmulated }) => `| ${endpoint} | ${name} | ${isEmulated ? ofMapi(name) : 'not emulated: X-ResponseCode 5'} |`).join('\n')}

| id | ROP | tests that name it |
|---|---|---|
${mapi.rops.map(({ id, name, isEmulated }) => `| 0x${id} | ${name} | ${isEmulated ? ofMapi(name) : 'not emulated: ecNotSupported'} |`).join('\n')}

## Microsoft's numbered requirements

Tests that assert the very statement carry its number (\`MS-OXWSFOLD_R298\`, \`MS-ASCMD_R4011\`).

${asserted.length > 0 ? `| document | requirements named by tests |\n|---|---|\n${asserted.map(({ document, count }) => `| [${document}] | ${count} |`).join('\n')}` : 'None yet.'}

${renderRequirements(readRequirements(tests))}`;
}

export function supportMatrix(root) {
  return renderMatrix(root, readOperations(root), readCommands(root), readMapi(root), readTests(root));
}
