module.exports = { displayName: 'activesync', preset: '../../jest.preset.cjs', coverageDirectory: '../../coverage/packages/activesync' };
