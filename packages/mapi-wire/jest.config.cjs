module.exports = { displayName: 'mapi-wire', preset: '../../jest.preset.cjs', coverageDirectory: '../../coverage/packages/mapi-wire' };
