module.exports = { displayName: 'exchange', preset: '../../jest.preset.cjs', coverageDirectory: '../../coverage/packages/exchange' };
