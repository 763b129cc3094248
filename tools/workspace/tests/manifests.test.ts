import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '../../..');
const read = (file: string) => readFileSync(join(root, file), 'utf8');

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  readonly type: string;
  readonly private?: boolean;
  readonly engines: { readonly node: string };
  readonly files: readonly string[];
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly nx: { readonly tags: readonly string[] };
}
const folders = ['packages', 'apps'].flatMap((parent) => readdirSync(join(root, parent)).map((name) => `${parent}/${name}`)).filter((folder) => existsSync(join(root, folder, 'package.json')));
const manifestOf = (folder: string) => JSON.parse(read(`${folder}/package.json`)) as Manifest;
const source = manifestOf('.');
const versions = new Map(folders.map((folder) => [manifestOf(folder).name, manifestOf(folder).version]));

it('finds the packages', () => expect(folders.length).toBeGreaterThanOrEqual(12));

describe.each(folders)('%s', (folder) => {
  const manifest = manifestOf(folder);

  it('can be published: licence, readme, engines, CommonJS', () => {
    expect(manifest).toMatchObject({ license: 'MIT', type: 'commonjs', engines: { node: source.engines.node } });
    expect(manifest.private).toBeUndefined();
    expect(manifest.files).toEqual(expect.arrayContaining(['dist', 'README.md', 'LICENSE']));
    expect(read(`${folder}/LICENSE`)).toBe(read('LICENSE'));
    expect(read(`${folder}/README.md`)).toMatch(new RegExp(`^# ${manifest.name}\\n`));
  });

  it('has one type of layer, so that the boundaries mean something', () => {
    expect(manifest.nx.tags.filter((tag) => tag.startsWith('type:'))).toHaveLength(1);
  });

  it('depends on its neighbours by the version that they have', () => {
    const neighbours = Object.entries(manifest.dependencies ?? {}).filter(([name]) => versions.has(name));
    for (const [name, range] of neighbours) expect(range).toBe(`^${versions.get(name)}`);
  });

  it('is part of the build, with the references that its manifest names', () => {
    expect(read('tsconfig.json')).toContain(`"./${folder}"`);
    const { references = [] } = JSON.parse(read(`${folder}/tsconfig.lib.json`)) as { references?: readonly { readonly path: string }[] };
    const named = Object.keys(manifest.dependencies ?? {}).filter((name) => name.startsWith('@fauxchange/'));
    const referred = references.map(({ path }) => `@fauxchange/${/([^/]+)\/tsconfig\.lib\.json$/.exec(path)?.[1]}`);
    expect([...referred].sort()).toEqual([...named].sort());
  });
});

it('the lock file knows every workspace, so that npm ci works', () => {
  const { packages } = JSON.parse(read('package-lock.json')) as { packages: Readonly<Record<string, { readonly dependencies?: object }>> };
  const tools = readdirSync(join(root, 'tools')).map((name) => `tools/${name}`).filter((folder) => existsSync(join(root, folder, 'package.json')));
  for (const folder of [...folders, ...tools]) {
    expect(Object.keys(packages)).toContain(folder);
    expect(packages[folder]?.dependencies ?? {}).toEqual(manifestOf(folder).dependencies ?? {});
  }
});
