'use strict';
const { camelCase } = require('../names.cjs');

/** What a protocol may depend on, and this skeleton does. */
const neighbours = ['emulator'];

const manifest = ({ name, description }, node) => ({
  name: `@fauxchange/${name}`,
  version: '0.1.0',
  description,
  license: 'MIT',
  type: 'commonjs',
  sideEffects: false,
  engines: { node },
  main: './dist/index.js',
  types: './dist/index.d.ts',
  exports: {
    '.': { '@fauxchange/source': './src/index.ts', types: './dist/index.d.ts', default: './dist/index.js' },
    './package.json': './package.json',
  },
  files: ['dist', '!dist/**/*.tsbuildinfo', 'src', '!src/**/*.test.ts', 'README.md', 'LICENSE'],
  publishConfig: { access: 'public' },
  dependencies: Object.fromEntries(neighbours.map((neighbour) => [`@fauxchange/${neighbour}`, '^0.1.0'])),
  nx: {
    targets: { build: { executor: 'nx:run-commands', options: { cwd: '{projectRoot}', command: 'tsc -b tsconfig.lib.json' } } },
    tags: ['type:protocol'],
  },
});

const solution = { extends: '../../tsconfig.base.json', files: [], references: [{ path: './tsconfig.lib.json' }, { path: './tsconfig.spec.json' }] };
const libraryConfig = {
  extends: '../../tsconfig.base.json',
  compilerOptions: { rootDir: 'src', outDir: 'dist', tsBuildInfoFile: 'dist/.tsbuildinfo' },
  include: ['src/**/*.ts'],
  exclude: ['src/**/*.test.ts'],
  references: neighbours.map((neighbour) => ({ path: `../${neighbour}/tsconfig.lib.json` })),
};
const specConfig = (name) => ({
  extends: '../../tsconfig.base.json',
  compilerOptions: {
    rootDir: '../..', outDir: `../../node_modules/.cache/spec/${name}`, types: ['node', 'jest'], isolatedDeclarations: false,
    rewriteRelativeImportExtensions: false, allowImportingTsExtensions: true, emitDeclarationOnly: true,
  },
  include: ['src/**/*.test.ts', 'tests/**/*.ts'],
  references: [{ path: './tsconfig.lib.json' }],
});
const jestConfig = (name) => `module.exports = { displayName: '${name}', preset: '../../jest.preset.cjs', coverageDirectory: '../../coverage/packages/${name}' };\n`;

const readme = ({ name, pascal, description, path }) => `# @fauxchange/${name}

${description}.

\`\`\`ts
import { create${pascal}Emulator } from '@fauxchange/${name}';

await using ${camelCase(name)} = await create${pascal}Emulator();
const response = await fetch(\`\${${camelCase(name)}.url}${path}\`, { headers: { Authorization: \`Basic \${btoa('alice@example.test:alice-pass')}\` } });
console.log(await response.text());
\`\`\`
`;

const index = ({ name, pascal }) => `export { create${pascal}Emulator, type ${pascal}Emulator, type ${pascal}EmulatorOptions } from './create-${name}-emulator.ts';
export { ${camelCase(name)}Service } from './${name}-service.ts';
`;

const emulator = ({ name, pascal, path }) => `import { openEmulator, type Emulator, type EmulatorOptions } from '@fauxchange/emulator';
import { ${camelCase(name)}Service } from './${name}-service.ts';

export type ${pascal}EmulatorOptions = EmulatorOptions;
export type ${pascal}Emulator = Emulator;

/**
 * Starts an Exchange that speaks ${name}, on a free port, with the default mailboxes.
 *
 * @example
 * await using ${camelCase(name)} = await create${pascal}Emulator();
 * const response = await fetch(\`\${${camelCase(name)}.url}${path}\`);
 */
export function create${pascal}Emulator(options: ${pascal}EmulatorOptions = {}): Promise<${pascal}Emulator> {
  return openEmulator(options, [${camelCase(name)}Service()]);
}
`;

const service = ({ name, path }) => `import { HttpExchange, type Installer } from '@fauxchange/emulator';

/** Installs ${name} under \`${path}\` of a server. */
export function ${camelCase(name)}Service(): Installer {
  return (environment) => {
    const authentication = environment.authentication();
    return {
      mounts: [{
        path: '${path.toLowerCase()}',
        handler: async (request, response) => {
          const exchange = new HttpExchange(request, response, '${name}', environment);
          await exchange.strikeEarly();
          if (exchange.isOver) return;
          const result = await authentication.authenticate(request);
          if (!result.ok) return exchange.refuse(authentication, result, {});
          exchange.user = result.principal.user?.primarySmtpAddress ?? result.principal.appId;
          exchange.send(200, { 'Content-Type': 'text/plain' }, [Buffer.from(\`\${exchange.user}\\n\`)]);
        },
      }],
    };
  };
}
`;

const test = ({ name, pascal, path }) => `import { create${pascal}Emulator } from '../src/index.ts';

it('lets in who has a mailbox, and nobody else', async () => {
  await using ${camelCase(name)} = await create${pascal}Emulator();
  const ask = (credentials?: string) => fetch(\`\${${camelCase(name)}.url}${path}\`, { headers: credentials === undefined ? {} : { Authorization: \`Basic \${btoa(credentials)}\` } });
  expect((await ask()).status).toBe(401);
  const answer = await ask('alice@example.test:alice-pass');
  expect([answer.status, await answer.text()]).toEqual([200, 'alice@example.test\\n']);
  expect(${camelCase(name)}.journal.entries({ protocol: '${name}' }).map(({ status, user }) => [status, user])).toEqual([[401, undefined], [200, 'alice@example.test']]);
});
`;

module.exports = { emulator, index, jestConfig, libraryConfig, manifest, readme, service, solution, specConfig, test };
