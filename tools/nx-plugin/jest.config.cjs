module.exports = { displayName: 'nx-plugin', preset: '../../jest.preset.cjs', testMatch: ['<rootDir>/*.test.ts'] };
