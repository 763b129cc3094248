module.exports = { displayName: 'server', preset: '../../jest.preset.cjs', coverageDirectory: '../../coverage/apps/server' };
