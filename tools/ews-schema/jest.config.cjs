module.exports = { displayName: 'ews-schema', preset: '../../jest.preset.cjs', testMatch: ['<rootDir>/*.test.ts'], coverageDirectory: '../../coverage/tools/ews-schema' };
