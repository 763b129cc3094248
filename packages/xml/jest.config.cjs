module.exports = { displayName: 'xml', preset: '../../jest.preset.cjs', coverageDirectory: '../../coverage/packages/xml' };
