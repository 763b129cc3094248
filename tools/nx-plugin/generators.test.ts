import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Tree } from '@nx/devkit';
import { createTree } from '@nx/devkit/testing';
// The generators are CommonJS, as Nx loads them.
const operation = jest.requireActual<(tree: Tree, options: { name: string; folder: string }) => Promise<() => void>>('./generators/operation/generator.cjs');
const protocolPackage = jest.requireActual<(tree: Tree, options: { name: string; path?: string }) => Promise<() => void>>('./generators/protocol-package/generator.cjs');

const root = join(__dirname, '../..');
const table = 'packages/ews/src/operations.ts';
/** A tree with copies of the named files of this workspace, so that the generators are tried on what there is. */
function treeWith(...files: readonly string[]): Tree {
  const tree = createTree();
  for (const file of files) tree.write(file, readFileSync(join(root, file), 'utf8'));
  return tree;
}
const ews = () => treeWith(table, 'packages/ews/src/schema/operation-types.generated.ts');
const linesOf = (tree: Tree, file: string) => tree.read(file, 'utf8')?.split('\n') ?? [];

describe('operation', () => {
  it('writes handler and test, and three lines of the table in their places', async () => {
    const tree = ews();
    // As if DeleteFolder were missing yet: whatever is emulated by now, it is an operation.
    const name = 'DeleteFolder';
    const original = linesOf(tree, table);
    const before = original.filter((line) => !line.includes('deleteFolder'));
    tree.write(table, before.join('\n').replace(/ \| 'DeleteFolder'|'DeleteFolder' \| /, ''));
    await operation(tree, { name, folder: 'directory' });
    expect(tree.read('packages/ews/src/operations/directory/delete-folder.ts', 'utf8')).toContain("export const deleteFolder: Operation<'DeleteFolder'> = defineOperation('DeleteFolder'");
    expect(tree.read('packages/ews/src/operations/directory/delete-folder.test.ts', 'utf8')).toContain("import { deleteFolder } from './delete-folder.ts';");
    const after = linesOf(tree, table);
    expect(after.filter((line) => !before.includes(line) && !line.startsWith("  | '"))).toEqual(["import { deleteFolder } from './operations/directory/delete-folder.ts';", '  DeleteFolder: deleteFolder,']);
    expect(after.filter((line) => line.startsWith("  | '")).join(' ').match(/'DeleteFolder'/g)).toHaveLength(1);
    // Back in the places they had.
    const inPlace = (lines: readonly string[]) => lines.filter((line) => !line.startsWith("  | '") && !line.includes('deleteFolder }'));
    expect(inPlace(after)).toEqual(inPlace(original));
  });

  it.each([
    ['what the schema does not know', 'FindPlanets', /no operation of Microsoft's schema/],
    ['what is there already', 'GetItem', /is in packages\/ews\/src\/operations\.ts already/],
  ])('refuses %s', async (_what, name, complaint) => {
    const tree = ews();
    const before = linesOf(tree, table);
    await expect(operation(tree, { name, folder: 'directory' })).rejects.toThrow(complaint);
    expect([linesOf(tree, table), tree.children('packages/ews/src/operations')]).toEqual([before, []]);
  });
});

describe('protocol-package', () => {
  it('writes a package that fits into the workspace', async () => {
    const tree = treeWith('package.json', 'LICENSE', 'README.md', 'tsconfig.json');
    await protocolPackage(tree, { name: 'mapi-http', path: '/mapi' });
    const manifest = JSON.parse(tree.read('packages/mapi-http/package.json', 'utf8') ?? '') as { name: string; nx: { tags: string[] } };
    expect([manifest.name, manifest.nx.tags]).toEqual(['@fauxchange/mapi-http', ['type:protocol']]);
    expect(tree.read('packages/mapi-http/src/index.ts', 'utf8')).toContain("export { createMapiHttpEmulator, type MapiHttpEmulator, type MapiHttpEmulatorOptions } from './create-mapi-http-emulator.ts';");
    const { references } = JSON.parse(tree.read('tsconfig.json', 'utf8') ?? '') as { references: { path: string }[] };
    expect(references.map(({ path }) => path)).toContain('./packages/mapi-http');
    expect(tree.read('README.md', 'utf8')).toContain('[`@fauxchange/mapi-http`](packages/mapi-http)');
    await expect(protocolPackage(tree, { name: 'mapi-http' })).rejects.toThrow('packages/mapi-http exists');
  });
});

it('Nx finds the generators', () => {
  const said = execFileSync(process.execPath, [join(root, 'node_modules/nx/dist/bin/nx.js'), 'list', '@fauxchange/nx-plugin'], { cwd: root, encoding: 'utf8', env: { ...process.env, NX_DAEMON: 'false', NX_TUI: 'false' } });
  expect(said).toMatch(/operation[\s\S]*protocol-package/);
}, 60_000);
