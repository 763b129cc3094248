module.exports = { displayName: 'oab', preset: '../../jest.preset.cjs', coverageDirectory: '../../coverage/packages/oab' };
