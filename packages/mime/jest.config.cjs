module.exports = { displayName: 'mime', preset: '../../jest.preset.cjs', coverageDirectory: '../../coverage/packages/mime' };
