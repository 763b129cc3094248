module.exports = { displayName: 'support-matrix', preset: '../../jest.preset.cjs', testMatch: ['<rootDir>/*.test.ts'] };
