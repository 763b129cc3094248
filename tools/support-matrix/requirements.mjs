// Microsoft's numbered statements: which of them tests name, and why the others are missing.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));

/** Every id that a test bears; `MS-OXWSFOLD_R1, R2` names two. */
export function namedIds(tests) {
  return new Set(tests.flatMap(({ text }) => [...text.matchAll(/\b(MS-(?:OX|AS)\w+?)_R(\d+(?:, R\d+)*)\b/g)].flatMap(([, document, numbers]) => numbers.split(', R').map((number) => `${document}_R${number}`))));
}

/** The lists of EWS: what Microsoft verifies by test case, what of it tests name, and the rest by reason (`missing/<list>.json`). */
export function readRequirements(tests) {
  const named = namedIds(tests);
  const lists = JSON.parse(readFileSync(join(here, 'test-cases.json'), 'utf8'));
  return Object.entries(lists).map(([list, ids]) => {
    const file = join(here, 'missing', `${list}.json`);
    const missing = Object.entries(existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {});
    return { list, ids, asserted: ids.filter((id) => named.has(id)), missing };
  });
}

/** What is wrong with the lists of what is missing: ids that are named after all, that nobody gave a reason for, or that are none. */
export function contradictions(requirements) {
  const strangers = readdirSync(join(here, 'missing')).filter((name) => !requirements.some(({ list }) => name === `${list}.json`)).map((name) => `${name} belongs to no list`);
  return [...strangers, ...requirements.flatMap(({ list, ids, asserted, missing }) => {
    const [isAsserted, told] = [new Set(asserted), missing.flatMap(([, of]) => of)];
    const isTold = new Set(told);
    return [
      ...told.filter((id) => isAsserted.has(id)).map((id) => `${list}: ${id} is asserted, and listed as missing`),
      ...told.filter((id) => !ids.includes(id)).map((id) => `${list}: ${id} is not in it`),
      ...told.filter((id, at) => told.indexOf(id) !== at).map((id) => `${list}: ${id} is listed twice`),
      ...ids.filter((id) => !isAsserted.has(id) && !isTold.has(id)).map((id) => `${list}: ${id} is neither asserted nor listed as missing`),
    ];
  })];
}

const short = (list, ids) => ids.map((id) => (id.startsWith(`${list}_`) ? id.slice(list.length + 1) : id)).join(', ');

export function renderRequirements(requirements) {
  const [all, asserted] = [requirements.flatMap(({ ids }) => ids), requirements.flatMap((one) => one.asserted)];
  return `### EWS, of what Microsoft verifies by test case

${asserted.length} of ${all.length} server-side statements. A list has statements of other documents that belong to its subject.

| list | asserted by tests | verified by Microsoft |
|---|---|---|
${requirements.map((one) => `| [${one.list}] | ${one.asserted.length} | ${one.ids.length} |`).join('\n')}

The missing ones:

${requirements.flatMap(({ list, missing }) => missing.map(([reason, ids]) => `- **[${list}]** ${reason}: ${short(list, ids)}`)).join('\n')}
`;
}
