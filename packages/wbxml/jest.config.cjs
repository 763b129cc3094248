module.exports = { displayName: 'wbxml', preset: '../../jest.preset.cjs', coverageDirectory: '../../coverage/packages/wbxml' };
