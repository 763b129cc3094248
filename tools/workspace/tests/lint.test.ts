import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

const boundaries = '@nx/enforce-module-boundaries';
const imports = '@typescript-eslint/no-restricted-imports';
const syntax = 'no-restricted-syntax';
const globals = 'no-restricted-globals';

/** What is planted, where, and the rule that must fire (undefined: none may). */
const planted: readonly (readonly [what: string, file: string, code: string, rule: string | undefined])[] = [
  ['a protocol that imports a protocol', 'packages/autodiscover/src/planted.ts', "import { profileNames } from '@fauxchange/ews';\nexport const planted: unknown = profileNames;\n", boundaries],
  ['a codec that imports the model', 'packages/xml/src/planted.ts', "import { valueOf } from '@fauxchange/mailbox';\nexport const planted: unknown = valueOf;\n", boundaries],
  ['kernel that imports a codec', 'packages/kernel/src/planted.ts', "import { escapeText } from '@fauxchange/xml';\nexport const planted: unknown = escapeText;\n", boundaries],
  ['a model that imports the frame', 'packages/mailbox/src/planted.ts', "import { openEmulator } from '@fauxchange/emulator';\nexport const planted: unknown = openEmulator;\n", boundaries],
  ['a relative import into another package', 'packages/ews/src/planted.ts', "import { createClock } from '../../kernel/src/clock.ts';\nexport const planted: unknown = createClock;\n", boundaries],
  ['a package that is not in the manifest', 'packages/ews/src/planted.ts', "import express from 'express';\nexport const planted: unknown = express;\n", boundaries],
  ['a protocol in the test of a protocol', 'packages/autodiscover/tests/planted.test.ts', "import { profileNames } from '@fauxchange/ews';\nexpect(profileNames);\n", boundaries],
  ['what the arrows allow', 'packages/ews/src/planted.ts', "import { createClock } from '@fauxchange/kernel';\nexport const planted: unknown = createClock;\n", undefined],
  ['xmlbuilder2 outside xml', 'packages/autodiscover/src/planted.ts', "import { create } from 'xmlbuilder2';\nexport const planted: unknown = create;\n", imports],
  ['xmlbuilder2 in xml', 'packages/xml/src/planted.ts', "import { create } from 'xmlbuilder2';\nexport const planted: unknown = create;\n", undefined],
  ['jose beside jose.ts', 'packages/auth/src/planted.ts', "import { SignJWT } from 'jose';\nexport const planted: unknown = SignJWT;\n", imports],
  ['a socket in a protocol', 'packages/ews/src/planted.ts', "import { createServer } from 'node:http';\nexport const planted: unknown = createServer;\n", imports],
  ['the type of a socket in a protocol', 'packages/ews/src/planted.ts', "import type { IncomingMessage } from 'node:http';\nexport type Planted = IncomingMessage;\n", undefined],
  ['a socket in kernel', 'packages/kernel/src/planted.ts', "import { createServer } from 'node:http';\nexport const planted: unknown = createServer;\n", undefined],
  ['chance from node:crypto', 'packages/auth/src/planted.ts', "import { randomUUID } from 'node:crypto';\nexport const planted: unknown = randomUUID;\n", imports],
  ['a hash from node:crypto', 'packages/auth/src/planted.ts', "import { createHash } from 'node:crypto';\nexport const planted: unknown = createHash;\n", undefined],
  ['Date.now()', 'packages/mailbox/src/planted.ts', 'export const planted: number = Date.now();\n', syntax],
  ['new Date()', 'packages/mailbox/src/planted.ts', 'export const planted: Date = new Date();\n', syntax],
  ['a date of a known moment', 'packages/mailbox/src/planted.ts', 'export const planted: Date = new Date(0);\n', undefined],
  ['Math.random()', 'packages/ews/src/planted.ts', 'export const planted: number = Math.random();\n', syntax],
  ['crypto.randomUUID()', 'packages/ews/src/planted.ts', 'export const planted: string = crypto.randomUUID();\n', syntax],
  ['setTimeout', 'packages/ews/src/planted.ts', 'export const planted: unknown = setTimeout(() => undefined, 1);\n', globals],
  ['setTimeout in a test', 'packages/ews/tests/planted.test.ts', 'export const planted: unknown = setTimeout(() => undefined, 1);\n', undefined],
  ['Date.now() in kernel', 'packages/kernel/src/planted.ts', 'export const planted: number = Date.now();\n', undefined],
  ['a default export', 'packages/ews/src/planted.ts', 'export default 1;\n', syntax],
  ['export *', 'packages/ews/src/index.ts', "export * from './profile.ts';\n", syntax],
];

let verdicts: readonly (readonly string[])[];
beforeAll(() => {
  const output = execFileSync(process.execPath, [join(__dirname, '../lint-planted.mjs')], {
    input: JSON.stringify(planted.map(([, file, code]) => ({ file, code }))),
    encoding: 'utf8',
    env: { ...process.env, NX_DAEMON: 'false', NX_NO_CLOUD: 'true' },
  });
  verdicts = JSON.parse(output.trim().split('\n').at(-1) ?? '') as typeof verdicts;
}, 120_000);

it.each(planted.map(([what, , , rule], index) => [what, rule ?? 'no rule', index] as const))('%s: %s fires', (_what, rule, index) => {
  expect(verdicts[index]).toEqual(rule === 'no rule' ? [] : expect.arrayContaining([rule]));
});
