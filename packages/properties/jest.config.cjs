module.exports = { displayName: 'properties', preset: '../../jest.preset.cjs', coverageDirectory: '../../coverage/packages/properties' };
