import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

const root = join(__dirname, '..');
const read = (file: string): string => readFileSync(join(root, file), 'utf8');

it('the example of the README is the one that is compiled, and says what it says', () => {
  expect(read('README.md')).toContain(`\`\`\`ts\n${read('tests/readme-example.ts')}\`\`\``);
  const said = jest.spyOn(console, 'log').mockImplementation(() => undefined);
  jest.requireActual('./readme-example.ts');
  expect(said.mock.calls).toEqual([
    [{ HeartbeatInterval: 80, Folders: [{ Id: '5', Class: 'Email' }] }, expect.stringContaining('<HeartbeatInterval>80</HeartbeatInterval>')],
    ['unexpected', '/Ping/Id', 7],
  ]);
  said.mockRestore();
});

const sources = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));

it('every example of the source compiles', () => {
  const prelude = `import * as wbxml from '@fauxchange/wbxml';
import { ${Object.keys(jest.requireActual<object>('../src/index.ts')).join(', ')} } from '@fauxchange/wbxml';
import type { Shape, ValueOf } from '@fauxchange/wbxml';
declare const bytes: Uint8Array, response: { write(chunk: Uint8Array): void };
declare const Documents: { FolderSync: wbxml.Document<{ SyncKey: string }>; Ping: wbxml.Document<{ Status: number }> };
`;
  const examples = sources.flatMap((file) => [...read(`src/${file}`).matchAll(/@example\n((?: \* .*\n)+)/g)].map(([, lines = '']) => ({ file, code: lines.replace(/^ \* /gm, '') })));
  expect(examples.length).toBeGreaterThan(15);
  const blocks = examples.map(({ file, code }) => {
    const lacking = ['FolderSync', 'Ping'].filter((name) => new RegExp(`\\b${name}\\b(?!')`).test(code) && !code.includes(`const ${name} =`));
    return `// ${file}\n{ ${lacking.length > 0 ? `const { ${lacking.join(', ')} } = Documents;` : ''}\n${code}}\n`;
  });
  // The last line shows that the compiler has looked.
  expect(problemsOf(`${prelude}${blocks.join('')}text({ maxLength: '5' });`)).toEqual([expect.stringContaining("'string' is not assignable to type 'number'")]);
}, 60_000);

/** What the compiler says of a file beside this one. */
function problemsOf(code: string): string[] {
  const name = join(__dirname, 'examples-of-source.ts');
  const options = { strict: true, exactOptionalPropertyTypes: true, noEmit: true, skipLibCheck: true, target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext, types: ['node'], customConditions: ['@fauxchange/source'], allowImportingTsExtensions: true };
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists } = host;
  host.fileExists = (file) => file === name || fileExists(file);
  host.getSourceFile = (file, languageVersion) => (file === name ? ts.createSourceFile(file, code, languageVersion) : getSourceFile(file, languageVersion));
  const program = ts.createProgram([name], options, host);
  return ts.getPreEmitDiagnostics(program, program.getSourceFile(name)).map(({ messageText, start, file }) => `${file?.getLineAndCharacterOfPosition(start ?? 0).line}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`);
}

it('uses no Node API but in the command', () => {
  const users = sources.filter((file) => /from 'node:|\bprocess\.|(?<!globalThis as .*)\bBuffer\./.test(read(`src/${file}`)));
  expect(users).toEqual(['main.ts']);
});
