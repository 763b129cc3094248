module.exports = { displayName: 'kernel', preset: '../../jest.preset.cjs', coverageDirectory: '../../coverage/packages/kernel' };
