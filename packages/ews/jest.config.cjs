module.exports = { displayName: 'ews', preset: '../../jest.preset.cjs', coverageDirectory: '../../coverage/packages/ews' };
