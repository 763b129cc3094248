'use strict';
const { pascalCase } = require('../names.cjs');
const files = require('./files.cjs');

/** nx g @fauxchange/nx-plugin:protocol-package activesync --path /Microsoft-Server-ActiveSync */
async function protocolPackageGenerator(tree, { name, description, path }) {
  const folder = `packages/${name}`;
  if (tree.exists(`${folder}/package.json`)) throw new Error(`${folder} exists`);
  const told = { name, pascal: pascalCase(name), description: description ?? `An emulator of Exchange's ${name} for tests of mail clients`, path: path ?? `/${name}` };
  const source = JSON.parse(tree.read('package.json', 'utf8'));
  tree.write(`${folder}/package.json`, json(files.manifest(told, source.engines.node)));
  tree.write(`${folder}/tsconfig.json`, json(files.solution));
  tree.write(`${folder}/tsconfig.lib.json`, json(files.libraryConfig));
  tree.write(`${folder}/tsconfig.spec.json`, json(files.specConfig(name)));
  tree.write(`${folder}/jest.config.cjs`, files.jestConfig(name));
  tree.write(`${folder}/LICENSE`, tree.read('LICENSE', 'utf8'));
  tree.write(`${folder}/README.md`, files.readme(told));
  tree.write(`${folder}/src/index.ts`, files.index(told));
  tree.write(`${folder}/src/create-${name}-emulator.ts`, files.emulator(told));
  tree.write(`${folder}/src/${name}-service.ts`, files.service(told));
  tree.write(`${folder}/tests/${name}.test.ts`, files.test(told));
  addReference(tree, folder);
  addRow(tree, told);
  return () => console.log(`packages/${name}: run npm install, so that the package is linked and the lock file knows it.`);
}

function addReference(tree, folder) {
  const solution = JSON.parse(tree.read('tsconfig.json', 'utf8'));
  const reference = { path: `./${folder}` };
  const suite = solution.references.findIndex(({ path }) => path === './packages/exchange');
  solution.references.splice(suite < 0 ? solution.references.length : suite, 0, reference);
  tree.write('tsconfig.json', json(solution));
}

function addRow(tree, { name, description }) {
  const text = tree.read('README.md', 'utf8');
  const row = `| [\`@fauxchange/${name}\`](packages/${name}) | ${description} |\n`;
  const next = /^\| \[`@fauxchange\/emulator`\]/m;
  if (!next.test(text)) throw new Error('README.md has no row of @fauxchange/emulator, before which the new one goes');
  tree.write('README.md', text.replace(next, (found) => row + found));
}

const json = (value) => `${JSON.stringify(value, null, 2)}\n`;

module.exports = protocolPackageGenerator;
module.exports.default = protocolPackageGenerator;
