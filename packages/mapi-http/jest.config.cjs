module.exports = { displayName: 'mapi-http', preset: '../../jest.preset.cjs', coverageDirectory: '../../coverage/packages/mapi-http' };
