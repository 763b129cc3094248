module.exports = { displayName: 'emulator', preset: '../../jest.preset.cjs', coverageDirectory: '../../coverage/packages/emulator' };
