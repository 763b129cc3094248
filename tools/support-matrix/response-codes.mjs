// EWS's response codes: which of them tests provoke, and why the others do not come by themselves.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));

/** Every code of the newest schema; those that a test of EWS expects by name; and the rest by reason. */
export function readResponseCodes(root, tests) {
  const [line] = readFileSync(join(root, 'packages/ews/src/schema/schema.generated.ts'), 'utf8').split('\n').filter((one) => one.startsWith('m:ResponseCodeType='));
  const codes = line.slice(line.indexOf('=') + 1).split(' ').map((value) => value.split('^')[0]).filter((code) => code !== 'NoError');
  const named = new Set(tests.filter(({ path }) => /^packages\/(ews|exchange)\//.test(path)).flatMap(({ text }) => text.match(/\bError[A-Z]\w+/g) ?? []));
  return { codes, provoked: codes.filter((code) => named.has(code)), others: Object.entries(JSON.parse(readFileSync(join(here, 'response-codes.json'), 'utf8'))) };
}

/** Codes that are told twice, by nobody, or that are none. */
export function codeContradictions({ codes, provoked, others }) {
  const told = others.flatMap(([, list]) => list);
  return [
    ...told.filter((code) => provoked.includes(code)).map((code) => `${code} is provoked, and listed as one that is not`),
    ...told.filter((code) => !codes.includes(code)).map((code) => `${code} is no response code`),
    ...told.filter((code, at) => told.indexOf(code) !== at).map((code) => `${code} is listed twice`),
    ...codes.filter((code) => !provoked.includes(code) && !told.includes(code)).map((code) => `${code} is neither provoked nor listed`),
  ];
}

export function renderResponseCodes({ codes, provoked, others }) {
  return `### Response codes

Of ${codes.length} codes of the schema tests provoke ${provoked.length} by what they ask. Every one can be asked for by a fault rule (\`{ kind: 'error', code }\`), as a fault or inside a batch. The others do not come by themselves:

${others.map(([reason, list]) => `- ${reason} ${list.map((code) => `\`${code}\``).join(', ')}`).join('\n')}
`;
}
