module.exports = { displayName: 'autodiscover', preset: '../../jest.preset.cjs', coverageDirectory: '../../coverage/packages/autodiscover' };
