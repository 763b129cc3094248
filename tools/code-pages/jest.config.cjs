module.exports = { displayName: 'code-pages', preset: '../../jest.preset.cjs', testMatch: ['<rootDir>/*.test.ts'], coverageDirectory: '../../coverage/tools/code-pages' };
