/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  // For a project that is run on its own; the root has it for all.
  testTimeout: 30_000,
  testMatch: ['<rootDir>/src/**/*.test.ts', '<rootDir>/tests/**/*.test.ts'],
  transform: { '^.+\\.[cm]?[jt]s$': ['@swc/jest', { jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'commonjs' }, sourceMaps: 'inline' }] },
  testEnvironmentOptions: { customExportConditions: ['@fauxchange/source', 'node', 'node-addons'] },
  transformIgnorePatterns: ['/node_modules/(?!jose/)'],
  moduleFileExtensions: ['ts', 'js', 'mjs', 'cjs', 'json', 'node'],
  coverageReporters: ['text-summary', 'lcovonly', 'json-summary'],
};
