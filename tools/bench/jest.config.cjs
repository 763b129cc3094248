module.exports = { displayName: 'bench', preset: '../../jest.preset.cjs', testMatch: ['<rootDir>/*.test.ts'] };
