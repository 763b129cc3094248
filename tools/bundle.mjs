// Makes one CommonJS file of every entry of a package: a test that embeds an emulator loads a dozen files instead of three
// hundred. Dependencies stay outside; what only development depends on (jose, which is ESM and jest cannot require) goes in.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { build } from 'esbuild';
import { projectFolders, root } from './run.mjs';

export async function bundleAll() {
  const folders = projectFolders().map((name) => join(root, name));
  await Promise.all(folders.filter((folder) => existsSync(join(folder, 'package.json'))).map((folder) => bundlePackage(folder)));
}

async function bundlePackage(folder) {
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const { banner, notices } = bundledDevelopmentDependencies(folder, manifest);
  if (notices) writeFileSync(join(folder, 'THIRD-PARTY-NOTICES.txt'), notices);
  for (const { source, outfile } of entriesOf(folder, manifest)) {
    await build({
      entryPoints: [source], outfile, bundle: true, platform: 'node', format: 'cjs', target: 'node20', logLevel: 'warning',
      external: Object.keys(manifest.dependencies ?? {}), plugins: [onePackage(manifest.name, folder)],
      sourcemap: true, sourcesContent: false, legalComments: 'inline', banner: banner ? { js: banner } : {},
    });
  }
}

/** The entries that the manifest's exports (or bin) name, main entry first. */
function entriesOf(folder, { exports, bin }) {
  const exported = Object.values(exports ?? {}).filter((entry) => entry['@fauxchange/source']).map((entry) => ({ source: entry['@fauxchange/source'], outfile: entry.default }));
  const commands = Object.values(bin ?? {}).map((outfile) => ({ outfile, source: outfile.replace('./dist/', './src/').replace(/\.js$/, '.ts') }));
  return [...exported, ...commands].map(({ source, outfile }) => ({ source: join(folder, source), outfile: join(folder, outfile) }));
}

/** A second entry takes what it shares with the main one from there: two copies would be two classes of one error. */
function onePackage(name, folder) {
  return {
    name: 'one-package',
    setup(bundling) {
      bundling.onResolve({ filter: /^\.\.?\// }, ({ path, importer, kind }) => {
        const [entry] = bundling.initialOptions.entryPoints;
        const isMain = dirname(entry) === join(folder, 'src');
        const isInside = join(dirname(importer), path).startsWith(`${entry.replace(/\.ts$/, '')}/`);
        return isMain || isInside || kind === 'entry-point' ? undefined : { path: name, external: true };
      });
    },
  };
}

function bundledDevelopmentDependencies(folder, { devDependencies = {} }) {
  const names = Object.keys(devDependencies);
  if (names.length === 0) return {};
  const found = names.map((name) => {
    const manifest = createRequire(join(folder, 'package.json')).resolve(`${name}/package.json`);
    const { version, license } = JSON.parse(readFileSync(manifest, 'utf8'));
    const text = readFileSync(join(dirname(manifest), readdirSync(dirname(manifest)).find((file) => /^licen[cs]e/i.test(file))), 'utf8').trim();
    return { title: `${name} ${version} (${license})`, text };
  });
  const titles = found.map(({ title }) => title).join(', ');
  return {
    banner: `/*! contains ${titles}: see THIRD-PARTY-NOTICES.txt */`,
    notices: found.map(({ title, text }) => `The files in dist/ contain ${title}, under this licence:\n\n${text}\n`).join('\n'),
  };
}

if (process.argv[1] === import.meta.filename) {
  await bundleAll();
  console.log(`bundled into ${relative(process.cwd(), join(root, 'packages'))}/*/dist`);
}
